/** What it costs to put a run of pieces under a column: the less it looks like the column, the more. */
import type { Column, Page, Piece } from './align.ts';
import { agencyFit, beginsAgency, deadlineFit, type Fit, form, isBasisPiece, isHead, isProgress } from './typed.ts';

/** A piece with what its form says, found once. */
export interface Seen extends Piece {
  plain: string;
  deadline: Fit;
  basis: boolean;
  /** It begins as the name of a body, with the pieces after it. */
  named: boolean;
}

/** How many pieces it takes to see that a name begins: names are cut in the middle of their first words. */
const NAME_PIECES = 4;

export function seen(pieces: readonly Piece[]): Seen[] {
  const plain = pieces.map((piece) => form(piece.text));
  return pieces.map((piece, at) => ({
    ...piece,
    plain: plain[at] as string,
    deadline: deadlineFit(plain[at] as string),
    basis: isBasisPiece(piece.text),
    named: beginsAgency(plain.slice(at, at + NAME_PIECES).join(' ')),
  }));
}

/** The cost of a run of column `c` beginning with the piece `at`. */
export function opening(
  pieces: readonly Seen[],
  at: number,
  columns: readonly Column[],
  c: number,
  page: Page,
): number {
  const piece = pieces[at] as Seen;
  const column = columns[c] as Column;
  let cost = at === 0 || piece.gap ? 0 : 0.5;
  if (page.before !== null) return cost + resumed(piece, page.before[c] ?? '', column);
  const lower = /^[\p{Ll},)]/u.test(piece.text);
  if (lower && column.role === 'agency') cost += piece.gap && piece.named ? 1 : 2.5;
  else if (lower && column.role !== 'deadline' && column.role !== 'basis') cost += column.role === 'task' ? 1.5 : 2.5;
  if (column.role === 'deadline' && page.width !== Number.POSITIVE_INFINITY && piece.deadline !== 'whole') {
    if (lower) cost += piece.gap ? 0.7 : 2;
    // Words that lead to a date stand in the narrow lines of their column.
    if (piece.line > page.width * 0.6) cost += 3;
    if (piece.named) cost += agencyFit(piece.plain) === 'whole' ? 3 : 2;
  }
  if (isItem(piece.text) && column.role !== 'task' && column.role !== 'text') cost += 2;
  if (column.role === 'text' && piece.deadline === 'whole') cost += 2;
  // What is expected seldom begins with who does it.
  if (column.role === 'text' && piece.named && columns[c - 1]?.role === 'agency') {
    cost += agencyFit(piece.plain) === 'whole' ? 2 : 0;
  }
  if (column.role === 'head' && !isHead(piece.plain)) cost += 3;
  if (column.role === 'progress' && !isProgress(piece.plain)) cost += 4;
  // Running text that begins where nothing on the page shows it is more likely the text before it going on.
  if (column.role === 'text' && at > 0 && !piece.gap && columns[c - 1]?.role === 'task') {
    // A line longer than the widest column holds is two columns' text.
    const widest = Math.max(page.width * 1.08, ...linesBefore(pieces, at));
    if (!piece.cut || piece.line <= widest) cost += piece.cut ? 1.8 : 1;
    if (/[;,]$/.test(pieces[at - 1]?.text ?? '')) cost += 1;
  }
  return cost;
}

/** The lengths of the lines above the one on which a piece stands. */
function linesBefore(pieces: readonly Seen[], at: number): number[] {
  let first = at;
  while (first > 0 && pieces[first]?.cut === true) first--;
  return pieces.slice(0, first).map((piece) => piece.line);
}

/** Whether a cell was cut in the middle of a name, of a list or of a date. */
export function isUnfinished(before: string, column: Column): boolean {
  if (before === '') return false;
  const plain = form(before).trim();
  if (column.role === 'deadline') return /(?:^| )(?:thang|quy|ngay|nam|truoc|trong|den|het)$/.test(plain);
  if (column.role !== 'agency') return false;
  return /(?:,|;| va|(?:^|[ ,;:])(?:bo|tinh|thanh pho|tp\.?|ubnd))$/.test(plain) || agencyFit(plain) === 'part';
}

