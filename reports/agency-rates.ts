/** Counts of tasks per agency in the order and with the rate of the printed form. */
import type { Row } from '../scoring/contract.ts';
import type { ViewContext } from './view-context.ts';

/** Unrounded rate descending, then name. */
export function agenciesByRate(ctx: ViewContext): Row<'agency_count'>[] {
  const sort = (row: Row<'agency_count'>): number => ctx.agencies.get(row.agency_id)?.sort_vi ?? 0;
  return [...ctx.data.agency_count].sort((a, b) => overdueRate(b) - overdueRate(a) || sort(a) - sort(b));
}

/** Overdue of given, 0–1; 0 where nothing was given. */
export function overdueRate(row: Row<'agency_count'>): number {
  return row.assigned ? (row.overdue ?? 0) / row.assigned : 0;
}

/** The rate with one decimal ("28,8%"); null where nothing was given. */
export function rateText(ctx: ViewContext, row: Row<'agency_count'>): string | null {
  if (!row.assigned) return null;
  return `${(Math.round(overdueRate(row) * 1000) / 10).toFixed(1).replace('.', ctx.t('format', 'decimal'))}%`;
}
