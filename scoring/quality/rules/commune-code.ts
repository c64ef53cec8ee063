/** Commune code: five digits, kept as text, leading zeros and all. Which codes are in force is not known here. */
import type { RowRule } from '../rule.ts';
import { wholeTextRule } from '../vietnam/text-rule.ts';

const rule: RowRule = wholeTextRule(
  {
    id: 'commune-code',
    version: 1,
    title: 'A commune code has five digits',
    source: 'Decision 19/2025/Q\u0110-TTg of 30 June 2025',
    strength: 'fails',
  },
  '[0-9]{5}',
);
export default rule;
