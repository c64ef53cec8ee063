/** Overdue tasks: the databases among them, the agencies, and the whole list as printed. Rule: counts are computed from the rows. */
import { z } from 'zod';
import type { Row } from '../scoring/contract.ts';
import { agenciesByRate, overdueRate, rateText } from './agency-rates.ts';
import { criteriaText } from './list-rows.ts';
import { joinRich, linked, plain } from './rich-text.ts';
import { annexLinks } from './view-annexes.ts';
import { groupBy, type ViewContext } from './view-context.ts';
import { buildEditions, editionsPart, tasksChange } from './view-editions.ts';
import { link, type Rich, type TaskListRow, taskRow } from './view-parts.ts';

const text = z.string();

export const tasksPage = z.strictObject({
  intro: text,
  counted_note: text,
  annexes: z.array(link),
  databases: z.array(
    z.strictObject({
      no: text,
      name: link,
      owner: link,
      basis: text,
      due: text,
      days: text,
      days_sort: z.number(),
      status: z.array(text),
      trouble: text,
      shared: text.nullable(),
      task: link,
    }),
  ),
  agencies: z.array(
    z.strictObject({
      no: text,
      name: link,
      assigned: text,
      done: text,
      in_progress: text,
      overdue: text,
      change: text,
      rate: text,
      rate_sort: z.number(),
      note: text.nullable(),
    }),
  ),
  agencies_title: text,
  editions: editionsPart,
  tasks: z.array(taskRow),
  tasks_title: text,
});
export type TasksPage = z.output<typeof tasksPage>;

export function buildTasksPage(ctx: ViewContext): TasksPage {
  const documents = [...new Set(ctx.data.task.map((row) => row.document_title ?? ''))]
    .filter((title) => title !== '')
    .join(ctx.t('format', 'list_separator'));
  const rows = new Set(ctx.data.overdue.map((row) => row.task_id)).size;
  return {
    intro: ctx.f(['pages', 'tasks', 'intro'], {
      document: documents === '' ? ctx.none : documents,
      date: ctx.date(ctx.data.task[0]?.stated_on ?? ctx.meta.as_of),
    }),
    counted_note: ctx.f(['pages', 'tasks', 'counted_note'], {
      rows: ctx.written.count(rows),
      n: ctx.written.count(ctx.overdue.size),
    }),
    annexes: annexLinks(ctx),
    databases: [...ctx.data.overdue]
      .sort((a, b) => b.overdue_days - a.overdue_days || (a.no ?? 0) - (b.no ?? 0))
      .map((row, index) => ({
        no: String(index + 1),
        name: ctx.databaseLink(row.database_id),
        owner: ctx.agencyLink(row.agency_id),
        basis: row.legal_basis ?? ctx.none,
        due: ctx.date(row.deadline),
        days: ctx.written.number(row.overdue_days),
        days_sort: row.overdue_days,
        status: statusOf(ctx, row),
        trouble: trouble(ctx, row.database_id),
        shared: sharedOf(ctx, row.database_id),
        task: {
          text: ctx.f(['pages', 'site', 'task_no'], { n: row.no ?? '' }),
          href: `tasks.html#${ctx.taskAnchor(row.task_id)}`,
        },
      })),
    agencies: agencies(ctx),
    agencies_title: ctx.f(['pages', 'site', 'tasks_agencies'], { n: ctx.written.count(ctx.data.agency_count.length) }),
    editions: buildEditions(ctx),
    tasks: ctx.data.task.map((row) => taskListRow(ctx, row)),
    tasks_title: ctx.f(['pages', 'site', 'tasks_all'], { n: ctx.written.count(ctx.data.task.length) }),
  };
}

