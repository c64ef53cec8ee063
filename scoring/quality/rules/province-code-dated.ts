/** Seven province codes name another province since 1 July 2025: without a day beside them they say nothing certain. */
import type { RowRule } from '../rule.ts';
import { REUSED } from '../vietnam/provinces.ts';

const rule: RowRule = {
  id: 'province-code-dated',
  version: 1,
  title: 'A province code that was given a new meaning has a day beside it',
  source: 'Comparison of the lists before and after decision 19/2025/Q\u0110-TTg',
  strength: 'warns',
  roles: { code: { type: 'text' }, day: { type: 'date', optional: true } },
  sql: (q, { code = '', day }) => ({
    applies: q.isOneOf(code, REUSED),
    passes: day === undefined ? q.compare(q.integer(0), '=', q.integer(1)) : q.not(q.isNull(day)),
  }),
  reference({ code, day }) {
    if (code == null || !REUSED.includes(code)) return 'skip';
    return day == null ? 'fail' : 'pass';
  },
};
export default rule;
