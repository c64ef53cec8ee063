/**
 * Codes for the words of a column, found by their bytes: ten million rows of a hundred words become ten million small
 * numbers and a hundred texts, and no row becomes a string.
 */
import { Fault } from '../../../config/fault.ts';

/** More different codes are no codes of databases or directions. */
export const MAX_WORDS = 10_000;
/** Longer is no code; what lies beyond is not looked at. */
const MAX_BYTES = 200;
const SLOTS = 32_768;

export class WordCodes {
  readonly texts: string[] = [];
  readonly #slots = new Int32Array(SLOTS).fill(-1);
  readonly #words: Uint8Array[] = [];

  /** The code of the word in `bytes` from `start` to `end`. @throws Fault where there are too many */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    const stop = Math.min(end, start + MAX_BYTES);
    let slot = hashOf(bytes, start, stop) & (SLOTS - 1);
    for (;;) {
      const code = this.#slots[slot] as number;
      if (code < 0) return this.#add(slot, bytes.slice(start, stop));
      const word = this.#words[code] as Uint8Array;
      if (isSame(word, bytes, start, stop)) return code;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  #add(slot: number, word: Uint8Array): number {
    const code = this.#words.length;
    if (code >= MAX_WORDS) throw tooManyWords();
    this.#slots[slot] = code;
    this.#words.push(word);
    this.texts.push(Buffer.from(word).toString('utf8'));
    return code;
  }
}

export function tooManyWords(): Fault {
  return new Fault(
    'source/too-many-codes',
    `the log has more than ${MAX_WORDS} different codes of databases or words of direction`,
    {
      hint: 'see whether `columns` names the right columns',
    },
  );
}

/** FNV-1a. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function isSame(word: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i++) if (word[i] !== bytes[start + i]) return false;
  return true;
}
