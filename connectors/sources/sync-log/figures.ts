/** The figures of one database as SQL gives them: counts as exact whole numbers, days as days since 1970. */
import { z } from 'zod';

/** A whole number that JSON carries as text where it is long; beyond 2^53 nothing is exact, and the row is refused. */
export const count = z
  .union([z.number(), z.string().regex(/^-?\d{1,40}$/)])
  .transform(Number)
  .refine((n) => Number.isInteger(n), 'not a whole number');

/** Given only where it is exact. */
const exact = count.transform((n) => (Number.isSafeInteger(n) ? n : null)).nullable();

export const window = z.object({
  database_id: z.string(),
  batches: count,
  succeeded: count,
  batches_7d: count,
  succeeded_7d: count,
  batches_1d: count,
  succeeded_1d: count,
  heartbeats: count,
  sent: count,
  accepted: count,
  rejected: exact,
  last_success: count.nullable(),
  last_change: count.nullable(),
  success_days: z.array(count).nullable(),
  success_before: count.nullable(),
  backlog: exact,
  backlog_before: exact,
  batches_in: count,
  succeeded_in: count,
  last_success_in: count.nullable(),
  last_success_any: count.nullable(),
  lag_p50: count.nullable(),
  lag_p95: count.nullable(),
});
export type Window = z.output<typeof window>;

export const reconciliation = z.object({
  database_id: z.string(),
  last_at: count,
  checked: count,
  matched: count,
  mismatched: z.array(count),
});
export type Reconciliation = z.output<typeof reconciliation>;

/** A database of which no batch is known. */
export function silentWindow(databaseId: string): Window {
  return {
    database_id: databaseId,
    batches: 0,
    succeeded: 0,
    batches_7d: 0,
    succeeded_7d: 0,
    batches_1d: 0,
    succeeded_1d: 0,
    heartbeats: 0,
    sent: 0,
    accepted: 0,
    rejected: 0,
    last_success: null,
    last_change: null,
    success_days: [],
    success_before: null,
    backlog: null,
    backlog_before: null,
    batches_in: 0,
    succeeded_in: 0,
    last_success_in: null,
    last_success_any: null,
    lag_p50: null,
    lag_p95: null,
  };
}

/**
 * Days without a success where the schedule asks for one: a day is missed when the last `every` days up to it had none.
 * Days of which not all of these are covered by the log are not judged.
 */
export function missedDays(window: Window, every: number, days: { first: number; lastWhole: number }): number {
  const successes = new Set(window.success_days ?? []);
  if (window.success_before !== null) successes.add(window.success_before);
  let last: number | null = window.success_before;
  let missed = 0;
  for (let day = days.first; day <= days.lastWhole; day++) {
    if (successes.has(day)) last = day;
    if (last !== null ? day - last >= every : day - every + 1 >= days.first) missed += 1;
  }
  return missed;
}

/** Days of an ISO 8601 duration, at least one, as the registry counts them: a month is 30 days, a part of a day is one. */
export function scheduleDays(duration: string | null): number | null {
  const [whole, years, months, weeks, days, time] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(T.+)?$/.exec(duration ?? '') ?? [];
  if (whole === undefined) return null;
  const part = (text: string | undefined): number => Number(text ?? 0);
  const sum = part(years) * 365 + part(months) * 30 + part(weeks) * 7 + part(days);
  return Math.max(1, sum + (time === undefined ? 0 : 1));
}
