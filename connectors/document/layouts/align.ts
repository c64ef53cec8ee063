/**
 * Pieces of text → columns, when the text gives the cells of a row one after another but not where each begins. Every
 * way to cut the pieces into runs, one a column in order, has a cost: what does not look like its column, a column
 * left empty, a cut where nothing on the page marks one. The cheapest way wins.
 */
import { folded } from './recognise.ts';
import { inside, isUnfinished, ofWhole, opening, own, type Seen, seen } from './run-costs.ts';

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

/** A run that costs more in a column with a form is none of it. */
const HOPELESS = 12;

/** A page that gives nothing to a cell cut in the middle of its form. */
const UNFINISHED = 2.5;

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
  const known = seen(pieces);
  const count = pieces.length;
  const best: number[][] = [Array.from({ length: count + 1 }, (_, at) => (at === 0 ? 0 : Number.POSITIVE_INFINITY))];
  const from: number[][] = [];
  for (const c of columns.keys()) {
    const reached = best[c] as number[];
    const next = new Array<number>(count + 1).fill(Number.POSITIVE_INFINITY);
    const origin = new Array<number>(count + 1).fill(0);
    extend({ pieces: known, columns, page }, c, reached, next, origin);
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
  pieces: readonly Seen[];
  columns: readonly Column[];
  page: Page;
}

/** From the costs of the columns before to those with column `c`, empty or with a run of pieces. */
function extend(row: Row, c: number, reached: readonly number[], next: number[], origin: number[]): void {
  const { pieces, columns, page } = row;
  const column = columns[c] as Column;
  const count = pieces.length;
  const before = page.before?.[c] ?? null;
  const empty =
    before === null ? (column.optional ? 0.3 : EMPTY[column.role]) : isUnfinished(before, column) ? UNFINISHED : 0;
  const alone = pieces.map((piece) => own(piece, column, page));
  const after = pieces.map((piece, at) => (at === 0 ? 0 : inside(pieces[at - 1] as Seen, piece, column, page)));
  if (column.role === 'agency' && columns[c + 1]?.role === 'agency') {
    // Another body after a blank line is more likely the next column's.
    for (const [at, piece] of pieces.entries()) {
      if (piece.gap && piece.named) after[at] = (after[at] as number) + 0.8;
    }
  }
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
    const first = pieces[start] as Seen;
    const dated = first.deadline === 'whole';
    const opened = start === 0 || first.gap;
    const hopeless = column.role === 'agency' && before === null && !first.named;
    let run = base + opening(pieces, start, columns, c, page);
    let joined = '';
    for (let end = start + 1; end <= Math.min(count, start + longest); end++) {
      run += (alone[end - 1] as number) + (end - 1 > start ? (after[end - 1] as number) : 0);
      if (formed || joined.length < 40) joined += (joined === '' ? '' : ' ') + (pieces[end - 1] as Seen).plain;
      if (formed && run - base > HOPELESS) break;
      if (run >= (next[end] as number)) continue;
      const closed = page.broken && (pieces[end]?.gap ?? true);
      const cost = run + (hopeless ? 6 : ofWhole(joined, column, before, page.width, dated, closed, opened));
      if (cost < (next[end] as number)) {
        next[end] = cost;
        origin[end] = start;
      }
    }
  }
}
