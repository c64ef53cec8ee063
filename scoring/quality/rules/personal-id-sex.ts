/** The fourth digit is even for men and odd for women. A corrected sex makes honest misses. */
import type { RuleParameters } from '../check.ts';
import type { RowRule } from '../rule.ts';
import { isWhole } from '../vietnam/matching.ts';

const FORM = '[0-9]{12}';
const MALE = ['nam', 'Nam', 'NAM'];
const FEMALE = ['n\u1eef', 'N\u1eef', 'N\u1eee'];

/** Words of a contract for the two, e.g. codes; what is neither is not asked. */
function words(parameters: RuleParameters, key: 'male' | 'female', standard: readonly string[]): readonly string[] {
  const given = parameters[key];
  return Array.isArray(given) ? given.map(String) : given === undefined ? standard : [String(given)];
}

const rule: RowRule = {
  id: 'personal-id-sex',
  version: 1,
  title: 'Digit 4 of a personal identification number says the sex',
  source: 'Decree 137/2015, article 13, as restated; the number stays when the sex is corrected',
  strength: 'warns',
  roles: { number: { type: 'text' }, sex: { type: 'text' } },
  sql(q, { number = '', sex = '' }, parameters) {
    const male = words(parameters, 'male', MALE);
    const female = words(parameters, 'female', FEMALE);
    const odd = q.modulo(q.number(q.slice(number, 4, 1)), q.integer(2));
    return {
      applies: q.and(q.matches(number, FORM), q.isOneOf(sex, [...male, ...female])),
      passes: q.choose([[q.isOneOf(sex, male), q.compare(odd, '=', q.integer(0))]], q.compare(odd, '=', q.integer(1))),
    };
  },
  reference({ number, sex }, parameters) {
    const male = words(parameters, 'male', MALE);
    const known = [...male, ...words(parameters, 'female', FEMALE)];
    if (number == null || sex == null || !isWhole(number, FORM) || !known.includes(sex)) return 'skip';
    return (Number(number[3]) % 2 === 0) === male.includes(sex) ? 'pass' : 'fail';
  },
};
export default rule;
