/** Social insurance number: ten digits, or the personal number of twelve that takes its place. */
import type { RowRule } from '../rule.ts';
import { wholeTextRule } from '../vietnam/text-rule.ts';

const rule: RowRule = wholeTextRule(
  {
    id: 'social-insurance-number',
    version: 1,
    title: 'A social insurance number has ten digits, or is a personal number of twelve',
    source: 'Practice; the text that gives the form was not read',
    strength: 'warns',
  },
  '[0-9]{10}|[0-9]{12}',
);
export default rule;
