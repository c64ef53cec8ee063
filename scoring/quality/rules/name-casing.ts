/**
 * A name of a person: every word begins with a capital and goes on in small letters. Registers that keep names in capitals
 * say so with parameter `capitals: true`.
 */
import type { RowRule } from '../rule.ts';
import { isWhole } from '../vietnam/matching.ts';

const WORD = '\\p{Lu}[\\p{Ll}\\p{M}]*';
const CAPITALS = '\\p{Lu}[\\p{Lu}\\p{M}]*';
/** Words with blanks, hyphens, dots and apostrophes between; how many blanks is the business of `spacing`. */
const words = (word: string): string => `[ ]*${word}(?:[ .'\\u2019\\-]+${word})*[ .]*`;
const patternOf = (parameters: { readonly capitals?: unknown }): string =>
  parameters.capitals === true ? words(CAPITALS) : words(WORD);

const rule: RowRule = {
  id: 'name-casing',
  version: 1,
  title: 'Every word of a name begins with a capital and goes on in small letters',
  source: 'Decree 30/2020/N\u0110-CP, annex II, on names of persons in documents; registers may hold to another habit',
  strength: 'warns',
  roles: { name: { type: 'text' } },
  sql: (q, { name = '' }, parameters) => ({ passes: q.matches(name, patternOf(parameters)) }),
  reference: ({ name }, parameters) => (name == null ? 'skip' : isWhole(name, patternOf(parameters)) ? 'pass' : 'fail'),
};
export default rule;
