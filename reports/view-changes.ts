/**
 * What moved since the night before: levels, figures by cause, the overdue list, findings that came and went.
 * Rule: each line leads to its evidence; parts of a change add up to it; without a night before the page says so.
 */
import { z } from 'zod';
import type { Row } from '../scoring/contract.ts';
import { badge } from './level-words.ts';
import { findingRow } from './list-rows.ts';
import { criterionMark } from './result-words.ts';
import { groupBy, type ViewContext } from './view-context.ts';
import { buildEditions, editionsPart } from './view-editions.ts';
import { badge as badgeSchema, finding, link, mark } from './view-parts.ts';

const text = z.string();

export const changesPage = z.strictObject({
  intro: text,
  method_note: text.nullable(),
  causes: z.array(z.strictObject({ cause: text, databases: text, levels: text, up: text, down: text })),
  levels: z.array(
    z.strictObject({
      database: link,
      owner: link,
      reported: z.strictObject({ before: badgeSchema, after: badgeSchema }),
      confirmed: z.strictObject({ before: badgeSchema, after: badgeSchema }),
      cause: text,
    }),
  ),
  levels_more: text.nullable(),
  criteria: z.array(
    z.strictObject({
      database: link,
      owner: link,
      count: text.nullable(),
      items: z.array(z.strictObject({ name: text, href: text, before: text, after: mark })),
    }),
  ),
  criteria_more: text.nullable(),
  factors: z.array(text),
  scores: z.array(
    z.strictObject({
      database: link,
      owner: text,
      presence: text.nullable(),
      rows: z.array(
        z.strictObject({
          pillar: link,
          before: text,
          after: text,
          by: text,
          shift: z.strictObject({ before: z.number().nullable(), after: z.number().nullable() }),
          parts: z.array(z.strictObject({ cause: text, text })),
          note: text.nullable(),
        }),
      ),
    }),
  ),
  scores_more: text.nullable(),
  overdue: editionsPart,
  fresh: z.array(finding),
  fresh_more: text.nullable(),
  resolved: z.array(finding),
  resolved_more: text.nullable(),
});
export type ChangesPage = z.output<typeof changesPage>;

type Move = Row<'move'>;
type Named = { readonly database_id: string };
const FACTORS = ['data', 'evidence', 'method', 'registry', 'collector'] as const;
type Factor = (typeof FACTORS)[number];
/** Findings, and databases with changed levels or criteria, that are listed; the others are counted. */
const MOST_FINDINGS = 60;
const MOST_DATABASES = 120;
const WORDS = ['charts', 'changes'] as const;

export function buildChangesPage(ctx: ViewContext): ChangesPage {
  const total = ctx.data.move_total.find((row) => row.factor === null);
  const previous = total?.previous ?? null;
  const byDatabase = [...groupBy(ctx.data.move, (row) => row.database_id).values()].sort((a, b) => order(ctx, a, b));
  const factors = FACTORS.filter((factor) =>
    ctx.data.move.some((row) => row.parts.some((part) => part.factor === factor)),
  );
  const scores = byDatabase.flatMap((rows) => scoreGroup(ctx, rows, factors));
  const levels = byDatabase.flatMap((rows) => levelChange(ctx, rows));
  const criteria = criteriaChanges(ctx);
  const fresh = previous === null ? [] : ctx.data.finding.filter((row) => row.state === 'new');
  const resolved = previous === null ? [] : ctx.resolved.filter((row) => (row.resolved_on ?? '') > previous);
  return {
    intro:
      previous === null
        ? ctx.t('pages', 'changes', 'first')
        : total === undefined || total.databases === 0
          ? ctx.f([...WORDS, 'none'], { date: ctx.date(previous) })
          : ctx.f(['pages', 'changes', 'intro'], {
              period: ctx.f(['pages', 'overview', 'period_day'], { date: ctx.date(previous) }),
              n: ctx.written.count(total.databases),
            }),
    method_note: total?.is_method_change === true ? methodNote(ctx) : null,
    causes: FACTORS.flatMap((factor) => {
      const row = ctx.data.move_total.find((one) => one.factor === factor);
      if (row === undefined || row.databases === 0) return [];
      return [
        {
          cause: ctx.t('changes', factor),
          databases: ctx.written.number(row.databases),
          levels: ctx.written.number(row.levels),
          up: ctx.written.number(row.up),
          down: ctx.written.number(row.down),
        },
      ];
    }),
    levels: levels.slice(0, MOST_DATABASES),
    levels_more: more(ctx, levels, MOST_DATABASES),
    criteria: criteria.slice(0, MOST_DATABASES),
    criteria_more: more(ctx, criteria, MOST_DATABASES),
    factors: factors.map((factor) => ctx.t(...WORDS, 'factors', factor)),
    scores,
    scores_more:
      total !== undefined && total.databases > byDatabase.length
        ? ctx.f([...WORDS, 'scores_more'], {
            shown: ctx.written.number(scores.length),
            all: ctx.written.number(total.databases),
          })
        : null,
    overdue: buildEditions(ctx),
    fresh: fresh.slice(0, MOST_FINDINGS).map((row) => findingRow(ctx, row)),
    fresh_more: more(ctx, fresh, MOST_FINDINGS),
    resolved: resolved.slice(0, MOST_FINDINGS).map((row) => findingRow(ctx, row)),
    resolved_more: more(ctx, resolved, MOST_FINDINGS),
  };
}

