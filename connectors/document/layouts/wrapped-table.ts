/**
 * Tables of a PDF's text whose columns wrap over lines and are printed one after another. The header tells the columns
 * and their order, numbers in sequence tell the rows, and what the lines look like tells the cells.
 */
import type { Cell, Row } from '../model.ts';
import { cellAt } from '../model.ts';
import { align, type Column, columnsOf } from './align.ts';
import { headingRow } from './cell-blocks.ts';
import { isCountTable, readCountRow } from './count-rows.ts';
import { Gathered, isBlank, jointOf, type Line, placeOf, type Reading, skipBlank } from './line.ts';
import { type PlacedPiece, piecesOf } from './pieces.ts';
import { isBareNumber } from './recognise.ts';
import { afterRepeat, beginsHeader, readWrappedHeader, sameHeader, type WrappedHeader } from './wrapped-header.ts';

/** How far the header of a table that lost its first one may follow. */
const HEADER_REACH = 600;
const NUMBER = /^[\f ]*(\d{1,3})[.)](?=\s|$)\s*/;
const BARE_NUMBER = /^[\f ]*(\d{1,3})(?=\s)\s+/;
const SECTION =
  /^[\f ]*(?:[IVX]{1,6}[.)]?\s+\p{Lu}|[A-H][.)]?\s+\p{Lu}{2}|[a-z\u0111][.)]\s+\p{Lu}|\d{1,2}\)\s+\p{Lu}|\*\s?\p{L})/u;
const PART_ALONE = /^[\f ]*[IVX]{1,5}[.)]?\s*$/;
const ANNEX = /^[\f ]*(?:ph\u1ee5 l\u1ee5c|PH\u1ee4 L\u1ee4C|Ph\u1ee5 l\u1ee5c|N\u01a1i nh\u1eadn)/;

interface Item {
  number: string;
  line: Line;
  /** Lines of the row, a band for every page it stands on. */
  bands: Line[][];
}

export function readWrappedTable(lines: readonly Line[], from: number): Reading | null {
  const own = readWrappedHeader(lines, from);
  const header = own ?? laterHeader(lines, from);
  if (header === null) return null;
  const table = new WrappedTable(lines, header);
  const next = table.read(own === null ? from : header.next);
  return table.reading(next);
}

/** The header of a later page, when the first page of a table lost its own: rows go on over it. */
function laterHeader(lines: readonly Line[], from: number): WrappedHeader | null {
  const line = lines[from] as Line;
  if (!/^[\f ]*1[.)]\s*$/.test(line.text)) return null;
  let previous = 0;
  for (let at = from; at < Math.min(lines.length, from + HEADER_REACH); at++) {
    const text = (lines[at] as Line).text;
    if (ANNEX.test(text)) return null;
    const number = Number(NUMBER.exec(text)?.[1] ?? Number.NaN);
    if (number === previous + 1 || number === 1) previous = number;
    if (!beginsHeader(lines[at])) continue;
    const header = readWrappedHeader(lines, at);
    if (header === null) continue;
    return firstNumber(lines, header.next) === previous + 1 ? header : null;
  }
  return null;
}

/** The number of the first row after `from`. */
function firstNumber(lines: readonly Line[], from: number): number {
  for (let at = from; at < Math.min(lines.length, from + 60); at++) {
    const match = NUMBER.exec((lines[at] as Line).text);
    if (match !== null) return Number(match[1]);
  }
  return Number.NaN;
}

class WrappedTable {
  readonly #lines: readonly Line[];
  readonly #header: WrappedHeader;
  readonly #columns: Column[];
  readonly #counts: boolean;
  readonly #rows: (Item | { heading: Line[] })[] = [];
  #previous = 0;

  constructor(lines: readonly Line[], header: WrappedHeader) {
    this.#lines = lines;
    this.#header = header;
    const titles = header.cells.slice(1).map((cell) => cell.text);
    this.#columns = columnsOf(titles);
    this.#counts = isCountTable(titles);
  }

