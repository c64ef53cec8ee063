/**
 * One publication as a view: everything the pages print, as text, with the raw numbers that charts and sorting need.
 * Rule: pure, and complete: the strict schema below finds a hole before a template does.
 */

import { z } from 'zod';
import type { Config } from '../config/load.ts';
import { daysBetween } from '../config/time.ts';
import { type PublicationInput, parsePublication } from '../scoring/contract.ts';
import { agenciesPage, agencyPage, buildAgenciesPage, buildAgencyPage } from './view-agency.ts';
import { annexesPage, buildAnnexes } from './view-annexes.ts';
import { briefPage, buildBrief } from './view-brief.ts';
import { buildChangesPage, changesPage } from './view-changes.ts';
import { type PublicationMeta, ViewContext } from './view-context.ts';
import { buildCriteriaPage, criteriaPage } from './view-criteria.ts';
import { buildDatabasePage, type DatabasePage } from './view-database.ts';
import { FactBooks, localDay } from './view-facts.ts';
import {
  actionsPage,
  buildActionsPage,
  buildConflictsPage,
  buildDatabasesPage,
  buildWaitingPage,
  conflictsPage,
  databasesPage,
  waitingPage,
} from './view-lists.ts';
import { buildMatrixPage, matrixPage } from './view-matrix.ts';
import { buildMethodPage, methodPage } from './view-method.ts';
import { ownersInOrder } from './view-ministries.ts';
import { buildNeighbours, neighbours } from './view-neighbours.ts';
import { buildOverview, headlineText, overviewPage } from './view-overview.ts';
import { buildSearch, searchEntries } from './view-search.ts';
import { asOfWords, buildSourcesPage, localTime, sourcesPage } from './view-sources.ts';
import { buildTasksPage, tasksPage } from './view-tasks.ts';

export type { PublicationMeta } from './view-context.ts';

const text = z.string();

/** What stands in the head and foot of every page. */
export const siteHead = z.strictObject({
  name: text,
  short_name: text,
  draft: text,
  edition: text,
  as_of: text,
  as_of_short: text,
  collected: text,
  collected_failed: text.nullable(),
  age: text,
  disclaimer: text,
  publication: text,
  method: text,
  program: text,
  made: text,
  /** For the script: the day of the figures and the instant of publishing. */
  as_of_day: text,
  published_at: text,
  stale_text: text,
  withheld_text: text,
});
export type SiteHead = z.output<typeof siteHead>;

export const siteView = z.strictObject({
  head: siteHead,
  headline: text,
  overview: overviewPage,
  agencies: agenciesPage,
  agency: z.array(agencyPage),
  brief: z.array(briefPage),
  databases: databasesPage,
  changes: changesPage,
  neighbours: z.record(text, neighbours),
  tasks: tasksPage,
  annexes: annexesPage,
  waiting: waitingPage,
  conflicts: conflictsPage,
  actions: actionsPage,
  criteria: criteriaPage,
  matrix: matrixPage,
  method: methodPage,
  sources: sourcesPage,
  search: searchEntries,
});
export interface SiteView extends z.output<typeof siteView> {
  /** Built one by one as they are asked for, and not kept: of thousands there is one in memory. */
  database: Iterable<DatabasePage>;
}

/**
 * @param data rows of the publication's tables as they are handed over
 * @throws ZodError when a table lacks a column
 */
export function buildView(data: PublicationInput, config: Config, meta: PublicationMeta): SiteView {
  return viewOf(new ViewContext(parsePublication(data), config, meta));
}

/**
 * The view of rows that are parsed already. What builds a page is typed by its schema; that nothing else comes in is seen to by
 * tests: every night anew it would cost a twentieth of it.
 */
export function viewOf(ctx: ViewContext): SiteView {
  const books = new FactBooks(ctx);
  const overview = buildOverview(ctx, books);
  const databases = buildDatabasesPage(ctx);
  const agency = ownersInOrder(ctx).map((id) => buildAgencyPage(ctx, books, id));
  return {
    head: buildHead(ctx),
    headline: headlineText(overview),
    overview,
    agencies: buildAgenciesPage(ctx),
    agency,
    brief: agency.map((page) => buildBrief(page, ctx.labels)),
    databases,
    changes: buildChangesPage(ctx),
    neighbours: buildNeighbours(databases.rows, ctx.labels),
    tasks: buildTasksPage(ctx),
    annexes: buildAnnexes(ctx),
    waiting: buildWaitingPage(ctx, books),
    conflicts: buildConflictsPage(ctx, books),
    actions: buildActionsPage(ctx),
    criteria: buildCriteriaPage(ctx),
    matrix: buildMatrixPage(ctx),
    method: buildMethodPage(ctx),
    sources: buildSourcesPage(ctx),
    search: buildSearch(ctx),
    database: { [Symbol.iterator]: () => databasePages(ctx, books) },
  };
}

function* databasePages(ctx: ViewContext, books: FactBooks): Generator<DatabasePage> {
  for (const row of ctx.data.database) {
    yield buildDatabasePage(ctx, books, row);
    books.forget(row.database_id);
  }
}

function buildHead(ctx: ViewContext): SiteHead {
  const { meta } = ctx;
  const day = localDay(meta.cut_off);
  const health = ctx.data.source_health.filter((row) => row.run_id === meta.run_id);
  const sources = health.length > 0 ? health : ctx.data.source_health;
  const failed = sources.filter((row) => row.state !== 'ok').length;
  const age = Math.max(0, daysBetween(day, localDay(meta.published_at)));
  return {
    name: ctx.t('product', 'name'),
    short_name: ctx.t('product', 'short'),
    draft: ctx.t('product', 'draft_mark'),
    edition: ctx.t('editions', meta.edition),
    as_of: asOfWords(ctx, 'as_of'),
    as_of_short: asOfWords(ctx, 'as_of_short'),
    collected: ctx.f(['pages', 'common', 'collected'], { ok: sources.length - failed, total: sources.length }),
    collected_failed: failed === 0 ? null : ctx.f(['pages', 'common', 'collected_failed'], { n: failed }),
    age: age === 0 ? ctx.t('pages', 'site', 'age_today') : ctx.f(['pages', 'site', 'age'], { n: age }),
    disclaimer: ctx.t('product', 'disclaimer'),
    publication: ctx.f(['pages', 'footer', 'publication'], { id: meta.run_id }),
    method: ctx.f(['pages', 'site', 'method_version'], { version: ctx.config.scoring.method.version }),
    program: ctx.f(['pages', 'site', 'program'], { version: meta.program_version }),
    made: ctx.f(['pages', 'footer', 'made'], { time: localTime(ctx, meta.published_at) }),
    as_of_day: meta.as_of,
    published_at: meta.published_at,
    stale_text: ctx.f(['product', 'stale_banner'], { date: ctx.date(day) }),
    withheld_text: ctx.t('pages', 'sources', 'withheld'),
  };
}
