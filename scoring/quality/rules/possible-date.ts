/** A text that stands for a day is a day of the calendar. Parameter `format`: iso, vietnamese, vietnamese_padded, compact. */
import type { DateFormat, RuleParameters } from '../check.ts';
import { DAY_PATTERNS } from '../days.ts';
import type { RowRule } from '../rule.ts';
import { isWhole } from '../vietnam/matching.ts';

const formatOf = (parameters: RuleParameters): DateFormat =>
  Object.keys(DAY_PATTERNS).includes(String(parameters.format)) ? (parameters.format as DateFormat) : 'iso';

const rule: RowRule = {
  id: 'possible-date',
  version: 1,
  title: 'A date is a day of the calendar',
  source: 'Gregorian calendar',
  strength: 'fails',
  roles: { text: { type: 'text' } },
  sql: (q, { text = '' }, parameters) => ({ passes: q.isDay(text, formatOf(parameters)) }),
  reference: ({ text }, parameters) =>
    text == null ? 'skip' : isWhole(text, DAY_PATTERNS[formatOf(parameters)]) ? 'pass' : 'fail',
};
export default rule;
