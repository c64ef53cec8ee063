/** Days and instants as Excel counts them: days since 30 December 1899, the time of day as a fraction. */

/** Days from Excel's first to 1 January 1970. */
const UNIX = 25_569;
/** Excel has no days before 1 March 1900 that other programs agree on. */
const FIRST = 61;

/** Days since 1970 (with a fraction) as Excel's number, or null for a day it does not know. */
export function serialOf(days: number): number | null {
  const serial = days + UNIX;
  return serial < FIRST || serial >= 2_958_466 ? null : serial;
}

/** 2026-06-29 → 46202. */
export function serialOfDay(day: string): number | null {
  return serialOf(Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 86_400_000));
}

/** An instant as a clock in Viet Nam shows it, to the second. */
export function localSerial(instant: Date): number | null {
  return serialOf(Math.round((instant.getTime() + 7 * 3_600_000) / 1000) / 86_400);
}
