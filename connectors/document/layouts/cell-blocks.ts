/** Rows that come as runs of whole cells: each cell a paragraph of its own, a row begun by its number. */
import type { Cell, HeadingRow, Row } from '../model.ts';
import { cellAt } from '../model.ts';
import { align, type Column, columnsOf, type Piece } from './align.ts';
import { plainText } from './fragments.ts';
import { Gathered, jointOf, type Line, placeOf } from './line.ts';

/** The beginning of an item of a list. */
export const ITEM = /^\s*[-+*\u2022\u2013\uf0b7]\s/;

/** The titles of the columns after the number column, as roles. */
export function bodyColumns(titles: readonly string[]): Column[] {
  return columnsOf(titles.slice(1));
}

/**
 * One row from its cells in order, the number first. As many cells as columns stand as they are; otherwise they are
 * fitted to the columns, several paragraphs to one cell or none to another.
 */
export function rowOfCells(number: Line, cells: readonly Cell[], columns: readonly Column[]): Row {
  const first = cellAt(plainText(number.text), placeOf(number));
  const grouped = itemsTogether(cells);
  if (grouped.length === columns.length) return { kind: 'cells', cells: [first, ...grouped] };
  const pieces: Piece[] = cells.map((cell) => ({ text: cell.text, gap: true, cut: false, whole: true, line: 0 }));
  const places =
    cells.length === 1 ? [0] : align(pieces, columns, { width: Number.POSITIVE_INFINITY, before: null, broken: false });
  const out: (Cell | null)[] = [first];
  for (const at of columns.keys()) {
    const own = cells.filter((_, piece) => places[piece] === at);
    out.push(own.length === 0 ? null : joined(own));
  }
  return { kind: 'cells', cells: out };
}

/** Items of one list stand in one cell. */
function itemsTogether(cells: readonly Cell[]): Cell[] {
  const groups: Cell[][] = [];
  for (const cell of cells) {
    const open = groups.at(-1);
    if (open !== undefined && ITEM.test(cell.text) && ITEM.test((open.at(-1) as Cell).text)) open.push(cell);
    else groups.push([cell]);
  }
  return groups.map((group) => (group.length === 1 ? (group[0] as Cell) : joined(group)));
}

export function headingRow(lines: readonly Line[]): HeadingRow {
  const text = new Gathered();
  for (const [at, line] of lines.entries()) {
    text.add(
      plainText(line.text),
      placeOf(line),
      at === 1 && /^\s*[IVXA-H]+[.)]?\s*$/.test((lines[0] as Line).text) ? '. ' : ' ',
    );
  }
  return { kind: 'heading', text: text.cell(placeOf(lines[0] as Line)) };
}

/** A cell from its first line and the lines that go on with it. */
export function cellOfLines(lines: readonly Line[]): Cell {
  const text = new Gathered();
  for (const line of lines) {
    const piece = plainText(line.text);
    text.add(piece, placeOf(line), jointOf(text.last, piece));
  }
  return text.cell(placeOf(lines[0] as Line));
}

function joined(cells: readonly Cell[]): Cell {
  const text = new Gathered();
  for (const cell of cells) {
    // A cell here is one printed line; its place is its first mark.
    const { line, page } = cell.marks[0] as Cell['marks'][number];
    text.add(cell.text, page === undefined ? { line } : { line, page }, '\n');
  }
  return text.cell({ line: 0 });
}
