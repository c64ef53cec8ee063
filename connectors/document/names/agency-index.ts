/** The names of agencies as they may be written, indexed for looking up word by word. */
import type { AgencyRow } from '../../../config/schema/registry.ts';
import { wordsOf } from './words.ts';

/** One way to write an agency's name. */
export interface AgencyVariant {
  id: string;
  /** Folded words joined by blanks. */
  text: string;
  words: number;
  /** Letters and digits only ("C12"): counts as a name only where it is written in capitals. */
  acronym: boolean;
  /** The beginning of the full name ("Ngan hang Nha nuoc"): another body's name may go on after it. */
  opening: boolean;
  place: boolean;
  /** A name without its kind ("Y te" of "Bo Y te"): a name only in a list that gave the kind before. */
  bare: boolean;
  /** The one-word spelling, where folding would make too many other words equal to it. */
  spelling: string | null;
  /** The name has a comma, or a bracket. */
  comma: boolean;
  bracket: boolean;
}

export interface AgencyIndex {
  agencies: ReadonlyMap<string, AgencyRow>;
  /** By key: the words without "va". */
  exact: ReadonlyMap<string, readonly AgencyVariant[]>;
  byFirstWord: ReadonlyMap<string, readonly AgencyVariant[]>;
  variants: readonly AgencyVariant[];
  longest: number;
}

/** Types of the localities. */
export const PLACE_TYPES: ReadonlySet<string> = new Set(['tinh', 'thanh_pho']);
const PLACE_PREFIX = /^(?:(?:ubnd|uy ban nhan dan) )?(?:tinh|thanh pho|tp) /;

/** The words that decide: "va" is left out, being lost and added most easily. */
export function keyOf(words: readonly string[]): string {
  return words.filter((word) => word !== 'va').join(' ');
}

export function indexAgencies(agencies: readonly AgencyRow[]): AgencyIndex {
  const exact = new Map<string, AgencyVariant[]>();
  const byFirstWord = new Map<string, AgencyVariant[]>();
  const variants: AgencyVariant[] = [];
  let longest = 1;
  for (const agency of agencies) {
    for (const variant of variantsOf(agency)) {
      const key = keyOf(variant.text.split(' '));
      const same = exact.get(key) ?? [];
      if (key === '' || same.some((other) => other.id === variant.id)) continue;
      exact.set(key, [...same, variant]);
      const first = variant.text.split(' ', 1)[0] ?? '';
      byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), variant]);
      variants.push(variant);
      longest = Math.max(longest, variant.words);
    }
  }
  return {
    agencies: new Map(agencies.map((agency) => [agency.agency_id, agency])),
    exact,
    byFirstWord,
    variants,
    longest,
  };
}

function variantsOf(agency: AgencyRow): AgencyVariant[] {
  const place = PLACE_TYPES.has(agency.type);
  const full = plain(agency.name);
  const short = agency.short_name ? plain(agency.short_name) : full;
  const spellings = [agency.name, ...(agency.short_name ? [agency.short_name] : []), ...agency.aliases];
  const made: AgencyVariant[] = [];
  for (const spelling of spellings) {
    const written = plain(spelling);
    const text = place ? written.replace(PLACE_PREFIX, '') : written;
    if (text === '') continue;
    const words = text.split(' ').length;
    const oneWord = words === 1;
    const acronym = oneWord && /(?:^|[^\p{L}])\p{Lu}[\p{Lu}\p{N}.&]+$/u.test(spelling);
    made.push({
      id: agency.agency_id,
      text,
      words,
      acronym,
      opening: !place && text !== full && full.startsWith(`${text} `),
      place,
      // A city whose short name keeps the word "city" is too often something else without it (a person, a school).
      bare: place ? PLACE_PREFIX.test(short) && !acronym : text !== short && full.endsWith(` ${text}`),
      spelling: place && oneWord ? (spelling.toLowerCase().split(' ').at(-1) ?? null) : null,
      comma: spelling.includes(','),
      bracket: spelling.includes('('),
    });
  }
  if (full.startsWith('bo ')) {
    const text = full.slice('bo '.length);
    made.push({
      ...(made[0] as AgencyVariant),
      text,
      words: text.split(' ').length,
      bare: true,
      opening: false,
    });
  }
  return made;
}

function plain(text: string): string {
  return wordsOf(text)
    .map((word) => word.plain)
    .join(' ');
}
