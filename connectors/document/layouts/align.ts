/**
 * Pieces of text → columns, when the text gives the cells of a row one after another but not where each begins. Every
 * way to cut the pieces into runs, one a column in order, has a cost: what does not look like its column, a column
 * left empty, a cut where nothing on the page marks one. The cheapest way wins.
 */
import { folded } from './recognise.ts';
import { agencyFit, beginsAgency, deadlineFit, form, isBasisPiece, isHead, isProgress } from './typed.ts';

export type Role = 'basis' | 'task' | 'text' | 'agency' | 'deadline' | 'head' | 'progress' | 'note';

export interface Column {
  role: Role;
  /** A column that is often blank: bodies that cooperate, notes. */
  optional: boolean;
}

export interface Piece {
  text: string;
  /** A blank line stood before it. */
  gap: boolean;
  /** It begins in the middle of a printed line. */
  cut: boolean;
  /** It is its printed line, uncut. */
  whole: boolean;
  /** The length of its printed line. */
  line: number;
}

export interface Page {
  /** The length of a full line of the widest column; Infinity when cells are not wrapped. */
  width: number;
  /** What the columns hold already, when the pieces go on with a row over a page break. */
  before: readonly string[] | null;
  /** The row goes on on the next page: its cells may be cut in mid-word. */
  broken: boolean;
}

/** More pieces than this are not a row of a table. */
const MOST_PIECES = 160;
const LONGEST_RUN = 60;

const EMPTY: Readonly<Record<Role, number>> = {
  task: 8,
  agency: 4,
  deadline: 3,
  basis: 3,
  head: 3,
  progress: 2,
  text: 1.2,
  note: 0,
};

/** What each column after the number holds, from the titles. */
export function columnsOf(titles: readonly string[]): Column[] {
  const roles = titles.map((title) => roleOf(folded(title)));
  if (!roles.includes('task')) {
    const at = roles.indexOf('text');
    if (at >= 0) roles[at] = 'task';
  }
  return roles.map((role, at) => ({ role, optional: role === 'note' || /phoi hop/.test(folded(titles[at] ?? '')) }));
}

function roleOf(title: string): Role {
  if (/^ghi chu/.test(title)) return 'note';
  if (/^(?:thoi |han|lo trinh|tien do hoan)/.test(title)) return 'deadline';
  if (/(?:nguoi dung dau|lanh dao|trach nhiem chinh)/.test(title)) return 'head';
  if (/^(?:van ban|can cu|so.{0,12}ky hieu|nguon giao|co so)/.test(title)) return 'basis';
  if (/^(?:ten co quan|co quan|don vi|bo,|cac bo|dia phuong|chu tri|phoi hop|to chuc)/.test(title)) return 'agency';
  if (/^(?:tien do|trang thai|tinh trang)/.test(title)) return 'progress';
  if (/^(?:ten|noi dung|nhiem vu|cong viec|muc tieu|chi tieu|csdl|co so du lieu)/.test(title)) return 'task';
  return 'text';
}

/** For every piece the column it belongs to. */
export function align(pieces: readonly Piece[], columns: readonly Column[], page: Page): number[] {
  const task = Math.max(
    0,
    columns.findIndex((column) => column.role === 'task'),
  );
  if (pieces.length > MOST_PIECES || columns.length === 0) return pieces.map(() => task);
  const plain = pieces.map((piece) => form(piece.text));
  const count = pieces.length;
  const best: number[][] = [Array.from({ length: count + 1 }, (_, at) => (at === 0 ? 0 : Number.POSITIVE_INFINITY))];
  const from: number[][] = [];
  for (const c of columns.keys()) {
    const reached = best[c] as number[];
    const next = new Array<number>(count + 1).fill(Number.POSITIVE_INFINITY);
    const origin = new Array<number>(count + 1).fill(0);
    extend({ pieces, plain, columns, page }, c, reached, next, origin);
    best.push(next);
    from.push(origin);
  }
  const result = new Array<number>(count).fill(task);
  let at = count;
  for (let c = columns.length - 1; c >= 0; c--) {
    const start = (from[c] as number[])[at] as number;
    for (let piece = start; piece < at; piece++) result[piece] = c;
    at = start;
  }
  return result;
}

interface Row {
  pieces: readonly Piece[];
  plain: readonly string[];
  columns: readonly Column[];
  page: Page;
}

/** From the costs of the columns before to those with column `c`, empty or with a run of pieces. */
function extend(row: Row, c: number, reached: readonly number[], next: number[], origin: number[]): void {
  const { pieces, plain, columns, page } = row;
  const column = columns[c] as Column;
  const count = pieces.length;
  const empty = page.before === null ? (column.optional ? 0.3 : EMPTY[column.role]) : 0;
  const before = page.before?.[c] ?? null;
  const alone = pieces.map((piece, at) => own(piece, plain[at] as string, column, page));
  const after = pieces.map((piece, at) => (at === 0 ? 0 : inside(pieces[at - 1] as Piece, piece, column, page)));
  const formed = column.role === 'agency' || column.role === 'deadline';
  const longest = formed ? LONGEST_RUN : count;
  for (let start = 0; start <= count; start++) {
    const base = reached[start] as number;
    if (base === Number.POSITIVE_INFINITY) continue;
    if (base + empty < (next[start] as number)) {
      next[start] = base + empty;
      origin[start] = start;
    }
    if (start === count) break;
    const dated = deadlineFit(plain[start] as string) === 'whole';
    const named = formed && beginsAgency(plain.slice(start, start + 4).join(' '));
    const hopeless = column.role === 'agency' && before === null && !named;
    let run = base + opening(pieces, start, plain[start] as string, named, columns, c, page);
    let joined = '';
    for (let end = start + 1; end <= Math.min(count, start + longest); end++) {
      run += (alone[end - 1] as number) + (end - 1 > start ? (after[end - 1] as number) : 0);
      if (formed || joined.length < 40) joined += (joined === '' ? '' : ' ') + (plain[end - 1] as string);
      if (run >= (next[end] as number)) continue;
      const closed = page.broken && (pieces[end]?.gap ?? true);
      const cost =
        run +
        (hopeless
          ? 6
          : ofWhole(joined, column, before, page.width, dated, closed, start === 0 || pieces[start]?.gap === true));
      if (cost < (next[end] as number)) {
        next[end] = cost;
        origin[end] = start;
      }
    }
  }
}

