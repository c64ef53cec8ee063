/**
 * Tables of a PDF's text whose columns wrap over lines and are printed one after another. The header tells the columns
 * and their order, numbers in sequence tell the rows, and what the lines look like tells the cells.
 */
import type { Allowance } from '../formats/allowance.ts';
import { type Column, columnsOf } from './align.ts';
import { isCountTable } from './count-rows.ts';
import { isBlank, type Line, type Reading, skipBlank } from './line.ts';
import { isBareNumber } from './recognise.ts';
import { afterRepeat, beginsHeader, readWrappedHeader, sameHeader, type WrappedHeader } from './wrapped-header.ts';
import {
  ANNEX,
  BARE_NUMBER,
  firstNumber,
  laterHeader,
  NUMBER,
  PART_ALONE,
  rowIsNear,
  SECTION,
  tableBelow,
} from './wrapped-lookahead.ts';
import { type Heading, type Item, wrappedRows } from './wrapped-rows.ts';

/** More headings without a row between them are no table. */
const MOST_HEADINGS = 12;
/** The lines of a row that tell whether a line is still its. */
const LONGEST_LOOK = 60;

export function readWrappedTable(lines: readonly Line[], from: number, allowance: Allowance): Reading | null {
  const own = readWrappedHeader(lines, from);
  const header = own ?? laterHeader(lines, from);
  if (header === null) return null;
  const table = new WrappedTable(lines, header);
  const next = table.read(own === null ? from : header.next, allowance);
  return table.reading(next);
}

class WrappedTable {
  readonly #lines: readonly Line[];
  readonly #header: WrappedHeader;
  readonly #columns: Column[];
  readonly #counts: boolean;
  readonly #rows: (Item | Heading)[] = [];
  /** Headings since the last row. */
  #headings = 0;
  #previous = 0;

  constructor(lines: readonly Line[], header: WrappedHeader) {
    this.#lines = lines;
    this.#header = header;
    const titles = header.cells.slice(1).map((cell) => cell.text);
    this.#columns = columnsOf(titles);
    this.#counts = isCountTable(titles);
  }

