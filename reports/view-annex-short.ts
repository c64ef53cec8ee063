/** The two shorter forms: late tasks and agencies in one list each, and counts in blocks of ministries and localities. */
import { z } from 'zod';
import { countsOfList } from './view-annex-overdue.ts';
import { type AnnexTask, annexTasks, spelled } from './view-annex-rows.ts';
import { groupBy, type ViewContext } from './view-context.ts';

const text = z.string();
const shortTask = z.strictObject({
  heading: text.nullable(),
  no: text,
  title: text,
  basis: text,
  who: text,
  deadline: text,
});

export const shortAnnex = z.strictObject({
  title: text,
  tasks_title: text,
  tasks: z.array(shortTask),
  agencies_title: text,
  agencies: z.array(
    z.strictObject({ no: text, name: text, assigned: text, done: text, in_progress: text, overdue: text }),
  ),
});
export type ShortAnnex = z.output<typeof shortAnnex>;

export const blocksAnnex = z.strictObject({
  title: text,
  blocks: z.array(
    z.strictObject({
      heading: text,
      rows: z.array(z.strictObject({ no: text, name: text, own: text, shared: text, total: text })),
    }),
  ),
  own: z.array(shortTask),
  shared: z.array(shortTask),
});
export type BlocksAnnex = z.output<typeof blocksAnnex>;

export function buildShortAnnex(ctx: ViewContext): ShortAnnex {
  const tasks = annexTasks(ctx);
  const groups = groupBy(tasks, (task) => task.row.source_program ?? '');
  const rows: ShortAnnex['tasks'] = [];
  let no = 0;
  for (const [index, [source, list]] of [...groups].entries()) {
    if (source !== '') {
      const count = ctx.f(['tables', 'vpcp_grouped', 'group_2_count'], { n: ctx.written.number(list.length) });
      rows.push({ ...line(null, ''), heading: `${spelled(ctx, source)} ${count}`, no: ROMAN[index] ?? '' });
    }
    for (const task of list) {
      no += 1;
      rows.push(line(task, String(no)));
    }
  }
  const agencies = agencyRows(ctx);
  return {
    title: ctx.f(['tables', 'vpcp_simple', 'title'], { date: dayOfList(ctx) }),
    tasks_title: ctx.f(['tables', 'vpcp_simple', 'title_task'], { n: ctx.written.number(tasks.length) }),
    tasks: rows,
    agencies_title: ctx.f(['tables', 'vpcp_simple', 'title_agency'], { n: ctx.written.number(agencies.length) }),
    agencies,
  };
}

export function buildBlocksAnnex(ctx: ViewContext): BlocksAnnex {
  const tasks = annexTasks(ctx);
  const own = tasks.filter(isOwn);
  const shared = tasks.filter((task) => !isOwn(task));
  const named = tasks.flatMap((task) => task.agencies.map((one) => one.id)).filter((id) => id !== '');
  // Where the newest list prints the two counts itself, they are given as printed.
  const printed = new Map(
    countsOfList(ctx)
      .filter((row) => row.own !== null || row.shared !== null)
      .map((row) => [row.agency_id, row]),
  );
  const ids = [...new Set(printed.size > 0 ? printed.keys() : named)].sort(
    (a, b) => (ctx.agencies.get(a)?.sort_vi ?? 0) - (ctx.agencies.get(b)?.sort_vi ?? 0),
  );
  const isLocal = (id: string): boolean => ctx.agencies.get(id)?.agency_group === 'dia_phuong';
  const of = (list: readonly AnnexTask[], id: string): number =>
    list.filter((task) => task.agencies.some((one) => one.id === id)).length;
  const blank = (n: number): string => (n === 0 ? '' : ctx.written.number(n));
  let no = 0;
  const block = (key: string, members: readonly string[]): BlocksAnnex['blocks'] =>
    members.length === 0
      ? []
      : [
          {
            heading: ctx.t('tables', 'vpcp_blocks', key),
            rows: members.map((id) => {
              no += 1;
              const given = printed.get(id);
              const alone = given === undefined ? of(own, id) : (given.own ?? 0);
              const together = given === undefined ? of(shared, id) : (given.shared ?? 0);
              return {
                no: String(no),
                name: ctx.agencyName(id),
                own: blank(alone),
                shared: blank(together),
                total: ctx.written.number(alone + together),
              };
            }),
          },
        ];
  const blocks = [
    ...block(
      'ministries',
      ids.filter((id) => !isLocal(id)),
    ),
    ...block('localities', ids.filter(isLocal)),
  ];
  return {
    title: ctx.f(['tables', 'vpcp_blocks', 'title'], { date: dayOfList(ctx) }),
    blocks,
    own: own.map((task, index) => line(task, `${index + 1}.`)),
    shared: shared.map((task, index) => line(task, `${index + 1}.`)),
  };
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

/** Given to one agency alone, as far as the row says. */
function isOwn(task: AnnexTask): boolean {
  const leads = (task.row.lead_agencies ?? '').split(';').filter((id) => id !== '');
  return (
    leads.length === 1 &&
    task.row.lead_raw === null &&
    (task.row.assigned_agencies_n ?? 1) <= 1 &&
    task.agencies.length <= 1
  );
}

function line(task: AnnexTask | null, no: string): z.output<typeof shortTask> {
  if (task === null) return { heading: null, no, title: '', basis: '', who: '', deadline: '' };
  return { heading: null, no, title: task.title, basis: task.basis, who: task.lead, deadline: task.deadline };
}

/** As the form has it: most tasks given first. */
function agencyRows(ctx: ViewContext): ShortAnnex['agencies'] {
  const count = (n: number | null): string => (n === null ? '' : ctx.written.number(n));
  const sort = (id: string): number => ctx.agencies.get(id)?.sort_vi ?? 0;
  const printed = countsOfList(ctx).sort(
    (a, b) => (b.assigned ?? -1) - (a.assigned ?? -1) || sort(a.agency_id) - sort(b.agency_id),
  );
  const rows =
    printed.length > 0
      ? printed
      : ctx.data.agency_edition
          .filter((row) => row.place === 1 && row.tasks_overdue_n > 0)
          .sort((a, b) => b.tasks_overdue_n - a.tasks_overdue_n || sort(a.agency_id) - sort(b.agency_id))
          .map((row) => ({
            agency_id: row.agency_id,
            assigned: null,
            done: null,
            in_progress: null,
            overdue: row.tasks_overdue_n,
          }));
  return rows.map((row, index) => ({
    no: String(index + 1),
    name: ctx.agencyName(row.agency_id),
    assigned: count(row.assigned),
    done: count(row.done),
    in_progress: count(row.in_progress),
    overdue: count(row.overdue),
  }));
}

function dayOfList(ctx: ViewContext): string {
  return ctx.written.datePadded(ctx.data.task[0]?.stated_on ?? ctx.meta.as_of);
}
