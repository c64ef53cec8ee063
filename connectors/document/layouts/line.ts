/** Lines of a text as the readers of layouts take them, and cells collected from pieces of lines. */
import type { Allowance } from '../formats/allowance.ts';
import type { Block, Cell, Place } from '../model.ts';

/** One line of a text as it came, TABs and all, with its place. */
export interface Line {
  text: string;
  line: number;
  page?: number;
}

/** Something about the document a reader noticed. */
export interface Note {
  code: string;
  message: string;
  line?: number;
}

/** What a reader of one layout took from line `from` on: blocks, notes, and the first line it did not take. */
export interface Reading {
  blocks: Block[];
  notes: Note[];
  next: number;
}

/** The reader of a layout; null when the lines at `from` are not its layout. Looks only a bounded way ahead to decide. */
export type LayoutReader = (lines: readonly Line[], from: number, allowance: Allowance) => Reading | null;

export function placeOf(line: Line): Place {
  return line.page === undefined ? { line: line.line } : { line: line.line, page: line.page };
}

export function isBlank(line: Line | undefined): boolean {
  return line === undefined || !/\S/.test(line.text);
}

/** The first line at or after `from` with something on it (or the end), looking at most `reach` lines ahead. */
export function skipBlank(lines: readonly Line[], from: number, reach = Number.POSITIVE_INFINITY): number {
  let at = from;
  while (at < lines.length && at - from < reach && isBlank(lines[at])) at++;
  return at;
}

const TAIL_LENGTH = 600;

/**
 * A cell collected from pieces. Joining cell to cell copies the text each time; a paragraph of a hundred thousand
 * lines has to be collected and put together once.
 */
export class Gathered {
  readonly #pieces: string[] = [];
  readonly #marks: Cell['marks'] = [];
  #length = 0;
  #first = '';
  #last = '';
  #tail = '';

  get empty(): boolean {
    return this.#length === 0;
  }

  /** The first piece. */
  get first(): string {
    return this.#first;
  }

  /** The end of the text, as much as decides whether another piece goes on with it; all of a short text. */
  get tail(): string {
    return this.#tail;
  }

  /** The last piece, to decide how the next one is joined. */
  get last(): string {
    return this.#last;
  }

  add(text: string, place: Place, joint: string): void {
    if (text === '') return;
    const piece = this.empty ? text : joint + text;
    const offset = this.#length + piece.length - text.length;
    const mark = this.#marks.at(-1);
    if (mark?.line !== place.line || mark.page !== place.page) this.#marks.push({ offset, ...place });
    this.#pieces.push(piece);
    this.#length += piece.length;
    this.#tail = (this.#tail + piece).slice(-TAIL_LENGTH);
    if (this.#first === '') this.#first = text;
    this.#last = text;
  }

  /** The cell; a blank one stands at `place`. */
  cell(place: Place): Cell {
    return { text: this.#pieces.join(''), marks: this.empty ? [{ offset: 0, ...place }] : [...this.#marks] };
  }
}

/**
 * What stands between two pieces of one text that a page or a line cut: nothing inside a document number, a line feed
 * before a new item or after a finished sentence, a space otherwise.
 */
export function jointOf(first: string, second: string): '' | ' ' | '\n' {
  if (/^(?:[-+*\u2022\u2013\uf0b7]\s|\(?[a-z0-9]{1,2}\)\s)/iu.test(second)) return '\n';
  if (/[.;:!?]["\u201d)]?$/u.test(first) && /^[\p{Lu}("\u201c]/u.test(second)) return '\n';
  if (/[\p{L}\d][/-]$/u.test(first) && /^[\p{L}\d]/u.test(second)) return '';
  return ' ';
}
