/** What a line of a table with wrapped columns may be, and what stands further down that decides it. */
import { isBlank, type Line } from './line.ts';
import { beginsHeader, readWrappedHeader, sameHeader, type WrappedHeader } from './wrapped-header.ts';

/** "12.": the number of a row begins its line; \f or one space before it is the top of a page. */
export const NUMBER = /^[\f ]*(\d{1,3})[.)](?=\s|$)\s*/;
/** "12 Bo A 3 4": the number of a row of counts. */
export const BARE_NUMBER = /^[\f ]*(\d{1,3})(?=\s)\s+/;
/** "II Ve ...", "b) ...", "2) ...", "* ...": a heading. */
export const SECTION =
  /^[\f ]*(?:[IVX]{1,6}[.)]?\s+\p{Lu}|[A-H][.)]?\s+\p{Lu}{2}|[a-z\u0111][.)]\s+\p{Lu}|\d{1,2}\)\s+\p{Lu}|\*\s?\p{L})/u;
/** The number of a part alone on its line, its title below. */
export const PART_ALONE = /^[\f ]*[IVX]{1,5}[.)]?\s*$/;
/** What always ends a table. */
export const ANNEX = /^[\f ]*(?:ph\u1ee5 l\u1ee5c|PH\u1ee4 L\u1ee4C|Ph\u1ee5 l\u1ee5c|N\u01a1i nh\u1eadn)/;
/** The first row, its number alone on the line. */
const FIRST_ROW = /^[\f ]*1[.)]\s*$/;

/** How far the header of a table that lost its first one may follow. */
const HEADER_REACH = 600;
/** How many lines ahead may be read in all for such headers, beyond a share of the document. */
const FREE_LOOKING = 200_000;

/** Lines read ahead so far, for each document; a text of nothing but first rows must not be read from each of them. */
const looked = new WeakMap<readonly Line[], number>();

/** The header of a later page, when the first page of a table lost its own and rows go on over it. */
export function laterHeader(lines: readonly Line[], from: number): WrappedHeader | null {
  const line = lines[from];
  if (line === undefined || !FIRST_ROW.test(line.text)) return null;
  const spent = looked.get(lines) ?? 0;
  if (spent > FREE_LOOKING + lines.length) return null;
  let previous = 0;
  let found: WrappedHeader | null = null;
  let at = from;
  for (; at < Math.min(lines.length, from + HEADER_REACH); at++) {
    const text = (lines[at] as Line).text;
    if (ANNEX.test(text)) break;
    const number = Number(NUMBER.exec(text)?.[1] ?? Number.NaN);
    if (number === previous + 1 || number === 1) previous = number;
    if (!beginsHeader(lines[at])) continue;
    const header = readWrappedHeader(lines, at);
    if (header === null) continue;
    if (firstNumber(lines, header.next) === previous + 1) found = header;
    break;
  }
  looked.set(lines, spent + at - from);
  return found;
}

/** The number of the first row after `from`. */
export function firstNumber(lines: readonly Line[], from: number): number {
  for (let at = from; at < Math.min(lines.length, from + 60); at++) {
    const match = NUMBER.exec((lines[at] as Line).text);
    if (match !== null) return Number(match[1]);
  }
  return Number.NaN;
}

/**
 * Whether another table begins under the heading at `at`: a header within `reach` lines with rows numbered from 1, or
 * rows numbered from 1 whose header, other than `own`, comes pages later.
 */
export function tableBelow(lines: readonly Line[], at: number, reach: number, own: WrappedHeader): boolean {
  const first = lines[at] as Line;
  let seen = 0;
  for (let next = at + 1; next < lines.length && seen <= reach; next++) {
    const line = lines[next] as Line;
    if (isBlank(line)) continue;
    if (beginsHeader(line)) {
      const header = readWrappedHeader(lines, next);
      return header !== null && firstNumber(lines, header.next) === 1;
    }
    if (FIRST_ROW.test(line.text)) {
      const later = laterHeader(lines, next);
      return later !== null && !sameHeader(later, own);
    }
    if (NUMBER.test(line.text) && !SECTION.test(line.text)) return false;
    // Asked of the row that is next by its number: the header below belongs to the heading between them.
    if (reach === 1 && SECTION.test(line.text) && !/:\s*$/.test(first.text)) return false;
    seen++;
  }
  return false;
}

/** A row begins within a few lines. */
export function rowIsNear(lines: readonly Line[], from: number): boolean {
  for (let at = from; at < Math.min(lines.length, from + 6); at++) {
    if (NUMBER.test((lines[at] as Line).text)) return true;
  }
  return false;
}
