/** One letter, one spelling: text in Unicode normal form C. Decomposed letters and those of Windows-1258 are not. */
import type { RowRule } from '../rule.ts';

const rule: RowRule = {
  id: 'nfc',
  version: 1,
  title: 'Text is in Unicode normal form C',
  source: 'TCVN 6909:2001 as mandated by decree 30/2020/N\u0110-CP; Unicode Standard Annex 15',
  strength: 'fails',
  roles: { text: { type: 'text' } },
  sql: (q, { text = '' }) => ({ passes: q.isNfc(text) }),
  reference: ({ text }) => (text == null ? 'skip' : text.normalize('NFC') === text ? 'pass' : 'fail'),
};
export default rule;
