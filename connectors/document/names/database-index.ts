/** The names of databases as sets of words with weights: the rarer a word among the names, the more it decides. */
import type { DatabaseRow } from '../../../config/schema/registry.ts';
import { likeness, wordsOf } from './words.ts';

/** One way to write a database's name, without the words that say only that it is a database. */
export interface DatabaseVariant {
  id: string;
  /** Position among the variants of the index. */
  order: number;
  words: readonly string[];
  /** The words with a blank before and after each. */
  text: string;
  weight: number;
  /** The name begins with "Co so du lieu", "He thong thong tin" or the like. */
  headed: boolean;
  /** "quoc gia" stands in it. */
  national: boolean;
}

export interface DatabaseIndex {
  databases: ReadonlyMap<string, DatabaseRow>;
  variants: readonly DatabaseVariant[];
  byWord: ReadonlyMap<string, readonly DatabaseVariant[]>;
  weightOf(word: string): number;
  longest: number;
}

/** Heads of a name, longest first, as folded words. */
export const HEADS: readonly (readonly string[])[] = [
  'he thong thong tin co so du lieu',
  'he thong co so du lieu',
  'he thong phan mem',
  'he thong thong tin',
  'he thong csdl',
  'co so du lieu',
  'kho du lieu',
  'du lieu quoc gia ve',
  'csdlqg',
  'csdl',
  'he thong',
].map((head) => head.split(' '));

/** Words that are put in and left out freely. */
const FREE = new Set(['ve', 'va', 'cua', 'cac', 'quoc', 'gia', 'nhung', 'cho', 'trong', 'thuoc', 'nganh']);
/** Words of many names that say little about which one is meant. */
const LIGHT = new Set([
  'quan',
  'ly',
  'linh',
  'vuc',
  'thong',
  'tin',
  'du',
  'lieu',
  'dien',
  'tu',
  'he',
  'tong',
  'hop',
  'chuyen',
  'dung',
  'chung',
  'so',
  'lieu',
  'to',
  'chuc',
]);

export function isFree(word: string): boolean {
  return FREE.has(word);
}

/** Whether the head says "database": other heads ("he thong") begin many things that are none. */
export function saysDatabase(words: readonly string[], at: number, length: number): boolean {
  const head = words.slice(at, at + length).join(' ');
  return head.includes('csdl') || head.includes('co so du lieu');
}

/** How many words at `at` are the head of a database's name; 0 when there is none. */
export function headLength(words: readonly string[], at: number): number {
  for (const head of HEADS) {
    if (head.every((word, index) => words[at + index] === word)) return head.length;
  }
  return 0;
}

export function indexDatabases(databases: readonly DatabaseRow[]): DatabaseIndex {
  const raw = databases.flatMap((database) =>
    [database.name, ...database.aliases].flatMap((spelling) =>
      spellingsOf(spelling).map((words) => ({ id: database.database_id, ...words })),
    ),
  );
  const usedBy = new Map<string, Set<string>>();
  for (const { id, words } of raw) {
    for (const word of words) usedBy.set(word, (usedBy.get(word) ?? new Set()).add(id));
  }
  const rarityOf = (users: number): number => 1 + Math.log((databases.length + 1) / (users + 1)) / 2;
  const weights = new Map([...usedBy].map(([word, users]) => [word, weigh(word, rarityOf(users.size))]));
  const rarest = rarityOf(0);
  const weightOf = (word: string): number => weights.get(word) ?? weigh(word, rarest);
  const variants = new Map<string, DatabaseVariant>();
  for (const { id, words, headed, national } of raw) {
    const key = `${id} ${words.join(' ')}`;
    if (words.length > 0 && !variants.has(key)) {
      const weight = words.reduce((sum, word) => sum + weightOf(word), 0);
      variants.set(key, { id, order: variants.size, words, text: ` ${words.join(' ')} `, weight, headed, national });
    }
  }
  const byWord = new Map<string, DatabaseVariant[]>();
  for (const variant of variants.values()) {
    for (const word of new Set(variant.words)) byWord.set(word, [...(byWord.get(word) ?? []), variant]);
  }
  return {
    databases: new Map(databases.map((database) => [database.database_id, database])),
    variants: [...variants.values()],
    byWord,
    weightOf,
    longest: Math.max(1, ...[...variants.values()].map((variant) => variant.words.length)),
  };
}

function weigh(word: string, rarity: number): number {
  if (FREE.has(word)) return 0.05;
  return LIGHT.has(word) ? rarity / 4 : rarity;
}

/** The name as printed, and the name without what stands in brackets. */
function spellingsOf(spelling: string): Core[] {
  return [coreOf(spelling.replace(/[()]/g, ' ')), coreOf(spelling.replace(/\([^()]*\)/g, ' '))];
}

export interface Core {
  words: string[];
  headed: boolean;
  national: boolean;
}

/** The words of a name that decide, without its head. */
export function coreOf(name: string): Core {
  const words = wordsOf(name).map((word) => word.plain);
  const head = headLength(words, 0) || misreadHead(words);
  return { words: words.slice(head).filter((word) => !FREE.has(word)), headed: head > 0, national: isNational(words) };
}

/** "Co so du lieu" with a misread letter or two at the beginning of a name. */
function misreadHead(words: readonly string[]): number {
  const usual = 'co so du lieu';
  return likeness(words.slice(0, 4).join(' '), usual, 0.8) > 0 ? 4 : 0;
}

/** Whether "quoc gia" (or its short form) stands among the words. */
export function isNational(words: readonly string[]): boolean {
  return words.some((word, at) => word === 'qg' || word === 'csdlqg' || (word === 'quoc' && words[at + 1] === 'gia'));
}