/** How many more there are, where a list is longer than what is shown of it. */
function more(ctx: ViewContext, list: readonly unknown[], most: number): string | null {
  return list.length > most ? ctx.f(['pages', 'common', 'more'], { n: ctx.written.count(list.length - most) }) : null;
}

/** Owners in protocol order, names in theirs: a list of changes is no ranking either. */
function order(ctx: ViewContext, [a]: readonly Named[], [b]: readonly Named[]): number {
  const [one, other] = [a, b].map((row) => ctx.databases.get(row?.database_id ?? ''));
  return (
    ctx.protocol(one?.agency_id ?? null) - ctx.protocol(other?.agency_id ?? null) ||
    (one?.sort_vi ?? 0) - (other?.sort_vi ?? 0)
  );
}

function levelChange(ctx: ViewContext, rows: readonly Move[]): ChangesPage['levels'] {
  const row = rows.find((one) => one.pillar === 'all');
  if (row === undefined) return [];
  const isSame =
    row.level_reported_before === row.level_reported_after && row.level_confirmed_before === row.level_confirmed_after;
  if (isSame) return [];
  const level = (n: number | null): z.output<typeof badgeSchema> => badge(ctx, n, ctx.t('levels', '0', 'name'));
  const causes = row.parts.filter((part) => part.is_level).map((part) => ctx.t('changes', part.factor));
  return [
    {
      database: place(ctx, row.database_id, '#muc'),
      owner: ctx.agencyLink(ctx.databases.get(row.database_id)?.agency_id ?? null),
      reported: { before: level(row.level_reported_before), after: level(row.level_reported_after) },
      confirmed: { before: level(row.level_confirmed_before), after: level(row.level_confirmed_after) },
      cause: causes.length === 0 ? ctx.none : causes.join(ctx.t('format', 'list_separator')),
    },
  ];
}

/** Criteria that stand otherwise, database by database: how many are met, and which. */
function criteriaChanges(ctx: ViewContext): ChangesPage['criteria'] {
  const numbers = new Map(ctx.config.criteria.criteria.map((one, index) => [one.id, { no: String(index + 1), one }]));
  const count = (met: number | null, total: number | null): string =>
    met === null || total === null
      ? ctx.t('score', 'criteria_unknown')
      : ctx.f(['score', 'criteria_fmt'], { met: ctx.written.number(met), total: ctx.written.number(total) });
  return [...groupBy(ctx.data.criterion_change, (row) => row.database_id)]
    .sort(([, a], [, b]) => order(ctx, a, b))
    .map(([id, rows]) => {
      const counted = rows.find((row) => row.criterion === null);
      return {
        database: place(ctx, id, '#tieu-chi'),
        owner: ctx.agencyLink(ctx.databases.get(id)?.agency_id ?? null),
        count:
          counted === undefined
            ? null
            : ctx.f([...WORDS, 'from_to'], {
                from: count(counted.met_before, counted.total_before),
                to: count(counted.met_after, counted.total_after),
              }),
        items: rows.flatMap((row) => {
          const found = row.criterion === null ? undefined : numbers.get(row.criterion);
          if (found === undefined) return [];
          return [
            {
              name: `${found.no}. ${found.one.short}`,
              href: `criteria.html#tieu-chi-${found.no}`,
              before: ctx.t('criterion_states', row.state_before ?? 'unknown'),
              after: criterionMark(ctx, row.state_after ?? 'unknown'),
            },
          ];
        }),
      };
    });
}

