/** Paragraphs and tables in reading order, tables that a page break cut put together again. */
import { foldLetters } from '../language/fold.ts';
import { jointOf } from '../layouts/line.ts';
import { type Block, type Cell, type CellsRow, joinCells, type Table } from '../model.ts';
import type { Allowance } from './allowance.ts';
import { documentFault } from './limits.ts';
import {
  bodyRow,
  type GridRow,
  hasNumbers,
  headerRows,
  headerTitles,
  isBanner,
  type LaidRow,
  layOut,
  numbersColumns,
  titleKey,
} from './table-grid.ts';

/** Paragraphs and tables of one document: what fits into memory, far above any document. */
const MOST_BLOCKS = 1_000_000;
/** Fields of all tables, those without a cell included. */
const MOST_FIELDS = 10_000_000;

/** Paragraphs (footnotes) there may be between the parts of one table. */
const FARTHEST = 3;

/** Spaces a header printed again may have more. */
const SLACK = 40;

/** A table being filled, with what its header looks like when it is printed again. */
interface OpenTable {
  table: Table;
  keys: Set<string>;
  /** Letters of the longest of them; a longer row need not be compared. */
  longest: number;
  numbered: boolean;
  /** Paragraphs since; a footnote may stand between the parts of a table. */
  apart: number;
}

export class BlockBuilder {
  readonly #blocks: Block[] = [];
  readonly allowance: Allowance;
  #open: OpenTable | null = null;
  #joined = 0;
  #fields = 0;

  constructor(allowance: Allowance) {
    this.allowance = allowance;
  }

  get blocks(): Block[] {
    return this.#blocks;
  }

  /** How many pieces of tables were joined to the piece before. */
  get joined(): number {
    return this.#joined;
  }

  paragraph(text: Cell): void {
    if (text.text === '') return;
    if (this.#blocks.length >= MOST_BLOCKS) throw tooMuch();
    this.#blocks.push({ kind: 'paragraph', text });
    this.#apart(1);
  }

  /** Blocks another reader made, under the same allowance. */
  add(blocks: readonly Block[]): void {
    for (const block of blocks) this.#blocks.push(block);
    this.#apart(blocks.some((block) => block.kind === 'table') ? FARTHEST + 1 : blocks.length);
  }

  #apart(paragraphs: number): void {
    if (this.#open === null) return;
    this.#open.apart += paragraphs;
    if (this.#open.apart > FARTHEST) this.#open = null;
  }

  /**
   * A table as drawn. `goesOn`: its columns are those of the table before, at the end of the page before.
   */
  table(grid: readonly GridRow[], goesOn = false): void {
    const rows = layOut(grid).filter((row) => row.cells.some((cell) => cell !== null));
    this.allowance.rows(rows.length);
    for (const row of rows) this.allowance.text(letters(row.cells));
    this.#fields += rows.length * (rows[0]?.cells.length ?? 0);
    if (this.#fields > MOST_FIELDS) throw tooMuch();
    if (this.#continuesOpen(rows, goesOn)) {
      this.#joined++;
      this.#fill(this.#open as OpenTable, rows, true);
      return;
    }
    if ((rows[0]?.cells.length ?? 0) < 2 || rows.length < 2 || isLayout(rows)) {
      this.#asParagraphs(rows);
      return;
    }
    let from = 0;
    while (from < rows.length - 1 && isBanner(rows[from] as LaidRow)) this.#asParagraphs([rows[from++] as LaidRow]);
    const head = rows.slice(from, from + headerRows(rows, from));
    const header = headerTitles(head);
    const body = rows.slice(from + head.length);
    if (this.#open?.keys.has(titleKey(header)) === true && (this.#open.apart === 0 || counts(this.#open.table, body))) {
      this.#open.apart = 0;
      this.#joined++;
      this.#fill(this.#open, body, true);
      return;
    }
    const table: Table = { kind: 'table', header, rows: [] };
    const keys = [titleKey(header), ...head.filter((row) => filled(row) > 1).map((row) => titleKey(row.cells))];
    this.#blocks.push(table);
    const longest = Math.max(...[header, ...head.map((row) => row.cells)].map(letters));
    this.#open = { table, keys: new Set(keys), longest, numbered: hasNumbers(header), apart: 0 };
    this.#fill(this.#open, body, false);
  }

  #fill(open: OpenTable, rows: readonly LaidRow[], afterBreak: boolean): void {
    const { table, keys } = open;
    let broken = afterBreak;
    let first = true;
    for (const row of rows) {
      if (letters(row.cells) <= open.longest + SLACK && filled(row) > 1 && keys.has(titleKey(row.cells))) {
        broken = true;
        continue;
      }
      if (first && numbersColumns(row)) {
        keys.add(titleKey(row.cells));
        continue;
      }
      first = false;
      if (filled(row) === 0) continue;
      while (row.cells.length < table.header.length) {
        row.cells.push(null);
        row.columns.push(1);
        row.rows.push(1);
      }
      const next = bodyRow(row, open.numbered);
      const last = table.rows.at(-1);
      if (next.kind === 'cells' && blank(next.cells[0])) {
        const cut = last?.kind === 'cells' && (broken ? continues(last, next) : inMidSentence(last, next));
        if (cut) {
          mergeInto(last, next);
          continue;
        }
        // The merged cells of a group go on over the page: nothing begins in them there.
        if (broken && merges(table))
          for (let at = 0; at < next.cells.length && blank(next.cells[at]); at++) next.cells[at] = null;
      }
      broken = false;
      table.rows.push(next);
    }
    this.allowance.rows(table.rows.length);
  }

  /** Rows right after a table, without a header of their own, under the same number of columns. */
  #continuesOpen(rows: readonly LaidRow[], goesOn: boolean): boolean {
    const first = rows[0];
    if (this.#open === null || this.#open.apart > 0 || first === undefined || first.header) return false;
    const { header } = this.#open.table;
    if (goesOn) return first.cells.length <= header.length;
    if (header.length !== first.cells.length || header.length < 3) return false;
    return (
      /^\d{1,5}(?:\.\d{1,3})*[.)]?$/.test(first.cells[0]?.text.trim() ?? '') &&
      this.#open.numbered &&
      !numbersColumns(first)
    );
  }

  #asParagraphs(rows: readonly LaidRow[]): void {
    for (const row of rows)
      for (const cell of row.cells) if (cell !== null) for (const line of linesOf(cell)) this.paragraph(line);
  }
}