/** The cost of a run of column `c` beginning with the piece `at`. */
function opening(
  pieces: readonly Piece[],
  at: number,
  plain: string,
  named: boolean,
  columns: readonly Column[],
  c: number,
  page: Page,
): number {
  const piece = pieces[at] as Piece;
  const column = columns[c] as Column;
  let cost = at === 0 || piece.gap ? 0 : 0.5;
  if (page.before !== null) return cost + resumed(plain, page.before[c] ?? '', column);
  const lower = /^[\p{Ll},)]/u.test(piece.text);
  if (lower && column.role === 'agency') cost += piece.gap && named ? 1 : 2.5;
  else if (lower && column.role !== 'deadline' && column.role !== 'basis') cost += column.role === 'task' ? 1.5 : 2.5;
  if (column.role === 'deadline' && page.width !== Number.POSITIVE_INFINITY && deadlineFit(plain) !== 'whole') {
    if (lower) cost += piece.gap ? 0.7 : 2;
    // Words that lead to a date stand in the narrow lines of their column.
    if (piece.line > page.width * 0.6) cost += 3;
    if (named) cost += agencyFit(plain) === 'whole' ? 3 : 2;
  }
  if (isItem(piece.text) && column.role !== 'task' && column.role !== 'text') cost += 2;
  if (column.role === 'text' && deadlineFit(plain) === 'whole') cost += 2;
  if (column.role === 'head' && !isHead(plain)) cost += 3;
  if (column.role === 'progress' && !isProgress(plain)) cost += 4;
  // Running text that begins where nothing on the page shows it is more likely the text before it going on.
  if (column.role === 'text' && at > 0 && !piece.gap && columns[c - 1]?.role === 'task') {
    // A line longer than the widest column holds is two columns' text.
    if (!piece.cut || piece.line <= page.width * 1.08) cost += piece.cut ? 1.8 : 1;
  }
  return cost;
}

/** The cost of going on with a column after a page break. */
function resumed(plain: string, before: string, column: Column): number {
  const ended = /[.;:!?\u2026)]\s*$/u.test(before);
  const basis = isBasisPiece(plain.toUpperCase()) ? 0 : 4;
  switch (column.role) {
    case 'task':
      return ended ? 1.2 : 0;
    case 'text':
      return before === '' ? 3 : ended ? 1.2 : 0;
    case 'agency':
      return agencyFit(`${form(before)} ${plain}`.trim()) === 'none' ? 4 : beginsAgency(plain) ? 0.5 : 1.5;
    case 'deadline':
      return deadlineFit(form(before)) === 'whole' ? 4 : 1;
    case 'basis':
      return basis;
    case 'progress':
      return 3;
    default:
      return before === '' ? 3 : 1;
  }
}

/** The cost of a piece standing after another in one column. */
function inside(previous: Piece, piece: Piece, column: Column, page: Page): number {
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
function own(piece: Piece, plain: string, column: Column, page: Page): number {
  let cost = 0;
  const wide = page.width !== Number.POSITIVE_INFINITY && piece.text.length > page.width * 0.68;
  if (wide && column.role !== 'task') cost += column.role === 'text' || piece.cut ? 1.5 : 3;
  else if (column.role === 'text' && !piece.cut && piece.line > page.width * 0.8) cost += 1;
  if (column.role === 'basis' && !isBasisPiece(piece.text)) cost += 4;
  if (column.role === 'agency' && deadlineFit(plain) !== 'none') cost += 1.5;
  if (column.role === 'note') cost += 3;
  if (column.role === 'task' && page.before === null && piece.whole && piece.gap) {
    if (piece.text.length < 24 && isBasisPiece(piece.text)) cost += 0.6;
    if (deadlineFit(plain) === 'whole') cost += 0.6;
  }
  return cost;
}

/** The cost of the whole run in a column that has a form. `closed`: the end of a page may have cut it;
 * `opened`: a blank line stands before it. */
function ofWhole(
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
    if (fit === 'part') return closed ? 1 : 2;
    return /(?<!cac) bo$/.test(joined) ? 2.2 : /(?:,| va)$/.test(joined) ? 1.2 : 0;
  }
  if (column.role === 'deadline') {
    const fit = deadlineFit(text);
    if (fit === 'whole') return 0;
    // Words before a date may belong to it; words after a whole one belong to another column.
    if (fit === 'part') return dated ? 5 : 1.5;
    return width === Number.POSITIVE_INFINITY ? 3 : opened ? 4.5 : 9;
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
