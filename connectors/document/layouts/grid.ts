/** Rows of split cells → a table: repeated headers out, rows cut by a page joined, sub-rows and headings kept apart. */
import type { CellsRow, Place, Row, Table } from '../model.ts';
import { cellAt } from '../model.ts';
import { plainText } from './fragments.ts';
import { Gathered, jointOf, type Note } from './line.ts';
import {
  folded,
  isAgencyColumn,
  isBareNumber,
  isColumnTitle,
  isNumberTitle,
  isPartNumber,
  isRowNumber,
  isShortAgency,
} from './recognise.ts';

interface OpenRow {
  cells: (Gathered | null)[];
  place: Place;
}

/** No title of a column is longer, markup and all. */
const LONGEST_TITLE = 400;

/** "04/51 co quan …": how many of how many, the head of a list of sub-rows. */
const SHARE = /^\d{1,3}\s?\/\s?\d{1,3}(?!\s?\/)/;

/**
 * Whether split cells are the titles of columns: each short, without figures, most of them words a title begins with.
 */
export function isHeader(cells: readonly string[]): boolean {
  if (cells.some((cell) => cell.length > LONGEST_TITLE)) return false;
  const filled = cells.map(plainText).filter((text) => text !== '');
  if (filled.length < 2 || filled.length * 2 < cells.length) return false;
  if (filled.some((text) => text.length > 120 || isRowNumber(text) || /\d{1,2}\/\d{1,2}\/\d{4}/.test(text)))
    return false;
  const titles = filled.filter((text) => isColumnTitle(text)).length;
  return isNumberTitle(filled[0] as string) ? titles >= 2 : titles * 2 > filled.length;
}

export class Grid {
  readonly #header: OpenRow;
  readonly #rows: (OpenRow | { heading: string; place: Place })[] = [];
  readonly #notes: Note[] = [];
  readonly #width: number;
  #agencyColumns: number[] = [];
  #afterBreak = false;
  #subRows = false;
  #titles: string[] = [];

  constructor(header: readonly string[], place: Place) {
    const texts = header.map(plainText);
    while (texts.length > 1 && texts.at(-1) === '') texts.pop();
    this.#header = { cells: texts.map((text) => gathered(oneLine(text), place)), place };
    this.#width = texts.length;
    this.#learn();
  }

  get width(): number {
    return this.#width;
  }

