/** Running text: lines to paragraphs. */
import type { Paragraph } from '../model.ts';
import { plainText } from './fragments.ts';
import { Gathered, isBlank, type Line, placeOf } from './line.ts';
import { isBareNumber, isFootnote } from './recognise.ts';

/** Above this a line is a paragraph of a text without wrapping. */
const WIDEST_WRAP = 200;

/** A line that begins an item or a heading whatever stood before it. */
const ITEM =
  /^(?:[-+*\u2022\u2013\uf0b7]\s|\(?[a-z\u0111]\)\s|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|[IVX]{1,5}[.)]\s|\([ivx\d]{1,4}\)\s|#|\*\*|\[\d)/u;

/** A line drawn with dashes. */
const RULE = /^[-=_*\u2013\u2014\u2026.\s]{3,200}$/;

/** Paragraphs of running text, lines of one paragraph joined where a fixed width cut them. */
export class Prose {
  readonly #paragraphs: Paragraph[] = [];
  readonly #width: number;
  #open: { text: Gathered; line: Line; raw: string } | null = null;

  /** `width` as `wrapWidth` gives it. */
  constructor(width: number) {
    this.#width = width;
  }

  add(line: Line): void {
    if (isBlank(line)) {
      this.#close();
      return;
    }
    const raw = line.text.trim();
    if (isBareNumber(raw) || RULE.test(raw)) return;
    if (this.#open === null || !this.#continues(this.#open.raw, raw)) {
      this.#close();
      this.#open = { text: new Gathered(), line, raw: raw.slice(-WIDEST_WRAP - 1) };
    }
    this.#open.text.add(plainText(raw), placeOf(line), ' ');
    this.#open.raw = raw.slice(-WIDEST_WRAP - 1);
  }

  /** The paragraphs so far; the next line begins a new one. */
  take(): Paragraph[] {
    this.#close();
    return this.#paragraphs.splice(0);
  }

  #close(): void {
    if (this.#open === null) return;
    const text = this.#open.text.cell(placeOf(this.#open.line));
    if (text.text !== '') this.#paragraphs.push({ kind: 'paragraph', text });
    this.#open = null;
  }

  #continues(before: string, next: string): boolean {
    if (ITEM.test(next) || isFootnote(next)) return false;
    if (before.endsWith('**') && next.startsWith('**')) return false;
    if (/^[\p{Ll}]/u.test(next)) return true;
    if (/[,\u2013]$/.test(before)) return true;
    if (/[.;:!?]["\u201d)*]*$/u.test(before)) return false;
    return before.length >= this.#width * 0.75 && before.length <= WIDEST_WRAP;
  }
}

/** The width to which the lines of a text were wrapped; Infinity when they were not. */
export function wrapWidth(lines: readonly Line[]): number {
  const lengths: number[] = [];
  const step = Math.max(1, Math.floor(lines.length / 4000));
  for (let at = 0; at < lines.length; at += step) {
    const text = (lines[at] as Line).text;
    if (/\S/.test(text.slice(0, 400)) && !text.slice(0, 400).includes('\t')) lengths.push(text.length);
  }
  lengths.sort((a, b) => a - b);
  const wide = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  const widest = lengths[Math.floor(lengths.length * 0.99)] ?? 0;
  return wide > 0 && widest <= WIDEST_WRAP ? wide : Number.POSITIVE_INFINITY;
}
