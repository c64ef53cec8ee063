/** What is recorded has happened: no day after the one the data are measured for. */
import type { RowRule } from '../rule.ts';

const rule: RowRule = {
  id: 'not-in-future',
  version: 1,
  title: 'A day of birth, issue or event does not lie in the future',
  source: 'Time runs one way',
  strength: 'fails',
  roles: { day: { type: 'date' } },
  sql: (q, { day = '' }, _parameters, asOf) => ({ passes: q.compare(day, '<=', q.dayLiteral(asOf)) }),
  reference: ({ day }, _parameters, asOf) => (day == null ? 'skip' : day <= asOf ? 'pass' : 'fail'),
};
export default rule;