  /** Collects rows from `from` on; the first line that is not the table's. */
  read(from: number, allowance: Allowance): number {
    let at = from;
    while (at < this.#lines.length) {
      const line = this.#lines[at] as Line;
      allowance.text(line.text.length);
      allowance.rows(this.#rows.length);
      const repeat = beginsHeader(line) ? afterRepeat(this.#lines, at, this.#header) : -1;
      if (repeat > 0 && this.#beginsAnew(repeat)) return at;
      if (repeat > 0 && this.#rows.length > 0) {
        this.#band();
        at = repeat;
        continue;
      }
      if (ANNEX.test(line.text) || this.#otherTable(at)) return at;
      const blankBefore = at === 0 || isBlank(this.#lines[at - 1]);
      if (isBareNumber(line.text) && this.#isPageNumber(at)) {
        this.#band();
        at++;
        continue;
      }
      const number = this.#numberOf(line);
      if (number !== null) {
        this.#rows.push({ number, line, bands: [[this.#rest(line)]] });
        this.#headings = 0;
      } else if (this.#headings < MOST_HEADINGS && this.#isSection(at)) {
        this.#headings++;
        const end = this.#sectionEnd(at);
        this.#rows.push({ heading: this.#lines.slice(at, end) as Line[] });
        at = end;
        continue;
      } else {
        if (/^[\f ]\S/.test(line.text)) this.#band();
        if (!this.#add(line, at, blankBefore)) return at;
      }
      at++;
    }
    return at;
  }

  /** The table as read; null when it has no rows. */
  reading(next: number): Reading | null {
    if (!this.#rows.some((row) => 'bands' in row)) return null;
    const rows = wrappedRows(this.#rows, this.#columns, this.#counts);
    return { blocks: [{ kind: 'table', header: this.#header.cells, rows }], notes: [], next };
  }

  #band(): void {
    const open = this.#rows.at(-1);
    if (open !== undefined && 'bands' in open && (open.bands.at(-1) as Line[]).length > 0) open.bands.push([]);
  }

  /** Gives the line to the open row; false when it cannot be its. */
  #add(line: Line, at: number, blankBefore: boolean): boolean {
    const open = this.#rows.at(-1);
    if (open === undefined) return isBlank(line);
    if ('heading' in open) return isBlank(line) || !blankBefore || rowIsNear(this.#lines, at);
    const band = open.bands.at(-1) as Line[];
    if (blankBefore && this.#isForeign(line, open)) return false;
    band.push(line);
    return true;
  }

  /** A full line that begins a sentence after the narrow columns of the row were printed: text after the table. */
  #isForeign(line: Line, open: Item): boolean {
    const text = line.text.trim();
    const band = open.bands.at(-1) as Line[];
    if (text.length < 60 || !/^\p{Lu}/u.test(text) || this.#counts) return false;
    const near = band.slice(-LONGEST_LOOK).filter((other) => !isBlank(other));
    const lengths = near.map((other) => other.text.trim().length);
    const last = lengths.at(-1) ?? 0;
    return last > 0 && last < 30 && lengths.some((length) => length >= 40) && text.length > Math.max(...lengths) * 1.15;
  }

  /** The number of a row that begins on this line, as printed; null when none does. */
  #numberOf(line: Line): string | null {
    const match = NUMBER.exec(line.text) ?? (this.#counts ? BARE_NUMBER.exec(line.text) : null);
    if (match === null) return null;
    const value = Number(match[1]);
    const follows = value > this.#previous && value - this.#previous <= (value < 4 ? 1 : 3);
    const open = this.#rows.at(-1);
    const restarts = value === 1 && (open === undefined || 'heading' in open);
    if (!follows && !restarts) return null;
    this.#previous = value;
    return match[0].trim();
  }

  #rest(line: Line): Line {
    const match = NUMBER.exec(line.text) ?? BARE_NUMBER.exec(line.text);
    return { ...line, text: line.text.slice(match?.[0].length ?? 0) };
  }

  /** A number alone, between blank lines or before the repeated header. */
  #isPageNumber(at: number): boolean {
    const before = isBlank(this.#lines[at - 1]) && isBlank(this.#lines[at - 2]);
    const next = skipBlank(this.#lines, at + 1, 6);
    return before || beginsHeader(this.#lines[next]);
  }

  /** A heading, after a blank line or at the top of a page, with a row or the repeated header after it. */
  #isSection(at: number): boolean {
    const line = this.#lines[at] as Line;
    const starts = at === 0 || isBlank(this.#lines[at - 1]) || /^[\f ]\S/.test(line.text) || this.#rows.length === 0;
    const open = this.#rows.at(-1);
    if (starts && PART_ALONE.test(line.text)) return this.#sectionEnd(at) > at;
    const closes = this.#counts && /:\s*$/.test(line.text) && line.text.length < 80;
    if (!closes && (!starts || !SECTION.test(line.text))) return false;
    if (/^[\f ]*[a-z\u0111\d*]/u.test(line.text) && !closes && open !== undefined && 'bands' in open) return false;
    return this.#sectionEnd(at) > at;
  }

  /** The line after a heading's lines: up to a blank line, the repeated header or a row; `at` itself when none follows. */
  #sectionEnd(at: number): number {
    const alone = PART_ALONE.test((this.#lines[at] as Line).text);
    let end = alone ? skipBlank(this.#lines, at + 1, 3) + 1 : at + 1;
    while (end < this.#lines.length && end - at < (alone ? 10 : 4) && !isBlank(this.#lines[end])) {
      const line = this.#lines[end] as Line;
      if (beginsHeader(line) || NUMBER.test(line.text) || (this.#counts && BARE_NUMBER.test(line.text))) break;
      end++;
    }
    let next = skipBlank(this.#lines, end, 6);
    if (next < this.#lines.length && isBareNumber((this.#lines[next] as Line).text))
      next = skipBlank(this.#lines, next + 1, 6);
    const line = this.#lines[next];
    if (line === undefined) return at;
    const row = NUMBER.test(line.text) || (this.#counts && BARE_NUMBER.test(line.text));
    return row || beginsHeader(line) || SECTION.test(line.text) ? end : at;
  }

  /** The same header, but rows from 1 again and no heading before them: the next of several like tables. */
  #beginsAnew(after: number): boolean {
    const last = this.#rows.at(-1);
    return last !== undefined && 'bands' in last && this.#previous > 1 && firstNumber(this.#lines, after) === 1;
  }

  /** Whether a heading stands here under which another table begins: its own header, or rows anew under a lost one. */
  #otherTable(at: number): boolean {
    const line = this.#lines[at] as Line;
    const top = at === 0 || isBlank(this.#lines[at - 1]) || /^[\f ]\S/.test(line.text);
    if (isBlank(line)) return false;
    if (!top) {
      const next = this.#lines[skipBlank(this.#lines, at + 1, 3)];
      return SECTION.test(line.text) && beginsHeader(next) && tableBelow(this.#lines, at, 1, this.#header);
    }
    if (beginsHeader(line)) {
      const header = readWrappedHeader(this.#lines, at);
      return header !== null && !sameHeader(header, this.#header);
    }
    if (!SECTION.test(line.text) && !/^[\f ]*\d{1,2}\.\s+\p{Lu}/u.test(line.text)) return false;
    const expected = Number(NUMBER.exec(line.text)?.[1] ?? Number.NaN) === this.#previous + 1;
    return tableBelow(this.#lines, at, expected ? 1 : 5, this.#header);
  }
}
