/** A letter with circumflex, breve or horn and a tone mark after it: the spelling of Windows-1258, in no normal form. */
import type { RowRule } from '../rule.ts';
import { nowhereRule } from '../vietnam/text-rule.ts';

const rule: RowRule = nowhereRule(
  {
    id: 'windows-1258',
    version: 1,
    title: 'No letter is spelt as in Windows-1258',
    source: 'Code page 1258; Unicode Standard Annex 15',
    strength: 'fails',
  },
  '[\\u00c2\\u00ca\\u00d4\\u00e2\\u00ea\\u00f4\\u0102\\u0103\\u01a0\\u01a1\\u01af\\u01b0][\\u0300\\u0301\\u0303\\u0309\\u0323]',
);
export default rule;
