/** What a document says of itself at its beginning: title, number, day, issuer, and the moment its data are of. */
import { findDays, isoDay } from '../language/dates.ts';
import { fold, foldLetters } from '../language/fold.ts';
import type { Block, Document, Table } from '../model.ts';
import { readColumns } from './columns.ts';
import { isCapitals } from './sections.ts';

export interface DocumentHead {
  title: string;
  /** Number and sign as printed, without blanks ("164/BC-BKHCN"). */
  number?: string;
  /** Day of the document (YYYY-MM-DD), only when the whole day is printed. */
  date?: string;
  /** When its data were true (ISO 8601, +07:00): the moment of update where one is printed, else the day. */
  stated_at: string;
  /** False when only a month is printed: `stated_at` is then its last day. */
  day_known: boolean;
  /** Who issued it, as printed. */
  issuer?: string;
}

/** Paragraphs looked at: a head is short, and a body names many other documents and days. */
const PARAGRAPHS = 12;
const LONGEST = 1_000;
const NUMBER =
  /\d{1,5}[a-z]?\s?\/\s?\p{Lu}[\p{L}\d]*(?:\s?-\s?\p{L}[\p{L}\d]*)*|\d{1,5}\s?-\s?\p{Lu}\p{L}*\s?\/\s?\p{L}+/u;
