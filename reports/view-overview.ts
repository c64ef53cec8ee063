/** The first page, in the order of the steering committee's one sheet. Rule: every digit on it stands inside a link. */
import { z } from 'zod';
import { connectionLines, criteriaLines, resultsLines } from './overview-figures.ts';
import { conflictLines, scopeLines, waitingGroups } from './overview-topics.ts';
import { bareText, type Filling, linked, sentence } from './rich-text.ts';
import type { ViewContext } from './view-context.ts';
import { previousPeriod } from './view-editions.ts';
import type { FactBooks } from './view-facts.ts';
import { ministryRow, ministryRows, ministryTotal } from './view-ministries.ts';
import { action, link, type Rich, rich } from './view-parts.ts';
import { buildProposals } from './view-proposals.ts';

export const overviewPage = z.strictObject({
  headline: rich,
  previous: rich,
  results: z.array(rich),
  criteria: z.array(rich),
  connection: z.array(rich),
  waiting: z.array(z.strictObject({ title: rich, lines: z.array(rich) })),
  waiting_none: z.string().nullable(),
  conflicts: z.array(rich),
  conflicts_none: z.string().nullable(),
  conflicts_more: rich,
  proposals: z.array(action),
  proposals_more: rich,
  scope: z.array(rich),
  ministries: z.array(ministryRow),
  total: ministryRow,
  order_note: z.string(),
  assigned_note: z.string(),
  method: link,
});
export type OverviewPage = z.output<typeof overviewPage>;

const LIST = 'databases/index.html';
const MOST = 5;

export function buildOverview(ctx: ViewContext, books: FactBooks): OverviewPage {
  const overdueIds = [...ctx.overdue.keys()];
  const owners = new Set(ctx.data.overdue.map((row) => row.agency_id));
  const say = (key: string, values: Readonly<Record<string, Filling>>, around: string): Rich =>
    sentence(ctx.labels, ['pages', 'overview', key], values, around);
  const conflicts = conflictLines(ctx);
  const proposals = buildProposals(ctx);
  return {
    headline:
      overdueIds.length === 0
        ? say('none_overdue', {}, 'tasks.html')
        : say(
            'overdue_now',
            {
              n: linked(ctx.written.count(overdueIds.length), `${LIST}#qua-han`, 'overdue'),
              k: linked(ctx.written.count(owners.size), 'tasks.html#co-quan'),
            },
            LIST,
          ),
    previous: previousPeriod(ctx),
    results: resultsLines(ctx),
    criteria: criteriaLines(ctx, overdueIds),
    connection: connectionLines(ctx),
    waiting: waitingGroups(ctx, books),
    waiting_none: ctx.data.waiting.length === 0 ? ctx.t('pages', 'overview', 'waiting_none') : null,
    conflicts: conflicts.slice(0, MOST),
    conflicts_none: conflicts.length === 0 ? ctx.t('pages', 'conflicts', 'none') : null,
    conflicts_more:
      conflicts.length === 0
        ? []
        : say(
            'conflicts_all',
            {
              n: linked(
                ctx.written.count(ctx.data.finding.filter((row) => row.is_contradiction).length),
                'conflicts.html',
              ),
            },
            'conflicts.html',
          ),
    proposals: proposals.slice(0, MOST),
    proposals_more: say(
      'proposals_all',
      { n: linked(ctx.written.count(ctx.data.action.length), 'actions.html') },
      'actions.html',
    ),
    scope: scopeLines(ctx),
    ministries: ministryRows(ctx),
    total: ministryTotal(ctx),
    order_note: ctx.t('pages', 'overview', 'table_by_agency', 'order_note'),
    assigned_note: ctx.t('pages', 'overview', 'table_by_agency', 'assigned_note'),
    method: { text: ctx.t('pages', 'method', 'title'), href: 'method.html' },
  };
}

/** The headline as plain text, for the title of the page. */
export function headlineText(page: OverviewPage): string {
  return bareText(page.headline);
}
