/**
 * Editions of the overdue list: the period before, what differs, and in which lists a database was named.
 * Rule: not listed any more is neither success nor failure, and is never worded as either.
 */
import { z } from 'zod';
import type { Row } from '../scoring/contract.ts';
import { type Filling, joinRich, linked, plain, sentence } from './rich-text.ts';
import type { ViewContext } from './view-context.ts';
import { link, type Rich } from './view-parts.ts';

const text = z.string();

/** The part of the page of tasks that compares the newest list with the one before. */
export const editionsPart = z.strictObject({
  title: text,
  intro: text,
  changes: z.array(
    z.strictObject({ no: text, name: link, owner: link, before: text, now: text, change: text, anchor: text }),
  ),
  editions: z.array(
    z.strictObject({
      no: text,
      document: text,
      period: text,
      tasks: text,
      agencies: text,
      databases: text,
      owners: text,
    }),
  ),
});
export type EditionsPart = z.output<typeof editionsPart>;

/** A list of one day: several documents of a day are one edition. */
interface Edition {
  stated_on: string;
  day_known: boolean;
}

/** At most so many names stand in a sentence of the first page. */
const MOST_NAMES = 6;
const CHANGES = 'tasks.html#bien-dong';

/** "tháng 5/2026" where the document prints no day, else "ngày 29/6/2026". */
export function periodWords(ctx: ViewContext, edition: Edition): string {
  return edition.day_known
    ? ctx.f(['pages', 'overview', 'period_day'], { date: ctx.date(edition.stated_on) })
    : ctx.f(['pages', 'overview', 'period_month'], { month: ctx.written.month(edition.stated_on) });
}

/** The sentence in brackets after the headline: the period before, or that there is none. */
export function previousPeriod(ctx: ViewContext): Rich {
  const say = (key: string, values: Readonly<Record<string, Filling>>, around: string): Rich =>
    sentence(ctx.labels, ['pages', 'overview', key], values, around);
  const previous = editionAt(ctx, 2);
  if (previous === undefined) return say('without_previous', {}, 'sources.html');
  const named = ctx.data.overdue_edition.filter((row) => row.place === 2);
  const { left, come } = changesNow(ctx);
  const part = (key: string, rows: readonly Row<'overdue_change'>[]): Rich =>
    say(key, { n: linked(ctx.written.count(rows.length), CHANGES), names: names(ctx, rows) }, CHANGES);
  const parts = [
    ...(left.length === 0 ? [] : [part('change_less', left)]),
    ...(come.length === 0 ? [] : [part('change_more', come)]),
  ];
  return say(
    'with_previous',
    {
      period: periodWords(ctx, previous),
      n: linked(ctx.written.count(new Set(named.map((row) => row.database_id)).size), CHANGES),
      k: linked(ctx.written.count(new Set(named.map((row) => row.agency_id)).size), CHANGES),
      change: parts.length === 0 ? say('change_same', {}, CHANGES) : joinRich(parts, ctx.t('format', 'list_separator')),
    },
    CHANGES,
  );
}

/** What to bear in mind where databases left the list; null where none did. */
export function leftNote(ctx: ViewContext): Rich | null {
  const { left } = changesNow(ctx);
  if (left.length === 0) return null;
  return sentence(
    ctx.labels,
    ['pages', 'overview', 'left_list'],
    { n: linked(ctx.written.count(left.length), CHANGES) },
    CHANGES,
  );
}

/** "+2, −4" for a ministry; a dash where there is nothing to compare with. */
export function ministryChange(
  ctx: ViewContext,
  row: Pick<Row<'agency_summary'>, 'overdue_left' | 'overdue_entered'>,
): { text: string; href: string | null; is_zero: boolean } {
  const { overdue_left: left, overdue_entered: come } = row;
  if (left === null || come === null) return { text: ctx.none, href: null, is_zero: false };
  const words = [come > 0 ? `+${ctx.written.number(come)}` : '', left > 0 ? `−${ctx.written.number(left)}` : ''].filter(
    (one) => one !== '',
  );
  return words.length === 0
    ? { text: ctx.written.number(0), href: CHANGES, is_zero: true }
    : { text: words.join(ctx.t('format', 'list_comma')), href: CHANGES, is_zero: false };
}

/** Difference of a count of tasks between the newest list and the one before, with its sign. */
export function tasksChange(ctx: ViewContext, agencyId: string): string {
  if (editionAt(ctx, 2) === undefined) return ctx.none;
  const rows = ctx.rows('agency_edition', 'agency_id', agencyId);
  const at = (place: number): number => rows.find((one) => one.place === place)?.tasks_overdue_n ?? 0;
  const by = at(1) - at(2);
  return by === 0 ? ctx.written.number(0) : `${by > 0 ? '+' : '−'}${ctx.written.number(Math.abs(by))}`;
}

