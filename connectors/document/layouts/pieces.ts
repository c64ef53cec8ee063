/** Printed lines of a row → pieces that may begin a column: lines, and lines cut where a typed text begins or ends. */
import type { Place } from '../model.ts';
import type { Piece } from './align.ts';
import { plainText } from './fragments.ts';
import { isBlank, type Line, placeOf } from './line.ts';
import { agencyEnd, beginsAgency, datesIn, form, leadingBasis } from './typed.ts';

export interface PlacedPiece extends Piece {
  place: Place;
  /** No space stood before it in its line. */
  glued: boolean;
}

/** A longer line was not wrapped. */
const LONGEST_LINE = 2000;

const CAPITAL = /\p{Lu}/u;

/** The pieces of these lines in order. `basisFirst`: a document number leads a row and is cut from what follows it. */
export function piecesOf(lines: readonly Line[], basisFirst: boolean): PlacedPiece[] {
  const pieces: PlacedPiece[] = [];
  let gap = false;
  for (const line of lines) {
    if (isBlank(line)) {
      gap = true;
      continue;
    }
    const place = placeOf(line);
    // Two spaces inside a line are a column that was left out or a tab stop; either way a cut.
    const text = line.text.trim();
    const spread = text.includes('  ') || text.includes('\t') ? text.split(/ {2,}|\t/) : [text];
    const parts = spread.map(plainText).filter((part) => part !== '');
    const cuts = parts.flatMap((part) => cutLine(part, basisFirst, openName(pieces.at(-1))));
    for (const [at, cut] of cuts.entries()) {
      pieces.push({
        ...cut,
        gap: at === 0 && gap,
        cut: at > 0,
        whole: cuts.length === 1,
        line: line.text.length,
        place,
      });
    }
    gap = false;
  }
  return pieces;
}

/** The folded text of a name that the end of its line cut in two; '' when the piece is none. */
function openName(piece: Piece | undefined): string {
  if (piece === undefined) return '';
  const plain = form(piece.text);
  return beginsAgency(plain) && agencyEnd(plain, 0) < plain.length ? `${plain} ` : '';
}

/** `open`: the beginning of a name that goes on here. */
function cutLine(text: string, basisFirst: boolean, open: string): { text: string; glued: boolean }[] {
  if (text.length > LONGEST_LINE) return [{ text, glued: false }];
  const plain = form(text);
  const cuts = new Set<number>();
  if (open !== '') {
    const end = agencyEnd(open + plain, 0) - open.length;
    if (end > 0) cuts.add(afterPunctuation(plain, end));
  }
  if (basisFirst) cuts.add(leadingBasis(text));
  for (const date of datesIn(plain)) {
    cuts.add(date.from);
    cuts.add(afterPunctuation(plain, date.to));
  }
  for (let at = 0; at < plain.length; at++) {
    const before = at === 0 ? ' ' : plain[at - 1];
    if ((before !== ' ' && before !== '(') || !CAPITAL.test(text[at] as string)) continue;
    if (at > 1 && /[.;:] $/.test(plain.slice(at - 2, at))) cuts.add(at);
    const end = agencyEnd(plain, at);
    if (end < 0) {
      // A name the end of the line cuts in two.
      if (plain.length - at > 28 || !beginsAgency(plain.slice(at))) continue;
      cuts.add(at);
      break;
    }
    cuts.add(at);
    // A short rest in lower case is more of the name, which the end of the line cuts in two.
    if (plain.length - end > 14 || !/^ \p{Ll}/u.test(text.slice(end, end + 2))) cuts.add(afterPunctuation(plain, end));
    at = Math.max(at, end - 1);
  }
  const at = [...cuts].filter((cut) => cut > 0 && cut < text.length).sort((a, b) => a - b);
  const pieces: { text: string; glued: boolean }[] = [];
  for (const [index, end] of [...at, text.length].entries()) {
    const start = at[index - 1] ?? 0;
    const piece = text.slice(start, end).trim();
    if (piece !== '') pieces.push({ text: piece, glued: start > 0 && /\S\S/.test(text.slice(start - 1, start + 1)) });
  }
  return pieces;
}

function afterPunctuation(plain: string, end: number): number {
  return end + (/^ ?[,;.:]+/.exec(plain.slice(end, end + 4))?.[0].length ?? 0);
}
