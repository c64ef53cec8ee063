/**
 * Days as people type them: 31/12/2025, 31-12-25, 31.12.2025, a date of Excel, its serial, "ngày 31 tháng 12 năm 2025".
 * Day first always: a text that is a day only month first tells that its neighbours may be swapped, and is refused.
 */
import { viDate } from '../../../config/format.ts';
import { isDay } from '../../../config/schema/parts.ts';
import { isoDay } from '../../document/language/dates.ts';
import { foldLetters } from '../../document/language/fold.ts';
import type { SheetCell } from '../workbook/model.ts';
import { dayOfSerial } from '../workbook/serial-day.ts';
import { accepted, type Parsed, type ParsedCell, refused, shown, usable } from './parsed.ts';

export interface DayLimits {
  /** Last day that can be (YYYY-MM-DD); none for days that may lie ahead. */
  latest?: string | undefined;
  earliest?: string;
  /** Days of the workbook are counted from 1904. */
  from1904?: boolean;
}

const EARLIEST = '1990-01-01';
/** Serials of 01/01/2000 to 31/12/2099. */
const SERIALS = { least: 36_526, greatest: 73_050 };

export function parseDayCell(cell: SheetCell | null, limits: DayLimits = {}): ParsedCell<string> {
  const found = usable(cell);
  if (found === null || !found.ok) return found;
  const { kind, text, number } = found.value;
  const raw = shown(found.value);
  const day =
    kind === 'date' && isDay(text)
      ? text
      : kind === 'number' && number !== undefined
        ? serialDay(number, limits.from1904 === true)
        : kind === 'text'
          ? parseDay(text)
          : null;
  return day === null ? refused('not_a_date', { raw }) : withinLimits(day, raw, limits);
}

function withinLimits(day: string, raw: string, limits: DayLimits): Parsed<string> {
  const { latest, earliest = EARLIEST } = limits;
  if (latest !== undefined && day > latest) return refused('future_date', { raw, date: viDate(day) });
  return day < earliest ? refused('date_too_old', { raw, date: viDate(day) }) : accepted(day);
}

/** A bare number in a column of days is a serial only where it is one of this century. */
function serialDay(serial: number, from1904: boolean): string | null {
  const shifted = from1904 ? serial + 1_462 : serial;
  return shifted >= SERIALS.least && shifted <= SERIALS.greatest ? dayOfSerial(serial, from1904) : null;
}

const NUMERIC = /^(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})$/;
const WORDS = /^(\d{1,2})\s+thang\s+(\d{1,2})\s*(?:,|\/)?\s*(?:nam\s+)?(\d{4})$/;
const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t\d{2}:\d{2}.*)?$/;
/** A time before or after the day: "14h ngày 29/6/2026", "29/6/2026 14:00". */
const TIME_BEFORE = /^\d{1,2}\s?(?:h|g|gio|:)\s?(?:\d{2})?(?:\s?(?:phut|'))?[\s,]*(?:ngay|hom)\s+/;
const TIME_AFTER = /[\s,]+\d{1,2}\s?[:h]\s?\d{0,2}(?::\d{2})?(?:\s?[ap]m)?$/;

/** YYYY-MM-DD of a text that is a whole day and nothing else; null for a day that is not in the calendar. */
export function parseDay(text: string): string | null {
  if (text.length > 60) return null;
  const plain = foldLetters(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(TIME_BEFORE, '')
    .replace(TIME_AFTER, '')
    .replace(/^(?:ngay|hom)\s+/, '')
    .replace(/[.,;]$/, '');
  const numeric = NUMERIC.exec(plain);
  if (numeric !== null) {
    const [, day, , month, year = ''] = numeric;
    return isoDay(year.length === 2 ? 2_000 + Number(year) : Number(year), Number(month), Number(day));
  }
  const iso = ISO.exec(plain);
  if (iso !== null) return isoDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const words = WORDS.exec(plain);
  if (words !== null) return isoDay(Number(words[3]), Number(words[2]), Number(words[1]));
  return /^\d{5}$/.test(plain) ? serialDay(Number(plain), false) : null;
}
