/** Tables without drawn lines: columns found from the alignment of their texts, rows from their numbers or gaps. */
import { foldLetters } from '../language/fold.ts';
import { cellOfLines } from './pdf-cell.ts';
import { chunksOf, type TextLine } from './pdf-lines.ts';
import type { Piece } from './pdf-page.ts';
import type { GridCell, GridRow } from './table-grid.ts';

export interface AlignedTable {
  /** First line of the table, and the first line after it. */
  from: number;
  to: number;
  rows: GridRow[];
}

interface Span {
  left: number;
  right: number;
}

const NUMBER = /^\d{1,4}(?:\.\d{1,3})*[.)]?$/;
const NUMBER_TITLE = /^(?:stt|tt|so tt)$/;
/** Lines a header may be wrapped over. */
const HEADER_LINES = 6;

/** The first table without drawn lines among lines of text; null when there is none whose columns are certain. */
export function alignedTable(lines: readonly TextLine[]): AlignedTable | null {
  for (let from = 0; from < lines.length; from++) {
    const first = chunksOf(lines[from] as TextLine);
    if (first.length < 3 || !NUMBER_TITLE.test(foldLetters(first[0]?.text ?? '').trim())) continue;
    const table = tableAt(lines, from);
    if (table !== null) return table;
  }
  return null;
}

function tableAt(lines: readonly TextLine[], from: number): AlignedTable | null {
  const body = firstNumbered(lines, from);
  if (body === null) return null;
  let header = lines.slice(from, body.at);
  const columns = columnsOf([...header, ...lines.slice(body.at, body.at + 200)]);
  if (columns === null || columns.length < 3) return null;
  const over = header.findIndex((line) => crosses(line, columns));
  // Headings of the first group stand between the titles and the first number.
  const start = over > 0 ? from + over : body.at;
  header = lines.slice(from, start);
  const to = endOfTable(lines, start, columns);
  const numbered = rowStarts(lines, start, to, columns);
  if (numbered === null) return null;
  const rows: GridRow[] = [row(header, columns)];
  numbered.forEach((begin, at) => {
    const part = lines.slice(begin, numbered[at + 1] ?? to);
    const heading = part.length > 0 && part.every((line) => crosses(line, columns));
    rows.push(heading ? headingRow(part, columns) : row(part, columns));
  });
  return { from, to, rows };
}

/** The first line below the header that begins with a number. */
function firstNumbered(lines: readonly TextLine[], from: number): { at: number } | null {
  for (let at = from + 1; at < Math.min(lines.length, from + HEADER_LINES * 3); at++) {
    const chunks = chunksOf(lines[at] as TextLine);
    if (chunks.length >= 3 && NUMBER.test(chunks[0]?.text ?? '')) return { at };
  }
  return null;
}

/** Column extents: the gaps that no line (but headings over all columns) crosses. */
function columnsOf(lines: readonly TextLine[]): Span[] | null {
  const spans: Span[] = [];
  for (const line of lines) {
    const chunks = chunksOf(line);
    if (chunks.length < 2) continue;
    for (const chunk of chunks) spans.push({ left: chunk.x, right: chunk.x + chunk.width });
  }
  spans.sort((a, b) => a.left - b.left);
  const columns: Span[] = [];
  for (const span of spans) {
    const last = columns.at(-1);
    if (last !== undefined && span.left <= last.right) last.right = Math.max(last.right, span.right);
    else columns.push({ ...span });
  }
  return columns.length > 60 ? null : columns;
}

/** Does one text of the line reach over more than one column? */
function crosses(line: TextLine, columns: readonly Span[]): boolean {
  return chunksOf(line).some((chunk) => {
    const touched = columns.filter((c) => chunk.x < c.right - 1 && chunk.x + chunk.width > c.left + 1);
    return touched.length > 1;
  });
}

/** Lines over all columns are headings while numbered rows follow; after the last row they are text. */
function endOfTable(lines: readonly TextLine[], body: number, columns: readonly Span[]): number {
  let end = body;
  for (let at = body; at < lines.length; at++) {
    const line = lines[at] as TextLine;
    if (crosses(line, columns)) {
      if (at - end > 4) break;
    } else if (isOutside(line, columns)) break;
    else end = at + 1;
  }
  return end;
}

function isOutside(line: TextLine, columns: readonly Span[]): boolean {
  const first = line.pieces[0];
  return first === undefined || first.x < (columns[0]?.left ?? 0) - 20;
}

/** Where rows begin: at numbers, when those stand on the first line of their rows. */
function rowStarts(lines: readonly TextLine[], body: number, to: number, columns: readonly Span[]): number[] | null {
  const starts: number[] = [];
  let heading = false;
  for (let at = body; at < to; at++) {
    const line = lines[at] as TextLine;
    const over = crosses(line, columns);
    const number = columnText(line, columns[0] as Span);
    if (over ? !heading : number !== '' || heading) starts.push(at);
    heading = over;
  }
  // Numbers in the middle of their rows: every row would begin with the end of the one before.
  let wrong = 0;
  for (const start of starts) {
    const line = lines[start] as TextLine;
    if (crosses(line, columns) || start === body) continue;
    const gap = line.y - (lines[start - 1]?.y ?? 0);
    const after = (lines[start + 1]?.y ?? Number.POSITIVE_INFINITY) - line.y;
    if (lines[start - 1]?.page === line.page && gap < after * 1.05 && gap < 1.25 * line.height) wrong++;
  }
  return starts.length < 2 || wrong > starts.length * 0.2 ? null : starts;
}

function columnText(line: TextLine, column: Span): string {
  const inside = line.pieces.filter((piece) => piece.x + piece.width / 2 <= column.right);
  return inside
    .map((piece) => piece.text)
    .join(' ')
    .trim();
}

function row(lines: readonly TextLine[], columns: readonly Span[]): GridRow {
  const cells: GridCell[] = columns.map((column, at) => {
    const edge = columns[at + 1]?.left ?? Number.POSITIVE_INFINITY;
    const from = at === 0 ? Number.NEGATIVE_INFINITY : column.left - 1;
    const inside = lines.flatMap((line) => {
      const pieces: Piece[] = line.pieces.filter((piece) => piece.x >= from && piece.x < edge - 1);
      return pieces.length === 0 ? [] : [{ ...line, pieces }];
    });
    const first = lines[0];
    const empty = { offset: 0, line: first?.line ?? 1, page: first?.page ?? 1 };
    return { cell: cellOfLines(inside, column, empty), columns: 1, rows: 1 };
  });
  return { cells, header: false };
}

function headingRow(lines: readonly TextLine[], columns: readonly Span[]): GridRow {
  const first = lines[0];
  const empty = { offset: 0, line: first?.line ?? 1, page: first?.page ?? 1 };
  const box = { left: columns[0]?.left ?? 0, right: columns.at(-1)?.right ?? 0 };
  return { cells: [{ cell: cellOfLines(lines, box, empty), columns: columns.length, rows: 1 }], header: false };
}
