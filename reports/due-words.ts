/** Deadlines in words, as precise as they were set; a day that nobody set is left blank for a person to write. */
import type { Row } from '../scoring/contract.ts';
import type { ViewContext } from './view-context.ts';

/** A deadline as precise as it was set: a day, a month or a year. */
export function dueWords(ctx: ViewContext, one: Pick<Row<'deadline'>, 'due' | 'precision'> | undefined): string {
  if (one === undefined) return ctx.none;
  const [year] = one.due.split('-').map(Number);
  if (one.precision === 'day') return ctx.date(one.due);
  return one.precision === 'month'
    ? ctx.f(['pages', 'database', 'deadline_month'], { month: ctx.written.month(one.due) })
    : ctx.f(['pages', 'database', 'deadline_year'], { yyyy: year ?? '' });
}

/** By when a next step is due and which text says so; blank where no deadline is known. */
export function actionDue(ctx: ViewContext, row: Row<'action'>): string {
  if (row.due === null || row.due_source === null) return ctx.t('pages', 'site', 'blank');
  const date = dueWords(ctx, { due: row.due, precision: row.due_precision ?? 'day' });
  return ctx.f(['actions', 'due', row.due_source], { date, basis: row.due_basis ?? ctx.none });
}
