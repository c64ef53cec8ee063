/** Documents typed in fonts of before Unicode, put right after reading. */
import type { Cell, Document, Mark } from '../model.ts';
import { fromLegacy, type LegacyEncoding } from './legacy-vietnamese.ts';
import { legacyOf } from './text-encoding.ts';

const SAMPLE = 300_000;

/**
 * Text typed in a font of before Unicode comes out of PDF, Word and HTML as Latin letters, whatever the encoding of the
 * file: found by statistics over the whole document, and put right cell by cell.
 */
export function recode(document: Document): Document {
  let sample = '';
  for (const cell of cellsOf(document)) {
    if (/[\u00a1-\u00fe]/.test(cell.text)) sample += ` ${cell.text}`;
    if (sample.length > SAMPLE) break;
  }
  const legacy = sample === '' ? null : legacyOf(sample);
  if (legacy === null) return document;
  for (const cell of cellsOf(document)) convert(cell, legacy);
  document.notes.push({
    code: 'legacy_encoding',
    message: `the text was typed in a ${legacy} font and has been converted`,
  });
  return document;
}

function* cellsOf(document: Document): Generator<Cell> {
  for (const block of document.blocks) {
    if (block.kind === 'paragraph') {
      yield block.text;
      continue;
    }
    yield* block.header;
    for (const row of block.rows) {
      if (row.kind === 'heading') yield row.text;
      else for (const cell of row.cells) if (cell !== null) yield cell;
    }
  }
}

/** Piece by piece between the marks, because a letter and its mark become one character. */
function convert(cell: Cell, encoding: LegacyEncoding): void {
  let text = '';
  const marks: Mark[] = [];
  cell.marks.forEach((mark, at) => {
    marks.push({ ...mark, offset: text.length });
    text += fromLegacy(cell.text.slice(mark.offset, cell.marks[at + 1]?.offset), encoding);
  });
  cell.text = text;
  cell.marks = marks;
}
