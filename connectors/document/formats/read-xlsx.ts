/**
 * A copy of a table of tasks in Excel → the one shape of documents. Of a workbook only visible sheets are read: what
 * stands above a table are paragraphs, merged cells reach as far as they are drawn, rows that hold nothing are not there.
 */
import { viDatePadded } from '../../../config/format.ts';
import { findForm } from '../../spreadsheet/form/form-file.ts';
import { type CellRange, cellOf, type Sheet, type SheetCell } from '../../spreadsheet/workbook/model.ts';
import { readWorkbook } from '../../spreadsheet/workbook/read-workbook.ts';
import { foldLetters } from '../language/fold.ts';
import { cellAt, type Document, type Place } from '../model.ts';
import { readColumns } from '../tables/columns.ts';
import type { Allowance } from './allowance.ts';
import type { Archive, InflateBudget } from './archive-gate.ts';
import { BlockBuilder } from './block-builder.ts';
import { BlockSink } from './block-sink.ts';
import { documentFault } from './limits.ts';

export function isWorkbook(archive: Archive): boolean {
  return archive.has('xl/workbook.xml') || archive.has('xl/workbook.bin');
}

/** A cell of a heading, at most so many characters. */
const LONGEST_TITLE = 160;
/** Columns further right hold notes of the sender, not the table. */
const LAST_COLUMN = 100;

/** Rows of merged cells together: a table has a few to a row. */
const MOST_TOUCHED = 200_000;

/** The line of a place is the row of the sheet; its page the sheet, where there are several. */
export async function readXlsx(bytes: Uint8Array, allowance: Allowance, budget?: InflateBudget): Promise<Document> {
  const workbook = await readWorkbook(bytes, {}, budget);
  if (findForm(workbook) !== null)
    throw documentFault(
      'form',
      'the workbook is the form that csdl template writes, not a document',
      'csdl reply FILE shows what is taken of it; for the nightly run put it into the folder of a spreadsheet source',
    );
  const blocks = new BlockBuilder(allowance);
  const sheets = workbook.sheets.filter((sheet) => !sheet.hidden && sheet.rows.size > 0);
  for (const [index, sheet] of sheets.entries()) {
    const sink = new BlockSink(blocks);
    new SheetTables(sheet, sink, sheets.length > 1 ? index + 1 : undefined).write();
    sink.end();
  }
  return { format: 'xlsx', blocks: blocks.blocks, notes: [...workbook.notes] };
}

class SheetTables {
  readonly #sheet: Sheet;
  readonly #sink: BlockSink;
  readonly #page: number | undefined;
  /** Merged ranges by each row they touch. */
  readonly #merged = new Map<number, CellRange[]>();
  #first = 0;
  #last = 0;
  #inTable = false;
  /** Rows of one cell: the heading of a part, or the title of the next table. */
  #waiting: SheetCell[] = [];

  constructor(sheet: Sheet, sink: BlockSink, page: number | undefined) {
    this.#sheet = sheet;
    this.#sink = sink;
    this.#page = page;
    let touched = 0;
    for (const range of sheet.merged) {
      // A range over thousands of rows is no cell of a table.
      touched += range.bottom - range.top + 1;
      if (range.bottom - range.top > 500 || touched > MOST_TOUCHED) continue;
      for (let row = range.top; row <= range.bottom; row++) {
        const known = this.#merged.get(row);
        if (known === undefined) this.#merged.set(row, [range]);
        else known.push(range);
      }
    }
  }

  write(): void {
    for (const [row, cells] of this.#sheet.rows) {
      if (this.#sheet.hiddenRows.has(row)) continue;
      const shown = [...cells.values()].filter(
        ({ column, text }) => column <= LAST_COLUMN && text !== '' && !this.#sheet.hiddenColumns.has(column),
      );
      const [only, second] = shown;
      if (only === undefined) continue;
      if (isHeading(shown, this.#inTable)) this.#open(shown);
      else if (!this.#inTable) for (const cell of shown) this.#paragraph(cell);
      else if (second === undefined && only.column === this.#first && only.kind === 'text') this.#waiting.push(only);
      else {
        this.#flushWaiting();
        this.#row(row);
      }
    }
    if (this.#inTable) {
      this.#flushWaiting();
      this.#sink.tableEnd();
    }
  }

  #place(row: number): Place {
    return this.#page === undefined ? { line: row } : { line: row, page: this.#page };
  }

  #paragraph(cell: SheetCell): void {
    this.#sink.text(textOf(cell), this.#place(cell.row));
    this.#sink.break();
  }

  #open(shown: readonly SheetCell[]): void {
    if (this.#inTable) this.#sink.tableEnd();
    for (const cell of this.#waiting) this.#paragraph(cell);
    this.#waiting = [];
    this.#inTable = true;
    this.#first = Math.min(...shown.map(({ column }) => column));
    this.#last = Math.max(...shown.map(({ column }) => column));
    this.#sink.tableStart();
    this.#row(shown[0]?.row ?? 0, true);
  }

  #flushWaiting(): void {
    for (const cell of this.#waiting) {
      this.#sink.rowStart(false);
      this.#sink.cellStart(this.#place(cell.row), { columns: this.#last - this.#first + 1, rows: 1 });
      this.#sink.text(textOf(cell), this.#place(cell.row));
      this.#sink.cellEnd();
      this.#sink.rowEnd();
    }
    this.#waiting = [];
  }

  #row(row: number, header = false): void {
    this.#sink.rowStart(header);
    for (let column = this.#first; column <= this.#last; ) {
      const range = this.#merged.get(row)?.find(({ left, right }) => left <= column && column <= right);
      const columns = range === undefined ? 1 : Math.min(range.right, this.#last) - column + 1;
      const begins = range === undefined || (range.top === row && range.left === column);
      // What goes on from above is not given a cell of its own.
      if (begins) {
        const rows = range === undefined ? 1 : range.bottom - row + 1;
        this.#sink.cellStart(this.#place(row), { columns, rows });
        const cell = cellOf(this.#sheet, row, column);
        if (cell !== null && !this.#sheet.hiddenColumns.has(column)) this.#sink.text(textOf(cell), this.#place(row));
        this.#sink.cellEnd();
      }
      column += columns;
    }
    this.#sink.rowEnd();
  }
}

/** Titles of a table of tasks or counts, in one row. Inside a table only a row that begins anew with "STT" is one. */
function isHeading(cells: readonly SheetCell[], inTable: boolean): boolean {
  if (cells.length < 3 || cells.some(({ kind, text }) => kind !== 'text' || text.length > LONGEST_TITLE)) return false;
  if (inTable && !/^(?:stt|tt|so tt|so thu tu)\W*$/.test(foldLetters(cells[0]?.text ?? ''))) return false;
  const titles = cells.map(({ text, row }) => cellAt(text.replace(/\s+/g, ' '), { line: row }));
  return readColumns(titles).kind !== 'other';
}

/** A value as a document would print it. */
function textOf(cell: SheetCell): string {
  if (cell.kind === 'date') return viDatePadded(cell.text);
  if (cell.kind === 'number' && cell.number !== undefined && cell.format?.includes('%') === true)
    return `${String(Math.round(cell.number * 1_000) / 10).replace('.', ',')}%`;
  return cell.kind === 'number' ? cell.text.replace('.', ',') : cell.kind === 'error' ? '' : cell.text;
}
