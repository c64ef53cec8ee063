/** What records are counted in. Accounts, localities, fields, documents are counted too, and are no records. */

import { unitAfter } from '../../document/facts/units.ts';
import { clean, foldLetters } from '../../document/language/fold.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import { plainWord } from './word-cell.ts';

const LONGEST = 60;

/**
 * The unit in the spelling of the vocabulary; one it does not have is kept as typed, in lower case.
 * @param units known units of records: folded spelling and spelling (`knownUnits`)
 */
export function parseUnit(text: string, units: readonly (readonly [string, string])[]): Parsed<string> {
  const typed = clean(text).replace(/\s+/g, ' ').trim().toLowerCase();
  if (typed.length > LONGEST) return refused('too_long', { n: typed.length, max: LONGEST });
  const plain = plainWord(typed);
  const known = units.find(([folded]) => folded === plain);
  if (known !== undefined) return accepted(known[1]);
  const found = unitAfter(typed, foldLetters(typed), 0, units);
  if (found !== null && found.class !== 'record') return refused('unit_not_record', { raw: typed });
  return /\p{L}{2}/u.test(typed) ? accepted(typed) : refused('unit_missing', { raw: typed });
}
