/** Personal identification number: twelve digits. A nine-digit card number is another thing, and is never padded. */
import type { RowRule } from '../rule.ts';
import { wholeTextRule } from '../vietnam/text-rule.ts';

const rule: RowRule = wholeTextRule(
  {
    id: 'personal-id',
    version: 1,
    title: 'A personal identification number has twelve digits',
    source: 'Decree 137/2015, article 13, as restated under law 26/2023/QH15 (secondary reproductions agree)',
    strength: 'fails',
  },
  '[0-9]{12}',
);
export default rule;
