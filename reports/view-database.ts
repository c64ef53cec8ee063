/** The page of one database: everything known about it, with evidence. Rule: an empty database stays short and calm. */

import { z } from 'zod';
import { daysBetween } from '../config/time.ts';
import type { DatabaseRow, Row } from '../scoring/contract.ts';
import { dueWords } from './due-words.ts';
import { actionRow, criteriaText, databaseListRow, findingRow, waitingLine } from './list-rows.ts';
import type { ViewContext } from './view-context.ts';
import { buildDatabaseCriteria, databaseCriteria } from './view-database-criteria.ts';
import { buildDatabaseFacts, databaseFacts } from './view-database-facts.ts';
import { buildDatabaseLevel, databaseLevel } from './view-database-level.ts';
import { buildDatabasePillars, databasePillars } from './view-database-pillars.ts';
import { buildDatabaseQuality, databaseQuality } from './view-database-quality.ts';
import { listedHistory } from './view-editions.ts';
import { type FactBooks, sharedMark } from './view-facts.ts';
import {
  action,
  badge,
  databaseRow,
  evidence,
  fact,
  finding,
  link,
  waitingLine as waitingSchema,
} from './view-parts.ts';
import { buildTrend, trendSection } from './view-trend.ts';

const text = z.string();

export const databasePage = z.strictObject({
  id: text,
  name: text,
  short_name: text,
  kind: text,
  owner: link,
  listed_in: text,
  identity: z.array(z.strictObject({ name: text, value: text })),
  part_of: z.strictObject({ text, link }).nullable(),
  umbrella: text.nullable(),
  badge: text.nullable(),
  parts: z.array(databaseRow),
  part_names: z.array(text),
  shared: text.nullable(),
  restricted: text.nullable(),
  has_status: z.boolean(),
  overdue: z.strictObject({ text, due: text, basis: text, task: link }).nullable(),
  latest_due: text,
  listed: text.nullable(),
  criteria_text: text,
  criteria_note: text.nullable(),
  reported: badge,
  confirmed: badge,
  level: databaseLevel.nullable(),
  trend: trendSection.nullable(),
  pillars: databasePillars.nullable(),
  quality: databaseQuality.optional(),
  criteria: databaseCriteria.nullable(),
  facts: databaseFacts.nullable(),
  deadlines: z.array(
    z.strictObject({ what: text, due: text, basis: text, state: text, is_overdue: z.boolean(), document: text }),
  ),
  waiting: z.array(waitingSchema),
  blockers: z.array(z.strictObject({ what: text, about: text, since: text, evidence: evidence.nullable() })),
  commitments: z.array(
    z.strictObject({ what: text, due: text, state: text, is_missed: z.boolean(), evidence: evidence.nullable() }),
  ),
  contradictions: z.array(finding),
  findings: z.array(finding),
  actions: z.array(action),
  evidence: z.array(fact),
  older: z.array(fact),
});
export type DatabasePage = z.output<typeof databasePage>;

export function buildDatabasePage(ctx: ViewContext, books: FactBooks, database: DatabaseRow): DatabasePage {
  const id = database.database_id;
  const row = ctx.readiness.get(id);
  const listRow = databaseListRow(ctx, database);
  const findings = (ctx.findings.get(id) ?? []).filter((one) => one.kind !== 'deadline_passed');
  const parts = ctx.data.database.filter((one) => one.part_of === id);
  const facts = books.facts(id);
  const hasStatus = (row?.level_reported ?? null) !== null;
  const criteria = criteriaText(ctx, id);
  const quality = buildDatabaseQuality(ctx, database);
  return {
    id,
    name: database.name,
    short_name: ctx.shortName(id),
    kind: ctx.t('kinds', database.kind),
    owner: ctx.agencyLink(database.agency_id),
    listed_in: database.listed_in
      .split(';')
      .map((one) => ctx.t('listed_in', one))
      .join(ctx.t('format', 'list_separator')),
    identity: identity(ctx, database),
    part_of:
      database.part_of === null
        ? null
        : { text: ctx.t('pages', 'site', 'part_of'), link: ctx.databaseLink(database.part_of) },
    badge: database.row_kind === 'umbrella' ? null : `badges/${id}.svg`,
    umbrella:
      database.row_kind === 'umbrella'
        ? ctx.f(['pages', 'database', 'umbrella'], { n: ctx.written.count(parts.length) })
        : null,
    parts: parts.map((part) => databaseListRow(ctx, part)),
    part_names: ctx
      .rows('database_part', 'database_id', id)
      .flatMap((one) => (one.part_id === null && one.name !== null ? [one.name] : [])),
    shared: row !== undefined && row.shared_n > 1 ? sharedMark(ctx, row.shared_n) : null,
    restricted: database.classification === 'restricted' ? ctx.t('pages', 'database', 'restricted') : null,
    has_status: hasStatus,
    overdue: overdue(ctx, id),
    latest_due: dueWords(ctx, (ctx.deadlines.get(id) ?? []).at(-1)),
    listed: listedHistory(ctx, id),
    criteria_text: criteria.text,
    criteria_note: criteria.note,
    reported: listRow.reported,
    confirmed: listRow.confirmed,
    level: row === undefined || !hasStatus ? null : buildDatabaseLevel(ctx, books, id, row),
    trend: buildTrend(ctx, id),
    pillars: row === undefined || !hasStatus ? null : buildDatabasePillars(ctx, books, id, row),
    ...(quality === null ? {} : { quality }),
    criteria: row === undefined || !hasStatus ? null : buildDatabaseCriteria(ctx, books, id),
    facts: row === undefined || !hasStatus ? null : buildDatabaseFacts(ctx, books, database),
    deadlines: (ctx.deadlines.get(id) ?? []).map((one) => deadline(ctx, id, one)),
    waiting: (ctx.waiting.get(id) ?? []).map((one) => waitingLine(ctx, books, one)),
    blockers: (ctx.blockers.get(id) ?? [])
      .filter((one) => !(ctx.waiting.get(id) ?? []).some((wait) => wait.holder === one.holder))
      .map((one) => blockerRow(ctx, books, id, one)),
    commitments: ctx.rows('commitment', 'database_id', id).map((one) => ({
      what: one.what ?? ctx.none,
      due: ctx.date(one.due),
      state:
        one.state === 'missed'
          ? ctx.f(['pages', 'site', 'commitment_missed'], { n: one.days_past ?? '' })
          : ctx.t('pages', 'site', one.state === 'open' ? 'commitment_open' : 'commitment_undated'),
      is_missed: one.state === 'missed',
      evidence: books.evidence(one.observation_id, id),
    })),
    contradictions: findings.filter((one) => one.is_contradiction).map((one) => findingRow(ctx, one)),
    findings: [
      ...findings.filter((one) => !one.is_contradiction),
      ...ctx.resolved.filter((one) => one.database_id === id),
    ].map((one) => findingRow(ctx, one)),
    actions: (ctx.actions.get(id) ?? []).map((one, index) => actionRow(ctx, one, index + 1)),
    evidence: facts.filter((one) => one.is_current),
    older: facts.filter((one) => !one.is_current),
  };
}

