/** Rows that several pages list: databases, waiting, findings, next steps. Rule: one place words each kind of row. */

import type { DatabaseRow, Row } from '../scoring/contract.ts';
import { actionDue } from './due-words.ts';
import { confirmedBadge, possibleLevel, reportedBadge } from './level-words.ts';
import { linked, tidy } from './rich-text.ts';
import { NO_AGENCY, type ViewContext } from './view-context.ts';
import { type FactBooks, sharedMark } from './view-facts.ts';
import type { Action, DatabaseListRow, Finding, Rich, WaitingLine } from './view-parts.ts';

/** Last in every sort. */
const LAST = 9_999;

/** One database as a row of a list. */
export function databaseListRow(ctx: ViewContext, database: DatabaseRow): DatabaseListRow {
  const id = database.database_id;
  const row = ctx.readiness.get(id);
  const place = ctx.places.get(id);
  const late = ctx.overdue.get(id) ?? [];
  const cleaning = ctx.current.get(id)?.find((fact) => fact.attribute === 'c06.cleaning')?.state ?? null;
  const criteria = criteriaText(ctx, id);
  const outside =
    row !== undefined &&
    ctx.indicators.get(id)?.find((result) => result.indicator === 'c06_cleaning')?.state === 'not_applicable';
  return {
    kind: database.row_kind,
    is_part: database.part_of !== null,
    anchor: id,
    place:
      place === undefined
        ? ''
        : place.tied > 1
          ? ctx.f(['score', 'tie'], { a: place.place, b: place.place + place.tied - 1 })
          : String(place.place),
    place_sort: place?.place ?? LAST,
    name: ctx.databaseLink(id),
    group_note:
      database.row_kind === 'umbrella'
        ? ctx.f(['pages', 'site', 'umbrella_short'], {
            n: ctx.written.count(ctx.data.database.filter((part) => part.part_of === id).length),
          })
        : database.row_kind === 'group'
          ? ctx.t('row_kinds', 'group')
          : null,
    owner: ctx.agencyLink(database.agency_id),
    agency_id: database.agency_id ?? NO_AGENCY,
    level: String(row?.level_reported ?? 'khong'),
    listed_in: database.listed_in.split(';').join(' '),
    tags: row === undefined ? '' : databaseTags(ctx, id).join(' '),
    search: `${database.name} ${database.aliases} ${ctx.agencyName(database.agency_id)}`,
    reported: reportedBadge(ctx, row),
    confirmed: confirmedBadge(ctx, row),
    max: possibleLevel(ctx, row, true),
    criteria: criteria.text,
    criteria_sort: criteria.sort,
    criteria_note: criteria.note,
    c12: ctx.state('c12.connection', row?.c12_state ?? null),
    sync: ctx.state('c12.sync', row?.c12_sync_state ?? null),
    cleaning: outside ? ctx.t('result_states', 'not_applicable') : ctx.state('c06.cleaning', cleaning),
    deadline: ctx.date(row?.deadline ?? null),
    deadline_sort: row?.deadline ?? '',
    overdue: late[0] === undefined ? '' : ctx.written.number(Math.max(...late.map((one) => one.overdue_days))),
    overdue_sort: late[0] === undefined ? -1 : Math.max(...late.map((one) => one.overdue_days)),
    shared: row !== undefined && row.shared_n > 1 ? sharedMark(ctx, row.shared_n) : null,
  };
}

/** "13/19", with what it would be if a request for not-applicable is granted. */
export function criteriaText(
  ctx: ViewContext,
  databaseId: string,
): { text: string; note: string | null; sort: number } {
  const row = ctx.readiness.get(databaseId);
  const met = row?.criteria_met ?? null;
  const total = row?.criteria_total ?? null;
  if (met === null || total === null) return { text: ctx.none, note: null, sort: -1 };
  const of = row?.criteria_applicable ?? total;
  const text = ctx.f(['score', 'criteria_fmt'], { met, total });
  const asked = (ctx.criteria.get(databaseId) ?? []).filter((one) => one.state === 'na_requested').length;
  const notes = of === total ? [] : [ctx.f(['pages', 'site', 'applicable'], { n: ctx.written.count(of) })];
  if (asked > 0)
    notes.push(ctx.f(['pages', 'site', 'na_pending'], { n: ctx.written.count(asked), met, left: of - asked }));
  const note = notes.length === 0 ? null : notes.join(ctx.t('format', 'list_separator'));
  return { text, note, sort: of === 0 ? 0 : met / of };
}

