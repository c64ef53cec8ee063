/** How like the words of a text are to the names of databases, and which of several candidates is meant. */
import type { DatabaseIndex, DatabaseVariant } from './database-index.ts';
import { likeness } from './words.ts';

/** Below this likeness a name is another name. */
export const LEAST = 0.82;
export const MARGIN = 0.05;
/** Asked for where the head does not say "database". */
export const FIRM = 0.95;
/** A part of a name that no other database has, taken for the whole name. */
const PART = 0.86;
/** The owner of one candidate is the agency spoken of. */
const OWNER = 0.06;

export interface Scored {
  id: string;
  score: number;
  words: number;
}

/** The names of which a good part is said in the phrase: the only ones worth comparing. */
export function possible(index: DatabaseIndex, phrase: readonly string[]): DatabaseVariant[] {
  const shared = new Float64Array(index.variants.length);
  const met: DatabaseVariant[] = [];
  for (const word of new Set(phrase)) {
    const weight = index.weightOf(word);
    for (const variant of index.byWord.get(word) ?? []) {
      const before = shared[variant.order] as number;
      if (before === 0) met.push(variant);
      shared[variant.order] = before + weight;
    }
  }
  return met.filter((variant) => (shared[variant.order] as number) >= variant.weight * 0.38);
}

/** Every database whose name is like these words, with how like. */
export function similar(
  index: DatabaseIndex,
  words: readonly string[],
  national: boolean,
  candidates: readonly DatabaseVariant[],
  partsToo: boolean,
): Scored[] {
  if (words.length === 0) return [];
  const best = new Map<string, Scored>();
  const put = (id: string, score: number): void => {
    if (score > (best.get(id)?.score ?? 0)) best.set(id, { id, score, words: words.length });
  };
  const weight = words.reduce((sum, word) => sum + index.weightOf(word), 0);
  for (const variant of candidates) put(variant.id, alike(index, words, weight, variant));
  if (partsToo && weight >= 3) {
    // Only what is part of one name alone; of a name of which it is a good part.
    const part = ` ${words.join(' ')} `;
    const parts =
      words.length < 2
        ? []
        : (index.byWord.get(words[0] as string) ?? []).filter(
            (variant) => words.length < variant.words.length && variant.text.includes(part),
          );
    const good = parts.find((variant) => weight >= variant.weight * 0.35 && (!national || variant.national));
    if (good !== undefined && parts.every((variant) => variant.id === good.id)) put(good.id, PART);
  }
  return [...best.values()].filter((scored) => scored.score >= LEAST - OWNER);
}

/** Shared weight of two names: 1 when they have the same words in the same order. */
function alike(index: DatabaseIndex, words: readonly string[], weight: number, variant: DatabaseVariant): number {
  // Even with every word shared, names of such different length are not alike.
  if ((2 * Math.min(weight, variant.weight)) / (weight + variant.weight) < LEAST - 2 * OWNER) return 0;
  const rest = [...variant.words];
  let shared = 0;
  let sum = weight;
  for (const word of words) {
    let at = rest.indexOf(word);
    let share = 1;
    if (at < 0 && word.length >= 3) {
      at = rest.findIndex((other) => misread(word, other));
      share = at < 0 ? 0 : likeness(word, rest[at] as string, 0.66);
    }
    if (at < 0) continue;
    const own = index.weightOf(rest[at] as string);
    // A misread word is worth the word it stands for, not the rarity of its misreading.
    sum += own - index.weightOf(word);
    shared += own * share;
    rest.splice(at, 1);
  }
  const score = (2 * shared) / (sum + variant.weight);
  return score > 0.999 && words.join(' ') !== variant.words.join(' ') ? 0.98 : Math.min(1, score);
}

/** One letter of a word read as another, lost or added; a word that begins and ends otherwise is another word. */
function misread(word: string, other: string): boolean {
  if (other.length < 3 || Math.abs(word.length - other.length) > 1) return false;
  if (word[0] !== other[0] && word.at(-1) !== other.at(-1)) return false;
  return likeness(word, other, 0.66) > 0;
}

/** The one that is meant; null when two are too close or none is like enough. */
export function decided(index: DatabaseIndex, found: readonly Scored[], agencyId: string | undefined): Scored | null {
  const ranked = ranking(index, found, agencyId);
  const [first, second] = ranked;
  if (first === undefined || first.score < LEAST) return null;
  if (second !== undefined && first.rank - second.rank < MARGIN && second.words >= first.words) return null;
  return first;
}

/** By score, the owner's own before others, and the longer of two names read whole before the shorter. */
export function ranking(
  index: DatabaseIndex,
  found: readonly Scored[],
  agencyId: string | undefined,
): (Scored & { rank: number })[] {
  const own = (id: string): boolean => agencyId !== undefined && index.databases.get(id)?.agency_id === agencyId;
  return found
    .map((one) => ({ ...one, rank: one.score + (own(one.id) ? OWNER : 0) + Math.min(one.words, 30) * 0.004 }))
    .sort((one, two) => two.rank - one.rank || (one.id < two.id ? -1 : 1));
}
