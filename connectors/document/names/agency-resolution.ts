/** Which agency a whole name names, and which of several rows or candidates is meant. */
import type { Resolution } from '../registry.ts';
import { type AgencyIndex, type AgencyVariant, keyOf } from './agency-index.ts';
import { likeness, wordsOf } from './words.ts';

/** Below this likeness a name is another name. */
export const LEAST = 0.82;
/** Two candidates closer than this cannot be told apart. */
export const MARGIN = 0.05;
const NOBODY: Resolution = { id: null, score: 0, candidates: [] };
const OFFICE =
  /^(?:(?:dong chi |cac )?(?:bo truong|thu truong|thong doc|chu nhiem|tong giam doc|lanh dao|chu tich|co quan) )+/;
/** Kinds of body that are short words: never a misreading of another. */
const KINDS = /^(?:bo|so|cuc|vu|ban|hoi|to|chi|tong|doan|vien|phong|truong|tinh|xa|phuong) /;
const PLACE_WORDS = /^(?:(?:ubnd|uy ban nhan dan|tinh uy|thanh uy) )?(?:(?:tinh|thanh pho|tp) )?/;

export interface Candidate {
  id: string;
  score: number;
  words: number;
}

/** Of rows with the same name, the one valid on the day; without a day the one still valid. */
export function validOn(
  index: AgencyIndex,
  variants: readonly AgencyVariant[],
  day: string | undefined,
): string | null {
  const ids = [...new Set(variants.map((variant) => variant.id))];
  if (ids.length <= 1) return ids[0] ?? null;
  const valid = ids.filter((id) => {
    const agency = index.agencies.get(id);
    if (agency === undefined) return false;
    if (day === undefined) return agency.valid_to === null;
    return (agency.valid_from ?? '') <= day && day <= (agency.valid_to ?? '9999');
  });
  return valid.length === 1 ? (valid[0] as string) : null;
}

/** Rows not valid on the day give way to a row of the same name that is. */
export function chosen<C extends Candidate & { variant: AgencyVariant }>(
  index: AgencyIndex,
  ranked: readonly C[],
  day: string | undefined,
): C[] {
  return ranked.filter((one) => {
    const same = ranked.filter((other) => other.variant.text === one.variant.text).map((other) => other.variant);
    return same.length === 1 || validOn(index, same, day) === one.id;
  });
}

/** The agency that a whole text names; its place or office words are left aside. */
export function resolveAgency(index: AgencyIndex, name: string, day: string | undefined): Resolution {
  const whole = wordsOf(name).map((word) => word.plain);
  if (whole.length === 0 || whole.length > 40) return NOBODY;
  const outside = wordsOf(name.replace(/\([^()]*\)/g, ' ')).map((word) => word.plain);
  const written = [whole.join(' '), outside.join(' ')];
  for (const text of [...written, ...written.map((one) => one.replace(OFFICE, ''))]) {
    for (const form of new Set([text, text.replace(PLACE_WORDS, '')])) {
      const key = keyOf(form.split(' '));
      const fitting = (index.exact.get(key) ?? []).filter((variant) => variant.place || form === text);
      const id = validOn(index, fitting, day);
      if (id !== null) return { id, score: 1, candidates: [{ id, score: 1 }] };
    }
  }
  return mostLike(index, outside.join(' ').replace(OFFICE, ''), day);
}

function mostLike(index: AgencyIndex, text: string, day: string | undefined): Resolution {
  const place = text.replace(PLACE_WORDS, '');
  const best = new Map<string, Candidate & { variant: AgencyVariant }>();
  for (const variant of index.variants) {
    if (variant.acronym || variant.text.length < 6) continue;
    const written = variant.place ? place : text;
    const first = variant.text.split(' ', 1)[0] ?? '';
    // "So" and "Bo" differ in one letter and are different bodies; "Bx" with the rest letter for letter is a misreading.
    const rest = written.slice(written.indexOf(' '));
    if (first.length <= 3 && !written.startsWith(`${first} `)) {
      if (KINDS.test(written) || rest !== variant.text.slice(first.length)) continue;
    }
    const score = likeness(written, variant.text, LEAST);
    if (score > (best.get(variant.id)?.score ?? 0)) best.set(variant.id, { id: variant.id, score, words: 0, variant });
  }
  const ranked = chosen(
    index,
    [...best.values()].sort((one, two) => two.score - one.score),
    day,
  );
  const candidates = ranked.slice(0, 5).map(({ id, score }) => ({ id, score }));
  const [first, second] = candidates;
  if (first === undefined) return NOBODY;
  if (second !== undefined && first.score - second.score < MARGIN) return { id: null, score: first.score, candidates };
  return { id: first.id, score: first.score, candidates };
}
