/** A number with one separator and three digits after it: 1.041 is a thousand to one reader and one to the other. */
import type { RowRule } from '../rule.ts';
import { nowhereRule } from '../vietnam/text-rule.ts';

const rule: RowRule = nowhereRule(
  {
    id: 'ambiguous-number',
    version: 1,
    title: 'A number written as text can be read in one way only',
    source: 'Vietnamese and English habits of writing numbers; which was meant is not to be guessed a cell at a time',
    strength: 'warns',
  },
  '^[+\\-]?[0-9]{1,3}[.,][0-9]{3}$',
);
export default rule;
