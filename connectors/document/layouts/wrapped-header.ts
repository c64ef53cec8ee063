/** The header of a table whose columns were wrapped and printed one after another: titles run into one text. */
import type { Cell } from '../model.ts';
import { plainText } from './fragments.ts';
import { Gathered, isBlank, type Line, placeOf } from './line.ts';
import { folded } from './recognise.ts';
import { form } from './typed.ts';

const MOST_LINES = 16;
const LONGEST = 320;
/** A line of a title is short; text of a row that follows at once is not. */
const LONGEST_LINE = 64;

const TITLE_START =
  /(?<![a-z])(?:so nhiem vu|tong so|van ban(?: giao(?: nhiem vu| viec)?| chi dao)?|can cu(?: phap ly)?|nhiem vu cu the|ten (?:nhiem vu|co quan|don vi|csdl|co so du lieu|he thong|[a-z]+ [a-z]+)|noi dung(?:,? (?:nhiem vu|cong viec))?|nhiem vu|ket qua(?: thuc hien| yeu cau| du kien| dat duoc)?|san pham|thoi (?:han|gian)(?: hoan thanh| thuc hien)?|lo trinh|co quan(?: chu tri(?: thuc hien)?| phoi hop| thuc hien| chu quan| giao)?|don vi(?: chu tri| phoi hop| thuc hien)?|chu tri|phoi hop|tien do(?: thuc hien)?|tinh hinh(?: thuc hien)?|kho khan(?:,? vuong mac)?|ghi chu|ty le|ti le|linh vuc|bo, nganh|cac bo|dia phuong|nguoi dung dau|csdl|co so du lieu|trang thai|hien trang|de xuat|kien nghi)(?![a-z])/g;
/** These go on with the title before them although they could begin one. */
const GOES_ON = /(?:cung|cac|cua|den|chua|ve|va|theo|quan ly|bo,|nganh,|so|duoc|dang)$/;
/** The first words of what is left of a title on its next line. */
const CONTINUATION =
  /^(?:giao|viec|nhiem vu|hoan|thanh|chu|tri|phoi|hop|thuc|hien|yeu|cau|cung|chung|rieng|nganh|dia|qua|han|den|het|thang|du|kien|lien|quan|khan|vuong|mac|dao|phap|ly|so|cac)(?![a-z])/;
const NUMBER_TITLE = /^\s*(?:STT|TT|S\.TT|Stt|Tt)\b\.?/;

export interface WrappedHeader {
  /** Titles, the number column first. */
  cells: Cell[];
  /** The texts of its lines, folded, to know it again on the next page. */
  lines: string[];
  next: number;
}

/** Whether a line may begin a header: the number column's title, and a title after it. */
export function beginsHeader(line: Line | undefined): boolean {
  return line !== undefined && line.text.length < 200 && NUMBER_TITLE.test(line.text);
}

/** The header at `from`, with at least three columns; null when there is none. */
export function readWrappedHeader(lines: readonly Line[], from: number): WrappedHeader | null {
  if (!beginsHeader(lines[from])) return null;
  const text = new Gathered();
  const taken: string[] = [];
  let length = 0;
  let at = from;
  let next = from;
  for (; at < lines.length && taken.length < MOST_LINES; at++) {
    const line = lines[at] as Line;
    if (isBlank(line)) continue;
    const piece = plainText(line.text);
    if (taken.length > 0 && !isTitleLine(piece, isBlank(lines[at - 1]))) break;
    length += piece.length;
    if (length > LONGEST) break;
    text.add(piece, placeOf(line), ' ');
    taken.push(folded(line.text));
    next = at + 1;
  }
  const cells = splitTitles(text.cell(placeOf(lines[from] as Line)));
  return cells.length >= 3 ? { cells, lines: taken, next } : null;
}

/** The line after this header printed once more at `from`; -1 when it is not. */
export function afterRepeat(lines: readonly Line[], from: number, header: WrappedHeader): number {
  let at = from;
  for (const wanted of header.lines) {
    while (at < lines.length && isBlank(lines[at])) at++;
    if (at >= lines.length || folded((lines[at] as Line).text) !== wanted) return -1;
    at++;
  }
  return at;
}

export function sameHeader(one: WrappedHeader, other: WrappedHeader): boolean {
  const titles = (header: WrappedHeader): string => header.cells.map((cell) => folded(cell.text)).join('|');
  return titles(one) === titles(other);
}

function isTitleLine(text: string, afterBlank: boolean): boolean {
  if (text.length > LONGEST_LINE || /^\(?\d|[.;:]$/.test(text)) return false;
  if (/^(?:[IVX]+[.)]?|[A-Z][.)])\s/.test(text)) return false;
  const plain = folded(text);
  TITLE_START.lastIndex = 0;
  const match = TITLE_START.exec(plain);
  if (match?.index === 0) return true;
  return (match !== null || text.length <= (afterBlank ? 24 : 32)) && CONTINUATION.test(plain);
}

/** One cell for each title of the run. */
function splitTitles(cell: Cell): Cell[] {
  const plain = form(cell.text);
  const starts = [0];
  const number = NUMBER_TITLE.exec(cell.text)?.[0].length ?? 0;
  TITLE_START.lastIndex = number;
  for (let match = TITLE_START.exec(plain); match !== null; match = TITLE_START.exec(plain)) {
    const before = plain.slice(starts.at(-1), match.index).trim();
    // "Van ban giao" is a title by itself; only the task goes on with it.
    const goesOn = /giao$/.test(before) ? match[0].startsWith('nhiem vu') : GOES_ON.test(before);
    if (starts.length > 1 && (goesOn || unclosed(before))) continue;
    starts.push(match.index);
  }
  return starts.map((start, at) => sliced(cell, start, starts[at + 1] ?? cell.text.length));
}

function unclosed(text: string): boolean {
  return text.lastIndexOf('(') > text.lastIndexOf(')');
}

/** A part of a cell, with the places of its characters. */
function sliced(cell: Cell, from: number, to: number): Cell {
  const text = cell.text.slice(from, to).trimEnd();
  const before = cell.marks.filter((mark) => mark.offset <= from);
  const inside = cell.marks.filter((mark) => mark.offset > from && mark.offset < from + text.length);
  const first = before.at(-1) ?? (cell.marks[0] as Cell['marks'][number]);
  return { text, marks: [{ ...first, offset: 0 }, ...inside.map((mark) => ({ ...mark, offset: mark.offset - from }))] };
}
