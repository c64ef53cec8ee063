/**
 * Databases named in a text: by the words of their names, whichever of the usual heads ("CSDL", "CSDLQG", "He thong
 * thong tin") is used, tolerant of misread letters and of left-out words. Two databases that fit about as well are
 * never guessed between.
 */
import type { Match, Registry, Resolution } from '../registry.ts';
import { agencyNames } from './agencies.ts';
import {
  coreOf,
  type DatabaseIndex,
  headLength,
  indexDatabases,
  isFree,
  isNational,
  saysDatabase,
} from './database-index.ts';
import { decided, FIRM, LEAST, MARGIN, possible, ranking, type Scored, similar } from './database-likeness.ts';
import { recalled } from './recalled.ts';
import { type Word, wordsOf } from './words.ts';

export interface DatabaseNames {
  /**
   * All databases named in a text with a head word ("CSDL ..."), in order, not overlapping.
   * @param agencyId the agency the text is about: decides between names that fit equally
   */
  find(text: string, agencyId?: string): Match[];
  /** The database that a whole text (the title of a task, a cell) names; leading task verbs and agency are ignored. */
  resolve(name: string, agencyId?: string): Resolution;
}

const NOTHING: Resolution = { id: null, score: 0, candidates: [] };

/** Words that begin another part of the sentence: the name has ended before them. */
const AFTER_NAME = new Set(
  (
    'phuc vu da dang se chua duoc voi tai de theo den la co hien vao do gom bao hoan ket dong trien tren o khong nham ' +
    'bang gan khi neu nay cung tu phai can con thi ma giua chia khai san lam doi thuc tiep dam noi thanh day nhu va ' +
    'cap bo so uy cho su cac trong cua thuoc moi phan phan nhung dua tao xay nang hop tich dat ra dap ung toan ' +
    'cuoi truoc ngay nam thang quy cong toi nghi'
  ).split(' '),
);

/** Readers of database names over a registry. */
export function databaseNames(registry: Registry): DatabaseNames {
  const index = indexDatabases(registry.databases);
  const agencies = agencyNames(registry);
  const stripped = (name: string): string => {
    const dash = /^\s*(\S[^\n]{0,120}?)\s+[-\u2013]\s+(?=\S)/.exec(name);
    const owner = dash === null ? null : agencies.resolve(dash[1] ?? '').id;
    return owner === null || dash === null ? name : name.slice(dash[0].length);
  };
  return {
    find: recalled((text, agencyId) => findDatabases(index, text, agencyId)),
    resolve: recalled((name, agencyId) => resolveDatabase(index, stripped(name), agencyId)),
  };
}

function findDatabases(index: DatabaseIndex, text: string, agencyId: string | undefined): Match[] {
  const words = wordsOf(text);
  const plain = words.map((word) => word.plain);
  const found: Match[] = [];
  const add = (from: number, named: Scored, at: number): number => {
    const last = words[at + named.words - 1] as Word;
    found.push({ id: named.id, score: named.score, start: (words[from] as Word).start, end: last.end });
    return at + named.words;
  };
  for (let at = 0; at < words.length; at += 1) {
    const head = headLength(plain, at);
    if (head === 0) continue;
    const least = saysDatabase(plain, at, head) ? LEAST : FIRM;
    const named = nameAfter(index, text, words, at + head, agencyId, least);
    if (named === null) continue;
    let next = add(at, named, at + head);
    // "CSDL A, B va C": the head is said once.
    for (let item = itemAfter(text, words, next); item !== null; item = itemAfter(text, words, next)) {
      const other = nameAfter(index, text, words, item, agencyId, 0.97);
      if (other === null || other.words < 2) break;
      next = add(item, other, item);
    }
    at = next - 1;
  }
  return withoutParts(index, text, found);
}

/** The word at which a further item of a list begins. */
function itemAfter(text: string, words: readonly Word[], at: number): number | null {
  const before = words[at - 1];
  const next = words[at];
  if (before === undefined || next === undefined) return null;
  if (next.plain === 'va' && words[at + 1] !== undefined) return at + 1;
  return /^\s*,\s*$/.test(text.slice(before.end, next.start)) ? at : null;
}

