/** Finds, for what was read from a document, the row it stands in and the characters of its words. */
import type { ReviewBlock, ReviewCell, ReviewPlace } from './review-input.ts';

/** A cell of the document: block, row of a table (-1 = its header; 0 for a paragraph), column. */
export interface CellPlace {
  block: number;
  row: number;
  column: number;
  cell: ReviewCell;
}

export interface Span {
  at: CellPlace;
  start: number;
  end: number;
}

export class Places {
  readonly #byLine = new Map<string, CellPlace[]>();

  constructor(blocks: readonly ReviewBlock[]) {
    blocks.forEach((block, index) => {
      if (block.kind === 'paragraph') {
        this.#add({ block: index, row: 0, column: 0, cell: block.text });
        return;
      }
      block.header.forEach((cell, column) => void this.#add({ block: index, row: -1, column, cell }));
      block.rows.forEach((row, at) => {
        if (row.kind === 'heading') this.#add({ block: index, row: at, column: 0, cell: row.text });
        else
          row.cells.forEach((cell, column) => {
            if (cell !== null) this.#add({ block: index, row: at, column, cell });
          });
      });
    });
  }

  /** The words of a place: those given, else its quote, else all that stands on its line. Null where nothing does. */
  find(place: ReviewPlace, words?: { start: number; end: number }): Span | null {
    if (place.line === undefined) return null;
    const candidates = this.#byLine.get(key(place.page, place.line)) ?? [];
    const [first] = candidates;
    if (first === undefined) return null;
    const { quote } = place;
    if (quote !== undefined && quote !== '') {
      for (const at of candidates) {
        const span = quoted(at, quote, place);
        if (span === null) continue;
        const inside = words !== undefined && words.start < words.end && words.end <= at.cell.text.length;
        return inside ? { at, ...words } : span;
      }
    }
    return { at: first, ...lineSpan(first.cell, place) };
  }

  #add(at: CellPlace): void {
    const seen = new Set<string>();
    for (const mark of at.cell.marks) {
      const name = key(mark.page, mark.line);
      if (seen.has(name)) continue;
      seen.add(name);
      const list = this.#byLine.get(name);
      if (list === undefined) this.#byLine.set(name, [at]);
      else list.push(at);
    }
  }
}

function key(page: number | undefined, line: number): string {
  return `${page ?? ''}:${line}`;
}

/** Occurrences looked at before the first one stands for all: a cell may repeat one letter a million times. */
const MAX_OCCURRENCES = 200;

/** The occurrence of the quote that reaches over the place's line, else the first. */
function quoted(at: CellPlace, quote: string, place: ReviewPlace): Span | null {
  const { text } = at.cell;
  const line = lineSpan(at.cell, place);
  let first: Span | null = null;
  let start = text.indexOf(quote);
  for (let n = 0; start >= 0 && n < MAX_OCCURRENCES; n++) {
    const span = { at, start, end: start + quote.length };
    if (span.start < line.end && span.end > line.start) return span;
    first ??= span;
    start = text.indexOf(quote, start + 1);
  }
  return first;
}

/** The characters of a cell that come from a line. */
function lineSpan(cell: ReviewCell, place: ReviewPlace): { start: number; end: number } {
  const index = cell.marks.findIndex((mark) => mark.line === place.line && mark.page === place.page);
  const start = cell.marks[index]?.offset ?? 0;
  const next = cell.marks.slice(index + 1).find((mark) => mark.line !== place.line || mark.page !== place.page);
  return { start, end: next?.offset ?? cell.text.length };
}
