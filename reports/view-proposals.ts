/** Proposals of the first page: next steps of the same kind and owner in one line, what gains most first. */
import type { Row } from '../scoring/contract.ts';
import { dueWords } from './due-words.ts';
import { body } from './list-rows.ts';
import { linked, tidy } from './rich-text.ts';
import { groupBy, type ViewContext } from './view-context.ts';
import type { Action, Rich } from './view-parts.ts';

/** @param only which steps to group; all of them when not given */
export function buildProposals(ctx: ViewContext, only: (row: Row<'action'>) => boolean = () => true): Action[] {
  const groups = [...groupBy(ctx.data.action.filter(only), (row) => `${row.action} ${groupOwner(ctx, row)}`).values()];
  groups.sort((a, b) => gain(b) - gain(a) || b.length - a.length);
  return groups.flatMap((rows, index) => {
    const first = rows[0];
    if (first === undefined) return [];
    const page =
      rows.length === 1 ? `databases/${first.database_id}.html#viec-can-lam` : `actions.html#${first.action}`;
    const owner = ctx.agencyName(ctx.databases.get(first.database_id)?.agency_id ?? null);
    const text: Rich =
      rows.length === 1 || !ctx.labels.has('pages', 'site', 'proposals', first.action)
        ? tidy([linked(first.text, page)], page)
        : [
            linked(
              ctx.f(['pages', 'site', 'proposals', first.action], {
                owner,
                lead: first.lead ?? owner,
                n: ctx.written.count(rows.length),
                total: ctx.config.criteria.total,
              }),
              page,
            ),
          ];
    return [
      {
        no: String(index + 1),
        text,
        responsible: first.responsible,
        lead: body(ctx, first.lead),
        coordinate: body(ctx, same(rows.map((row) => row.coordinate))),
        product: first.product,
        due: due(ctx, rows, page),
        authority: first.authority,
        result: result(ctx, rows, page),
      },
    ];
  });
}

/** Steps of the owner are grouped by owner, steps of another body by that body. */
function groupOwner(ctx: ViewContext, row: Row<'action'>): string {
  const owner = ctx.databases.get(row.database_id)?.agency_id ?? '';
  return ctx.agencyName(owner) === row.lead ? owner : (row.lead ?? owner);
}

function gain(rows: readonly Row<'action'>[]): number {
  return rows.reduce(
    (sum, row) =>
      sum +
      Math.max(0, (row.level_to ?? 0) - (row.level_from ?? 0)) +
      Math.max(0, (row.confirmed_to ?? 0) - (row.confirmed_from ?? 0)),
    0,
  );
}

function same(values: readonly (string | null)[]): string | null {
  return new Set(values).size === 1 ? (values[0] ?? null) : null;
}

/** The day where all of the group have the same one (its basis stands on the page of actions); else it stays blank, for a person to set. */
function due(ctx: ViewContext, rows: readonly Row<'action'>[], page: string): Rich {
  const blank = ctx.t('pages', 'site', 'blank');
  const days = rows.map((row) =>
    row.due === null ? null : dueWords(ctx, { due: row.due, precision: row.due_precision ?? 'day' }),
  );
  const day = same(days) ?? blank;
  return [linked(day, day === blank ? null : page)];
}

/** What the group would gain in levels, each kind with the number of databases. */
function result(ctx: ViewContext, rows: readonly Row<'action'>[], page: string): Rich {
  const level = (n: number | null): string => ctx.t('levels', String(n ?? 0), 'name');
  const kinds = rows.map((row) => {
    if (row.level_to !== row.level_from)
      return ctx.f(['actions', 'gain_level'], { from: level(row.level_from), to: level(row.level_to) });
    if (row.confirmed_to !== row.confirmed_from)
      return ctx.f(['actions', 'gain_confirmed'], { to: level(row.confirmed_to) });
    return row.result;
  });
  const counted = [
    ...groupBy(
      kinds.map((kind) => ({ kind })),
      (one) => one.kind,
    ),
  ].sort(([, a], [, b]) => b.length - a.length);
  if (counted.length > 3) return tidy([linked(ctx.t('actions', 'no_gain'), null)], page);
  const text = counted
    .map(([kind, list]) =>
      rows.length === 1 ? kind : ctx.f(['pages', 'site', 'counted'], { text: kind, n: ctx.written.count(list.length) }),
    )
    .join(ctx.t('format', 'list_separator'));
  return tidy([linked(text, null)], page);
}