/** Do cells of the table reach over several rows? */
function merges(table: Table): boolean {
  return table.rows.slice(-60).some((row) => row.kind === 'cells' && row.cells[0] === null);
}

export function tooMuch(): Error {
  return documentFault('too-large', 'the document has too many paragraphs or cells', 'send it in several parts');
}

function letters(cells: readonly (Cell | null)[]): number {
  return cells.reduce((sum, cell) => sum + (cell?.text.length ?? 0), 0);
}

function filled(row: LaidRow): number {
  return row.cells.filter((cell) => !blank(cell)).length;
}

function blank(cell: Cell | null | undefined): boolean {
  return cell === null || cell === undefined || cell.text === '';
}

/** A table that only places text side by side: the head of a letter, its signature. */
function isLayout(rows: readonly LaidRow[]): boolean {
  if (rows.length > 4 || (rows[0]?.cells.length ?? 0) > 3) return false;
  const text = foldLetters(rows.flatMap((row) => row.cells.map((cell) => cell?.text ?? '')).join(' '));
  return /doc lap\s*[-\u2013]\s*tu do|noi nhan\s*:/.test(text.slice(0, 4_000));
}

/** A row cut by a page: its second part has no number, and its texts go on where those above ended. */
function continues(row: CellsRow, next: CellsRow): boolean {
  const parts = next.cells.flatMap((cell, at) =>
    cell === null || cell.text === '' ? [] : [{ text: cell.text, above: row.cells[at]?.text ?? '' }],
  );
  // A short text with a capital where nothing stood, beside another: the agency of a row of its own.
  const begins = (text: string): boolean => text.length < SHORT && /^\p{Lu}/u.test(text);
  if (parts.length > 1 && parts.some(({ text, above }) => begins(text) && above === '')) return false;
  const goesOn = parts.some(
    ({ text, above }) => above !== '' && (/^[\p{Ll}\d(,;]/u.test(text) || /[,\u2013-]$/.test(above)),
  );
  if (goesOn) return true;
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.above.length >= SHORT;
  const longest = parts.reduce((a, b) => (b.text.length > a.text.length ? b : a), { text: '', above: '' });
  return (
    !parts.some(({ text }) => begins(text)) && longest.above.length > 25 && !/[.;:!?]["\u201d)]?$/.test(longest.above)
  );
}

/** A row cut where nothing else tells of a page: every text in it goes on one above, one of them within a sentence. */
function inMidSentence(row: CellsRow, next: CellsRow): boolean {
  let within = false;
  for (let at = 0; at < next.cells.length; at++) {
    const text = next.cells[at]?.text ?? '';
    const above = row.cells[at]?.text ?? '';
    if (next.cells[at] === null || (text !== '' && above === '')) return false;
    if (/^\p{Ll}/u.test(text) && above.length >= SHORT && !/[.;:!?]["\u201d)]?$/.test(above)) within = true;
  }
  return within;
}

/** Names and dates are shorter than this, what is said of a task is longer. */
const SHORT = 60;

function mergeInto(row: CellsRow, next: CellsRow): void {
  for (let at = 0; at < next.cells.length; at++) {
    const more = next.cells[at];
    if (more === null || more === undefined || more.text === '') continue;
    const cell = row.cells[at];
    row.cells[at] = cell ? joinCells(cell, more, jointOf(cell.text, more.text)) : more;
  }
}

/** The numbers of the rows go on where those of the table ended. */
function counts(table: Table, rows: readonly LaidRow[]): boolean {
  const number = (text: string | undefined): number =>
    Number.parseInt(/^(\d{1,5})[.)]?$/.exec(text ?? '')?.[1] ?? '', 10);
  const last = table.rows.findLast((row) => row.kind === 'cells' && !blank(row.cells[0]));
  const next = rows.find((row) => !blank(row.cells[0]));
  return last?.kind === 'cells' && number(next?.cells[0]?.text) === number(last.cells[0]?.text) + 1;
}

/** The lines of a cell, each with its places. */
export function linesOf(cell: Cell): Cell[] {
  if (!cell.text.includes('\n')) return cell.text === '' ? [] : [cell];
  const lines: Cell[] = [];
  let start = 0;
  for (const text of cell.text.split('\n')) {
    if (text !== '') lines.push({ text, marks: marksWithin(cell, start, start + text.length) });
    start += text.length + 1;
  }
  return lines;
}

function marksWithin(cell: Cell, start: number, end: number): Cell['marks'] {
  const before = cell.marks.findLast((mark) => mark.offset <= start) ?? cell.marks[0];
  const inside = cell.marks.filter((mark) => mark.offset > start && mark.offset < end);
  const marks = inside.map((mark) => ({ ...mark, offset: mark.offset - start }));
  return before === undefined ? marks : [{ ...before, offset: 0 }, ...marks];
}