/** The figures of a database that moved; the composite only where it is printed on both nights. */
function scoreGroup(ctx: ViewContext, rows: readonly Move[], factors: readonly Factor[]): ChangesPage['scores'] {
  const id = rows[0]?.database_id ?? '';
  const least = ctx.config.scoring.min_coverage;
  const shown = ['all', ...Object.keys(ctx.config.scoring.pillars)].flatMap((pillar) => {
    const row = rows.find((one) => one.pillar === pillar);
    if (row === undefined) return [];
    const isPrinted = (row.coverage_before ?? 0) >= least && (row.coverage_after ?? 0) >= least;
    return pillar !== 'all' || isPrinted ? [row] : [];
  });
  const figures = shown.filter(
    (row) => by(row, 'floor') !== 0 || by(row, 'ceiling') !== 0 || by(row, 'confirmed') !== 0,
  );
  if (figures.length === 0) return [];
  const presence = rows.find((row) => row.presence !== null)?.presence ?? null;
  return [
    {
      database: ctx.databaseLink(id),
      owner: ctx.agencyName(ctx.databases.get(id)?.agency_id ?? null),
      presence: presence === null ? null : ctx.t(...WORDS, presence),
      rows: figures.map((row) => scoreRow(ctx, row, factors)),
    },
  ];
}

function scoreRow(
  ctx: ViewContext,
  row: Move,
  factors: readonly Factor[],
): ChangesPage['scores'][number]['rows'][number] {
  const range = (low: number | null, high: number | null): string =>
    low === null || high === null
      ? ctx.none
      : low === high
        ? ctx.written.points(low)
        : ctx.f(['format', 'range'], { a: ctx.written.points(low), b: ctx.written.points(high) });
  const name = row.pillar === 'all' ? ctx.t('score', 'composite') : ctx.t('pillars', row.pillar);
  // Where the sure figure stands still, what moved is told instead.
  const told = (['floor', 'confirmed', 'ceiling'] as const).find((figure) => by(row, figure) !== 0) ?? 'floor';
  return {
    pillar: { ...place(ctx, row.database_id, '#noi-dung-kq'), text: name },
    before: range(row.floor_before, row.ceiling_before),
    after: range(row.floor_after, row.ceiling_after),
    by: signed(ctx, by(row, told)),
    shift: { before: row.floor_before, after: row.floor_after },
    parts: factors.map((factor) => ({
      cause: ctx.t(...WORDS, 'factors', factor),
      text: signed(ctx, row.parts.find((part) => part.factor === factor)?.[`${told}_tenths`] ?? 0),
    })),
    note: told === 'floor' ? null : ctx.t(...WORDS, 'notes', told),
  };
}

/** Change of a figure in tenths of a point; what is not there counts as 0, as in the parts. */
function by(row: Move, figure: 'floor' | 'ceiling' | 'confirmed'): number {
  return Math.round(((row[`${figure}_after`] ?? 0) - (row[`${figure}_before`] ?? 0)) * 10);
}

/** 68 → "+6,8"; nothing where nothing moved. */
function signed(ctx: ViewContext, tenths: number): string {
  return tenths === 0 ? '' : `${tenths > 0 ? '+' : '−'}${ctx.written.points(Math.abs(tenths) / 10)}`;
}

/** The page of a database at the place of its evidence; one of which nothing is known has no such place. */
function place(ctx: ViewContext, id: string, anchor: string): ChangesPage['levels'][number]['database'] {
  const isKnown = (ctx.readiness.get(id)?.level_reported ?? null) !== null;
  return ctx.databaseLink(id, isKnown ? anchor : '');
}

function methodNote(ctx: ViewContext): string {
  const [from, to] = ctx.data.method_trend.slice(-2).map((row) => row.method.split(' ').at(-1) ?? row.method);
  return ctx.f(['pages', 'changes', 'method_note'], { from: from ?? ctx.none, to: to ?? ctx.none });
}
