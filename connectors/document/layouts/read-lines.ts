/** Lines of plain text → document: tables in the layouts known here, running text between them. */
import { Allowance } from '../formats/allowance.ts';
import { LIMITS } from '../formats/limits.ts';
import type { Document, Format, Paragraph } from '../model.ts';
import { readIndentedTable } from './indented-table.ts';
import type { LayoutReader, Line } from './line.ts';
import { readPipeTable } from './pipe-table.ts';
import { Prose, wrapWidth } from './prose.ts';
import { readStackedTable } from './stacked-table.ts';
import { readTabTable } from './tab-table.ts';
import { readWrappedTable } from './wrapped-table.ts';

/** In this order; the first that knows the lines reads them. */
const READERS: readonly LayoutReader[] = [
  readPipeTable,
  readIndentedTable,
  readTabTable,
  readStackedTable,
  readWrappedTable,
];

/** More notes of one table say nothing new. */
const MOST_NOTES = 50;

/**
 * Reads lines as they came (TABs and all). What no layout claims is prose.
 *
 * @param raw - with their numbers, counted from 1 in the file or in the page
 * @throws Fault `document/too-many-rows` or `document/too-large` when the tables exceed the allowance
 */
export function readLines(
  raw: readonly Line[],
  format: Format,
  allowance: Allowance = new Allowance(LIMITS),
): Document {
  const lines = raw.map(composed);
  const document: Document = { format, blocks: [], notes: [] };
  const prose = new Prose(wrapWidth(lines));
  let at = 0;
  while (at < lines.length) {
    const reading = firstReading(lines, at, allowance);
    if (reading === null || reading.next <= at) {
      prose.add(lines[at] as Line);
      at++;
      continue;
    }
    append(document, prose.take());
    for (const block of reading.blocks) {
      if (block.kind === 'table') allowance.rows(block.rows.length);
      document.blocks.push(block);
    }
    for (const note of reading.notes.slice(0, MOST_NOTES)) document.notes.push(note);
    at = reading.next;
  }
  append(document, prose.take());
  return document;
}

/** The line with its letters composed: patterns and lengths count a letter with its marks as one. */
function composed(line: Line): Line {
  return /[\u0300-\u036f]/.test(line.text) ? { ...line, text: line.text.normalize('NFC') } : line;
}

function firstReading(lines: readonly Line[], at: number, allowance: Allowance): ReturnType<LayoutReader> {
  for (const read of READERS) {
    const reading = read(lines, at, allowance);
    if (reading !== null) return reading;
  }
  return null;
}

function append(document: Document, paragraphs: readonly Paragraph[]): void {
  for (const paragraph of paragraphs) document.blocks.push(paragraph);
}