/** A hindrance that was named without naming another body that is waited for. */
export function blockerRow(
  ctx: ViewContext,
  books: FactBooks,
  subject: string,
  one: Row<'blocker'>,
): DatabasePage['blockers'][number] {
  const stated = books.evidence(one.observation_id, subject);
  return {
    what: one.holder === null ? ctx.none : (ctx.maybe('blocked_by', one.holder) ?? ctx.none),
    about: one.target === null ? ctx.none : (ctx.maybe('pages', 'site', 'targets', one.target) ?? ctx.none),
    since: ctx.date(one.since),
    evidence: stated,
  };
}

function overdue(ctx: ViewContext, id: string): DatabasePage['overdue'] {
  const late = ctx.overdue.get(id)?.[0];
  if (late === undefined) return null;
  return {
    text: ctx.f(['pages', 'database', 'deadline_over'], { n: late.overdue_days }),
    due: ctx.date(late.deadline),
    basis: late.legal_basis ?? ctx.none,
    task: {
      text: ctx.f(['pages', 'site', 'task_no'], { n: late.no ?? '' }),
      href: `tasks.html#${ctx.taskAnchor(late.task_id)}`,
    },
  };
}

function deadline(ctx: ViewContext, id: string, one: Row<'deadline'>): DatabasePage['deadlines'][number] {
  const due = dueWords(ctx, one);
  const late = (ctx.overdue.get(id) ?? []).find((task) => task.deadline === one.due && task.legal_basis === one.basis);
  const left = daysBetween(ctx.meta.as_of, one.due);
  const state =
    late !== undefined
      ? ctx.f(['pages', 'database', 'deadline_over'], { n: late.overdue_days })
      : left >= 0
        ? ctx.f(['pages', 'database', 'deadline_left'], { n: left })
        : ctx.overdue.has(id)
          ? ctx.t('pages', 'site', 'deadline_earlier')
          : ctx.f(['pages', 'database', 'not_listed'], { period: ctx.date(ctx.meta.as_of) });
  return {
    what: one.what.charAt(0).toLocaleUpperCase('vi') + one.what.slice(1),
    due,
    basis: one.basis,
    state,
    is_overdue: late !== undefined,
    document: one.document ?? ctx.none,
  };
}

function identity(ctx: ViewContext, database: DatabaseRow): DatabasePage['identity'] {
  const name = (key: string): string => ctx.t('pages', 'database', 'identity', key);
  const rows: DatabasePage['identity'] = [
    { name: name('kind'), value: ctx.t('kinds', database.kind) },
    {
      name: name('listed_in'),
      value: database.listed_in
        .split(';')
        .map((one) => ctx.t('listed_in', one))
        .join(ctx.t('format', 'list_separator')),
    },
  ];
  if (database.custodian !== null) rows.push({ name: name('custodian'), value: database.custodian });
  rows.push({ name: name('holds_persons'), value: ctx.t('holds_persons', database.holds_persons) });
  rows.push({ name: name('required_direction'), value: ctx.t('required_direction', database.required_direction) });
  if (database.aliases !== '')
    rows.push({ name: name('aliases'), value: database.aliases.split(';').join(ctx.t('format', 'list_separator')) });
  return rows;
}
