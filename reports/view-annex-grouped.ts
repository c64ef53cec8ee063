/** Annex II: overdue tasks by source and group, one running number. Rule: counts of headings are those of the rows below them. */
import { z } from 'zod';
import { type AnnexTask, annexTasks, byName, spelled } from './view-annex-rows.ts';
import { groupBy, type ViewContext } from './view-context.ts';

const text = z.string();

export const groupedAnnex = z.strictObject({
  title: text,
  attached: text,
  note: text.nullable(),
  rows: z.array(
    z.strictObject({
      kind: z.enum(['source', 'group', 'task']),
      heading: text,
      no: text,
      title: text,
      basis: text,
      lead: text,
      deadline: text,
      agencies: text,
    }),
  ),
});
export type GroupedAnnex = z.output<typeof groupedAnnex>;

type GroupedRow = GroupedAnnex['rows'][number];

export function buildGroupedAnnex(ctx: ViewContext): GroupedAnnex {
  const tasks = annexTasks(ctx);
  const grouped = tasks.some((task) => task.row.source_program !== null || task.row.group_no !== null);
  const rows: GroupedRow[] = [];
  let no = 0;
  const add = (list: readonly AnnexTask[]): void => {
    for (const task of [...list].sort((a, b) => byName(a.title, b.title))) {
      no += 1;
      rows.push(taskRow(ctx, task, no));
    }
  };
  // Sources stand in the order in which the list names them first.
  for (const [source, list] of groupBy(tasks, (task) => sourceOf(ctx, task, grouped))) {
    const groups = groupBy(list, (task) => groupOf(ctx, task) ?? '');
    const named = [...groups.keys()].some((name) => name !== '');
    if (source !== '') rows.push(heading('source', named ? source : counted(ctx, source, list.length)));
    for (const [name, members] of [...groups].sort(([a], [b]) => rank(ctx, a) - rank(ctx, b))) {
      if (name !== '') rows.push(heading('group', counted(ctx, name, members.length)));
      add(members);
    }
  }
  return {
    title: ctx.t('tables', 'vpcp_grouped', 'title'),
    attached: ctx.t('tables', 'vpcp_grouped', 'attached'),
    note: grouped || tasks.length === 0 ? null : ctx.t('pages', 'annexes', 'not_grouped'),
    rows,
  };
}

function taskRow(ctx: ViewContext, task: AnnexTask, no: number): GroupedRow {
  return {
    kind: 'task',
    heading: '',
    no: `${no}.`,
    title: task.title,
    basis: task.basis,
    lead: task.lead,
    deadline: task.deadline,
    agencies: task.agencies.map((one) => one.name).join(ctx.t('format', 'list_comma')),
  };
}

function heading(kind: 'source' | 'group', words: string): GroupedRow {
  return { kind, heading: words, no: '', title: '', basis: '', lead: '', deadline: '', agencies: '' };
}

/** A heading with the number of its rows; a number that the document printed with it is left out. */
function counted(ctx: ViewContext, name: string, n: number): string {
  const count = ctx.f(['tables', 'vpcp_grouped', 'group_2_count'], { n: ctx.written.number(n) });
  return `${name} ${count}`;
}

function withoutCount(name: string): string {
  return name.replace(/\s*\(\d+[^()]*\)\s*$/, '');
}

function sourceOf(ctx: ViewContext, task: AnnexTask, grouped: boolean): string {
  const { source_program: source } = task.row;
  return source === null ? (grouped ? '' : task.basis) : withoutCount(spelled(ctx, source));
}

/** The group as printed; a bare number gets its word. */
function groupOf(ctx: ViewContext, task: AnnexTask): string | null {
  const { group_no: group } = task.row;
  if (group === null) return null;
  const known = groupNames(ctx)[Number(group)];
  return /^[1-8]$/.test(group) && known !== undefined ? known : withoutCount(spelled(ctx, group));
}

function groupNames(ctx: ViewContext): string[] {
  const names = ctx.labels.node('tables', 'vpcp_grouped', 'group_2');
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
}

/** The common group first, then by number, others last; what is no known group goes before the last in the list's order. */
function rank(ctx: ViewContext, name: string): number {
  const names = groupNames(ctx);
  const lower = name.toLocaleLowerCase('vi');
  const found = names.findIndex((one) => {
    const begin = one.toLocaleLowerCase('vi');
    return lower.startsWith(begin) && !/[\p{L}\p{N}]/u.test(lower.charAt(begin.length));
  });
  return found === -1 ? names.length - 1.5 : found;
}
