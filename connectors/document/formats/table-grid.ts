/** A table as drawn — cells that span rows and columns — brought into the shape of the model. */
import { foldLetters } from '../language/fold.ts';
import { type Cell, type CellsRow, joinCells, type Row } from '../model.ts';

/** A cell where it begins, with how far it reaches. */
export interface GridCell {
  cell: Cell;
  columns: number;
  rows: number;
}

export interface GridRow {
  cells: GridCell[];
  /** Marked as a header by the format (`<th>`, Word's repeated header row). */
  header: boolean;
}

/** A row laid out: the cell that begins in each column, null where none does. */
export interface LaidRow {
  cells: (Cell | null)[];
  /** How many columns the cell that begins there covers. */
  columns: number[];
  /** How many rows it covers. */
  rows: number[];
  header: boolean;
}

const WIDEST = 200;
const MOST_HEADER_ROWS = 4;

/** Spans resolved; every row as wide as the last column a cell begins in, whatever the spans claim. */
export function layOut(grid: readonly GridRow[]): LaidRow[] {
  const open: number[] = [];
  const out: LaidRow[] = [];
  let width = 0;
  for (const row of grid) {
    const laid: LaidRow = { cells: [], columns: [], rows: [], header: row.header };
    let column = 0;
    const skipCovered = (): void => {
      while ((open[column] ?? 0) > 0) {
        open[column] = (open[column] ?? 0) - 1;
        put(laid, column++, null, 1, 1);
      }
    };
    for (const cell of row.cells) {
      skipCovered();
      if (column >= WIDEST) break;
      const columns = Math.max(1, Math.min(cell.columns, WIDEST - column));
      for (let at = 0; at < columns; at++) {
        put(laid, column + at, at === 0 ? cell.cell : null, at === 0 ? columns : 1, cell.rows);
        open[column + at] = Math.max(0, cell.rows - 1);
      }
      column += columns;
    }
    skipCovered();
    for (let at = column; at < open.length; at++)
      if ((open[at] ?? 0) > 0) {
        open[at] = (open[at] ?? 0) - 1;
        put(laid, at, null, 1, 1);
      }
    width = Math.max(width, laid.cells.findLastIndex((cell) => cell !== null) + 1);
    out.push(laid);
  }
  for (const row of out) {
    while (row.cells.length < width) put(row, row.cells.length, null, 1, 1);
    row.cells.length = row.columns.length = row.rows.length = width;
  }
  return out;
}

function put(row: LaidRow, at: number, cell: Cell | null, columns: number, rows: number): void {
  while (row.cells.length < at) {
    row.cells.push(null);
    row.columns.push(1);
    row.rows.push(1);
  }
  row.cells.push(cell);
  row.columns.push(columns);
  row.rows.push(rows);
}

/** A title row over the whole width, in the table but above its header. */
export function isBanner(row: LaidRow): boolean {
  const first = row.cells.findIndex((cell) => cell !== null);
  return first >= 0 && row.cells.length > 1 && (row.columns[first] ?? 1) >= row.cells.length;
}

/** How many rows from `from` on are the header: those marked so, or the first with those its cells reach into. */
export function headerRows(rows: readonly LaidRow[], from: number): number {
  let count = 0;
  while (rows[from + count]?.header === true) count++;
  if (count > MOST_HEADER_ROWS || from + count === rows.length) count = 1;
  const first = rows[from];
  if (first === undefined) return 0;
  const spanning = first.columns.some((columns, at) => columns > 1 && first.cells[at] !== null);
  const reach = Math.max(...first.rows.map((n, at) => (first.cells[at] === null ? 1 : n)));
  if (count === 0) count = 1;
  if (reach > count && reach <= MOST_HEADER_ROWS && spanning) count = reach;
  return Math.min(count, rows.length - from);
}

/** One title a column; under a title over several columns each has its own, put after it. */
export function headerTitles(rows: readonly LaidRow[]): Cell[] {
  const width = rows[0]?.cells.length ?? 0;
  const titles: Cell[] = [];
  for (let column = 0; column < width; column++) {
    let title: Cell | null = null;
    for (const row of rows) {
      const over = coveringCell(row, column);
      if (over === null || over.text === '') continue;
      title = title === null ? oneLine(over) : joinCells(title, oneLine(over), ' ');
    }
    titles.push(title ?? { text: '', marks: [...(rows[0]?.cells.find((cell) => cell !== null)?.marks ?? NOWHERE)] });
  }
  return titles;
}

const NOWHERE = [{ offset: 0, line: 1 }];

function coveringCell(row: LaidRow, column: number): Cell | null {
  for (let at = column; at >= 0; at--) {
    const cell = row.cells[at];
    if (cell) return at + (row.columns[at] ?? 1) > column ? cell : null;
  }
  return null;
}

/** Same length, so the places stay right. */
function oneLine(cell: Cell): Cell {
  return { text: cell.text.replace(/\n/g, ' '), marks: cell.marks };
}

/** A row under the header that only numbers the columns: (1) (2) (3). */
export function numbersColumns(row: LaidRow): boolean {
  const texts = row.cells.map((cell) => cell?.text.trim() ?? '');
  return texts.length >= 3 && texts.every((text, at) => text.replace(/^\(?(\d{1,2})\)?$/, '$1') === String(at + 1));
}

const NUMBER_TITLE = /^(?:stt|tt|so tt|so thu tu|no\.?|#)$/;
const SECTION = /^(?:[ivx]{1,6}|[a-h])[.)]?$/i;

/** Does the first column number the rows? */
export function hasNumbers(header: readonly Cell[]): boolean {
  return NUMBER_TITLE.test(foldLetters(header[0]?.text ?? '').trim());
}

/**
 * A row of the body as the model has it: a heading when one text stands for the whole row. `numbered`: the first
 * column numbers the rows, so that words in it are no cell of that column.
 */
export function bodyRow(row: LaidRow, numbered: boolean): Row {
  const cells = [...row.cells];
  const filled = cells.flatMap((cell, at) => (cell !== null && cell.text !== '' ? [at] : []));
  const [first, second] = filled;
  const width = cells.length;
  if (first !== undefined && width >= 2) {
    const cell = cells[first] as Cell;
    const alone = filled.length === 1;
    const covers = (row.columns[first] ?? 1) >= width - first && (row.columns[first] ?? 1) > 1 && first <= 1;
    const lonely = first === 0 && cells.slice(1).every((other) => other === null);
    const worded = first === 0 && numbered && /\p{L}{2,}\s+\S/u.test(cell.text);
    if (alone && width >= 3 && (covers || (lonely && !isNumber(cell.text) && !numberedRowReaches(row)) || worded))
      return { kind: 'heading', text: cell };
    if (filled.length === 2 && first === 0 && second === 1 && width >= 3 && SECTION.test(cell.text.trim())) {
      const number = { text: cell.text.trim().replace(/[.)]$/, ''), marks: cell.marks };
      return { kind: 'heading', text: joinCells(number, cells[1] as Cell, '. ') };
    }
  }
  return { kind: 'cells', cells } satisfies CellsRow;
}

function isNumber(text: string): boolean {
  return /^[\d.,()\s]*$/.test(text);
}

/** A cell that begins a merged group is a row, not a heading. */
function numberedRowReaches(row: LaidRow): boolean {
  return (row.rows[0] ?? 1) > 1;
}

/** Titles compared as printed, without regard to case, marks and spaces. */
export function titleKey(cells: readonly (Cell | null)[]): string {
  return cells.map((cell) => foldLetters(cell?.text ?? '').replace(/[^\p{L}\p{N}]/gu, '')).join('|');
}
