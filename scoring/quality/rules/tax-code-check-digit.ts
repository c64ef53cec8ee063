/**
 * The tenth digit of a tax code follows from the nine before it: right for every well-known number tried, but in no legal
 * text that was found. A miss is a suspicion.
 */
import type { RowRule } from '../rule.ts';
import { isWhole } from '../vietnam/matching.ts';

const FORM = '[0-9]{10}(?:-[0-9]{3})?';
const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

const rule: RowRule = {
  id: 'tax-code-check-digit',
  version: 1,
  title: 'The tenth digit of a tax code is its check digit',
  source:
    'Practice, unpublished: agrees with 13 of 13 well-known codes; a sum divisible by 11 is taken as never issued',
  strength: 'warns',
  roles: { code: { type: 'text' } },
  sql(q, { code = '' }) {
    const digit = (at: number): string => q.number(q.slice(code, at, 1));
    const sum = WEIGHTS.map((weight, i) => q.multiply(digit(i + 1), q.integer(weight))).reduce((a, b) => q.add(a, b));
    const expected = q.subtract(q.integer(10), q.modulo(sum, q.integer(11)));
    return { applies: q.matches(code, FORM), passes: q.compare(digit(10), '=', expected) };
  },
  reference({ code }) {
    if (code == null || !isWhole(code, FORM)) return 'skip';
    const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(code[i]), 0);
    return Number(code[9]) === 10 - (sum % 11) ? 'pass' : 'fail';
  },
};
export default rule;
