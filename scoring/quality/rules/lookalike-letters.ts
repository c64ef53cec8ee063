/** Letters that look Vietnamese and are not: eth and African D for the barred D, Greek, Cyrillic, full-width and styled ones. */
import type { RowRule } from '../rule.ts';
import { withoutCharactersRule } from '../vietnam/text-rule.ts';

const rule: RowRule = withoutCharactersRule(
  {
    id: 'lookalike-letters',
    version: 1,
    title: 'No letter of another alphabet stands for a Vietnamese one',
    source: 'Alphabet as fixed by TCVN 6909:2001; Unicode code charts. For names of foreigners set a weaker severity',
    strength: 'fails',
  },
  [
    ['\u00d0', '\u00d0'],
    ['\u00f0', '\u00f0'],
    ['\u0189', '\u0189'],
    ['\u0256', '\u0256'],
    ['\u0370', '\u03ff'],
    ['\u0400', '\u052f'],
    ['\uff01', '\uff5e'],
    ['\u{1d400}', '\u{1d7ff}'],
  ],
);
export default rule;