  /** Whether the cells are this table's header once more (a page begins). */
  repeats(cells: readonly string[]): boolean {
    if (Math.abs(cells.length - this.#width) > 1 || this.#titles[0] === undefined) return false;
    // Asked of every row: most have a number, or text longer than any title.
    if (isRowNumber((cells[0] ?? '').slice(0, 20)) && !isRowNumber(this.#titles[0])) return false;
    let same = 0;
    let filled = 0;
    for (const [at, cell] of cells.entries()) {
      const text = folded(oneLine(plainText(cell.slice(0, LONGEST_TITLE))));
      if (text === '') continue;
      filled++;
      if (text === this.#titles[at]) same++;
    }
    return filled > 1 && same * 10 >= Math.max(filled, this.#titles.filter((title) => title !== '').length) * 7;
  }

  /** A page begins here: the next row may go on with the open one. */
  pageBreak(): void {
    this.#afterBreak = true;
  }

  heading(text: string, place: Place): void {
    this.#rows.push({ heading: oneLine(plainText(text)), place });
    this.#afterBreak = false;
  }

  /** More of the last cell of the open row (a line feed inside a cell). False when no row is open. */
  continueCell(text: string, place: Place): boolean {
    const open = this.#openRow();
    const last = open?.cells.at(-1);
    if (!last) return false;
    const piece = plainText(text);
    last.add(piece, place, jointOf(last.last, piece));
    return true;
  }

  /** Cells that follow the last cell of an open row which a line feed inside a cell cut short. */
  continueRow(raw: readonly string[], place: Place): boolean {
    const open = this.#openRow();
    if (open === null || open.cells.length + raw.length - 1 > this.#width) return false;
    this.continueCell(raw[0] as string, place);
    for (const cell of raw.slice(1)) open.cells.push(gathered(plainText(cell), place));
    return true;
  }

  get rows(): number {
    return this.#rows.length;
  }

  /** How many cells the open row has, 0 when none is open. */
  get openCells(): number {
    return this.#openRow()?.cells.length ?? 0;
  }

  row(raw: readonly string[], place: Place): void {
    let cells = raw.map(plainText);
    while (cells.length > this.#width && cells.at(-1) === '') cells.pop();
    const broke = this.#afterBreak;
    this.#afterBreak = false;
    const filled = cells.filter((cell) => cell !== '').length;
    if (filled === 0 || this.#isColumnNumbers(cells) || this.#isSecondHeader(cells, place)) return;
    if (this.#isHeading(cells, filled)) {
      this.#rows.push({
        heading: cells
          .filter((cell) => cell !== '')
          .map(oneLine)
          .reduce(numbered),
        place,
      });
      this.#subRows = false;
      return;
    }
    cells = this.#unshifted(cells, place);
    const blankNumber = isNumberTitle(this.#titles[0] ?? '') && cells[0] === '';
    if (blankNumber) {
      const sub = this.#isSubRow(cells, broke);
      if (!sub && this.#continues(cells, broke)) {
        this.#join(cells, place);
        return;
      }
      this.#subRows = sub;
    } else this.#subRows = false;
    if (cells.length > this.#width) {
      this.#notes.push({ code: 'extra_cells', message: 'a row has more cells than its header', line: place.line });
    }
    this.#rows.push({ cells: cells.map((cell) => gathered(cell, place)), place });
  }

  table(): { table: Table; notes: Note[] } {
    const rows = this.#rows.map((row): Row => {
      if ('heading' in row) return { kind: 'heading', text: cellAt(row.heading, row.place) };
      return this.#finished(row);
    });
    const header = this.#header.cells.map((cell) => (cell as Gathered).cell(this.#header.place));
    return { table: { kind: 'table', header, rows }, notes: this.#notes };
  }

  /** Whether a row's cells have the number that follows the last row's. */
  goesOnWith(cells: readonly string[]): boolean {
    const row = this.#rows.findLast((open) => !('heading' in open) && isRowNumber(open.cells[0]?.first ?? ''));
    const last = row === undefined || 'heading' in row ? Number.NaN : Number.parseInt(row.cells[0]?.first ?? '', 10);
    return Number.parseInt(plainText((cells[0] ?? '').slice(0, LONGEST_TITLE)), 10) === last + 1;
  }

  #finished(row: OpenRow): CellsRow {
    const cells = row.cells.map((cell) => cell?.cell(row.place) ?? null);
    while (cells.length < this.#width) cells.push(null);
    return { kind: 'cells', cells };
  }

  #openRow(): OpenRow | null {
    const last = this.#rows.at(-1);
    return last === undefined || 'heading' in last ? null : last;
  }

  #learn(): void {
    this.#titles = this.#header.cells.map((cell) => folded((cell as Gathered).cell(this.#header.place).text));
    this.#agencyColumns = this.#titles.flatMap((title, at) => (at > 0 && isAgencyColumn(title) ? [at] : []));
  }

  /** "(1) (2) (3)" under the titles. */
  #isColumnNumbers(cells: readonly string[]): boolean {
    if (this.#rows.length > 0 || cells.length < 3) return false;
    return cells.every(
      (cell, at) => /^\(?[\dA-H]{1,2}\)?$/.test(cell) && (at < 2 || Number.parseInt(cell.replace('(', ''), 10) > 0),
    );
  }

  /** A second line of titles under a title that spans columns: joined to the first. */
  #isSecondHeader(cells: readonly string[], place: Place): boolean {
    if (this.#rows.length > 0 || cells[0] !== '' || !this.#titles.slice(1).includes('')) return false;
    if (cells.some((cell) => cell.length > 90 || /^\d/.test(cell))) return false;
    let span = '';
    for (let at = 0; at < this.#width; at++) {
      const title = this.#header.cells[at] as Gathered;
      if (!title.empty) span = title.cell(place).text;
      else if (cells[at]) title.add(span, place, '');
      title.add(oneLine(cells[at] ?? ''), place, ' ');
    }
    this.#learn();
    return true;
  }

  #isHeading(cells: readonly string[], filled: number): boolean {
    const first = cells[0] as string;
    const second = cells[1] ?? '';
    if (filled === 1) return first !== '' && this.#width > 2 && !isRowNumber(first) && !isShortAgency(first);
    return filled === 2 && this.#width > 2 && second !== '' && isPartNumber(first) && !isBareNumber(second);
  }

  /** A sub-row whose leading blank cells were lost: a body's name where the number should be. */
  #unshifted(cells: string[], place: Place): string[] {
    const first = cells[0] as string;
    const target = this.#agencyColumns.at(-1);
    if (target === undefined || target < 2 || !isNumberTitle(this.#titles[0] ?? '')) return cells;
    if (first === '' || isRowNumber(first) || isPartNumber(first) || !isShortAgency(first)) return cells;
    const used = cells.findLastIndex((cell) => cell !== '') + 1;
    if (target + used > this.#width || cells.slice(0, used).includes('')) return cells;
    this.#notes.push({ code: 'shifted_row', message: 'the blank cells before a name were lost', line: place.line });
    const moved = Array.from({ length: this.#width }, () => '');
    for (let at = 0; at < used; at++) moved[target + at] = cells[at] as string;
    return moved;
  }

  /** A row without a number that begins with a body's name in a column of bodies. */
  #isSubRow(cells: readonly string[], broke: boolean): boolean {
    const at = cells.findIndex((cell) => cell !== '');
    if (at < 2 || !this.#agencyColumns.includes(at)) return false;
    const text = cells[at] as string;
    if (text.length > 160 || !/^\p{Lu}/u.test(text) || /[.;:]$/.test(text)) return false;
    if (!broke || this.#subRows) return true;
    const above = this.#openRow()?.cells[at] ?? null;
    if (above !== null && SHARE.test(above.first)) return true;
    return isShortAgency(text) && !/(?:,|;| v\u00e0)$/u.test(above?.tail ?? '');
  }

  /** A row without a number goes on with the open one after a page break, or when its text begins in mid-sentence. */
  #continues(cells: readonly string[], broke: boolean): boolean {
    const open = this.#openRow();
    if (open === null) return false;
    if (broke) return true;
    const text = cells.find((cell) => cell !== '') as string;
    return /^[\p{Ll},.;)]/u.test(text);
  }

  #join(cells: readonly string[], place: Place): void {
    const open = this.#openRow() as OpenRow;
    for (const [at, piece] of cells.entries()) {
      if (piece === '') continue;
      while (open.cells.length <= at) open.cells.push(gathered('', place));
      const cell = open.cells[at] as Gathered;
      cell.add(piece, place, jointOf(cell.last, piece));
    }
  }
}

function gathered(text: string, place: Place): Gathered {
  const cell = new Gathered();
  cell.add(text, place, '');
  return cell;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** "I" and a title as one heading: "I. Title". */
function numbered(number: string, title: string): string {
  return `${number.replace(/[.)]$/, '')}. ${title}`;
}
