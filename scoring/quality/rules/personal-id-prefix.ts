/**
 * The first three digits are a province or a country. The province codes are known, the country codes are not published
 * here, and what is given since the provinces changed is not known either: an unlisted prefix is a question, not a fault.
 */
import type { RowRule } from '../rule.ts';
import { isWhole } from '../vietnam/matching.ts';
import { BEFORE } from '../vietnam/provinces.ts';

const FORM = '[0-9]{12}';
const PREFIXES = BEFORE.map((code) => `0${code}`);

const rule: RowRule = {
  id: 'personal-id-prefix',
  version: 1,
  title: 'The first three digits of a personal identification number are a known province code',
  source: 'List of 63 codes, secondary reproductions; codes of countries of birth are lawful and not listed',
  strength: 'warns',
  roles: { number: { type: 'text' } },
  sql: (q, { number = '' }) => ({
    applies: q.matches(number, FORM),
    passes: q.isOneOf(q.slice(number, 1, 3), PREFIXES),
  }),
  reference({ number }) {
    if (number == null || !isWhole(number, FORM)) return 'skip';
    return PREFIXES.includes(number.slice(0, 3)) ? 'pass' : 'fail';
  },
};
export default rule;