/** "X, bao gom: (1) ... (2) ...": what an umbrella is said to consist of is not named a second time. */
function withoutParts(index: DatabaseIndex, text: string, found: readonly Match[]): Match[] {
  const kept: Match[] = [];
  let umbrella: Match | null = null;
  for (const match of found) {
    const database = index.databases.get(match.id);
    if (umbrella !== null && database?.part_of === umbrella.id) continue;
    kept.push(match);
    const consists = /^[\s,]*(?:bao\s+)?g[o\u1ed3]m/iu.test(text.slice(match.end, match.end + 20));
    if (database?.row_kind === 'umbrella' && consists) umbrella = match;
  }
  return kept;
}

/** The database whose name begins at a word, after a head; the name ends where a clause or another head begins. */
function nameAfter(
  index: DatabaseIndex,
  text: string,
  words: readonly Word[],
  at: number,
  agencyId: string | undefined,
  least: number,
): Scored | null {
  const named = decided(index, scoredAfter(index, text, words, at, least < FIRM), agencyId);
  return named !== null && named.score >= least ? named : null;
}

/** What was found at each word of the text read last: it is read once for every agency that may be meant. */
const LAST = new WeakMap<DatabaseIndex, { text: string; found: Map<number, readonly Scored[]> }>();

/** Every database whose name may begin at a word, with how like it is. */
function scoredAfter(
  index: DatabaseIndex,
  text: string,
  words: readonly Word[],
  at: number,
  partsToo: boolean,
): readonly Scored[] {
  let last = LAST.get(index);
  if (last?.text !== text) {
    last = { text, found: new Map() };
    LAST.set(index, last);
  }
  const key = at * 2 + (partsToo ? 1 : 0);
  let scored = last.found.get(key);
  if (scored === undefined) {
    scored = scoreAfter(index, text, words, at, partsToo);
    last.found.set(key, scored);
  }
  return scored;
}

function scoreAfter(
  index: DatabaseIndex,
  text: string,
  words: readonly Word[],
  at: number,
  partsToo: boolean,
): Scored[] {
  if (words[at] === undefined || words[at]?.plain === 'va' || words[at]?.plain === 'cua') return [];
  const end = phraseEnd(text, words, at, index.longest + 10);
  const phrase = words.slice(at, end).map((word) => word.plain);
  const candidates = possible(index, phrase);
  if (candidates.length === 0) return [];
  const best = new Map<string, Scored>();
  for (let to = at + 1; to <= end; to += 1) {
    if (isFree((words[to - 1] as Word).plain)) continue;
    // "... quoc gia" at the end belongs to the name.
    const stop = words[to]?.plain === 'quoc' && words[to + 1]?.plain === 'gia' && to + 2 <= end ? to + 2 : to;
    const spoken = words.slice(at, stop).map((word) => word.plain);
    const core = spoken.filter((word) => !isFree(word));
    const before = words.slice(Math.max(0, at - 2), at).map((word) => word.plain);
    const national = isNational([...before, ...spoken]) || words[stop]?.plain === 'qg';
    const goesOn = stop < end && namesGoOn(text, words, stop);
    for (const scored of similar(index, core, national, candidates, partsToo)) {
      // Words that follow and belong to no name make a short name unsure: it may be another, unknown one.
      const whole = core.length >= 4 && scored.score >= FIRM;
      const score = goesOn && !whole ? scored.score * (core.length <= 3 ? 0.78 : 0.9) : scored.score;
      const known = best.get(scored.id);
      if (known === undefined || score >= known.score) best.set(scored.id, { id: scored.id, score, words: stop - at });
    }
  }
  return [...best.values()];
}

/** Whether the word after a possible name looks like one more word of the name. */
function namesGoOn(text: string, words: readonly Word[], at: number): boolean {
  const next = words[at] as Word;
  const last = words[at - 1] as Word;
  if (text.slice(last.end, next.start).includes(',')) return false;
  if (AFTER_NAME.has(next.plain) || next.acronym || /^\d/.test(next.plain)) return false;
  return !(next.capital && !last.capital);
}