/** Words by which a list is filtered; they stand in addresses, so they stay as they are. */
export function databaseTags(ctx: ViewContext, id: string): string[] {
  const row = ctx.readiness.get(id);
  const tags: string[] = [];
  if (ctx.overdue.has(id)) tags.push('qua-han');
  if ((row?.criteria_met ?? null) !== null) tags.push('bao-cao-tieu-chi');
  if (isConnected(ctx, id, 'reported')) tags.push('da-ket-noi');
  if (isConnected(ctx, id, 'confirmed')) tags.push('da-xac-nhan');
  if (ctx.waiting.has(id)) tags.push('dang-cho');
  if ((ctx.findings.get(id) ?? []).some((finding) => finding.is_contradiction)) tags.push('chua-thong-nhat');
  if ((row?.level_reported ?? null) === null) tags.push('chua-co-thong-tin');
  return tags;
}

/** Whether the gate "connected to the national data centre" holds, as reported or as confirmed. */
export function isConnected(ctx: ViewContext, id: string, as: 'reported' | 'confirmed'): boolean {
  const gate = ctx.gates.get(id)?.find((one) => one.gate === 'c12_connected');
  return gate !== undefined && (as === 'reported' ? gate.passed : gate.confirmed);
}

/** One line of who waits for whom. */
export function waitingLine(ctx: ViewContext, books: FactBooks, row: Row<'waiting'>): WaitingLine {
  const subject = row.database_id ?? row.agency_id ?? '';
  const fact = ctx.current.get(subject)?.find((one) => one.observation_id === row.observation_id);
  const attribute = fact?.attribute ?? row.attributes.split(';')[0] ?? '';
  const what =
    attribute === 'blocked_by' || fact?.state == null
      ? (ctx.maybe('blocked_by', row.holder) ?? ctx.none)
      : ctx.state(attribute, fact.state);
  return {
    database: row.database_id === null ? ctx.agencyLink(row.agency_id) : ctx.databaseLink(row.database_id, '#dang-cho'),
    owner: ctx.agencyLink(row.agency_id, '#dang-cho'),
    holder: ctx.maybe('holders', row.holder) ?? ctx.none,
    what,
    since: row.since === null ? ctx.t('pages', 'site', 'since_unknown') : ctx.date(row.since),
    days: row.days,
    days_text: row.days === null ? '' : ctx.written.number(row.days),
    evidence: books.evidence(row.observation_id, subject),
  };
}

/** A finding as published, with its subject. */
export function findingRow(ctx: ViewContext, row: Row<'finding'>): Finding {
  return {
    kind: row.kind,
    name: row.name,
    text: row.text,
    severity: row.severity,
    database: row.database_id === null ? null : ctx.databaseLink(row.database_id),
    owner: row.agency_id === null ? null : ctx.agencyLink(row.agency_id),
    notes: findingNotes(ctx, row),
  };
}

/** What became of a finding: its state and since when, how often it came back, who decided what, and the answer. */
export function findingNotes(ctx: ViewContext, row: Row<'finding'>): string[] {
  const say = (key: string, values: Readonly<Record<string, string>>): string => ctx.f(['pages', 'site', key], values);
  const state = ctx.t('pages', 'site', 'finding_states', row.state);
  const since = ctx.date(row.open_since);
  const first =
    row.state === 'resolved'
      ? [state, say('finding_gone', { since, date: ctx.date(row.resolved_on) })]
      : row.state === 'new'
        ? // On the first night of all everything would be new.
          ctx.hasEarlierNight
          ? [state]
          : []
        : [state, say('finding_since', { date: since })];
  if (row.times_seen > 1) first.push(say('finding_back', { n: ctx.written.number(row.times_seen) }));
  const notes = first.length === 0 ? [] : [first.join(ctx.t('format', 'list_separator'))];
  if (row.note !== null && row.author !== null)
    notes.push(say('finding_note', { who: row.author, date: ctx.date(row.decided_on), text: row.note }));
  if (row.answer !== null && row.answered_by !== null)
    notes.push(say('finding_answer', { who: row.answered_by, date: ctx.date(row.answered_on), text: row.answer }));
  return notes;
}

/** A next step of one database, with the six things that must be clear and what it would bring. */
export function actionRow(ctx: ViewContext, row: Row<'action'>, no: number): Action {
  const page = `databases/${row.database_id}.html#viec-can-lam`;
  return {
    no: String(no),
    text: [linked(row.text, page)],
    responsible: row.responsible,
    lead: body(ctx, row.lead),
    coordinate: body(ctx, row.coordinate),
    product: row.product,
    due: [linked(actionDue(ctx, row), null)],
    authority: row.authority,
    result: [linked(row.result, null)],
  };
}

/** A body in a table; a unit known by its code links to what the code stands for. */
export function body(ctx: ViewContext, name: string | null): Rich {
  return tidy([linked(name ?? ctx.none, null)], 'method.html#viet-tat');
}
