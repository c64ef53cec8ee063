/** Telephone number: mobile with ten digits, fixed line with eleven, in national or international form. */
import type { RowRule } from '../rule.ts';
import { wholeTextRule } from '../vietnam/text-rule.ts';

const rule: RowRule = wholeTextRule(
  {
    id: 'phone-number',
    version: 1,
    title: 'A telephone number is one of the numbering plan, without blanks',
    source: 'Numbering plan as practised; the text was not read',
    strength: 'warns',
  },
  '(?:0|\\+84)(?:[35789][0-9]{8}|2[0-9]{9})',
);
export default rule;
