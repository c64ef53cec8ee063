/** Text as words with their places: what the readers of names compare. */
import { BoundedMap } from '../../../config/bounded-map.ts';
import { foldLetters } from '../language/fold.ts';

export interface Word {
  /** Lower case, without diacritics. */
  plain: string;
  start: number;
  end: number;
  /** The first letter is a capital in the text. */
  capital: boolean;
  /** All letters are capitals (or digits) and there are at least two of them. */
  acronym: boolean;
}

const WORD = /[\p{L}\p{N}&]+/gu;
/** "Bo" run together with the name after it, as happens at the end of a line. */
const JOINED = /^(b\u1ed9|t\u1ec9nh|ubnd)(?=\p{Lu}\p{Ll})/iu;
const SPELLINGS = new Map<string, string>();

/** Folds one word; texts repeat their words, so spellings are remembered (a bounded number of them). */
function plainWord(word: string): string {
  const known = SPELLINGS.get(word);
  if (known !== undefined) return known;
  const plain = foldLetters(word);
  if (SPELLINGS.size < 50_000 && word.length <= 30) SPELLINGS.set(word, plain);
  return plain;
}

/** The texts asked for last: each is looked through for agencies and then for databases, clause by clause. */
const READ = new BoundedMap<string, readonly Word[]>(500);
/** Characters of a text that is kept. */
const LONGEST_READ = 2_000;

/** The words of a text in order; punctuation and spaces are what lies between them. */
export function wordsOf(text: string): readonly Word[] {
  const known = READ.get(text);
  if (known !== undefined) return known;
  const words = splitWords(text);
  if (text.length <= LONGEST_READ) READ.set(text, words);
  return words;
}

function splitWords(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const raw = match[0];
    const kind = raw.length > 3 && raw.length < 20 ? (JOINED.exec(raw)?.[0].length ?? 0) : 0;
    // With the flags "iu" a capital class takes small letters too: the letter itself is asked.
    const split = kind > 0 && raw.charAt(kind) !== raw.charAt(kind).toLowerCase() ? kind : 0;
    if (split > 0) words.push(wordAt(raw.slice(0, split), match.index));
    words.push(wordAt(raw.slice(split), match.index + split));
  }
  return words;
}

function wordAt(raw: string, start: number): Word {
  const first = raw.charAt(0);
  const upper = raw.toUpperCase();
  return {
    plain: plainWord(raw),
    start,
    end: start + raw.length,
    capital: first !== first.toLowerCase(),
    acronym: raw.length >= 2 && raw === upper && upper !== raw.toLowerCase(),
  };
}

/**
 * How many letters must be changed, added or left out to turn one text into the other; `limit + 1` as soon as it is
 * certain to be more than `limit`.
 */
export function editDistance(first: string, second: string, limit: number): number {
  if (first === second) return 0;
  const width = second.length;
  if (Math.abs(first.length - width) > limit || limit <= 0) return limit + 1;
  const far = limit + 1;
  let previous = ROWS[0];
  let current = ROWS[1];
  if (previous.length <= width) {
    previous = new Uint16Array(width + 1);
    current = new Uint16Array(width + 1);
  }
  for (let column = 0; column <= width; column += 1) previous[column] = Math.min(column, far);
  for (let row = 1; row <= first.length; row += 1) {
    const from = Math.max(1, row - limit);
    const to = Math.min(width, row + limit);
    current[from - 1] = from === 1 ? Math.min(row, far) : far;
    let best = far;
    for (let column = from; column <= to; column += 1) {
      const same = first.charCodeAt(row - 1) === second.charCodeAt(column - 1);
      const swapped = (previous[column - 1] ?? far) + (same ? 0 : 1);
      const above = column <= row + limit - 1 ? (previous[column] ?? far) + 1 : far;
      const value = Math.min(swapped, above, (current[column - 1] ?? far) + 1, far);
      current[column] = value;
      if (value < best) best = value;
    }
    if (best >= far) return far;
    [previous, current] = [current, previous];
  }
  return Math.min(previous[width] ?? far, far);
}

/** Two rows of the table are enough; kept, because names are compared many thousand times. */
const ROWS: readonly [Uint16Array, Uint16Array] = [new Uint16Array(256), new Uint16Array(256)];

/** How alike two folded texts are: 1 the same, 0 below `least`. */
export function likeness(first: string, second: string, least: number): number {
  const longest = Math.max(first.length, second.length);
  if (longest === 0) return 0;
  const limit = Math.floor((1 - least) * longest + 1e-9);
  const distance = editDistance(first, second, limit);
  return distance > limit ? 0 : 1 - distance / longest;
}
