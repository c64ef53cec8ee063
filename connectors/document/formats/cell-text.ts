/** The text of a cell or paragraph while its pieces come in. */
import { clean } from '../language/fold.ts';
import type { Cell, Mark, Place } from '../model.ts';

/**
 * Text collected from the pieces of a markup: white space of any length is one space, a break is one `\n`, every piece
 * keeps its place. Bounded work per piece, however many there are.
 */
export class CellText {
  readonly #start: Place;
  readonly #pieces: string[] = [];
  readonly #marks: Mark[] = [];
  #length = 0;
  /** What stands between the text so far and the next piece. */
  #gap: '' | ' ' | '\n' = '';

  constructor(start: Place) {
    this.#start = start;
  }

  get empty(): boolean {
    return this.#length === 0;
  }

  /** The last characters, to decide what a mark after them means. */
  get tail(): string {
    return (this.#pieces.at(-2) ?? '').slice(-4) + (this.#pieces.at(-1) ?? '').slice(-8);
  }

  add(raw: string, place: Place): void {
    const text = clean(raw).replace(/\s+/g, ' ');
    if (text === '') return;
    if (text.startsWith(' ') && this.#gap === '') this.#gap = ' ';
    const words = text.trim();
    if (words === '') return;
    this.#put(words, place);
    this.#gap = text.endsWith(' ') ? ' ' : '';
  }

  /** The next piece begins a new line. */
  break(): void {
    if (!this.empty) this.#gap = '\n';
  }

  cell(): Cell {
    const marks = this.#marks.length === 0 ? [{ offset: 0, ...this.#start }] : this.#marks;
    return { text: this.#pieces.join(''), marks };
  }

  #put(words: string, place: Place): void {
    const gap = this.empty ? '' : this.#gap;
    let piece = gap + words;
    const last = this.#pieces.at(-1);
    if (gap === '' && last !== undefined && /^\p{M}/u.test(words)) {
      // A letter and its mark came in two pieces: put together they may be one character less.
      const joined = (last + piece).normalize('NFC');
      this.#pieces.pop();
      this.#length -= last.length;
      piece = joined;
    } else {
      const mark = this.#marks.at(-1);
      if (mark === undefined || mark.line !== place.line || mark.page !== place.page)
        this.#marks.push({ offset: this.#length + gap.length, ...place });
    }
    this.#pieces.push(piece);
    this.#length += piece.length;
  }
}
