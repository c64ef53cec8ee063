/** Days that programs write where they know none. One person in thousands is truly born on such a day: a suspicion. */
import type { RowRule } from '../rule.ts';

const DAYS = ['0001-01-01', '1753-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1970-01-01', '9999-12-31'];

const rule: RowRule = {
  id: 'placeholder-date',
  version: 1,
  title: 'A day is not one that programs write for "unknown"',
  source: 'First days of common calendars and systems',
  strength: 'warns',
  roles: { day: { type: 'date' } },
  sql: (q, { day = '' }) => ({
    passes: q.not(q.or(...DAYS.map((iso) => q.compare(day, '=', q.dayLiteral(iso))))),
  }),
  reference: ({ day }) => (day == null ? 'skip' : DAYS.includes(day) ? 'fail' : 'pass'),
};
export default rule;