  /** Collects rows from `from` on; the first line that is not the table's. */
  read(from: number): number {
    let at = from;
    while (at < this.#lines.length) {
      const line = this.#lines[at] as Line;
      const repeat = beginsHeader(line) ? afterRepeat(this.#lines, at, this.#header) : -1;
      if (repeat > 0) {
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
      if (number !== null) this.#rows.push({ number, line, bands: [[this.#rest(line)]] });
      else if (this.#isSection(at)) {
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

  reading(next: number): Reading | null {
    const items = this.#rows.filter((row) => 'bands' in row);
    if (items.length === 0) return null;
    const width = this.#width(items);
    const basisFirst = this.#columns[0]?.role === 'basis';
    const rows = this.#rows.map((row): Row => {
      if ('heading' in row) return headingRow(row.heading.filter((line) => !isBlank(line)));
      const number = cellAt(row.number, placeOf(row.line));
      if (this.#counts) return readCountRow(number, row.bands.flat(), this.#columns.length);
      return { kind: 'cells', cells: [number, ...this.#cells(row, width, basisFirst)] };
    });
    return { blocks: [{ kind: 'table', header: this.#header.cells, rows }], notes: [], next };
  }

  #cells(item: Item, width: number, basisFirst: boolean): (Cell | null)[] {
    const cells = this.#columns.map(() => new Gathered());
    for (const [index, band] of item.bands.entries()) {
      const pieces = piecesOf(band, basisFirst && index === 0);
      if (pieces.length === 0) continue;
      const before = index === 0 ? null : cells.map((cell) => cell.cell({ line: 0 }).text);
      const places = align(pieces, this.#columns, { width, before, broken: index < item.bands.length - 1 });
      for (const [at, piece] of pieces.entries()) {
        const cell = cells[places[at] as number] as Gathered;
        cell.add(piece.text, piece.place, wrappedJoint(cell.last, piece));
      }
    }
    return cells.map((cell) => (cell.empty ? null : cell.cell(placeOf(item.line))));
  }

  /** The length of a full line of the widest column. */
  #width(items: readonly Item[]): number {
    const lengths = items
      .flatMap((item) => item.bands.flat())
      .map((line) => line.text.trim().length)
      .filter((length) => length > 0)
      .sort((a, b) => a - b);
    return lengths[Math.floor(lengths.length * 0.9)] ?? 60;
  }

  #band(): void {
    const open = this.#rows.at(-1);
    if (open !== undefined && 'bands' in open && (open.bands.at(-1) as Line[]).length > 0) open.bands.push([]);
  }

  /** Gives the line to the open row; false when it cannot be its. */
  #add(line: Line, at: number, blankBefore: boolean): boolean {
    const open = this.#rows.at(-1);
    if (open === undefined) return isBlank(line);
    if ('heading' in open) return isBlank(line) || !blankBefore || firstIsNear(this.#lines, at);
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
    const lengths = band.filter((other) => !isBlank(other)).map((other) => other.text.trim().length);
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

  /** Whether a heading stands here under which another table begins: its own header, or rows anew under a lost one. */
  #otherTable(at: number): boolean {
    const line = this.#lines[at] as Line;
    const top = at === 0 || isBlank(this.#lines[at - 1]) || /^[\f ]\S/.test(line.text);
    if (!top || isBlank(line)) return false;
    if (beginsHeader(line)) {
      const header = readWrappedHeader(this.#lines, at);
      return header !== null && !sameHeader(header, this.#header);
    }
    if (!SECTION.test(line.text) && !/^[\f ]*\d{1,2}\.\s+\p{Lu}/u.test(line.text)) return false;
    const expected = Number(NUMBER.exec(line.text)?.[1] ?? Number.NaN) === this.#previous + 1;
    return this.#headerBelow(at, expected ? 1 : 5);
  }

  /** A header within a few lines, rows numbered from 1 under it; or, for a lost header, one pages later. */
  #headerBelow(at: number, reach: number): boolean {
    let seen = 0;
    for (let next = at + 1; next < this.#lines.length && seen <= reach; next++) {
      const line = this.#lines[next] as Line;
      if (isBlank(line)) continue;
      if (beginsHeader(line)) {
        const header = readWrappedHeader(this.#lines, next);
        return header !== null && firstNumber(this.#lines, header.next) === 1;
      }
      if (/^[\f ]*1[.)]\s*$/.test(line.text)) {
        const later = laterHeader(this.#lines, next);
        return later !== null && !sameHeader(later, this.#header);
      }
      if (NUMBER.test(line.text) && !SECTION.test(line.text)) return false;
      seen++;
    }
    return false;
  }
}

/** Lines of one cell are one text, but for the items of a list. */
function wrappedJoint(before: string, piece: PlacedPiece): string {
  const joint = piece.glued ? '' : piece.cut ? ' ' : jointOf(before, piece.text);
  return joint === '\n' && !/^[-+*(\u2022\u2013\uf0b7]/.test(piece.text) ? ' ' : joint;
}

/** A row begins within a few lines. */
function firstIsNear(lines: readonly Line[], from: number): boolean {
  for (let at = from; at < Math.min(lines.length, from + 6); at++) {
    if (NUMBER.test((lines[at] as Line).text)) return true;
  }
  return false;
}
