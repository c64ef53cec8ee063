/** One sheet per agency: its databases, what is overdue, the five next steps that gain most. Rule: taken from its page, never counted anew. */
import { z } from 'zod';
import type { Labels } from '../config/labels.ts';
import { bareText } from './rich-text.ts';
import type { AgencyPage } from './view-agency.ts';
import { groupBy } from './view-context.ts';
import { action, databaseRow, link } from './view-parts.ts';

const text = z.string();

export const briefPage = z.strictObject({
  id: text,
  name: text,
  page: text,
  summary: text,
  counts: text.nullable(),
  /** Databases with information, or overdue. */
  rows: z.array(databaseRow),
  /** Databases nobody spoke of, by name. */
  silent: z.strictObject({ count: text, names: z.array(link) }).nullable(),
  overdue: z.array(z.strictObject({ when: text, names: text })),
  actions: z.array(action),
  actions_more: text.nullable(),
});
export type BriefPage = z.output<typeof briefPage>;

/** Next steps on the sheet. */
const MOST_ACTIONS = 5;
/** Tasks of one day that are named; the others are counted. */
const MOST_TASKS = 12;

export function buildBrief(page: AgencyPage, labels: Labels): BriefPage {
  const isTold = (row: AgencyPage['databases'][number]): boolean => row.reported.level !== null || row.overdue !== '';
  const silent = page.databases.filter((row) => row.kind === 'database' && !isTold(row));
  const more = page.actions.length - MOST_ACTIONS;
  return {
    id: page.id,
    name: page.name,
    page: `agencies/${page.id}.html`,
    summary: page.summary,
    counts: page.counts,
    rows: page.databases.filter((row) => row.kind === 'database' && isTold(row)),
    silent:
      silent.length === 0 ? null : { count: labels.written.count(silent.length), names: silent.map((row) => row.name) },
    overdue: overdueTasks(page, labels),
    actions: page.actions.slice(0, MOST_ACTIONS),
    actions_more:
      more > 0 ? labels.format(['report', 'brief', 'actions_more'], { n: labels.written.count(more) }) : null,
  };
}

/** Tasks of one deadline in one line, the longest overdue first. */
function overdueTasks(page: AgencyPage, labels: Labels): BriefPage['overdue'] {
  const late = page.tasks.filter((task) => task.days !== '').sort((a, b) => b.days_sort - a.days_sort);
  return [...groupBy(late, (task) => `${task.deadline} ${task.days}`).values()].map((tasks) => {
    const names = tasks.slice(0, MOST_TASKS).map((task) => bareText(task.title));
    const rest = tasks.length - names.length;
    if (rest > 0) names.push(labels.format(['report', 'brief', 'tasks_more'], { n: labels.written.count(rest) }));
    return {
      when: labels.format(['report', 'brief', 'overdue'], {
        due: tasks[0]?.deadline ?? '',
        n: tasks[0]?.days ?? '',
        k: labels.written.count(tasks.length),
      }),
      names: names.join(labels.text('format', 'list_separator')),
    };
  });
}
