/** Tables without drawn lines: columns found from the alignment of their texts, rows from their numbers. */
import { foldLetters } from '../language/fold.ts';
import { cellOfLines } from './pdf-cell.ts';
import { alignedColumns, type Column, crosses } from './pdf-columns.ts';
import { chunksOf, lineText, type TextLine } from './pdf-lines.ts';
import type { GridCell, GridRow } from './table-grid.ts';

export interface AlignedTable {
  /** First line of the table, and the first line after it. */
  from: number;
  to: number;
  rows: GridRow[];
  /** The lines of the header as printed, by which it is known when it is printed again. */
  header: string[];
}

const NUMBER = /^\d{1,4}(?:\.\d{1,3})*[.)]?$/;
const ROW_NUMBER = /^(?:\d{1,4}(?:\.\d{1,3})*|[IVX]{1,5}|[a-z])[.)]?$/i;
const NUMBER_TITLE = /^(?:stt|tt|so tt)$/;
/** Lines from the title of the number column to the first number, headings of groups included. */
const HEADER_LINES = 18;
/** Lines of titles above the line of that title. */
const LINES_ABOVE = 3;
/** Share of lines with texts of several columns in one: above it the columns are not certain. */
const MOST_ACROSS = 0.15;
/** Lines from which columns are found. */
const SAMPLE = 400;

/**
 * The first table without drawn lines among lines of text; null when there is none whose columns are certain.
 * `known`: the header of the table before, which may be printed again in the middle of a row.
 */
export function alignedTable(lines: readonly TextLine[], known: readonly string[] = []): AlignedTable | null {
  for (let at = 0; at < lines.length; at++) {
    if (!isHeaderLine(lines[at] as TextLine)) continue;
    const table = tableAt(lines, headerTop(lines, at), at, known);
    if (table !== null) return table;
  }
  return null;
}

/** The lines at the top of a page that are a header printed again, and no running head. */
export function headerLines(lines: readonly TextLine[]): TextLine[] {
  const at = lines.slice(0, 6).findIndex(isHeaderLine);
  return at < 0 ? [] : lines.slice(headerTop(lines, at), at + 1 + LINES_ABOVE);
}

function isHeaderLine(line: TextLine): boolean {
  const first = line.pieces[0];
  if (first === undefined || first.text.length > 12) return false;
  const chunks = chunksOf(line);
  return chunks.length >= 2 && NUMBER_TITLE.test(foldLetters(chunks[0]?.text ?? '').trim());
}

/** Titles of several lines are set in the middle of their row: some begin above. */
function headerTop(lines: readonly TextLine[], at: number): number {
  const title = chunksOf(lines[at] as TextLine)[0];
  let top = at;
  while (top > 0 && at - top < LINES_ABOVE) {
    const [line, next] = [lines[top - 1], lines[top]] as [TextLine, TextLine];
    const near = line.page === next.page && next.y - line.y < 1.9 * next.height;
    const beside = line.pieces.every((piece) => piece.x > (title?.x ?? 0) + (title?.width ?? 0));
    if (!near || !beside) break;
    top--;
  }
  return top;
}

function tableAt(
  lines: readonly TextLine[],
  from: number,
  title: number,
  known: readonly string[],
): AlignedTable | null {
  const repeated = known.length > 0 && known.every((text, at) => textAt(lines, from + at) === text);
  let body = repeated ? from + known.length : firstNumbered(lines, title);
  if (body === null) return null;
  const end = endOfPiece(lines, body);
  const columns = alignedColumns(lines.slice(from, body), lines.slice(body, Math.min(end, body + SAMPLE)));
  if (columns === null || columns.length < 3) return null;
  if (!repeated) {
    const over = lines.slice(from, body).findIndex((line) => crosses(line, columns) || isSection(line));
    // Headings of the first group stand between the titles and the first number.
    if (over > 0) body = from + over;
  }
  const to = endOfTable(lines, body, end, columns);
  const across = lines.slice(body, to).filter((line) => isUncertain(line, columns)).length;
  if (across > 3 && across > (to - body) * MOST_ACROSS) return null;
  const starts = rowStarts(lines, body, to, columns);
  if (starts === null) return null;
  const header = lines.slice(from, body);
  const titles = row(header, columns);
  if (!NUMBER_TITLE.test(foldLetters(titles.cells[0]?.cell.text ?? '').trim())) return null;
  const rows: GridRow[] = [titles];
  starts.forEach((begin, at) => {
    const part = lines.slice(begin, starts[at + 1] ?? to);
    rows.push(crosses(part[0] as TextLine, columns) ? headingRow(part, columns) : row(part, columns));
  });
  return { from, to, rows, header: header.map((line) => lineText(line.pieces)) };
}

function textAt(lines: readonly TextLine[], at: number): string | undefined {
  const line = lines[at];
  return line === undefined ? undefined : lineText(line.pieces);
}

