/** Tax code: ten digits, ten and three after a hyphen (001 to 999), or the twelve digits of a personal number. */
import type { RowRule } from '../rule.ts';
import { wholeTextRule } from '../vietnam/text-rule.ts';

const rule: RowRule = wholeTextRule(
  {
    id: 'tax-code',
    version: 1,
    title: 'A tax code has 10 digits, 10-3 digits, or is a personal number of 12 digits',
    source: 'Circular 86/2024/TT-BTC and its successor 90/2026/TT-BTC, article 5 (secondary reproductions)',
    strength: 'fails',
  },
  '[0-9]{10}|[0-9]{12}|[0-9]{10}-(?:00[1-9]|0[1-9][0-9]|[1-9][0-9]{2})',
);
export default rule;