/** The cost of going on with a column after a page break. */
function resumed(piece: Seen, before: string, column: Column): number {
  if (isUnfinished(before, column)) return 0;
  const ended = /[.;:!?\u2026)]\s*$/u.test(before);
  switch (column.role) {
    case 'task':
      return ended ? 1.2 : 0;
    case 'text':
      return before === '' ? 3 : ended ? 1.2 : 0;
    case 'agency':
      return agencyFit(`${form(before)} ${piece.plain}`.trim()) === 'none' ? 4 : beginsAgency(piece.plain) ? 0.5 : 1.5;
    case 'deadline':
      return deadlineFit(form(before)) === 'whole' ? 4 : 1;
    case 'basis':
      return piece.basis ? 0 : 4;
    case 'progress':
      return 3;
    default:
      return before === '' ? 3 : 1;
  }
}

/** The cost of a piece standing after another in one column. */
export function inside(previous: Seen, piece: Seen, column: Column, page: Page): number {
  if (page.width === Number.POSITIVE_INFINITY) {
    return isItem(piece.text) || /^\p{Ll}/u.test(piece.text) ? 0 : 1;
  }
  let cost = piece.gap ? 0.25 : 0;
  if (piece.cut) cost += 0.15;
  if (column.role === 'task' && previous.whole && !previous.cut && previous.text.length < page.width * 0.7) {
    cost += isItem(piece.text) ? 0 : 1.5;
  }
  return cost;
}

/** The cost of a piece in a column, for itself. */
export function own(piece: Seen, column: Column, page: Page): number {
  let cost = 0;
  const wide = page.width !== Number.POSITIVE_INFINITY && piece.text.length > page.width * 0.68;
  if (wide && column.role !== 'task') cost += column.role === 'text' || piece.cut ? 1.5 : 3;
  else if (column.role === 'text' && !piece.cut && piece.line > page.width * 0.8) cost += 1;
  if (column.role === 'basis' && !piece.basis) cost += 4;
  if (column.role === 'agency' && piece.deadline !== 'none') cost += 1.5;
  if (column.role === 'note') cost += 3;
  if (column.role === 'task' && page.before === null && piece.whole && piece.gap) {
    if (piece.text.length < 24 && piece.basis) cost += 0.6;
    if (piece.deadline === 'whole') cost += 0.6;
  }
  return cost;
}

/** The cost of the whole run in a column that has a form. `closed`: the end of a page may have cut it;
 * `opened`: a blank line stands before it. */
export function ofWhole(
  joined: string,
  column: Column,
  before: string | null,
  width: number,
  dated: boolean,
  closed: boolean,
  opened: boolean,
): number {
  const text = before ? `${form(before)} ${joined}` : joined;
  if (column.role === 'agency') {
    const fit = agencyFit(text);
    if (fit === 'none' || unopened(text)) return 6;
    // A list that was whole and to which nothing was added does not make what follows a part of it.
    if (fit === 'part' && before && agencyFit(form(before)) === 'whole' && agencyFit(joined) === 'none') return 6;
    if (fit === 'part') return closed ? 1 : 2;
    return /(?<!cac) bo$/.test(joined) ? 2.2 : /(?:,| va)$/.test(joined) ? 1.2 : 0;
  }
  if (column.role === 'deadline') {
    const fit = deadlineFit(text);
    if (fit === 'whole') return 0;
    // Words before a date may belong to it; words after a whole one belong to another column.
    if (fit === 'part') return dated ? 5 : 1.5;
    return width === Number.POSITIVE_INFINITY ? 3 : opened ? 4 : 9;
  }
  return column.role === 'text' && before === null && joined.length < 40 && deadlineFit(joined) !== 'none' ? 3 : 0;
}

function unopened(text: string): boolean {
  const close = text.indexOf(')');
  return close >= 0 && !text.slice(0, close).includes('(');
}

function isItem(text: string): boolean {
  return /^(?:[-+*\u2022\u2013\uf0b7]\s|\(?[a-z\u0111\d]{1,2}\)\s|\([ivx]{1,4}\)\s)/u.test(text);
}
