/** Tables from the web: every title and then every cell on a line of its own, rows told apart by their numbers. */
import type { Allowance } from '../formats/allowance.ts';
import type { Row } from '../model.ts';
import { cellAt } from '../model.ts';
import type { Column } from './align.ts';
import { bodyColumns, cellOfLines, headingRow, ITEM, rowOfCells } from './cell-blocks.ts';
import { plainText } from './fragments.ts';
import { isBlank, type Line, placeOf, type Reading, skipBlank } from './line.ts';
import { isColumnTitle, isFootnote, isNumberTitle, isPartNumber, isRowNumber } from './recognise.ts';

const MOST_COLUMNS = 14;
/** A row of more lines than this is the end of the table and the text after it. */
const LONGEST_ROW = 60;

export function readStackedTable(lines: readonly Line[], from: number, allowance: Allowance): Reading | null {
  if (!isNumberTitle((lines[from] as Line).text.trim())) return null;
  const header = titleLines(lines, from);
  if (header === null) return null;
  const titles = header.lines.map((line) => plainText(line.text));
  const columns = bodyColumns(titles);
  const rows: Row[] = [];
  let at = header.next;
  let previous = '';
  while (at < lines.length) {
    at = skipBlank(lines, at);
    const line = lines[at];
    if (line === undefined) break;
    const text = line.text.trim();
    if (rows.length > 0 && repeatsHeader(lines, at, titles)) {
      at = header.lines.length + skipped(lines, at, header.lines.length);
      continue;
    }
    const part = isPartNumber(text) || (isRowNumber(text) && isNext(previous, text));
    if (!part) break;
    let taken = rowLines(lines, at + 1, text, titles);
    if (!goesOn(lines[skipBlank(lines, taken.next)])) taken = lastRow(lines, at + 1, taken.lines, columns);
    if (taken.lines.length === 0) break;
    for (const taking of taken.lines) allowance.text(taking.text.length);
    allowance.rows(rows.length);
    if (isPartNumber(text)) rows.push(headingRow([line, ...taken.lines]));
    else {
      rows.push(rowOfCells(line, cellsOf(taken.lines), columns));
      previous = text;
    }
    at = taken.next;
  }
  if (rows.length === 0) return null;
  const cells = header.lines.map((line) => cellAt(plainText(line.text), placeOf(line)));
  return { blocks: [{ kind: 'table', header: cells, rows }], notes: [], next: at };
}

/** The lines of titles, ended by the first number. */
function titleLines(lines: readonly Line[], from: number): { lines: Line[]; next: number } | null {
  const found: Line[] = [];
  let at = from;
  while (at < lines.length && found.length <= MOST_COLUMNS) {
    at = skipBlank(lines, at, 3);
    const line = lines[at];
    if (line === undefined || isBlank(line)) return null;
    const text = line.text.trim();
    if (found.length > 0 && (isPartNumber(text) || isRowNumber(text))) break;
    if (text.length > 90 || /\t/.test(text)) return null;
    found.push(line);
    at++;
  }
  const titled = found.slice(1).filter((line) => isColumnTitle(line.text.trim())).length;
  if (found.length < 3 || found.length > MOST_COLUMNS || titled * 2 < found.length - 1) return null;
  return { lines: found, next: at };
}

/** The lines of one row: up to the next number in order, a part's number, a footnote, or the end. */
function rowLines(
  lines: readonly Line[],
  from: number,
  number: string,
  titles: readonly string[],
): { lines: Line[]; next: number } {
  const taken: Line[] = [];
  let at = from;
  while (at < lines.length && taken.length < LONGEST_ROW) {
    const line = lines[at] as Line;
    const text = line.text.trim();
    if (text === '') {
      const next = skipBlank(lines, at);
      at = next;
      continue;
    }
    if (isFootnote(text) || isPartNumber(text) || (isRowNumber(text) && isNext(number, text))) break;
    if (isPartNumber(number) && taken.length >= 1) break;
    if (isNumberTitle(text) && repeatsHeader(lines, at, titles)) break;
    taken.push(line);
    at++;
  }
  return { lines: taken, next: at };
}

/** The lines of a row that no number ends: as many cells as columns, the rest is the text after the table. */
function lastRow(
  lines: readonly Line[],
  from: number,
  taken: readonly Line[],
  columns: readonly Column[],
): { lines: Line[]; next: number } {
  const kept: Line[] = [];
  let at = from;
  for (let count = 0; at < lines.length && kept.length < taken.length; at++) {
    const line = lines[at] as Line;
    if (isBlank(line)) continue;
    if (opensCell(line, kept.at(-1)) && ++count > columns.length) break;
    kept.push(line);
  }
  return { lines: kept, next: at };
}

/** A line of lower case goes on with the cell before it, an item with the item before it. */
function opensCell(line: Line, before: Line | undefined): boolean {
  if (before === undefined) return true;
  return !/^\s*\p{Ll}/u.test(line.text) && !(ITEM.test(line.text) && ITEM.test(before.text));
}

function cellsOf(lines: readonly Line[]): ReturnType<typeof cellOfLines>[] {
  const groups: Line[][] = [];
  for (const line of lines) {
    if (/^\s*\p{Ll}/u.test(line.text) && groups.length > 0) (groups.at(-1) as Line[]).push(line);
    else groups.push([line]);
  }
  return groups.map(cellOfLines);
}

function goesOn(line: Line | undefined): boolean {
  return line !== undefined && (isRowNumber(line.text.trim()) || isPartNumber(line.text.trim()));
}

/** "1.1" after "1", "2" after "1.4", and a list begun anew at 1; small gaps are forgiven, years and counts are not. */
function isNext(previous: string, text: string): boolean {
  if (previous === '' || isPartNumber(previous)) return true;
  const before = parts(previous);
  const after = parts(text);
  const [a = 0, b = 0] = before;
  const [c = 0, d = 0] = after;
  if (c === a) return d > b && d - b <= 3;
  return (c > a && c - a <= 3) || (c === 1 && after.length === 1 && a > 1);
}

function parts(number: string): number[] {
  return (number.match(/\d+/g) ?? []).map(Number);
}

function repeatsHeader(lines: readonly Line[], at: number, titles: readonly string[]): boolean {
  if (!isNumberTitle((lines[at] as Line).text.trim())) return false;
  let next = at;
  for (const title of titles) {
    next = skipBlank(lines, next, 3);
    if (plainText(lines[next]?.text ?? '').toLowerCase() !== title.toLowerCase()) return false;
    next++;
  }
  return true;
}

/** The index after `count` lines with something on them, less `count`. */
function skipped(lines: readonly Line[], from: number, count: number): number {
  let at = from;
  for (let taken = 0; taken < count && at < lines.length; taken++) at = skipBlank(lines, at) + 1;
  return at - count;
}
