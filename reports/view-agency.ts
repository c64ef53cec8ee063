/** Pages of the owners of databases, and the list of them. Rule: protocol order; facts of an agency are not facts of its databases. */
import { z } from 'zod';
import type { Row } from '../scoring/contract.ts';
import { levelStrip as makeStrip } from './level-words.ts';
import { databaseListRow, databaseTags, findingRow, waitingLine } from './list-rows.ts';
import { groupBy, NO_AGENCY, type ViewContext } from './view-context.ts';
import { blockerRow } from './view-database.ts';
import type { FactBooks } from './view-facts.ts';
import { databasesInOrder } from './view-lists.ts';
import { ownersInOrder } from './view-ministries.ts';
import {
  action,
  databaseRow,
  evidence,
  fact,
  finding,
  levelStrip,
  link,
  taskRow,
  waitingLine as waitingSchema,
} from './view-parts.ts';
import { buildProposals } from './view-proposals.ts';
import { buildSmallMultiples, smallMultiples } from './view-small-multiples.ts';
import { taskListRow } from './view-tasks.ts';

const text = z.string();

const findingGroup = z.strictObject({ name: text, count: text, rows: z.array(finding) });

export const agencyPage = z.strictObject({
  id: text,
  name: text,
  brief: text,
  group: text,
  summary: text,
  assessor_note: text.nullable(),
  succession: z.array(text),
  strip: levelStrip,
  presets: z.array(z.strictObject({ id: text, text, count: text, names: z.array(link) })),
  databases: z.array(databaseRow),
  counts: text.nullable(),
  tasks: z.array(taskRow),
  waiting: z.array(waitingSchema),
  waited_for: z.array(waitingSchema),
  blockers: z.array(z.strictObject({ what: text, about: text, since: text, evidence: evidence.nullable() })),
  contradictions: z.array(findingGroup),
  findings: z.array(findingGroup),
  actions: z.array(action),
  evidence: z.array(fact),
});
export type AgencyPage = z.output<typeof agencyPage>;

export const agenciesPage = z.strictObject({
  intro: text,
  not_ranked: text,
  levels: smallMultiples,
  rows: z.array(
    z.strictObject({
      no: text,
      name: link,
      databases: text,
      strip: levelStrip,
      overdue: text,
      waiting: text,
      conflicts: text,
    }),
  ),
});
export type AgenciesPage = z.output<typeof agenciesPage>;

const SHOWN = ['qua-han', 'bao-cao-tieu-chi', 'da-ket-noi', 'da-xac-nhan', 'chua-co-thong-tin'] as const;
/** The ministry whose units receive, assess and also own. */
const ASSESSOR = 'bo-cong-an';

