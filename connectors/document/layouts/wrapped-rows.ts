/** Printed lines of the rows of a wrapped table → its rows. */
import type { Cell, Row } from '../model.ts';
import { cellAt } from '../model.ts';
import { align, type Column } from './align.ts';
import { headingRow } from './cell-blocks.ts';
import { readCountRow } from './count-rows.ts';
import { Gathered, isBlank, jointOf, type Line, placeOf } from './line.ts';
import { type PlacedPiece, piecesOf } from './pieces.ts';

export interface Item {
  number: string;
  line: Line;
  /** Lines of the row, a band for every page it stands on. */
  bands: Line[][];
}

export interface Heading {
  heading: Line[];
}

/** `counts`: a table of names and counts. */
export function wrappedRows(found: readonly (Item | Heading)[], columns: readonly Column[], counts: boolean): Row[] {
  const width = widthOf(found);
  const basisFirst = columns[0]?.role === 'basis';
  return found.map((row): Row => {
    if ('heading' in row) return headingRow(row.heading.filter((line) => !isBlank(line)));
    const number = cellAt(row.number, placeOf(row.line));
    if (counts) return readCountRow(number, row.bands.flat(), columns.length);
    return { kind: 'cells', cells: [number, ...cellsOf(row, columns, width, basisFirst)] };
  });
}

function cellsOf(item: Item, columns: readonly Column[], width: number, basisFirst: boolean): (Cell | null)[] {
  const cells = columns.map(() => new Gathered());
  for (const [index, band] of item.bands.entries()) {
    const pieces = piecesOf(band, basisFirst && index === 0);
    if (pieces.length === 0) continue;
    const before = index === 0 ? null : cells.map((cell) => cell.tail);
    const places = align(pieces, columns, { width, before, broken: index < item.bands.length - 1 });
    for (const [at, piece] of pieces.entries()) {
      const cell = cells[places[at] as number] as Gathered;
      cell.add(piece.text, piece.place, jointIn(cell.last, piece));
    }
  }
  return cells.map((cell) => (cell.empty ? null : cell.cell(placeOf(item.line))));
}

/** Lines of one cell are one text, but for the items of a list. */
function jointIn(before: string, piece: PlacedPiece): string {
  const joint = piece.glued ? '' : piece.cut ? ' ' : jointOf(before, piece.text);
  return joint === '\n' && !/^[-+*(\u2022\u2013\uf0b7]/.test(piece.text) ? ' ' : joint;
}

/** The length of a full line of the widest column. */
function widthOf(found: readonly (Item | Heading)[]): number {
  const lengths: number[] = [];
  for (const row of found) {
    if ('heading' in row) continue;
    for (const line of row.bands.flat()) if (!isBlank(line)) lengths.push(line.text.trim().length);
  }
  lengths.sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.9)] ?? 60;
}
