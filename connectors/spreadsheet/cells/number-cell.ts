/**
 * Numbers as people type them. Dots and commas group by thousands or mark decimals, in Vietnamese and in English the
 * other way round: what can be read both ways ("1.041") is never guessed.
 */

import { viNumber } from '../../../config/format.ts';
import { foldLetters } from '../../document/language/fold.ts';
import type { Hedge } from '../../document/language/numbers.ts';
import type { SheetCell } from '../workbook/model.ts';
import { accepted, type Parsed, type ParsedCell, refused, shown, usable } from './parsed.ts';

export interface TypedNumber {
  value: number;
  /** Multiplier that was written out (triệu = 1 000 000); 1 where there is none. */
  factor: number;
  /** "khoảng", "hơn"… before the number. */
  hedge?: Exclude<Hedge, 'tron'>;
  /** Written as a share of one hundred. */
  percent?: true;
  /** Words after the number: a unit. */
  rest: string;
}

const FACTORS: Readonly<Record<string, number>> = {
  nghin: 1e3,
  ngan: 1e3,
  trieu: 1e6,
  tr: 1e6,
  ty: 1e9,
  ti: 1e9,
  'nghin ty': 1e12,
  'ngan ty': 1e12,
};
const HEDGES: readonly (readonly [RegExp, Exclude<Hedge, 'tron'>])[] = [
  [/^(?:khoang|uoc(?: tinh)?|xap xi|tren duoi|~)$/, 'khoang'],
  [/^(?:hon|vuot|khong duoi|it nhat|toi thieu)$/, 'hon'],
  [/^tren$/, 'tren'],
  [/^(?:gan|ngot)$/, 'gan'],
];
const WHOLE =
  /^((?:khoang|uoc tinh|uoc|xap xi|tren duoi|hon|vuot|khong duoi|it nhat|toi thieu|tren|gan|ngot)\s+|~\s*)?([-\u2212+]?\s?\d[\d.,\u2019' ]*)\s*(?:(nghin ty|ngan ty|nghin|ngan|trieu|tr|ty|ti)(?![a-z0-9])\.?)?\s*(%)?\s*(.*)$/s;
/** Above it a number is not exact. */
const GREATEST = Number.MAX_SAFE_INTEGER;

/** A number of a cell, with what stands around it; whether it must be whole is asked by `wholeNumber`. */
export function parseNumberCell(cell: SheetCell | null): ParsedCell<TypedNumber> {
  const found = usable(cell);
  if (found === null || !found.ok) return found;
  const { kind, number, text, format = '' } = found.value;
  if (kind === 'number' && number !== undefined)
    return accepted({
      value: number,
      factor: 1,
      rest: '',
      ...(format.includes('%') ? { percent: true as const } : {}),
    });
  if (kind !== 'text') return refused('not_a_number', { raw: shown(found.value) });
  return parseNumber(text);
}

/** A number written as text. */
export function parseNumber(text: string): Parsed<TypedNumber> {
  const raw = text.replace(/\s+/g, ' ').trim();
  const plain = raw.length > 200 ? '' : foldLetters(raw);
  const match = WHOLE.exec(plain);
  if (match === null) return refused('not_a_number', { raw: raw.slice(0, 100) });
  const [, before = '', written = '', multiplier, percent, rest = ''] = match;
  const factor = multiplier === undefined ? 1 : (FACTORS[multiplier] ?? 1);
  const digits = parseWritten(written.trim(), factor > 1);
  if (digits === null) return refused('not_a_number', { raw: raw.slice(0, 100) });
  if (digits === 'ambiguous') return refused('ambiguous_number', readings(raw, written.trim()));
  const value = Math.round(digits * factor * 1e6) / 1e6;
  // "13/19", "1-2", "5.000.": what follows is no unit but part of the number.
  const after = rest.trim();
  const glued = /[\da-z]$/.test(plain.slice(0, plain.length - rest.length)) && after !== '';
  if (Math.abs(value) > GREATEST || glued || (after !== '' && !/^\(?\p{L}/u.test(after)))
    return refused('not_a_number', { raw: raw.slice(0, 100) });
  const hedge = HEDGES.find(([pattern]) => pattern.test(before.trim()))?.[1];
  return accepted({
    value,
    factor,
    ...(hedge === undefined ? {} : { hedge }),
    ...(percent === undefined ? {} : { percent: true as const }),
    rest: raw.slice(raw.length - rest.length).trim(),
  });
}

/** The value of digits with marks; 'ambiguous' where the mark may group or be a decimal mark; null for no number. */
function parseWritten(written: string, scaled: boolean): number | 'ambiguous' | null {
  const sign = /^[-\u2212]/.test(written) ? -1 : 1;
  const text = written.replace(/^[-\u2212+]\s?/, '').replace(/[\u2019']/g, ' ');
  if (/^\d+$/.test(text)) return sign * Number(text);
  if (/^\d{1,3}(?: \d{3})+$/.test(text)) return sign * Number(text.replaceAll(' ', ''));
  const marks = text.replace(/[\d ]/g, '');
  const spaced = /^\d{1,3}(?: \d{3})+([.,])(\d+)$/.exec(text);
  if (spaced !== null) return sign * Number(text.replaceAll(' ', '').replace(',', '.'));
  if (text.includes(' ') || !/^\d+(?:[.,]\d+)+$/.test(text)) return null;
  const groups = text.split(/[.,]/);
  const [first = '', second = ''] = groups;
  if (groups.length === 2) {
    const groupable = second.length === 3 && first.length <= 3 && !/^0/.test(first);
    // Before a multiplier the comma is the decimal mark ("1,041 tỷ"); a dot is not known to be one.
    if (groupable && !(scaled && marks === ',')) return 'ambiguous';
    return sign * Number(`${first}.${second}`);
  }
  const inner = groups.slice(1, -1);
  const last = groups.at(-1) ?? '';
  if (first.length > 3 || !inner.every((group) => group.length === 3)) return null;
  if (marks.split('').every((mark) => mark === marks[0]))
    return last.length === 3 ? sign * Number(groups.join('')) : null;
  // The last mark differs from the ones before it, which are all the same: it is the decimal mark.
  const grouping = marks.slice(0, -1);
  if (!grouping.split('').every((mark) => mark === grouping[0]) || grouping[0] === marks.at(-1)) return null;
  return sign * Number(`${groups.slice(0, -1).join('')}.${last}`);
}

/** The two readings of "1.041", for the remedy. */
function readings(raw: string, written: string): { raw: string; a: string; b: string } {
  return {
    raw: raw.slice(0, 100),
    a: written.replace(/[.,\s]/g, ''),
    b: written.replace('.', ','),
  };
}

/** A whole number between `min` and `max`. A number such as 1.041 is what a program makes of "1.041": not guessed. */
export function wholeNumber(cell: SheetCell | null, max: number, min = 0): ParsedCell<TypedNumber> {
  const found = parseNumberCell(cell);
  if (found === null || !found.ok) return found;
  const { value, percent } = found.value;
  const raw = shown(cell);
  if (percent === true) return refused('not_a_number', { raw });
  if (!Number.isInteger(value)) {
    const thousandths =
      cell?.kind === 'number' && value > 0 && value < 1_000 && Number.isInteger(Math.round(value * 1e9) / 1e6);
    if (!thousandths) return refused('not_whole', { raw });
    const decimal = String(value).replace('.', ',');
    return refused('ambiguous_number', { raw: decimal, a: String(Math.round(value * 1_000)), b: decimal });
  }
  return value < min || value > max ? refused('out_of_range', { raw, min: viNumber(min), max: viNumber(max) }) : found;
}

/** A share as hundredths (48,5 % → 48,5): "48,5%", a cell in the format of percents, or a bare number up to 100. */
export function percentOf(cell: SheetCell | null): ParsedCell<number> {
  const found = parseNumberCell(cell);
  if (found === null || !found.ok) return found;
  const { value, percent, rest } = found.value;
  const hundredths = percent === true && cell?.kind === 'number' ? Math.round(value * 1e8) / 1e6 : value;
  if (rest !== '') return refused('not_a_number', { raw: shown(cell) });
  return hundredths < 0 || hundredths > 100
    ? refused('out_of_range', { raw: shown(cell), min: 0, max: 100 })
    : accepted(hundredths);
}

/** "13/19": a part of a whole. null for what is not written so. */
export function parseRatio(text: string): { part: number; whole: number } | null {
  const match = /^\s*(\d{1,7})\s*(?:\/|tren|tr\u00ean)\s*(\d{1,7})\s*$/i.exec(text);
  return match === null ? null : { part: Number(match[1]), whole: Number(match[2]) };
}
