/** Columns of text without lines between them: what no line of the table writes on separates them. */
import { chunksOf, type TextLine } from './pdf-lines.ts';

export interface Column {
  left: number;
  right: number;
}

/** A gap between columns is at least this wide, points. */
const NARROWEST = 2;
const WIDEST_PAGE = 5_000;
/** Share of lines that may write across a gap: headings that were not known for such. */
const ACROSS = 0.03;

/** The columns under the titles of `header`; null when the lines have none. */
export function alignedColumns(header: readonly TextLine[], body: readonly TextLine[]): Column[] | null {
  const titles = joined(
    header.flatMap((line) => {
      const chunks = chunksOf(line);
      return chunks.length < 2 ? [] : chunks.map((chunk) => ({ left: chunk.x, right: chunk.x + chunk.width }));
    }),
  );
  const right = Math.max(0, ...[...header, ...body].flatMap((line) => line.pieces.map((p) => p.x + p.width)));
  if (right > WIDEST_PAGE || titles.length < 2) return null;
  const written = new Array<number>(Math.ceil(right) + 2).fill(0);
  let counted = 0;
  for (const line of body) {
    const chunks = chunksOf(line);
    const only = chunks[0];
    // One text under several titles is a heading.
    if (chunks.length === 1 && only !== undefined && under(only.x, only.x + only.width, titles) > 1) continue;
    counted++;
    for (const chunk of chunks) mark(written, chunk.x, chunk.x + chunk.width, 1);
  }
  const most = Math.floor(counted * ACROSS);
  for (const title of titles) mark(written, title.left, title.right, most + 1);
  const columns: Column[] = [];
  for (let at = 0; at < written.length; at++) {
    if ((written[at] ?? 0) <= most) continue;
    const last = columns.at(-1);
    if (last !== undefined && at - last.right <= NARROWEST) last.right = at + 1;
    else columns.push({ left: at, right: at + 1 });
  }
  if (columns.length > 60) return null;
  return paired(columns, titles, body);
}

/** A title set in the middle of its column and the texts at its left are one column. */
function paired(columns: readonly Column[], titles: readonly Column[], body: readonly TextLine[]): Column[] {
  const texts = body.flatMap((line) =>
    chunksOf(line).map((chunk) => ({ left: chunk.x, right: chunk.x + chunk.width })),
  );
  const touched = (column: Column, spans: readonly Column[]): boolean =>
    spans.some((span) => span.left < column.right && span.right > column.left);
  const out: (Column & { titled: boolean; filled: boolean })[] = [];
  for (const { left, right } of columns) {
    const next = { left, right, titled: touched({ left, right }, titles), filled: touched({ left, right }, texts) };
    const last = out.at(-1);
    if (
      last !== undefined &&
      last.titled !== next.titled &&
      last.filled !== next.filled &&
      last.titled !== last.filled
    ) {
      out[out.length - 1] = { left: last.left, right: next.right, titled: true, filled: true };
    } else out.push(next);
  }
  return out.map(({ left, right }) => ({ left, right }));
}

/** Does one text of the line reach over more than one column? */
export function crosses(line: TextLine, columns: readonly Column[]): boolean {
  return chunksOf(line).some((chunk) => under(chunk.x, chunk.x + chunk.width, columns) > 1);
}

function under(left: number, right: number, columns: readonly Column[]): number {
  return columns.filter((column) => left < column.right - 2 && right > column.left + 2).length;
}

function mark(written: number[], left: number, right: number, by: number): void {
  for (let at = Math.max(0, Math.floor(left)); at < Math.min(written.length, right); at++)
    written[at] = (written[at] ?? 0) + by;
}

function joined(spans: readonly Column[]): Column[] {
  const out: Column[] = [];
  for (const span of [...spans].sort((a, b) => a.left - b.left)) {
    const last = out.at(-1);
    if (last !== undefined && span.left <= last.right) last.right = Math.max(last.right, span.right);
    else out.push({ ...span });
  }
  return out;
}
