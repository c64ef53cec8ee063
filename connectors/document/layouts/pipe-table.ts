/** Tables of Markdown: cells between pipes, a line of dashes under the header. */
import type { Allowance } from '../formats/allowance.ts';
import type { Line, Reading } from './line.ts';
import { MOST_CELLS, readSplitTable } from './tab-table.ts';

const RULE = /^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?$/;

export function readPipeTable(lines: readonly Line[], from: number, allowance: Allowance): Reading | null {
  const first = lines[from] as Line;
  if (!first.text.includes('|') || !isRule(lines[from + 1]?.text ?? '')) return null;
  const reading = readSplitTable(lines, from, splitPipes, allowance);
  return reading;
}

function isRule(text: string): boolean {
  return text.length < 2000 && text.includes('-') && RULE.test(text);
}

function splitPipes(text: string): string[] | null {
  const line = text.trim();
  if (!line.includes('|')) return null;
  // A row without text, which the table leaves out.
  if (isRule(line)) return line.split('|').map(() => '');
  const parts = line.split(/(?<!\\)\|/, MOST_CELLS + 1);
  if (parts.length > MOST_CELLS) return null;
  const cells = parts.map((cell) => cell.replaceAll('\\|', '|').trim());
  if (cells[0] === '') cells.shift();
  if (line.endsWith('|') && !line.endsWith('\\|')) cells.pop();
  return cells;
}
