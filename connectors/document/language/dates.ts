/**
 * Days, months and deadlines as Vietnamese documents write them. A day written with three numbers is day first; it is
 * month first only where it cannot be otherwise ("6/30/2025"). Text is matched folded (see fold.ts).
 */
import { fold } from './fold.ts';

export interface Deadline {
  /** The last day of the period named (YYYY-MM-DD), or null where no period is named. */
  day: string | null;
  precision: 'day' | 'month' | 'quarter' | 'year' | 'none';
}

export interface DatedSpan {
  day: string;
  precision: 'day' | 'month';
  start: number;
  end: number;
  /** A day that the calendar allows only month first. */
  monthFirst?: boolean;
}

const NUMERIC = /(?<![\d/.])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})(?![\d/])/g;
const WORDS = /(?<!\d)(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})(?!\d)/g;
const MONTH_YEAR = /(?:thang\s+(\d{1,2})\s*(?:[/.-]|\s+nam\s+)\s*(\d{4}))(?!\d)/g;
const BARE_MONTH = /(?<![\d/.])(?<!so |quy )(0?[1-9]|1[0-2])\s?[/]\s?(20\d\d)(?![\d/])/g;
const QUARTER = /quy\s+(iv|iii|ii|i|[1-4])\b\s*(?:[/.-]|\s+nam\s+|\s)\s*(\d{4})/;
const YEAR = /\b(?:nam|cuoi nam|het nam|trong nam)\s+(20\d\d)\b/;
const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };

/** @returns YYYY-MM-DD, or null when the calendar has no such day or the year is out of the programme's range */
export function isoDay(year: number, month: number, day: number): string | null {
  if (year < 1990 || year > 2100 || month < 1 || month > 12 || day < 1 || day > lastDayOf(year, month)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function monthEnd(year: number, month: number): string | null {
  return isoDay(year, month, lastDayOf(year, month));
}

function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

/** Every full day named in a text, in order; a month named without a day counts as its last day. */
export function findDays(text: string, folded: string = fold(text)): DatedSpan[] {
  const found: DatedSpan[] = [];
  // By character: a text of nothing but days would be compared day by day with all before.
  const taken = new Uint8Array(folded.length);
  const add = (match: RegExpMatchArray, day: string | null, precision: 'day' | 'month', monthFirst = false): void => {
    const start = match.index ?? 0;
    const end = start + match[0].length;
    if (day === null || taken.subarray(start, end).includes(1)) return;
    taken.fill(1, start, end);
    found.push({ day, precision, start, end, ...(monthFirst ? { monthFirst } : {}) });
  };
  for (const match of folded.matchAll(NUMERIC)) {
    const [first, second, year] = [Number(match[1]), Number(match[2]), fullYear(match[3] ?? '')];
    const dayFirst = isoDay(year, second, first);
    if (dayFirst !== null) add(match, dayFirst, 'day');
    else add(match, isoDay(year, first, second), 'day', true);
  }
  for (const match of folded.matchAll(WORDS)) {
    add(match, isoDay(Number(match[3]), Number(match[2]), Number(match[1])), 'day');
  }
  for (const match of folded.matchAll(MONTH_YEAR)) add(match, monthEnd(Number(match[2]), Number(match[1])), 'month');
  for (const match of folded.matchAll(BARE_MONTH)) add(match, monthEnd(Number(match[2]), Number(match[1])), 'month');
  return found.sort((a, b) => a.start - b.start);
}

/**
 * A deadline cell. Of several periods named the last one in the text counts ("thí điểm trong tháng 8/2025, hoàn thành
 * trước 30/6/2026" is due on 30/6/2026).
 */
export function parseDeadline(text: string): Deadline {
  const folded = fold(text);
  const days = findDays(text, folded);
  const last = days.at(-1);
  if (last !== undefined) return { day: last.day, precision: last.precision };
  const quarter = QUARTER.exec(folded);
  if (quarter !== null) {
    const number = ROMAN[quarter[1] ?? ''] ?? Number(quarter[1]);
    return { day: monthEnd(Number(quarter[2]), number * 3), precision: 'quarter' };
  }
  const year = YEAR.exec(folded) ?? /^\s*(20\d\d)\s*$/.exec(folded);
  if (year !== null) return { day: `${year[1]}-12-31`, precision: 'year' };
  return { day: null, precision: 'none' };
}
