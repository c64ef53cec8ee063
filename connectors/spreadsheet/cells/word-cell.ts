/**
 * A word of a drop-down as people type it: case, spaces, diacritics, a letter more or less. Words that decide the state
 * ("chưa", "đã", "đang", "một phần", the number of directions) must be the same: a slip never leads from one state to
 * another.
 */
import { foldLetters } from '../../document/language/fold.ts';
import { editDistance } from '../../document/names/words.ts';

export interface Word {
  readonly id: string;
  readonly word: string;
}

/** Folded words that decide a meaning, each a whole word or two. */
const DECIDING =
  /\b(?:chua|khong|da|dang|sap|se|cho|moi|tam|ke hoach|de nghi|huong toi|mot phan|day du|thu nghiem|chinh thuc|hoan thanh|dat|tu choi|buoc dau|\d+)\b/g;
const LONGEST = 300;
/** One slip for so many letters. */
const LETTERS_PER_SLIP = 8;
const MOST_SLIPS = 3;

/** The entry a text means, or null where it is none or could be several. */
export function matchWord<W extends Word>(text: string, list: readonly W[]): W | null {
  if (text.length > LONGEST) return null;
  return (
    only(list, (entry) => exact(entry.word) === exact(text)) ??
    only(list, (entry) => plainWord(entry.word) === plainWord(text)) ??
    only(list, (entry) => plainWord(withoutAside(entry.word)) === plainWord(text)) ??
    nearest(plainWord(text), list)
  );
}

function nearest<W extends Word>(text: string, list: readonly W[]): W | null {
  const most = Math.min(MOST_SLIPS, Math.floor(text.length / LETTERS_PER_SLIP));
  if (most < 1) return null;
  const found = list
    .map((entry) => ({ entry, slips: slips(text, plainWord(entry.word), most + 2) }))
    .sort((a, b) => a.slips - b.slips);
  const [best, second] = found;
  if (best === undefined || best.slips > most) return null;
  // The next best must be clearly further away, or there is a choice.
  if (second !== undefined && second.entry.id !== best.entry.id && second.slips < best.slips + 2) return null;
  return deciding(text) === deciding(plainWord(best.entry.word)) ? best.entry : null;
}

function slips(a: string, b: string, limit: number): number {
  return editDistance(a, b, limit);
}

function deciding(plain: string): string {
  return (plain.match(DECIDING) ?? []).join(' ');
}

function only<W extends Word>(list: readonly W[], fits: (entry: W) => boolean): W | null {
  const found = list.filter(fits);
  return new Set(found.map((entry) => entry.id)).size === 1 ? (found[0] ?? null) : null;
}

function exact(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}

const FOLDED = new Map<string, string>();

/** Letters and digits only, numbers of directions as digits. Remembered: the words of a list are asked for again and again. */
export function plainWord(text: string): string {
  const known = FOLDED.get(text);
  if (known !== undefined) return known;
  const plain = foldLetters(text.normalize('NFC'))
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\bmot (?=chieu\b)/g, '1 ')
    .replace(/\bhai (?=chieu\b)/g, '2 ')
    .trim();
  if (FOLDED.size < 5_000 && text.length <= LONGEST) FOLDED.set(text, plain);
  return plain;
}

/** "Đã kết nối (chưa nêu chiều)" is typed without what is in brackets. */
function withoutAside(word: string): string {
  return word.replace(/\s*\([^()]*\)\s*$/, '');
}