/** The table of changes and of the editions, for the page of tasks. */
export function buildEditions(ctx: ViewContext): EditionsPart {
  const previous = editionAt(ctx, 2);
  const newest = editionAt(ctx, 1);
  const { left, come, stayed } = changesNow(ctx);
  const yes = ctx.t('pages', 'tasks', 'listed');
  const no = ctx.t('pages', 'tasks', 'not_listed');
  return {
    title: ctx.t('nav', 'changes'),
    intro:
      previous === undefined || newest === undefined
        ? ctx.t('pages', 'changes', 'first')
        : ctx.f(['pages', 'tasks', 'changes_intro'], {
            now: periodWords(ctx, newest),
            before: periodWords(ctx, previous),
            left: ctx.written.count(left.length),
            come: ctx.written.count(come.length),
            stayed: ctx.written.count(stayed.length),
          }),
    changes: [...left, ...come].map((row, index) => ({
      no: String(index + 1),
      name: ctx.databaseLink(row.database_id),
      owner: ctx.agencyLink(row.agency_id),
      before: row.change === 'left' ? yes : no,
      now: row.change === 'left' ? no : yes,
      change: ctx.t('pages', 'tasks', 'change_kinds', row.change),
      anchor: `bien-dong-${row.database_id}`,
    })),
    editions: ctx.data.list_edition
      .filter((row) => row.list === 'overdue')
      .map((row, index) => ({
        no: String(index + 1),
        document: row.title ?? ctx.none,
        period: periodWords(ctx, row),
        tasks: ctx.written.number(row.tasks_n),
        agencies: ctx.written.number(row.agencies_listed_n),
        databases: ctx.written.number(row.databases_overdue_n),
        owners: ctx.written.number(row.agencies_overdue_n),
      })),
  };
}

/** In which lists a database was named, and since when without a break; null where it never was. */
export function listedHistory(ctx: ViewContext, databaseId: string): string | null {
  const rows = ctx.rows('overdue_edition', 'database_id', databaseId);
  const places = new Set(rows.map((row) => row.place));
  if (places.size === 0) return null;
  const words = (place: number): string => {
    const edition = editionAt(ctx, place);
    return edition === undefined ? ctx.none : periodWords(ctx, edition);
  };
  const oldestFirst = [...places].sort((a, b) => b - a);
  const periods = oldestFirst.map(words).join(ctx.t('format', 'list_comma'));
  if (!places.has(1)) return ctx.f(['pages', 'database', 'listed_before'], { periods, now: words(1) });
  let since = 1;
  while (places.has(since + 1)) since += 1;
  const due = rows.filter((row) => row.place <= since && row.deadline !== null).map((row) => row.deadline ?? '');
  const earliest = due.sort()[0];
  if (earliest === undefined) return ctx.f(['pages', 'database', 'listed_in_periods'], { periods });
  return ctx.f(['pages', 'database', since === 1 ? 'listed_once' : 'listed_since'], {
    periods,
    since: words(since),
    due: ctx.date(earliest),
  });
}

function editionAt(ctx: ViewContext, place: number): Edition | undefined {
  const rows = ctx.data.list_edition.filter((row) => row.place === place);
  const [first] = rows;
  return first === undefined
    ? undefined
    : { stated_on: first.stated_on, day_known: rows.every((row) => row.day_known) };
}

function changesNow(ctx: ViewContext): Record<'left' | 'come' | 'stayed', Row<'overdue_change'>[]> {
  const now = ctx.data.overdue_change
    .filter((row) => row.place === 1)
    .sort(
      (a, b) =>
        ctx.protocol(a.agency_id) - ctx.protocol(b.agency_id) ||
        sortName(ctx, a.database_id) - sortName(ctx, b.database_id),
    );
  return {
    left: now.filter((row) => row.change === 'left'),
    come: now.filter((row) => row.change === 'entered' || row.change === 'returned'),
    stayed: now.filter((row) => row.change === 'stayed'),
  };
}

function sortName(ctx: ViewContext, databaseId: string): number {
  return ctx.databases.get(databaseId)?.sort_vi ?? 0;
}

/** Names with links; what would make the sentence too long is counted. */
function names(ctx: ViewContext, rows: readonly Row<'overdue_change'>[]): Rich {
  const shown = rows.length > MOST_NAMES + 1 ? rows.slice(0, MOST_NAMES) : rows;
  // What a name adds in brackets at its end stands on the page it leads to.
  const parts = shown.map(
    (row): Rich => [
      linked(ctx.shortName(row.database_id).replace(/\s*\([^()]*\)$/, ''), `databases/${row.database_id}.html`),
    ],
  );
  const more = rows.length - shown.length;
  const all = joinRich(parts, ctx.t('format', 'list_separator'));
  return more === 0
    ? all
    : [
        ...all,
        plain(' '),
        ...sentence(ctx.labels, ['pages', 'overview', 'more_names'], { n: ctx.written.count(more) }, CHANGES),
      ];
}
