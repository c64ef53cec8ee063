/** Lines of the first page on waiting, disagreement and scope. Rule: what is of one kind and one owner makes one line. */
import type { Row } from '../scoring/contract.ts';
import { waitingLine } from './list-rows.ts';
import { type Filling, joinRich, linked, sentence, tidy } from './rich-text.ts';
import { groupBy, type ViewContext } from './view-context.ts';
import type { FactBooks } from './view-facts.ts';
import type { Rich } from './view-parts.ts';

const LIST = 'databases/index.html';
/** More titles than this would not fit on the one sheet. */
const MOST_DOCUMENTS = 2;

export function waitingGroups(ctx: ViewContext, books: FactBooks): { title: Rich; lines: Rich[] }[] {
  const groups = [...groupBy(ctx.data.waiting, (row) => row.holder)].sort(
    ([, a], [, b]) => Math.max(...b.map((row) => row.days ?? 0)) - Math.max(...a.map((row) => row.days ?? 0)),
  );
  return groups.map(([holder, rows]) => ({
    title: sentence(
      ctx.labels,
      ['pages', 'overview', 'waiting_group'],
      {
        holder: linked(ctx.maybe('holders', holder) ?? ctx.none, `waiting.html#${holder}`),
        n: linked(ctx.written.count(rows.length), `waiting.html#${holder}`),
      },
      'waiting.html',
    ),
    lines: rows.map((row) => {
      const line = waitingLine(ctx, books, row);
      const values = {
        db: line.database,
        owner: line.owner.text,
        what: line.what,
        since: line.since,
        n: line.days_text,
      };
      return sentence(
        ctx.labels,
        ['pages', 'overview', row.days === null ? 'waiting_undated' : 'waiting_line'],
        values,
        `waiting.html#${holder}`,
      );
    }),
  }));
}

/** Contradictions; many of one kind from one owner make one line. */
export function conflictLines(ctx: ViewContext): Rich[] {
  const open = ctx.data.finding.filter((row) => row.is_contradiction && row.state !== 'acknowledged');
  const groups = [...groupBy(open, (row) => `${row.kind} ${row.agency_id ?? ''}`).values()];
  // Findings come in order of weight; of equally grave ones those that concern more databases stand first.
  groups.sort((a, b) => gravity(a) - gravity(b) || b.length - a.length);
  return groups.map((rows) => {
    const first = rows[0];
    if (first === undefined) return [];
    const page =
      first.database_id === null
        ? `conflicts.html#${first.kind}`
        : `databases/${first.database_id}.html#chua-thong-nhat`;
    if (rows.length === 1) return tidy([linked(first.text, page)], page);
    const all = `conflicts.html#${first.kind}`;
    return sentence(
      ctx.labels,
      ['pages', 'overview', 'conflict_group'],
      {
        n: linked(ctx.written.count(rows.length), all),
        owner: ctx.agencyName(first.agency_id),
        name: linked(first.name.charAt(0).toLocaleLowerCase('vi') + first.name.slice(1), all),
      },
      all,
    );
  });
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;
function gravity(rows: readonly Row<'finding'>[]): number {
  return Math.min(...rows.map((row) => GRAVITY[row.severity]));
}

export function scopeLines(ctx: ViewContext): Rich[] {
  const say = (path: string[], values: Readonly<Record<string, Filling>>, around: string): Rich =>
    sentence(ctx.labels, path, values, around);
  const named = ctx.data.database.filter((row) => row.row_kind !== 'umbrella');
  const listed = (row: { listed_in: string }, list: string): boolean => row.listed_in.split(';').includes(list);
  const n71 = named.filter((row) => listed(row, 'nq71'));
  const only11 = ctx.data.database.filter((row) => listed(row, 'nq11') && !listed(row, 'nq71') && row.part_of === null);
  const parts11 = named.filter((row) => listed(row, 'nq11') && !listed(row, 'nq71') && row.part_of !== null);
  const n11 = only11.filter((row) => row.row_kind !== 'umbrella').length;
  const g11 = only11.length - n11;
  const other = named.length - n71.length - n11 - parts11.length;
  const documents = [...new Set(periodDocuments(ctx).map((document) => document.title))];
  return [
    say(
      ['product', 'scope_line'],
      {
        n71: linked(ctx.written.count(n71.length), `${LIST}#nq71`),
        total: linked(ctx.written.number(ctx.config.scoring.programme_total), 'method.html#gioi-han'),
        n11: linked(ctx.written.count(n11), `${LIST}#nq11`),
        g11: linked(ctx.written.count(g11), `${LIST}#nq11`),
        other: linked(ctx.written.count(other), `${LIST}#tat-ca`),
      },
      `${LIST}`,
    ),
    ...(documents.length === 0 ? [] : [periodLine(ctx, documents)]),
    say(['pages', 'overview', 'scope_overdue'], {}, 'tasks.html'),
    say(['product', 'criteria_note'], {}, 'criteria.html'),
  ];
}

/** Which documents the figures come from; their number and the newest one where they would not fit on the sheet. */
function periodLine(ctx: ViewContext, documents: readonly string[]): Rich {
  const page = 'sources.html#van-ban';
  const say = (key: string, values: Readonly<Record<string, Filling>>): Rich =>
    sentence(ctx.labels, ['pages', 'overview', key], values, page);
  if (documents.length > MOST_DOCUMENTS)
    return say('scope_period_many', {
      n: linked(ctx.written.count(documents.length), page),
      document: linked(newestDocument(ctx), page),
    });
  const titles = documents.map((title) => [linked(title, page)]);
  return say('scope_period', { documents: joinRich(titles, ctx.t('format', 'list_separator')) });
}

/** Documents that facts come from; where a period has no facts, the newest lists of late tasks. */
function periodDocuments(ctx: ViewContext): { title: string; at: string }[] {
  const facts = ctx.data.observation.map((row) => ({ title: row.evidence_title ?? '', at: row.stated_at }));
  const lists = ctx.data.list_edition.filter((row) => row.place === 1);
  return (facts.length > 0 ? facts : lists.map((row) => ({ title: row.title ?? '', at: row.stated_on }))).filter(
    ({ title }) => title !== '',
  );
}

/** Title of the document stated last; of several of one moment the first by title. */
function newestDocument(ctx: ViewContext): string {
  const documents = periodDocuments(ctx);
  const latest = documents
    .map(({ at }) => at)
    .sort()
    .at(-1);
  const titles = documents.filter(({ at }) => at === latest).map(({ title }) => title);
  return titles.sort()[0] ?? ctx.none;
}
