/**
 * What a reader of markup writes into: text, breaks, tables inside tables. A table that only lays out a page is
 * unfolded into what it holds; a small table inside a cell becomes text of the cell.
 */
import { type Cell, joinCells, type Place } from '../model.ts';
import { type BlockBuilder, linesOf, tooMuch } from './block-builder.ts';
import { CellText } from './cell-text.ts';
import type { GridCell, GridRow } from './table-grid.ts';

/** Part of a cell or of a page, in reading order. */
type Part = { text: Cell } | { grid: OpenGrid };

interface OpenGrid {
  rows: GridRow[];
  /** For each cell its parts, where there is a table among them. */
  nested: Map<GridCell, Part[]>;
  row: GridRow | null;
  /** Column in which the next cell of the row begins. */
  column: number;
  cell: { text: CellText; parts: Part[]; place: Place; span: CellSpan } | null;
  /** The row has had a cell that is no title. */
  plain: boolean;
  /** The cell that goes on downwards, by column. */
  down: Map<number, GridCell>;
}

/** Cells of all tables of one document: what fits into memory. */
const MOST_CELLS = 2_000_000;

export interface CellSpan {
  columns: number;
  rows: number;
  /** The cell only continues the one above it (a merged cell in Word). */
  continues?: boolean;
  /** Marked as a title; a row of titles only is a row of the header. */
  title?: boolean;
}

export class BlockSink {
  readonly #out: BlockBuilder;
  readonly #grids: OpenGrid[] = [];
  #paragraph: CellText | null = null;
  #cells = 0;

  constructor(out: BlockBuilder) {
    this.#out = out;
  }

  /** Text can stand here: outside tables, or inside a cell. */
  get insideCell(): boolean {
    return this.#grids.at(-1)?.cell != null;
  }

  get insideTable(): boolean {
    return this.#grids.length > 0;
  }

  /** The last characters of the text being written. */
  get tail(): string {
    return (this.#grids.at(-1)?.cell?.text ?? this.#paragraph)?.tail ?? '';
  }

  text(data: string, place: Place): void {
    const grid = this.#grids.at(-1);
    if (grid !== undefined) {
      grid.cell?.text.add(data, place);
      return;
    }
    this.#paragraph ??= new CellText(place);
    this.#paragraph.add(data, place);
  }

  /** The next text stands on a line of its own. */
  break(): void {
    const grid = this.#grids.at(-1);
    if (grid !== undefined) grid.cell?.text.break();
    else this.#endParagraph();
  }

  tableStart(): void {
    if (this.#grids.length === 0) this.#endParagraph();
    this.#grids.push({ rows: [], nested: new Map(), row: null, column: 0, cell: null, plain: false, down: new Map() });
  }

  rowStart(header: boolean): void {
    const grid = this.#grids.at(-1);
    if (grid === undefined) return;
    this.rowEnd();
    grid.row = { cells: [], header };
    grid.column = 0;
    grid.plain = false;
    grid.rows.push(grid.row);
    this.#out.allowance.rows(grid.rows.length - 10);
  }

  /** The row being written is a row of the header. */
  markHeader(header: boolean): void {
    const row = this.#grids.at(-1)?.row;
    if (row) row.header = header;
  }

  rowEnd(): void {
    const grid = this.#grids.at(-1);
    if (grid === undefined) return;
    if (grid.cell !== null) this.cellEnd();
    if (grid.row !== null && !grid.plain && grid.row.cells.length > 1) grid.row.header = true;
    grid.row = null;
  }

  cellStart(place: Place, span: CellSpan = { columns: 1, rows: 1 }): void {
    const grid = this.#grids.at(-1);
    if (grid === undefined) return;
    if (grid.cell !== null) this.cellEnd();
    if (++this.#cells > MOST_CELLS) throw tooMuch();
    if (grid.row === null) this.rowStart(false);
    grid.cell = { text: new CellText(place), parts: [], place, span };
  }

  /** How far the open cell reaches, where that is said inside it. */
  spanCell(span: Partial<CellSpan>): void {
    const cell = this.#grids.at(-1)?.cell;
    if (cell != null) cell.span = { ...cell.span, ...span };
  }

  cellEnd(): void {
    const grid = this.#grids.at(-1);
    if (grid === undefined || grid.cell === null || grid.row === null) return;
    const { text, parts, place, span } = grid.cell;
    grid.cell = null;
    if (span.title !== true) grid.plain = true;
    const at = grid.column;
    grid.column += span.columns;
    const above = grid.down.get(at);
    if (span.continues === true && above !== undefined) {
      above.rows++;
      return;
    }
    const cell: GridCell = { cell: text.cell(), columns: span.columns, rows: span.rows };
    if (parts.length > 0) {
      if (!text.empty) parts.push({ text: text.cell() });
      grid.nested.set(cell, parts);
      cell.cell = { text: '', marks: [{ offset: 0, ...place }] };
    }
    grid.down.set(at, cell);
    grid.row.cells.push(cell);
  }

  tableEnd(): void {
    this.rowEnd();
    const grid = this.#grids.pop();
    if (grid === undefined) return;
    const parts = isPageLayout(grid) ? unfolded(grid) : [{ grid: flattened(grid) }];
    const outer = this.#grids.at(-1)?.cell;
    if (outer == null) {
      if (this.#grids.length === 0) for (const part of parts) this.#emit(part);
      return;
    }
    if (!outer.text.empty) outer.parts.push({ text: outer.text.cell() });
    outer.parts.push(...parts);
    outer.text = new CellText(outer.place);
  }

  /** Closes what is still open. */
  end(): void {
    while (this.#grids.length > 0) this.tableEnd();
    this.#endParagraph();
  }

  #endParagraph(): void {
    const text = this.#paragraph;
    this.#paragraph = null;
    if (text !== null && !text.empty) this.#out.paragraph(text.cell());
  }

  #emit(part: Part): void {
    if ('grid' in part) this.#out.table(part.grid.rows);
    else for (const line of linesOf(part.text)) this.#out.paragraph(line);
  }
}

/** Holds more tables than it has cells of its own: it places things on the page. */
function isPageLayout(grid: OpenGrid): boolean {
  if (grid.nested.size === 0) return false;
  let own = 0;
  for (const row of grid.rows) own += row.cells.length;
  let inner = 0;
  for (const parts of grid.nested.values())
    for (const part of parts) if ('grid' in part) for (const row of part.grid.rows) inner += row.cells.length;
  return own <= 3 || inner > own;
}

function unfolded(grid: OpenGrid): Part[] {
  const parts: Part[] = [];
  for (const row of grid.rows)
    for (const cell of row.cells) for (const part of grid.nested.get(cell) ?? [{ text: cell.cell }]) parts.push(part);
  return parts;
}

/** Tables inside cells as text: a row a line. */
function flattened(grid: OpenGrid): OpenGrid {
  for (const [cell, parts] of grid.nested) {
    let text: Cell = cell.cell;
    for (const part of parts) {
      if ('text' in part) text = joinCells(text, part.text, '\n');
      else
        for (const row of part.grid.rows)
          text = joinCells(
            text,
            row.cells.map((c) => c.cell).reduce((a, b) => joinCells(a, b, ' '), EMPTY),
            '\n',
          );
    }
    cell.cell = text;
  }
  grid.nested.clear();
  return grid;
}

const EMPTY: Cell = { text: '', marks: [] };
