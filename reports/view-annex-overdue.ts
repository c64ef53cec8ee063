/** Annex I: agencies by rate of overdue tasks, and the overdue tasks with what each agency wrote. Rule: the form is kept to the letter. */
import { z } from 'zod';
import type { Row } from '../scoring/contract.ts';
import { agenciesByRate, rateText } from './agency-rates.ts';
import { type AnnexTask, annexTasks, byName, listDocuments } from './view-annex-rows.ts';
import type { ViewContext } from './view-context.ts';

const text = z.string();

export const overdueAnnex = z.strictObject({
  /** The title in two pieces: the mark of the footnote stands between them. */
  agencies_title: text,
  agencies_title_end: text,
  agencies: z.array(
    z.strictObject({ no: text, name: text, assigned: text, done: text, in_progress: text, overdue: text, rate: text }),
  ),
  counts_note: text.nullable(),
  tasks_title: text,
  tasks: z.array(
    z.strictObject({
      kind: z.enum(['single', 'parent', 'part']),
      /** Longer than a row that is kept on one page. */
      is_long: z.boolean(),
      no: text,
      title: text,
      basis: text,
      lead: text,
      deadline: text,
      agency: text,
      status: text,
      difficulty: text,
    }),
  ),
  source_note: text.nullable(),
});
export type OverdueAnnex = z.output<typeof overdueAnnex>;

export function buildOverdueAnnex(ctx: ViewContext): OverdueAnnex {
  const tasks = inOrder(annexTasks(ctx));
  const printed = countsOfList(ctx);
  const agencies = printed.length > 0 ? printed.map((row, i) => agencyRow(ctx, row, i)) : countedAgencies(ctx);
  const title = ctx.f(['tables', 'vpcp_agency', 'title'], { n: ctx.written.count(agencies.length) });
  const documents = listDocuments(ctx);
  return {
    agencies_title: title.replace(/\)$/, ''),
    agencies_title_end: title.endsWith(')') ? ')' : '',
    agencies,
    counts_note: printed.length > 0 || agencies.length === 0 ? null : ctx.t('pages', 'annexes', 'counted'),
    tasks_title: ctx.f(['tables', 'vpcp_task', 'title'], { n: ctx.written.count(tasks.length) }),
    tasks: tasks.flatMap((task, index) => taskRows(ctx, task, index)),
    source_note:
      documents.length === 0
        ? null
        : ctx.f(['tables', 'annex', 'source_note'], { documents: documents.join(ctx.t('format', 'list_separator')) }),
  };
}

/** Deadline ascending, tasks of one leading agency together, then by name; without a day last. */
function inOrder(tasks: readonly AnnexTask[]): AnnexTask[] {
  const day = (task: AnnexTask): string => task.row.deadline ?? '9999';
  return [...tasks].sort(
    (a, b) =>
      (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0) ||
      byName(a.lead_key, b.lead_key) ||
      byName(a.title, b.title) ||
      (a.row.no ?? 0) - (b.row.no ?? 0),
  );
}

function taskRows(ctx: ViewContext, task: AnnexTask, index: number): OverdueAnnex['tasks'] {
  const head = {
    no: `${index + 1}.`,
    title: task.title,
    basis: task.basis,
    lead: task.lead,
    deadline: task.deadline,
  };
  const [only, ...more] = task.agencies;
  if (more.length === 0) {
    const { name = '', status = '', difficulty = '' } = only ?? {};
    return [{ kind: 'single', ...head, agency: name, status, difficulty, is_long: isLong(status, difficulty) }];
  }
  const k = ctx.written.count(task.agencies.length);
  const agency =
    task.row.assigned_agencies_n === null
      ? ctx.f(['tables', 'vpcp_task', 'multi_agency_row_open'], { k })
      : ctx.f(['tables', 'vpcp_task', 'multi_agency_row'], { k, n: ctx.written.count(task.row.assigned_agencies_n) });
  const blank = { no: '', title: '', basis: '', lead: '', deadline: '' };
  return [
    { kind: 'parent', ...head, agency, status: '', difficulty: '', is_long: false },
    ...task.agencies.map(({ name, status, difficulty }) => ({
      kind: 'part' as const,
      ...blank,
      agency: name,
      status,
      difficulty,
      is_long: isLong(status, difficulty),
    })),
  ];
}

/** Signs of a cell from which its row may be broken over two pages. */
const LONG = 200;

function isLong(...cells: string[]): boolean {
  return cells.some((cell) => cell.length > LONG);
}

/** Counts printed in the newest list itself; those of an older list would say something else. */
export function countsOfList(ctx: ViewContext): Row<'agency_count'>[] {
  const newest = ctx.data.list_edition.filter((row) => row.place === 1);
  const documents = new Set(newest.map((row) => row.document));
  const days = new Set(newest.map((row) => row.stated_on));
  return agenciesByRate(ctx).filter((row) => documents.has(row.document) || days.has(row.as_of ?? ''));
}

function agencyRow(ctx: ViewContext, row: Row<'agency_count'>, index: number): OverdueAnnex['agencies'][number] {
  const count = (n: number | null): string => (n === null ? '' : ctx.written.number(n));
  return {
    no: `${index + 1}.`,
    name: ctx.agencyName(row.agency_id),
    assigned: count(row.assigned),
    done: count(row.done),
    in_progress: count(row.in_progress),
    overdue: count(row.overdue),
    rate: rateText(ctx, row) ?? '',
  };
}

/** Where the list prints no counts: what its rows say, the rest left blank. */
function countedAgencies(ctx: ViewContext): OverdueAnnex['agencies'] {
  return ctx.data.agency_edition
    .filter((row) => row.place === 1 && row.tasks_overdue_n > 0)
    .sort(
      (a, b) =>
        b.tasks_overdue_n - a.tasks_overdue_n || byName(ctx.agencyName(a.agency_id), ctx.agencyName(b.agency_id)),
    )
    .map((row, index) => ({
      no: `${index + 1}.`,
      name: ctx.agencyName(row.agency_id),
      assigned: '',
      done: '',
      in_progress: '',
      overdue: ctx.written.number(row.tasks_overdue_n),
      rate: '',
    }));
}
