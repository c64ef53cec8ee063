import type { Line } from '../layouts/line.ts';
import { readLines } from '../layouts/read-lines.ts';
import type { Document, Format } from '../model.ts';
import { documentFault } from './limits.ts';
import { readHtml } from './read-html.ts';

/** A piece of the text: plain lines, or a table written out in HTML. */
interface Segment {
  html: boolean;
  lines: Line[];
}

/** Plain text or Markdown; a table written in HTML over several lines is read as HTML. */
export function readText(text: string, format: Format, maxRows: number): Document {
  const lines = text.split(/\r\n|[\n\r\f\u2028\u2029]/).map((line, at) => ({ text: line, line: at + 1 }));
  const segments = segmentsOf(lines);
  const document: Document = { format, blocks: [], notes: [] };
  for (const { html, lines: part } of segments) {
    const read = html
      ? readHtml(part.map((line) => line.text).join('\n'), maxRows, format, part[0]?.line ?? 1)
      : readLines(part, format);
    for (const block of read.blocks) document.blocks.push(block);
    document.notes.push(...read.notes);
  }
  for (const block of document.blocks)
    if (block.kind === 'table' && block.rows.length > maxRows)
      throw documentFault('too-many-rows', `a table has more than ${maxRows} rows`, 'send it in several parts');
  return document;
}

function segmentsOf(lines: Line[]): Segment[] {
  if (!lines.some((line) => opensTable(line.text))) return [{ html: false, lines }];
  const segments: Segment[] = [];
  let open: Segment | null = null;
  let depth = 0;
  for (const line of lines) {
    const html: boolean = depth > 0 || opensTable(line.text);
    if (html) depth = Math.max(0, depth + count(line.text, /<table[\s>]/gi) - count(line.text, /<\/table\s*>/gi));
    if (open === null || open.html !== html) {
      open = { html, lines: [] };
      segments.push(open);
    }
    open.lines.push(line);
  }
  return segments;
}

function opensTable(text: string): boolean {
  return /^\s{0,40}<table[\s>]/i.test(text);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
