/**
 * Leftovers of TCVN3 (ABC) and VNI: signs that no Vietnamese text has beside a letter, and marks that stand after their
 * vowel. Texts in other languages may hold them: a suspicion.
 */
import type { RowRule } from '../rule.ts';
import { nowhereRule } from '../vietnam/text-rule.ts';

const TCVN3 =
  '[\\u00a1-\\u00a9\\u00ab-\\u00ae\\u00b5\\u00b6\\u00b8\\u00b9\\u00bb-\\u00be\\u00d7\\u00d8\\u00de\\u00df\\u00e6\\u00e7\\u00f7\\u00fe]';
const VNI =
  '[AEIOUYaeiouy][\\u00c4\\u00c5\\u00cb\\u00cf\\u00d5\\u00d8\\u00d9\\u00db\\u00dc\\u00e4\\u00e5\\u00eb\\u00ef\\u00f5\\u00f8\\u00f9\\u00fb\\u00fc]';

const rule: RowRule = nowhereRule(
  {
    id: 'legacy-encoding',
    version: 1,
    title: 'No text is left in TCVN3 or VNI',
    source: 'Code tables of TCVN3 and VNI; the signs are lawful in other languages',
    strength: 'warns',
  },
  `[A-Za-z]${TCVN3}|${TCVN3}[a-z]|${VNI}`,
);
export default rule;
