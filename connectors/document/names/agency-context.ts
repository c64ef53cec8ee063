/** What stands around the name of an agency: the kind of a place, a list of bare names, a larger name it is part of. */
import type { Word } from './words.ts';

/** A list of bare names that begins at a word: "bo" for ministries, "dang uy bo" for their party committees. */
export interface BareListItem {
  kind: 'bo' | 'dang uy bo';
}

const BLANK = /^[\s.]*$/;
/** Words after which a name is named for itself, whatever stood before. */
const CONNECTORS = new Set(
  'va voi cho do tai gui den giua cung hoac trinh bao phoi hop chu tri de nghi xin y kien da dang se la theo ve'.split(
    ' ',
  ),
);
/** Heads of other bodies, folded; those that fold to everyday words are given as spelt. */
const HEADS = new Set(['so', 'cuc', 'vu', 'vien', 'truong', 'xa', 'phuong', 'vnpt', 'viettel', 'hdnd', 'khoa', 'chi']);
const SPELT: Readonly<Record<string, string>> = {
  so: 's\u1edf',
  cuc: 'c\u1ee5c',
  vu: 'v\u1ee5',
  vien: 'vi\u1ec7n',
  truong: 'tr\u01b0\u1eddng',
  xa: 'x\u00e3',
  phuong: 'ph\u01b0\u1eddng',
};
const DOUBLE_HEADS = new Set([
  'cong an',
  'dai hoc',
  'hoc vien',
  'trung tam',
  'chi cuc',
  'chi nhanh',
  'ban quan',
  'ban chi',
  'benh vien',
  'hoi dong',
  'cong ty',
  'dang uy',
  'dang bo',
  'van phong',
  'thanh tra',
  'toa an',
  'bo chi',
  'buu dien',
  'cong doan',
  'thanh doan',
  'tong cuc',
]);
const LOCAL_HEADS = new Set(['cong an', 'hoi dong', 'toa an']);

/** The first word of a place with its kind ("UBND tinh X"), or `at` itself when it has none. Not before `from`. */
export function placePrefixStart(text: string, words: readonly Word[], at: number, from: number): number {
  const joined = (index: number): boolean =>
    index >= from && BLANK.test(text.slice(words[index]?.end, words[index + 1]?.start));
  const is = (index: number, ...plain: string[]): boolean => joined(index) && plain.includes(words[index]?.plain ?? '');
  let first = at;
  if (is(first - 1, 'tinh', 'tp')) first -= 1;
  else if (is(first - 1, 'pho') && is(first - 2, 'thanh')) first -= 2;
  if (is(first - 1, 'uy') && is(first - 2, 'tinh', 'thanh')) return first - 2;
  if (is(first - 1, 'ubnd')) return first - 1;
  if (is(first - 1, 'dan') && is(first - 2, 'nhan') && is(first - 3, 'ban') && is(first - 4, 'uy')) return first - 4;
  return first;
}

/**
 * Whether the name is only a part of another body's name ("So ... Ha Noi", "Dai hoc Quoc gia Ha Noi"), or the place
 * where a document was dated.
 */
export function bodyOfAnotherName(
  text: string,
  words: readonly Word[],
  at: number,
  n: number,
  from: number,
  place: boolean,
): boolean {
  const last = words[at + n - 1] as Word;
  if (place && /^\s*,?\s*(?:ng\u00e0y|NG\u00c0Y)\s/.test(text.slice(last.end, last.end + 8))) return true;
  const first = placePrefixStart(text, words, at, from);
  for (let index = first - 1, far = 0; index >= from && far < 9; index -= 1, far += 1) {
    const word = words[index] as Word;
    const gap = text.slice(word.end, words[index + 1]?.start);
    if (/[,;:.()\n]|\s[-\u2013]\s/.test(gap)) return false;
    if (far === 0 && CONNECTORS.has(word.plain)) return false;
    if (far > 0 && word.plain !== 'va' && CONNECTORS.has(word.plain) && !word.capital) return false;
    if (isHead(text, words, index)) return true;
  }
  return false;
}

function isHead(text: string, words: readonly Word[], index: number): boolean {
  const word = words[index] as Word;
  const pair = `${word.plain} ${words[index + 1]?.plain ?? ''}`;
  if (DOUBLE_HEADS.has(pair)) {
    return (word.capital || LOCAL_HEADS.has(pair)) && words[index - 1]?.plain !== 'bo';
  }
  if (!word.capital || !HEADS.has(word.plain)) return false;
  const spelt = SPELT[word.plain];
  return spelt === undefined || text.slice(word.start, word.end).toLowerCase() === spelt;
}

/**
 * The words at which an item of a list of bare names may begin: after "Cac bo:" (with a colon, up to the end of the
 * sentence) or directly after "cac bo" as long as items follow each other.
 */
export function bareListStarts(
  text: string,
  words: readonly Word[],
  isBareName: (at: number) => boolean,
): Map<number, BareListItem> {
  const starts = new Map<number, BareListItem>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Word;
    if (word.plain !== 'bo') continue;
    const many = words[at - 1]?.plain === 'cac';
    const party = words[at - (many ? 2 : 1)]?.plain === 'uy' && words[at - (many ? 3 : 2)]?.plain === 'dang';
    const kind = party ? 'dang uy bo' : 'bo';
    const colon = colonAfter(text, words, at);
    if (colon !== null && (many || colon === at + 1)) markItems(text, words, colon, 3, kind, isBareName, starts);
    else if (many && isBareName(at + 1)) markItems(text, words, at + 1, 1, kind, isBareName, starts);
  }
  return starts;
}

/** The word after a colon that closes the phrase begun at `at`, if it is a short phrase. */
function colonAfter(text: string, words: readonly Word[], at: number): number | null {
  for (let index = at; index < Math.min(at + 12, words.length - 1); index += 1) {
    const gap = text.slice(words[index]?.end, words[index + 1]?.start);
    if (gap.includes(':')) return index + 1;
    if (/[.;()]/.test(gap)) return null;
  }
  return null;
}

function markItems(
  text: string,
  words: readonly Word[],
  from: number,
  patience: number,
  kind: BareListItem['kind'],
  isBareName: (at: number) => boolean,
  starts: Map<number, BareListItem>,
): void {
  let strangers = 0;
  for (let at = from; at < Math.min(words.length, from + 250); at += 1) {
    const gap = at === from ? ',' : text.slice(words[at - 1]?.end, words[at]?.start);
    if (/[.!?:]\s|[.!?:]$/.test(gap) && words[at - 1]?.plain !== 'tp' && at > from) return;
    const item = /[,;]/.test(gap) || words[at - 1]?.plain === 'va';
    if (!item) continue;
    if (isBareName(at)) {
      starts.set(at, { kind });
      strangers = 0;
    } else if (/[,;]/.test(gap)) {
      strangers += 1;
      if (strangers >= patience) return;
    }
  }
}
