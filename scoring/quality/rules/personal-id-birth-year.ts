/** The fourth digit gives the century, the next two the year of birth. Corrections of a birth date make honest misses. */
import type { RowRule } from '../rule.ts';
import { isWhole } from '../vietnam/matching.ts';

const FORM = '[0-9]{12}';

const rule: RowRule = {
  id: 'personal-id-birth-year',
  version: 1,
  title: 'Digits 4 to 6 of a personal identification number say the year of birth',
  source: 'Decree 137/2015, article 13, as restated; the number stays when a date of birth is corrected',
  strength: 'warns',
  roles: { number: { type: 'text' }, born: { type: 'date' } },
  sql(q, { number = '', born = '' }) {
    const digit = q.number(q.slice(number, 4, 1));
    const century = q.multiply(q.subtract(digit, q.modulo(digit, q.integer(2))), q.integer(50));
    const year = q.add(q.add(q.integer(1900), century), q.number(q.slice(number, 5, 2)));
    return { applies: q.matches(number, FORM), passes: q.compare(q.year(born), '=', year) };
  },
  reference({ number, born }) {
    if (number == null || born == null || !isWhole(number, FORM)) return 'skip';
    const digit = Number(number[3]);
    const year = 1900 + 100 * Math.floor(digit / 2) + Number(number.slice(4, 6));
    return Number(born.slice(0, 4)) === year ? 'pass' : 'fail';
  },
};
export default rule;
