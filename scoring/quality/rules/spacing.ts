/** No blanks at either end and no two side by side. */
import type { RowRule } from '../rule.ts';
import { nowhereRule } from '../vietnam/text-rule.ts';

const rule: RowRule = nowhereRule(
  {
    id: 'spacing',
    version: 1,
    title: 'No blanks at the ends of a text, and no two side by side',
    source: 'Practice of matching; no text orders it',
    strength: 'warns',
  },
  '^\\s|\\s$|\\s\\s',
);
export default rule;
