/** Plain text and Markdown, with the tables written into them. */
import { plainText } from '../layouts/fragments.ts';
import type { Line } from '../layouts/line.ts';
import { readLines } from '../layouts/read-lines.ts';
import { cellAt, type Document, type Format } from '../model.ts';
import type { Allowance } from './allowance.ts';
import { BlockBuilder } from './block-builder.ts';
import { readHtml } from './read-html.ts';
import type { GridRow } from './table-grid.ts';

/** A piece of the text: plain lines, or a table written out in HTML or in pipes. */
interface Segment {
  kind: 'lines' | 'html' | 'pipes';
  lines: Line[];
}

/** Plain text or Markdown; tables written in HTML or in pipes are read as such. Throws `document/too-many-rows` and `too-large`. */
export function readText(text: string, format: Format, allowance: Allowance): Document {
  const lines = text.split(/\r\n|[\n\r\f\u2028\u2029]/).map((line, at) => ({ text: line, line: at + 1 }));
  const blocks = new BlockBuilder(allowance);
  const notes: Document['notes'] = [];
  for (const { kind, lines: part } of segmentsOf(lines)) {
    if (kind === 'pipes') {
      blocks.table(part.filter((line) => !isDelimiter(line.text)).map(pipeRow));
      continue;
    }
    const read =
      kind === 'lines'
        ? readLines(part, format, allowance)
        : readHtml(part.map((line) => line.text).join('\n'), allowance, format, part[0]?.line ?? 1);
    blocks.add(read.blocks);
    notes.push(...read.notes);
  }
  return { format, blocks: blocks.blocks, notes };
}

function segmentsOf(lines: Line[]): Segment[] {
  const segments: Segment[] = [];
  let open: Segment | null = null;
  let depth = 0;
  lines.forEach((line, at) => {
    let kind: Segment['kind'] = 'lines';
    if (depth > 0 || opensTable(line.text)) {
      kind = 'html';
      depth = Math.max(0, depth + count(line.text, /<table[\s>]/gi) - count(line.text, /<\/table\s*>/gi));
    } else if (line.text.includes('|')) {
      const begins = isDelimiter(lines[at + 1]?.text ?? '');
      if (begins || open?.kind === 'pipes') kind = 'pipes';
      if (begins) open = null;
    }
    if (open === null || open.kind !== kind) {
      // Blank lines between two tables are no text.
      if (kind === 'lines' && open !== null && line.text.trim() === '') return;
      open = { kind, lines: [] };
      segments.push(open);
    }
    open.lines.push(line);
  });
  return segments;
}

function opensTable(text: string): boolean {
  return /^\s{0,40}<table[\s>]/i.test(text);
}

/** The line under the titles: dashes, with colons for the alignment. */
function isDelimiter(text: string): boolean {
  return text.length < 2_000 && text.includes('-') && text.includes('|') && /^[\s|:-]+$/.test(text);
}

function pipeRow({ text, line }: Line): GridRow {
  const cells = text.trim().split(/(?<!\\)\|/);
  if (cells[0]?.trim() === '') cells.shift();
  if (cells.at(-1)?.trim() === '') cells.pop();
  return {
    header: false,
    cells: cells.map((cell) => ({
      cell: cellAt(plainText(cell.replaceAll('\\|', '|')), { line }),
      columns: 1,
      rows: 1,
    })),
  };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
