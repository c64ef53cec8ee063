/**
 * The one shape every document is brought into, whatever file it came in and however its tables were laid out:
 * paragraphs and tables in reading order, every piece of text with the place it came from. The rules that find facts
 * know only this shape.
 */

/** Where a piece of text stands in the file: line (of the text, or of the page for a PDF), counted from 1. */
export interface Place {
  line: number;
  page?: number;
}

/** From `offset` of a text on, its characters come from this place. */
export interface Mark extends Place {
  offset: number;
}

/** A text with its places. `text` is NFC, without control characters; paragraphs of a cell are separated by `\n`. */
export interface Cell {
  text: string;
  /** At least one, the first at offset 0, ascending. */
  marks: Mark[];
}

/**
 * One row of a table under the columns of its header. A blank cell is a cell with empty text; `null` means that the
 * row has no cell there (a merged cell that began in a row above, or a row that ends early).
 */
export interface CellsRow {
  kind: 'cells';
  cells: (Cell | null)[];
}

/** A row that is a heading over the rows below it: a group of tasks, a part of the list. */
export interface HeadingRow {
  kind: 'heading';
  text: Cell;
}

export type Row = CellsRow | HeadingRow;

export interface Table {
  kind: 'table';
  /** Column titles as printed, in one line each. Repeated page headers are taken out by the reader. */
  header: Cell[];
  rows: Row[];
}

export interface Paragraph {
  kind: 'paragraph';
  text: Cell;
}

export type Block = Paragraph | Table;

export type Format = 'text' | 'markdown' | 'html' | 'docx' | 'pdf' | 'xlsx';

export interface Document {
  format: Format;
  blocks: Block[];
  /** What the reader noticed about the file itself and a person should know (legacy encoding, joined pages, …). */
  notes: { code: string; message: string; line?: number }[];
}

/** The place of a character of a cell. */
export function placeAt(cell: Cell, offset: number): Place {
  let found = cell.marks[0] as Mark;
  for (const mark of cell.marks) {
    if (mark.offset > offset) break;
    found = mark;
  }
  return found.page === undefined ? { line: found.line } : { line: found.line, page: found.page };
}

/** A cell whose whole text comes from one place. */
export function cellAt(text: string, place: Place): Cell {
  return { text, marks: [{ offset: 0, ...place }] };
}

/** Two pieces of one cell, put together with `joint` between them ('' for a word cut in two). */
export function joinCells(first: Cell, second: Cell, joint: string): Cell {
  if (first.text === '') return second;
  if (second.text === '') return first;
  const shift = first.text.length + joint.length;
  return {
    text: first.text + joint + second.text,
    marks: [...first.marks, ...second.marks.map((mark) => ({ ...mark, offset: mark.offset + shift }))],
  };
}