const HOUR = /(\d{1,2})\s?(?:h|g|gio|:)\s?(\d{2})?(?:\s?(?:phut|'))?[\s,]*(?:,\s*)?(?:ngay|den|hom)?/;
const UPDATED = /cap nhat|so lieu|tinh den|den (?:het )?(?:ngay|thang|\d)|thoi diem/;
const ATTACHED = /^\W*(?:ban hanh )?(?:kem theo|phu luc (?:cua|bao cao))/;
const STATE_HEADER =
  /^(?:cong hoa xa hoi|doc lap\s?-|dang cong san|thu tuong|chinh phu$|noi nhan|mat$|phu luc\W*[\divxlc]*\W*$)/;

/** @returns null when no title or no month at all is printed in the first paragraphs */
export function readHead(document: Document): DocumentHead | null {
  const paragraphs = headParagraphs(document);
  const title = titleOf(paragraphs);
  const when = whenOf(paragraphs);
  if (title === '' || when === null) return null;
  const own = paragraphs.find((text) => /^\W*so\s*:?\s*\d/.test(foldLetters(text)));
  const attached = paragraphs.find((text) => ATTACHED.test(foldLetters(text)));
  const number = numberIn(own) ?? (attached === undefined ? undefined : numberIn(attached));
  const issuer = attached === undefined ? undefined : issuerIn(attached);
  return {
    title,
    ...(number === undefined ? {} : { number }),
    ...(when.date === undefined ? {} : { date: when.date }),
    stated_at: when.stated_at,
    day_known: when.day_known,
    ...(issuer === undefined ? {} : { issuer }),
  };
}

function headParagraphs(document: Document): string[] {
  const texts: string[] = [];
  for (const block of document.blocks) {
    if (block.kind === 'table' && !isLetterhead(block)) break;
    for (const line of linesOf(block)) {
      const text = line
        .slice(0, 2 * LONGEST)
        .replace(/\s+/g, ' ')
        .trim();
      if (text !== '') texts.push(text.slice(0, LONGEST));
    }
    if (texts.length >= PARAGRAPHS) break;
  }
  return texts;
}

/** The head of a letter is set in a small table without borders: issuer and number on the left, day on the right. */
function isLetterhead(table: Table): boolean {
  return table.rows.length <= 4 && readColumns(table.header).kind === 'other';
}

function linesOf(block: Block): string[] {
  if (block.kind === 'paragraph') return block.text.text.split('\n');
  const cells = block.rows.flatMap((row) => (row.kind === 'heading' ? [row.text] : row.cells));
  return [...block.header, ...cells].flatMap((cell) => cell?.text.split('\n') ?? []);
}

const KINDS =
  /danh (?:muc|sach)|bao cao|chi thi|quyet dinh|thong bao|cong van|ke hoach|nghi quyet|to trinh|nhiem vu|tong hop|tinh hinh|ket qua/;

/** The lines in capitals that say what the document is; the issuer's own name above them is no title. */
function titleOf(paragraphs: readonly string[]): string {
  const groups: { text: string; next: number }[] = [];
  let last = -2;
  for (const [at, text] of paragraphs.entries()) {
    if (!isTitleLine(text)) continue;
    const group = groups.at(-1);
    if (group !== undefined && last === at - 1) {
      // The issuer's name directly above is no part of the title.
      const issuerAbove = !KINDS.test(foldLetters(group.text)) && KINDS.test(foldLetters(text));
      group.text = issuerAbove ? text : `${group.text} ${text}`;
      group.next = at + 1;
    } else groups.push({ text, next: at + 1 });
    last = at;
  }
  const group = groups.find((one) => KINDS.test(foldLetters(one.text))) ?? groups[0];
  if (group === undefined) {
    const first = paragraphs.find((text) => !STATE_HEADER.test(foldLetters(text)) && !numberOnly(text));
    return first !== undefined && first.length <= 400 ? first : '';
  }
  // "BAO CAO" alone is the kind; what it is about stands below in small letters.
  const below = paragraphs[group.next];
  const alone = group.text.split(' ').length <= 3 && below !== undefined && below.length <= 300 && !numberOnly(below);
  return alone && !/^\W*\(/.test(below) ? `${group.text} ${below}` : group.text;
}

function isTitleLine(text: string): boolean {
  const plain = foldLetters(text);
  if (text.length > 500 || !isCapitals(text) || STATE_HEADER.test(plain) || /^\W*so\s*:/.test(plain)) return false;
  return /\p{L}{2}/u.test(text) && !/\d{1,5}\/\p{Lu}/u.test(text.slice(0, 12));
}

function numberOnly(text: string): boolean {
  return /^\W*so\s*:/.test(foldLetters(text)) || /^[^,]{2,30},\s*ngay\b/.test(foldLetters(text));
}

interface When {
  date?: string;
  stated_at: string;
  day_known: boolean;
}

function whenOf(paragraphs: readonly string[]): When | null {
  const dated = ownDay(paragraphs);
  const state = stateDay(paragraphs);
  if (state?.hour !== undefined) {
    return { date: dated ?? state.day, stated_at: instant(state.day, state.hour), day_known: true };
  }
  if (dated !== undefined) return { date: dated, stated_at: instant(dated), day_known: true };
  if (state?.exact === true) return { date: state.day, stated_at: instant(state.day), day_known: true };
  const month = blankDay(paragraphs) ?? state?.day;
  return month === undefined ? null : { stated_at: instant(month), day_known: false };
}

function instant(day: string, hour = '00:00'): string {
  return `${day}T${hour}:00+07:00`;
}

/** The day of the document itself: beside the place it was signed in, or beside its number in "(Kem theo ...)". */
function ownDay(paragraphs: readonly string[]): string | undefined {
  for (const text of paragraphs) {
    const plain = foldLetters(text);
    const place = text.length <= 160 && /(?:^|\s)\p{L}[^\d:()]{1,40},\s*ngay\s+\d/u.test(plain);
    const attached = ATTACHED.test(plain) || /^\W*so\s*:?\s*\d[^,]{0,40}\bngay\s+\d/.test(plain);
    if (!place && !attached) continue;
    // Only the day directly after "ngay": what follows names other documents.
    const at = plain.search(/\bngay\s+\d/);
    const day = at < 0 ? undefined : findDays(text.slice(at, at + 45), fold(text.slice(at, at + 45)))[0];
    if (day !== undefined && day.precision === 'day' && day.start <= 6) return day.day;
  }
  return undefined;
}

/** The day up to which the data go ("cap nhat 14h ngay 29/6/2026", "den het thang 7/2025"). */
export function stateDay(paragraphs: readonly string[]): { day: string; exact: boolean; hour?: string } | null {
  for (const text of paragraphs) {
    const plain = foldLetters(text);
    const at = plain.search(UPDATED);
    if (at < 0 || text.length > 600 || ATTACHED.test(plain)) continue;
    const part = text.slice(at, at + 90);
    const day = findDays(part)[0];
    if (day === undefined) continue;
    const clock = HOUR.exec(foldLetters(part.slice(0, day.start)));
    const hours = clock === null ? Number.NaN : Number(clock[1]);
    const hour = hours < 24 ? `${String(hours).padStart(2, '0')}:${clock?.[2] ?? '00'}` : undefined;
    return { day: day.day, exact: day.precision === 'day', ...(hour === undefined ? {} : { hour }) };
  }
  return null;
}

/** "ngay   /5/2026", "ngay ... thang 8 nam 2025": the last day of the month. */
function blankDay(paragraphs: readonly string[]): string | undefined {
  for (const text of paragraphs) {
    const plain = foldLetters(text);
    const match =
      /ngay[\s._\u2026]*\/\s?(\d{1,2})\s?\/\s?(\d{4})/.exec(plain) ??
      /(?:ngay[\s._\u2026]*)?thang\s+(\d{1,2})\s*(?:nam\s+|\/)\s*(\d{4})/.exec(plain);
    if (match === null) continue;
    const [year, month] = [Number(match[2]), Number(match[1])];
    for (const day of [31, 30, 29, 28]) {
      const iso = isoDay(year, month, day);
      if (iso !== null) return iso;
    }
  }
  return undefined;
}

function numberIn(text: string | undefined): string | undefined {
  const match = text === undefined ? null : NUMBER.exec(text);
  // In "(Kem theo Bao cao /BC-X ngay ...)" the number was left blank; a number further on is another document's.
  if (match === null || match.index > 60) return undefined;
  return match[0].replace(/\s/g, '');
}

/** "... cua Van phong Chinh phu ve ...": the body named after the day. */
function issuerIn(text: string): string | undefined {
  const plain = foldLetters(text);
  const match = /\d{4}\s+cua\s+([^,()]{3,90}?)(?=\s+ve\s|\)|,|$)/.exec(plain);
  if (match === null) return undefined;
  const start = match.index + match[0].length - (match[1]?.length ?? 0);
  return text.slice(start, start + (match[1]?.length ?? 0)).trim();
}