/** One task as printed in the list, with the databases it is about. */
export function taskListRow(ctx: ViewContext, row: Row<'task'>): TaskListRow {
  const about = ctx.rows('task_database', 'task_id', row.task_id);
  const agencies = ctx.rows('task_agency', 'task_id', row.task_id);
  const databases = about.map(
    (one): Rich => [linked(ctx.shortName(one.database_id), `databases/${one.database_id}.html`)],
  );
  const title: Rich =
    about.length === 1
      ? [linked(row.title ?? ctx.none, `databases/${about[0]?.database_id}.html`)]
      : [
          plain(row.title ?? ctx.none),
          ...(databases.length === 0 ? [] : [plain(': '), ...joinRich(databases, ctx.t('format', 'list_separator'))]),
        ];
  const leads = (row.lead_agencies ?? '')
    .split(';')
    .filter((id) => id !== '')
    .map((id) => ctx.agencyName(id));
  return {
    anchor: ctx.taskAnchor(row.task_id),
    no: row.no === null ? '' : String(row.no),
    title,
    basis: row.legal_basis ?? ctx.none,
    lead: row.lead_raw ?? (leads.length > 0 ? leads.join(ctx.t('format', 'list_separator')) : ctx.none),
    deadline: row.deadline === null ? (row.deadline_raw ?? ctx.none) : ctx.written.datePadded(row.deadline),
    deadline_sort: row.deadline ?? '',
    agencies: agencies.map((one) => ({
      agency: ctx.agencyLink(one.agency_id),
      status: said(ctx, one.status),
      difficulty: said(ctx, one.difficulty),
    })),
    agencies_note:
      agencies.length > 1 && row.assigned_agencies_n !== null
        ? ctx.f(['pages', 'tasks', 'overdue_of'], {
            k: ctx.written.count(agencies.length),
            n: row.assigned_agencies_n,
          })
        : null,
    days: row.overdue_days === null ? ctx.none : ctx.written.number(row.overdue_days),
    days_sort: row.overdue_days ?? -1,
    place:
      row.evidence_row === null || row.evidence_line === null
        ? null
        : ctx.f(['format', 'place'], { row: row.evidence_row, line: row.evidence_line }),
  };
}

function said(ctx: ViewContext, status: string | null): string {
  return ctx.t('pages', 'site', status === 'reported' ? 'status_reported' : 'status_blank');
}

/** The status of a database in a few words, from what speaks now. */
function statusOf(ctx: ViewContext, row: Row<'overdue'>): string[] {
  const readiness = ctx.readiness.get(row.database_id);
  if (readiness === undefined || readiness.level_reported === null) return [ctx.t('pages', 'tasks', 'status_blank')];
  const out: string[] = [];
  if (readiness.criteria_met !== null)
    out.push(ctx.f(['pages', 'site', 'n_criteria_met'], { ratio: criteriaText(ctx, row.database_id).text }));
  const state = (attribute: string, value: string | null): void => {
    if (value !== null) out.push(ctx.state(attribute, value));
  };
  if (readiness.c12_state !== null)
    out.push(ctx.f(['pages', 'site', 'c12_short'], { state: ctx.state('c12.connection', readiness.c12_state) }));
  state('c12.sync', readiness.c12_sync_state);
  if (out.length < 2)
    state(
      'software.state',
      ctx.current.get(row.database_id)?.find((fact) => fact.attribute === 'software.state')?.state ?? null,
    );
  return out.length === 0
    ? [readiness.level_reported === null ? ctx.none : ctx.t('levels', String(readiness.level_reported), 'name')]
    : out;
}

function trouble(ctx: ViewContext, id: string): string {
  const waits = (ctx.waiting.get(id) ?? []).map((one) =>
    ctx.f(['pages', 'site', one.days === null ? 'waits_for' : 'waits_days'], {
      holder: ctx.maybe('holders', one.holder) ?? ctx.none,
      n: one.days ?? '',
    }),
  );
  const others = (ctx.blockers.get(id) ?? [])
    .filter((one) => !(ctx.waiting.get(id) ?? []).some((wait) => wait.holder === one.holder))
    .map((one) => ctx.maybe('blocked_by', one.holder ?? '') ?? ctx.none);
  const all = [...waits, ...others];
  return all.length === 0 ? ctx.none : all.join(ctx.t('format', 'list_separator'));
}

function sharedOf(ctx: ViewContext, id: string): string | null {
  const n = ctx.readiness.get(id)?.shared_n ?? 1;
  return n > 1 ? ctx.f(['pages', 'common', 'shared_mark'], { n: ctx.written.count(n) }) : null;
}

/** In the form of the Văn phòng Chính phủ: unrounded rate descending, then name. */
function agencies(ctx: ViewContext): TasksPage['agencies'] {
  const arithmetic = groupBy(
    ctx.data.finding.filter((row) => row.kind === 'arithmetic'),
    (row) => row.agency_id,
  );
  const count = (n: number | null): string => (n === null ? ctx.none : ctx.written.number(n));
  return agenciesByRate(ctx).map((row, index) => ({
    no: String(index + 1),
    name: ctx.agencyLink(row.agency_id, '#nhiem-vu'),
    assigned: count(row.assigned),
    done: count(row.done),
    in_progress: count(row.in_progress),
    overdue: count(row.overdue),
    change: tasksChange(ctx, row.agency_id),
    rate: rateText(ctx, row) ?? ctx.none,
    rate_sort: overdueRate(row),
    note: arithmetic.get(row.agency_id)?.[0]?.text ?? null,
  }));
}
