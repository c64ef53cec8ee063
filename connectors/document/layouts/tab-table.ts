/** Tables whose cells are separated by TABs, one row a line; a page break repeats the header. */
import type { Allowance } from '../formats/allowance.ts';
import type { Block } from '../model.ts';
import { cellAt } from '../model.ts';
import { plainText } from './fragments.ts';
import { Grid, isHeader } from './grid.ts';
import { isBlank, type Line, placeOf, type Reading, skipBlank } from './line.ts';
import { isBareNumber, isFootnote, isRowNumber } from './recognise.ts';

/** Blank lines a page break may leave inside a table. */
const GAP = 6;

/** A line of more cells is no row. */
export const MOST_CELLS = 200;

/** The lines of a table that show how it is set. */
const SAMPLE = 200;

/** Splits a line into raw cells; null when the line is not a row. */
export type Split = (text: string) => string[] | null;

function splitTabs(text: string): string[] | null {
  const line = text.replace(/\r$/, '');
  if (!line.includes('\t')) return null;
  const cells = line.split('\t', MOST_CELLS + 1);
  return cells.length > MOST_CELLS ? null : cells;
}

export function readTabTable(lines: readonly Line[], from: number, allowance: Allowance): Reading | null {
  return readSplitTable(lines, from, splitTabs, allowance);
}

/** A table of split lines from `from` on; null when no header, and no three rows of one width, stand there. */
export function readSplitTable(
  lines: readonly Line[],
  from: number,
  split: Split,
  allowance: Allowance,
): Reading | null {
  const first = lines[from] as Line;
  const cells = split(first.text);
  if (cells === null || cells.length < 2) return null;
  let grid: Grid;
  let at = from;
  if (isHeader(cells) && followed(lines, from, split)) {
    grid = new Grid(cells, placeOf(first));
    at++;
  } else if (isBody(lines, from, split, cells.length)) {
    grid = new Grid(headerless(cells), placeOf(first));
  } else return null;
  const aside: Block[] = [];
  const spaced = isSpaced(lines, from, split);
  let gap = 0;
  while (at < lines.length) {
    const line = lines[at] as Line;
    allowance.text(line.text.length);
    allowance.rows(grid.rows);
    if (isBlank(line) && split(line.text) === null) {
      gap++;
      at++;
      if (gap > GAP) break;
      continue;
    }
    const row = split(line.text);
    if (row !== null && grid.repeats(row)) grid.pageBreak();
    else if (row !== null && (gap > 0 || isHeader(row)) && beginsOther(row, grid)) break;
    else if (row !== null) {
      // Where rows follow each other without blank lines, a blank line is a page that ended.
      if (gap > 0 && !spaced) grid.pageBreak();
      addRow(grid, row, line, gap);
    } else if (isBareNumber(line.text)) grid.pageBreak();
    else {
      const after = outside(lines, at, grid, split, gap, aside);
      if (after === at) break;
      at = after;
      gap = 0;
      continue;
    }
    gap = 0;
    at++;
  }
  const made = grid.table();
  return { blocks: [made.table, ...aside], notes: made.notes, next: at };
}

function addRow(grid: Grid, row: string[], line: Line, gap: number): void {
  const rest = row.length > 1 && !isRowNumber(plainText(row[0] as string).slice(0, 20)) && row[0] !== '';
  if (rest && gap === 0 && grid.openCells > 0 && grid.openCells < grid.width && row.length < grid.width) {
    if (grid.continueRow(row, placeOf(line))) return;
  }
  grid.row(row, placeOf(line));
}

/** A line without cells inside a table: a footnote, a heading over the next rows, or more of a cell. */
function outside(lines: readonly Line[], at: number, grid: Grid, split: Split, gap: number, aside: Block[]): number {
  const line = lines[at] as Line;
  const text = line.text.trim();
  const next = skipBlank(lines, at + 1, GAP);
  const following = next < lines.length ? split((lines[next] as Line).text) : null;
  const repeated = following !== null && grid.repeats(following);
  if (repeated && (isFootnote(text) || (text.length < 300 && goesOnAfter(lines, next, grid, split)))) {
    aside.push({ kind: 'paragraph', text: cellAt(plainText(text), placeOf(line)) });
    return next;
  }
  if (gap === 0 && grid.openCells > 0 && (grid.openCells < grid.width || /^\p{Ll}/u.test(text))) {
    grid.continueCell(line.text, placeOf(line));
    return at + 1;
  }
  const goesOn = following !== null && !grid.repeats(following) && !isHeader(following);
  if (goesOn && following.length === grid.width && text.length < 300) {
    grid.heading(line.text, placeOf(line));
    return at + 1;
  }
  return at;
}

/** Whether rows go on, by their numbers, after the header printed once more at `at`. */
function goesOnAfter(lines: readonly Line[], at: number, grid: Grid, split: Split): boolean {
  const row = split((lines[skipBlank(lines, at + 1, GAP)] as Line | undefined)?.text ?? '');
  return row !== null && grid.goesOnWith(row);
}

/** Whether blank lines stand between the rows of this table, and not only where a page ended. */
function isSpaced(lines: readonly Line[], from: number, split: Split): boolean {
  let rows = 0;
  let apart = 0;
  for (let at = from + 1; at < Math.min(lines.length, from + SAMPLE); at++) {
    if (split((lines[at] as Line).text) === null) continue;
    rows++;
    if (isBlank(lines[at - 1])) apart++;
  }
  return apart > rows * 0.8;
}

/** A different header: another table begins. */
function beginsOther(row: readonly string[], grid: Grid): boolean {
  return (
    isHeader(row) && row.every((cell, at) => at === 0 || cell.trim() !== '') && !grid.repeats(row) && row.length > 1
  );
}

function followed(lines: readonly Line[], from: number, split: Split): boolean {
  const next = skipBlank(lines, from + 1, GAP);
  const row = next < lines.length ? split((lines[next] as Line).text) : null;
  return row !== null && row.length > 1;
}

/** Three rows of one width, wider than two cells: a table that lost its header. */
function isBody(lines: readonly Line[], from: number, split: Split, width: number): boolean {
  if (width < 3) return false;
  for (let at = from; at < from + 3; at++) {
    const line = lines[at];
    const row = line === undefined ? null : split(line.text);
    if (row === null || row.length !== width || row.every((cell) => cell.trim() === '')) return false;
  }
  return true;
}

function headerless(cells: readonly string[]): string[] {
  return cells.map(() => '');
}