/** The first line below the header that begins with a number. */
function firstNumbered(lines: readonly TextLine[], from: number): number | null {
  for (let at = from + 1; at < Math.min(lines.length, from + HEADER_LINES); at++) {
    const line = lines[at] as TextLine;
    // A header at the end of a page, printed again on the next.
    if (isHeaderLine(line)) return null;
    const chunks = chunksOf(line);
    if (chunks.length >= 2 && NUMBER.test(chunks[0]?.text ?? '')) return at;
  }
  return null;
}

/** Where a header is printed, again or another one. */
function endOfPiece(lines: readonly TextLine[], body: number): number {
  for (let at = body; at < lines.length; at++) if (isHeaderLine(lines[at] as TextLine)) return headerTop(lines, at);
  return lines.length;
}

/** A numbered part: its number stands in the column of numbers, its title may be no longer than a cell. */
function isSection(line: TextLine): boolean {
  return /^[IVX]{1,5}[.)]?$/.test(chunksOf(line)[0]?.text ?? '');
}

/** Lines over all columns are headings while rows follow; after the last row they are text. */
function endOfTable(lines: readonly TextLine[], body: number, most: number, columns: readonly Column[]): number {
  const left = (columns[0]?.left ?? 0) - 20;
  let end = body;
  for (let at = body; at < most; at++) {
    const line = lines[at] as TextLine;
    if (crosses(line, columns)) {
      if (at - end > 4) break;
    } else if ((line.pieces[0]?.x ?? 0) < left) break;
    else end = at + 1;
  }
  // What follows a heading without a row is the text after the table.
  let last = end - 1;
  while (last > body && !ROW_NUMBER.test(numberOf(lines[last] as TextLine, columns))) last--;
  const text = lines
    .slice(last + 1, end)
    .findIndex((line) => crosses(line, columns) || /\p{L}{3}/u.test(numberOf(line, columns)));
  return text < 0 ? end : last + 1 + text;
}

/** Texts of several columns that came as one; a heading is one text and has no row number. */
function isUncertain(line: TextLine, columns: readonly Column[]): boolean {
  const chunks = chunksOf(line);
  return crosses(line, columns) && (chunks.length > 1 || /^\d{1,4}[.)]?\s/.test(chunks[0]?.text ?? ''));
}

/** Where rows begin: at numbers, when those stand on the first line of their rows; null when they do not. */
function rowStarts(lines: readonly TextLine[], body: number, to: number, columns: readonly Column[]): number[] | null {
  const starts: number[] = [];
  let wrong = 0;
  let heading = false;
  for (let at = body; at < to; at++) {
    const line = lines[at] as TextLine;
    const over = crosses(line, columns);
    const number = numberOf(line, columns);
    const begins = over ? !heading || endsEarly(lines[at - 1], columns) : number !== '' || heading || at === body;
    if (begins) starts.push(at);
    heading = over;
    const before = lines[at - 1];
    const after = lines[at + 1];
    if (!begins || over || at === body || before?.page !== line.page || after?.page !== line.page) continue;
    // A number in the middle of its row: no more space above it than below.
    const [above, below] = [line.y - before.y, after.y - line.y];
    if (above < below * 1.05 && above < 1.25 * line.height && !crosses(before, columns)) wrong++;
  }
  return starts.length === 0 || wrong > starts.length * 0.2 ? null : starts;
}

/** A heading that ends far from the right edge is not continued on the next line. */
function endsEarly(line: TextLine | undefined, columns: readonly Column[]): boolean {
  const last = line?.pieces.at(-1);
  const [left, right] = [columns[0]?.left ?? 0, columns.at(-1)?.right ?? 0];
  return last !== undefined && last.x + last.width < right - 0.25 * (right - left);
}

function numberOf(line: TextLine, columns: readonly Column[]): string {
  const edge = columns[1]?.left ?? 0;
  return crosses(line, columns) ? '' : lineText(line.pieces.filter((piece) => piece.x < edge - 1));
}

function row(lines: readonly TextLine[], columns: readonly Column[]): GridRow {
  const cells: GridCell[] = columns.map((column, at) => {
    const from = at === 0 ? Number.NEGATIVE_INFINITY : column.left - 1;
    const edge = (columns[at + 1]?.left ?? Number.POSITIVE_INFINITY) - 1;
    const inside = lines.flatMap((line) => {
      const pieces = line.pieces.filter((piece) => piece.x >= from && piece.x < edge);
      return pieces.length === 0 ? [] : [{ ...line, pieces }];
    });
    return { cell: cellOfLines(inside, column, placeOf(lines)), columns: 1, rows: 1 };
  });
  return { cells, header: false };
}

function headingRow(lines: readonly TextLine[], columns: readonly Column[]): GridRow {
  const box = { left: columns[0]?.left ?? 0, right: columns.at(-1)?.right ?? 0 };
  return {
    cells: [{ cell: cellOfLines(lines, box, placeOf(lines)), columns: columns.length, rows: 1 }],
    header: false,
  };
}

function placeOf(lines: readonly TextLine[]): { offset: number; line: number; page: number } {
  return { offset: 0, line: lines[0]?.line ?? 1, page: lines[0]?.page ?? 1 };
}
