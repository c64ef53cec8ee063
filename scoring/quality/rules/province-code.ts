/**
 * Province code in force on a day: one of 63 before 1 July 2025, one of 34 since. Without a column that says the day, the
 * data speak of the day they are measured: a code that is no longer given then proves old data.
 */
import type { RowRule } from '../rule.ts';
import { BEFORE, CHANGED_ON, CURRENT } from '../vietnam/provinces.ts';

const rule: RowRule = {
  id: 'province-code',
  version: 1,
  title: 'A province code is one of those in force on its day',
  source: 'Decision 19/2025/Q\u0110-TTg of 30 June 2025; before it, the list of 63',
  strength: 'fails',
  roles: { code: { type: 'text' }, day: { type: 'date', optional: true } },
  sql(q, { code = '', day }, _parameters, asOf) {
    const since = q.compare(day ?? q.dayLiteral(asOf), '>=', q.dayLiteral(CHANGED_ON));
    const passes = q.choose([[since, q.isOneOf(code, CURRENT)]], q.isOneOf(code, BEFORE));
    return day === undefined ? { passes } : { applies: q.not(q.isNull(day)), passes };
  },
  reference({ code, day }, _parameters, asOf) {
    if (code == null || day === null) return 'skip';
    return ((day ?? asOf) >= CHANGED_ON ? CURRENT : BEFORE).includes(code) ? 'pass' : 'fail';
  },
};
export default rule;
