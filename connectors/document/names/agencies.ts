/**
 * Agencies named in a text: through names, short names and aliases of the registry, without regard to case and
 * diacritics, tolerant of misread letters. A name that fits two agencies about as well is refused, never guessed.
 */
import type { Match, Registry, Resolution } from '../registry.ts';
import { bareListStarts, bodyOfAnotherName, placePrefixStart } from './agency-context.ts';
import { type AgencyIndex, type AgencyVariant, indexAgencies, keyOf, PLACE_TYPES } from './agency-index.ts';
import { type Candidate, chosen, LEAST, MARGIN, resolveAgency, validOn } from './agency-resolution.ts';
import { recalled } from './recalled.ts';
import { likeness, type Word, wordsOf } from './words.ts';

export interface AgencyNames {
  /**
   * All agencies named in a text, in order, not overlapping, the longest name first.
   * @param day date of the document (YYYY-MM-DD): decides between rows of one name valid at different times
   */
  find(text: string, day?: string): Match[];
  /** The agency that a whole text (a cell, an item of a list) names. */
  resolve(name: string, day?: string): Resolution;
  /** The agency that an agency is a unit of; null for one that stands for itself. */
  parentOf(agencyId: string): string | null;
}

/** Readers of agency names over a registry; building the index takes a few milliseconds. */
export function agencyNames(registry: Pick<Registry, 'agencies'>): AgencyNames {
  const index = indexAgencies(registry.agencies);
  // The same few names come in every row.
  const resolved = new Map<string, Resolution>();
  return {
    find: recalled((text, day) => findAgencies(index, text, day)),
    parentOf: (agencyId) => index.agencies.get(agencyId)?.parent_id ?? null,
    resolve: (name, day) => {
      const key = `${day ?? ''} ${name}`;
      const known = resolved.get(key);
      if (known !== undefined) return known;
      const resolution = resolveAgency(index, name, day);
      if (resolved.size < 5000 && name.length <= 200) resolved.set(key, resolution);
      return resolution;
    },
  };
}

function findAgencies(index: AgencyIndex, text: string, day: string | undefined): Match[] {
  const words = wordsOf(text);
  const bareAt = bareListStarts(text, words, (at) => bareName(index, text, words, at) !== null);
  const found: Match[] = [];
  let from = 0;
  for (let at = 0; at < words.length; at += 1) {
    const list = bareAt.get(at);
    const candidate =
      (list === undefined ? null : bareMatch(index, text, words, at, list.kind, day)) ??
      exactMatch(index, text, words, at, from, day) ??
      misreadMatch(index, text, words, at, day);
    if (candidate === null) continue;
    const last = words[at + candidate.words - 1] as Word;
    const start = (words[placePrefixStart(text, words, at, from)] as Word).start;
    const opened = text.slice(start, last.end).includes('(') && text[last.end] === ')';
    found.push({ id: candidate.id, score: candidate.score, start, end: last.end + (opened ? 1 : 0) });
    at += candidate.words - 1;
    from = at + 1;
  }
  return withoutBranches(index, text, found);
}

/** A company's name directly before a place is its branch there: neither the company nor the place is meant. */
function withoutBranches(index: AgencyIndex, text: string, found: readonly Match[]): Match[] {
  const typeOf = (match: Match | undefined): string => index.agencies.get(match?.id ?? '')?.type ?? '';
  const branch = (first: Match | undefined, second: Match | undefined): boolean =>
    first !== undefined &&
    second !== undefined &&
    typeOf(first) === 'doanh_nghiep' &&
    PLACE_TYPES.has(typeOf(second)) &&
    /^\s+$/.test(text.slice(first.end, second.start));
  return found.filter((match, at) => !branch(found[at - 1], match) && !branch(match, found[at + 1]));
}

function exactMatch(
  index: AgencyIndex,
  text: string,
  words: readonly Word[],
  at: number,
  from: number,
  day: string | undefined,
): Candidate | null {
  if (!index.byFirstWord.has(words[at]?.plain ?? '')) return null;
  const most = Math.min(index.longest + 1, words.length - at);
  for (let n = most; n >= 1; n -= 1) {
    const span = words.slice(at, at + n);
    if (span.at(-1)?.plain === 'va') continue;
    const variants = index.exact.get(keyOf(span.map((word) => word.plain)));
    const fitting = (variants ?? []).filter((variant) => standsAs(variant, text, words, at, n, from));
    if (fitting.length === 0) continue;
    const id = validOn(index, fitting, day);
    return id === null || bodyOfAnotherName(text, words, at, n, from, isPlace(fitting))
      ? null
      : { id, score: 1, words: n };
  }
  return null;
}

function isPlace(variants: readonly AgencyVariant[]): boolean {
  return variants.some((variant) => variant.place);
}

/** Whether words that spell a variant are that name here: capitals, commas and neighbours as the name asks for. */
function standsAs(
  variant: AgencyVariant,
  text: string,
  words: readonly Word[],
  at: number,
  n: number,
  from: number,
): boolean {
  const first = words[at] as Word;
  const last = words[at + n - 1] as Word;
  if (!gapsFit(variant, text, words, at, n)) return false;
  if (variant.acronym) return first.acronym && !inDocumentNumber(text, first);
  if ((variant.place || variant.opening) && !first.capital) return false;
  if (variant.spelling !== null) {
    const written = text.slice(first.start, first.end).toLowerCase();
    if (written !== variant.spelling && written !== first.plain) return false;
  }
  if (variant.opening) {
    const next = words[at + n];
    if (next?.capital && /^\s+$/.test(text.slice(last.end, next.start))) return false;
  }
  if (!variant.bare) return true;
  if (!variant.place || !first.capital) return false;
  if (placePrefixStart(text, words, at, from) < at) return true;
  const before = text.slice(words[at - 1]?.end ?? 0, first.start);
  return at === 0 || /[,;:\n]/.test(before);
}

