/** Rows of a name and counts on one line: "1 Bo A 3 2 5"; a blank count shows as two spaces. */
import type { Cell, CellsRow } from '../model.ts';
import { cellAt } from '../model.ts';
import { plainText } from './fragments.ts';
import { Gathered, isBlank, type Line, placeOf } from './line.ts';
import { folded } from './recognise.ts';

const COUNT_TITLE = /^(?:so |tong |ty |ti le|giao |da |dang |qua han|cham|hoan thanh|chua )/;
const COUNT = /^\d[\d.,]*%?$/;

/** A table of a name and at least two columns of counts. */
export function isCountTable(titles: readonly string[]): boolean {
  return titles.length >= 3 && titles.slice(1).every((title) => COUNT_TITLE.test(folded(title)));
}

/** The row: its name, then as many counts as columns are left, from the right. */
export function readCountRow(number: Cell, lines: readonly Line[], columns: number): CellsRow {
  const filled = lines.filter((line) => !isBlank(line));
  const counts: { text: string; line: Line }[] = [];
  const name = new Gathered();
  const spread = filled.flatMap((line) => tokensOf(line));
  const first = spread.findIndex((token) => token.count);
  for (const [at, token] of spread.entries()) {
    if (first < 0 || at < first) name.add(token.text, placeOf(token.line), ' ');
    else if (token.count) counts.push(token);
    else {
      const last = counts.at(-1);
      if (last !== undefined) last.text = `${last.text} ${token.text}`.trim();
    }
  }
  const wanted = columns - 1;
  while (counts.length > wanted && counts[0]?.text === '') counts.shift();
  const line = filled[0];
  const place = line === undefined ? { line: number.marks[0]?.line ?? 1 } : placeOf(line);
  const blanks = Array.from({ length: Math.max(0, wanted - counts.length) }, () => cellAt('', place));
  const cells = counts.map((count) => cellAt(count.text, placeOf(count.line)));
  return { kind: 'cells', cells: [number, name.cell(place), ...blanks, ...cells] };
}

interface Token {
  text: string;
  line: Line;
  count: boolean;
}

/** The words of a line; where two spaces stand before a count, a blank count. */
function tokensOf(line: Line): Token[] {
  const tokens: Token[] = [];
  const words = line.text.trimEnd().split(/[ \u00a0]/);
  for (const [at, word] of words.entries()) {
    if (word !== '') tokens.push({ text: plainText(word), line, count: COUNT.test(word) });
    else if (COUNT.test(words[at + 1] ?? '') && at > 0) tokens.push({ text: '', line, count: true });
  }
  return tokens;
}
