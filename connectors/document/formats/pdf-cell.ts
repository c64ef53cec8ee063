/** Lines of text in a cell of a PDF → the text of the cell. */
import { jointOf } from '../layouts/line.ts';
import type { Cell, Mark } from '../model.ts';
import { lineText, type TextLine } from './pdf-lines.ts';

/** The space a cell has for its lines. */
export interface CellBox {
  left: number;
  right: number;
}

/**
 * The text of a cell from its lines. A line that ends although the next word would have fitted was ended by the
 * writer; any other was cut by the width of the column.
 */
export function cellOfLines(lines: readonly TextLine[], box: CellBox, empty: Mark): Cell {
  if (lines.length === 0) return { text: '', marks: [empty] };
  let text = '';
  const marks: Mark[] = [];
  const padding = Math.max(0, Math.min(...lines.map((line) => (line.pieces[0]?.x ?? 0) - box.left)));
  const room = box.right - box.left - 2 * padding;
  lines.forEach((line, at) => {
    const words = lineText(line.pieces).replace(/ {2,}/g, ' ');
    const before = lines[at - 1];
    if (before !== undefined && text !== '') text += joint(text, words, before, line, room);
    marks.push({ offset: text.length, line: line.line, page: line.page });
    text += words;
  });
  return { text, marks };
}

function joint(text: string, words: string, before: TextLine, line: TextLine, room: number): string {
  const said = jointOf(text.slice(-200), words);
  const first = line.pieces[0];
  const last = before.pieces.at(-1);
  const start = before.pieces[0];
  if (said === '' || first === undefined || last === undefined || start === undefined) return said;
  const used = last.x + last.width - start.x;
  const word =
    (words.indexOf(' ') < 0 ? words.length : words.indexOf(' ')) * (first.width / Math.max(1, first.text.length));
  const left = room - used - word;
  if (said === '\n') return left > 1.2 * line.height || /^[-+*\u2022\u2013]/.test(words) ? '\n' : ' ';
  return left > 2.5 * line.height && /^\p{Lu}/u.test(words) ? '\n' : ' ';
}