function phraseEnd(text: string, words: readonly Word[], at: number, most: number): number {
  let end = at;
  while (end < words.length && end - at < most) {
    if (end > at) {
      const gap = text.slice(words[end - 1]?.end, words[end]?.start);
      if (/[.;:!?"\u201c\u201d\])]|\n\s*\n|\n\s*[-+*]|\s[-\u2013]\s(?=\p{Lu})/u.test(gap)) break;
      if (/,/.test(gap) && isHeadWord(words, end)) break;
      if (isHeadWord(words, end)) break;
    }
    end += 1;
  }
  return end;
}

function isHeadWord(words: readonly Word[], at: number): boolean {
  const next = words.slice(at, at + 6).map((word) => word.plain);
  return next[0] === 'csdl' || next[0] === 'csdlqg' || (next[0] === 'co' && headLength(next, 0) > 0);
}

/** What stands before the name in the title of a task. */
const LEAD = /^[^:]{0,160}:\s*(?=\S)/u;
const CONSISTS = /[\s,;(]+(?:bao\s+)?g[o\u1ed3]m\b[\s\S]*$/iu;

function resolveDatabase(index: DatabaseIndex, name: string, agencyId: string | undefined): Resolution {
  const head = name.slice(0, 1500).replace(CONSISTS, '');
  const forms = [head, head.replace(LEAD, '')];
  const words = wordsOf(head);
  const plain = words.map((word) => word.plain);
  const at = plain.findIndex((_, index) => index > 0 && headLength(plain, index) > 0);
  // Task verbs without a colon: the name starts at its head word and fills the rest of the title.
  if (at > 0 && at <= 14 && onlyVerbs(plain.slice(0, at))) forms.push(head.slice((words[at] as Word).start));
  for (const form of new Set(forms)) {
    const resolution = resolveForm(index, form, agencyId);
    if (resolution.id !== null || (resolution.candidates.length > 0 && form === forms.at(-1))) return resolution;
  }
  return NOTHING;
}

const VERBS = new Set(
  (
    'hoan thien thanh trien khai xay dung dua vao khai thac su dung van hanh nang cap tao lap cap nhat lam sach ' +
    'chuan hoa tiep tuc day nhanh tien do va the chu tri phoi hop bo sung mo rong phat to chuc thuc hien viec cac ' +
    'bao dam hieu qua ket noi'
  ).split(' '),
);

function onlyVerbs(words: readonly string[]): boolean {
  return words.every((word) => VERBS.has(word));
}

const FORMS = new WeakMap<DatabaseIndex, (form: string) => readonly Scored[]>();

/** Every database whose whole name is like the text, whoever asks. */
function scoredForm(index: DatabaseIndex, form: string): readonly Scored[] {
  let scored = FORMS.get(index);
  if (scored === undefined) {
    scored = recalled((text) => scoreForm(index, text));
    FORMS.set(index, scored);
  }
  return scored(form);
}

function scoreForm(index: DatabaseIndex, form: string): Scored[] {
  const spellings = [coreOf(form.replace(/[()]/g, ' '))];
  if (form.includes('(')) spellings.push(coreOf(form.replace(/\([^()]*\)/g, ' ')));
  const best = new Map<string, Scored>();
  for (const { words, national } of spellings) {
    if (words.length > 60) continue;
    for (const scored of similar(index, words, national, possible(index, words), true)) {
      if (scored.score > (best.get(scored.id)?.score ?? 0)) best.set(scored.id, scored);
    }
  }
  return [...best.values()];
}

function resolveForm(index: DatabaseIndex, form: string, agencyId: string | undefined): Resolution {
  const ranked = ranking(index, scoredForm(index, form), agencyId);
  const candidates = ranked.slice(0, 5).map(({ id, score }) => ({ id, score }));
  const [first, second] = ranked;
  if (first === undefined || first.score < LEAST) return NOTHING;
  if (second !== undefined && first.rank - second.rank < MARGIN) return { id: null, score: first.score, candidates };
  return { id: first.id, score: first.score, candidates };
}