export function buildAgencyPage(ctx: ViewContext, books: FactBooks, agencyId: string | null): AgencyPage {
  const id = agencyId ?? NO_AGENCY;
  const databases = databasesInOrder(ctx).filter((row) => row.agency_id === agencyId);
  const scored = databases.filter((row) => ctx.readiness.has(row.database_id)).map((row) => row.database_id);
  const tags = new Map(scored.map((one) => [one, databaseTags(ctx, one)]));
  const count = (tag: string): number => [...tags.values()].filter((list) => list.includes(tag)).length;
  const findings = ctx.data.finding.filter((row) => row.agency_id === agencyId && row.kind !== 'deadline_passed');
  const given = ctx.data.agency_count.find((row) => row.agency_id === agencyId);
  const tasks = new Set(ctx.rows('task_agency', 'agency_id', id).map((row) => row.task_id));
  const facts = agencyId === null ? [] : books.facts(agencyId);
  const waits = ctx.data.waiting.filter((row) => row.agency_id === agencyId);
  return {
    id,
    name: ctx.agencyName(agencyId),
    brief: `phieu/${id}.html`,
    group:
      agencyId === null
        ? ''
        : (ctx.maybe('agencies', 'group_names', ctx.agencies.get(agencyId)?.agency_group ?? '') ?? ''),
    summary: ctx.f(['pages', 'agency', 'summary'], {
      n: ctx.written.count(scored.length),
      k: ctx.written.count(count('qua-han')),
      c: ctx.written.count(count('da-ket-noi')),
      u: ctx.written.count(count('chua-co-thong-tin')),
    }),
    assessor_note: agencyId === ASSESSOR ? ctx.t('pages', 'agency', 'assessor_note') : null,
    succession: ctx.data.agency_succession
      .filter((row) => row.to_id === agencyId && ctx.agencies.has(row.from_id))
      .map((row) =>
        row.field === null
          ? ctx.f(['pages', 'site', 'succession_whole'], {
              from: ctx.agencyName(row.from_id),
              date: ctx.date(row.date),
            })
          : ctx.f(['pages', 'agency', 'succession'], {
              from: ctx.agencyName(row.from_id),
              field: row.field,
              date: ctx.date(row.date),
            }),
      ),
    strip: makeStrip(ctx, scored, `agencies/${id}.html`),
    presets: SHOWN.map((tag) => ({
      id: tag,
      text: ctx.t('pages', 'site', 'presets', tag),
      count: ctx.written.number(count(tag)),
      names: scored.filter((one) => tags.get(one)?.includes(tag)).map((one) => ctx.databaseLink(one)),
    })),
    databases: databases.map((row) => databaseListRow(ctx, row)),
    counts:
      given === undefined
        ? null
        : ctx.f(['pages', 'site', 'agency_counts'], {
            assigned: number(ctx, given.assigned),
            done: number(ctx, given.done),
            in_progress: number(ctx, given.in_progress),
            overdue: number(ctx, given.overdue),
          }),
    tasks: ctx.data.task.filter((row) => tasks.has(row.task_id)).map((row) => taskListRow(ctx, row)),
    waiting: waits.map((row) => waitingLine(ctx, books, row)),
    waited_for:
      agencyId === ASSESSOR
        ? ctx.data.waiting
            .filter((row) => ['c12', 'c06', 'a05'].includes(row.holder))
            .map((row) => waitingLine(ctx, books, row))
        : [],
    blockers: ctx.data.blocker
      .filter(
        (row) =>
          row.agency_id === agencyId &&
          !waits.some((wait) => wait.holder === row.holder && wait.database_id === row.database_id),
      )
      .map((row) => blockerRow(ctx, books, row.database_id ?? id, row)),
    contradictions: grouped(
      ctx,
      findings.filter((row) => row.is_contradiction),
    ),
    findings: grouped(
      ctx,
      findings.filter((row) => !row.is_contradiction),
    ),
    actions:
      agencyId === null ? [] : buildProposals(ctx, (row) => ctx.databases.get(row.database_id)?.agency_id === agencyId),
    evidence: facts,
  };
}

export function buildAgenciesPage(ctx: ViewContext): AgenciesPage {
  const owners = ownersInOrder(ctx);
  const { scoring } = ctx.config;
  const enough = ctx.data.readiness.filter((row) => row.coverage !== null && row.coverage >= scoring.min_coverage);
  const agencies = new Set(enough.map((row) => row.agency_id)).size;
  const percent = ctx.data.readiness.length === 0 ? 0 : Math.floor((100 * enough.length) / ctx.data.readiness.length);
  return {
    intro: ctx.f(['pages', 'agencies', 'intro'], { n: ctx.written.count(owners.filter((id) => id !== null).length) }),
    not_ranked: ctx.f(['pages', 'agencies', 'not_ranked'], {
      n: ctx.written.number(agencies),
      p: percent,
      min: scoring.min_coverage,
    }),
    levels: buildSmallMultiples(ctx, owners),
    rows: owners.map((id, index) => {
      const own = ctx.scored.filter((row) => row.agency_id === id).map((row) => row.database_id);
      const page = `agencies/${id ?? NO_AGENCY}.html`;
      const count = (tag: string): string =>
        ctx.written.number(own.filter((one) => databaseTags(ctx, one).includes(tag)).length);
      return {
        no: String(index + 1),
        name: ctx.agencyLink(id),
        databases: ctx.written.number(own.length),
        strip: makeStrip(ctx, own, page),
        overdue: count('qua-han'),
        waiting: count('dang-cho'),
        conflicts: count('chua-thong-nhat'),
      };
    }),
  };
}

/** Findings of one kind under one heading. */
function grouped(ctx: ViewContext, rows: readonly Row<'finding'>[]): AgencyPage['findings'] {
  return [...groupBy(rows, (row) => row.kind).values()].map((list) => ({
    name: list[0]?.name ?? ctx.none,
    count: ctx.written.number(list.length),
    rows: list.map((row) => findingRow(ctx, row)),
  }));
}

function number(ctx: ViewContext, n: number | null): string {
  return n === null ? ctx.none : ctx.written.number(n);
}