/** Between the words of a name only blanks and dashes stand, and a comma or bracket only where the name has one. */
function gapsFit(variant: AgencyVariant, text: string, words: readonly Word[], at: number, n: number): boolean {
  for (let index = at; index < at + n - 1; index += 1) {
    const gap = text.slice(words[index]?.end, words[index + 1]?.start);
    if (/[;:?!/]|\n\s*\n/.test(gap)) return false;
    if (gap.includes(',') && !variant.comma && !standsForAnd(variant, words, at, index)) return false;
    if (/[()[\]]/.test(gap) && !variant.bracket) return false;
  }
  return true;
}

/** "Bo X, Y" for "Bo X va Y": a comma where the name has "va" and the text has none. */
function standsForAnd(variant: AgencyVariant, words: readonly Word[], at: number, index: number): boolean {
  const before = words.slice(at, index + 1).filter((word) => word.plain !== 'va').length;
  if (words[index]?.plain === 'va' || words[index + 1]?.plain === 'va' || before < 2) return false;
  const name = variant.text.split(' ');
  let seen = 0;
  for (const word of name) {
    if (word === 'va' && seen === before) return true;
    if (word !== 'va') seen += 1;
  }
  return false;
}

/** "12/BC-ABC" names nobody, though it ends in a short name. */
function inDocumentNumber(text: string, word: Word): boolean {
  const before = text.slice(Math.max(0, word.start - 12), word.start);
  const after = text.slice(word.end, word.end + 2);
  return /[\p{L}\p{N}]-$|\d\s?\/$|\/[\p{L}]+-$/u.test(before) || /^[-/][\p{L}\p{N}]/u.test(after);
}

function bareName(index: AgencyIndex, text: string, words: readonly Word[], at: number): Candidate | null {
  for (let n = Math.min(index.longest, words.length - at); n >= 1; n -= 1) {
    const span = words.slice(at, at + n);
    if (span.at(-1)?.plain === 'va' || span[0]?.capital !== true) continue;
    const fitting = (index.exact.get(keyOf(span.map((word) => word.plain))) ?? []).filter(
      (variant) => variant.bare && !variant.place && (variant.comma || gapsFit(variant, text, words, at, n)),
    );
    if (fitting.length > 0) return { id: fitting[0]?.id as string, score: 1, words: n };
  }
  return null;
}

/** An item of a list that gave the kind of body before ("Cac bo: A, B"; `kind` "dang uy bo" for their party committees). */
function bareMatch(
  index: AgencyIndex,
  text: string,
  words: readonly Word[],
  at: number,
  kind: string,
  day: string | undefined,
): Candidate | null {
  const bare = bareName(index, text, words, at);
  if (bare === null || kind === 'bo') return bare;
  const item = words.slice(at, at + bare.words).map((word) => word.plain);
  const fitting = index.exact.get(keyOf([...kind.split(' '), ...item])) ?? [];
  const id = validOn(index, fitting, day);
  return id === null ? null : { ...bare, id };
}

/** A name with misread letters: written with capitals, alike to one agency and clearly less to every other. */
function misreadMatch(
  index: AgencyIndex,
  text: string,
  words: readonly Word[],
  at: number,
  day: string | undefined,
): Candidate | null {
  const first = words[at] as Word;
  const second = words[at + 1];
  if (second === undefined || !second.capital || !(first.capital || first.plain === 'bo')) return null;
  const variants = index.byFirstWord.get(first.plain) ?? nearFirstWords(index, first.plain);
  const best = new Map<string, Candidate & { variant: AgencyVariant }>();
  for (const variant of variants) {
    if (variant.acronym || variant.bare || variant.text.length < 7 || variant.words < 2) continue;
    for (const n of [variant.words, variant.words - 1, variant.words + 1]) {
      const span = words.slice(at, at + n);
      if (n < 2 || span.length < n || !gapsFit(variant, text, words, at, n)) continue;
      const score = likeness(span.map((word) => word.plain).join(' '), variant.text, LEAST);
      if (score > (best.get(variant.id)?.score ?? 0))
        best.set(variant.id, { id: variant.id, score, words: n, variant });
    }
  }
  const ranked = [...best.values()].sort((one, two) => two.score - one.score || two.words - one.words);
  const [winner, rival] = chosen(index, ranked, day);
  if (winner === undefined || (rival !== undefined && winner.score - rival.score < MARGIN)) return null;
  if (bodyOfAnotherName(text, words, at, winner.words, 0, winner.variant.place)) return null;
  return { id: winner.id, score: winner.score, words: winner.words };
}

const NEAR = new WeakMap<AgencyIndex, Map<string, readonly AgencyVariant[]>>();

/** Variants whose first word differs in one letter; short words are too alike to try. */
function nearFirstWords(index: AgencyIndex, word: string): readonly AgencyVariant[] {
  if (word.length < 4) return [];
  const known = NEAR.get(index) ?? new Map<string, readonly AgencyVariant[]>();
  NEAR.set(index, known);
  let near = known.get(word);
  if (near === undefined) {
    near = [...index.byFirstWord].flatMap(([first, variants]) =>
      first.length >= 4 && (first[0] === word[0] || first.at(-1) === word.at(-1)) && likeness(first, word, 0.7) > 0
        ? variants
        : [],
    );
    if (known.size < 20_000) known.set(word, near);
  }
  return near;
}
