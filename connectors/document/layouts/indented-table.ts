/** Tables from Word: every cell an indented line, rows told apart by blank lines, headings as single lines. */
import type { Allowance } from '../formats/allowance.ts';
import type { Row } from '../model.ts';
import type { Column } from './align.ts';
import { bodyColumns, cellOfLines, headingRow, rowOfCells } from './cell-blocks.ts';
import { isBlank, type Line, type Note, placeOf, type Reading, skipBlank } from './line.ts';
import { isColumnTitle, isNumberTitle, isPartNumber, isRowNumber } from './recognise.ts';

const MOST_COLUMNS = 14;
/** More blank lines than this end the table. */
const GAP = 6;
/** A block of more lines than this is not a row. */
const LONGEST_BLOCK = 200;

export function readIndentedTable(lines: readonly Line[], from: number, allowance: Allowance): Reading | null {
  if (!isIndented(lines[from] as Line) || !isNumberTitle((lines[from] as Line).text.trim())) return null;
  const first = blockAt(lines, from);
  const titles = first.cells.map(cellOfLines).map((cell) => ({ ...cell, text: cell.text.replace(/\s+/g, ' ') }));
  if (titles.length < 3 || titles.length > MOST_COLUMNS) return null;
  if (titles.slice(1).filter((title) => isColumnTitle(title.text)).length * 2 < titles.length - 1) return null;
  const columns = bodyColumns(titles.map((title) => title.text));
  const head = titles.map((title) => title.text.toLowerCase()).join('|');
  const rows: Row[] = [];
  const notes: Note[] = [];
  let at = first.next;
  while (at < lines.length) {
    const start = skipBlank(lines, at, GAP);
    const line = lines[start];
    if (line === undefined || isBlank(line) || !isIndented(line)) break;
    const block = blockAt(lines, start);
    at = block.next;
    for (const { text } of block.cells.flat()) allowance.text(text.length);
    allowance.rows(rows.length);
    if (block.cells.map((cell) => cellOfLines(cell).text.replace(/\s+/g, ' ').toLowerCase()).join('|') === head) {
      if (rows.length === 0) return null;
      continue;
    }
    for (const cells of rowsOf(block.cells, columns)) addRow(rows, cells, columns, notes);
  }
  if (rows.length === 0) return null;
  return { blocks: [{ kind: 'table', header: titles, rows }], notes, next: at };
}

function isIndented(line: Line): boolean {
  return /^(?:\t| {3,})\s*\S/.test(line.text) && !/\S\t+\S/.test(line.text);
}

/** Consecutive lines without a blank one between: an indented line begins a cell, another goes on with it. */
function blockAt(lines: readonly Line[], from: number): { cells: Line[][]; next: number } {
  const cells: Line[][] = [];
  let at = from;
  while (at < lines.length && at - from < LONGEST_BLOCK && !isBlank(lines[at])) {
    const line = lines[at] as Line;
    if (isIndented(line)) cells.push([line]);
    else if (cells.length > 0) (cells.at(-1) as Line[]).push(line);
    at++;
  }
  return { cells, next: at };
}

/** The rows of a block: one, or several when a number stands where a row is already full. */
function rowsOf(cells: readonly Line[][], columns: readonly Column[]): Line[][][] {
  const rows: Line[][][] = [];
  for (const cell of cells) {
    const open = rows.at(-1);
    const begins = isRowNumber((cell[0] as Line).text.trim()) && (open === undefined || open.length > columns.length);
    if (open === undefined || begins) rows.push([cell]);
    else open.push(cell);
  }
  return rows;
}

function addRow(rows: Row[], cells: readonly Line[][], columns: readonly Column[], notes: Note[]): void {
  const number = (cells[0] as Line[])[0] as Line;
  const text = number.text.trim();
  if (isRowNumber(text) && cells.length > 1) {
    rows.push(rowOfCells(number, cells.slice(1).map(cellOfLines), columns));
    return;
  }
  if (cells.length === 1 || (cells.length === 2 && isPartNumber(text))) {
    rows.push(headingRow(cells.flat()));
    return;
  }
  const open = rows.at(-1);
  const made = cells.map(cellOfLines);
  if (open?.kind === 'cells' && open.cells.filter((cell) => cell === null).length >= cells.length) {
    const free = open.cells.indexOf(null);
    for (const [at, cell] of made.entries()) open.cells[free + at] = cell;
    return;
  }
  notes.push({ code: 'row_without_number', message: 'a row without a number', line: placeOf(number).line });
  if (made.length === columns.length + 1) rows.push({ kind: 'cells', cells: made });
  else
    rows.push({
      kind: 'cells',
      cells: [null, ...made, ...Array.from({ length: columns.length - made.length }, () => null)],
    });
}
