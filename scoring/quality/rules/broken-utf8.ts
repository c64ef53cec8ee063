/** UTF-8 that was once read as Windows-1252 or Latin-1, and the sign that stands for what could not be read. */
import type { RowRule } from '../rule.ts';
import { nowhereRule } from '../vietnam/text-rule.ts';

const rule: RowRule = nowhereRule(
  {
    id: 'broken-utf8',
    version: 1,
    title: 'No text was read in the wrong encoding',
    source: 'Shape of UTF-8 read as Windows-1252; lawful, if rare, in other languages',
    strength: 'warns',
  },
  '\\ufffd|\\u00c3[\\u0080-\\u00bf]|\\u00c4[\\u0080-\\u00bf\\u2018\\u2019]|\\u00c6[\\u00a0\\u00af\\u00b0]|\\u00e1[\\u00ba\\u00bb]',
);
export default rule;
