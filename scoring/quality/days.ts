/**
 * Which texts are days of the calendar, as patterns that every engine reads alike (and JavaScript, for the tests): month
 * lengths and leap years included, years 0001 to 9999. No engine's own lenient reading of dates is ever asked.
 */
import type { DateFormat } from './check.ts';

const YEAR = '(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})';
const FOURTH = '(?:0[48]|[2468][048]|[13579][26])';
const LEAP = `(?:[0-9]{2}${FOURTH}|${FOURTH}00)`;

/** Day and month, and the year that goes with them, in the order `join` puts them. */
function calendar(zero: string, join: (year: string, month: string, day: string) => string): string {
  const month = (digits: string): string => `${zero}[${digits}]`;
  return [
    join(YEAR, `(?:${month('1-9')}|1[0-2])`, `(?:${month('1-9')}|1[0-9]|2[0-8])`),
    join(YEAR, `(?:${month('13-9')}|1[0-2])`, '(?:29|30)'),
    join(YEAR, `(?:${month('13578')}|1[02])`, '31'),
    join(LEAP, `${zero}2`, '29'),
  ].join('|');
}

const slashed = (year: string, month: string, day: string): string => `${day}/${month}/${year}`;

/** The whole text, without anchors. */
export const DAY_PATTERNS: Readonly<Record<DateFormat, string>> = {
  iso: calendar('0', (year, month, day) => `${year}-${month}-${day}`),
  compact: calendar('0', (year, month, day) => `${year}${month}${day}`),
  vietnamese_padded: calendar('0', slashed),
  vietnamese: calendar('0?', slashed),
};
