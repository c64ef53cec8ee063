/** Characters nobody sees and every comparison does: controls, zero-width, soft hyphen, no-break and other odd blanks. */
import type { RowRule } from '../rule.ts';
import { withoutCharactersRule } from '../vietnam/text-rule.ts';

const rule: RowRule = withoutCharactersRule(
  {
    id: 'invisible-characters',
    version: 1,
    title: 'No invisible character stands in the text',
    source: 'Unicode code charts: format characters, controls, blanks other than the plain one',
    strength: 'fails',
  },
  [
    ['\u0000', '\u001f'],
    ['\u007f', '\u00a0'],
    ['\u00ad', '\u00ad'],
    ['\u034f', '\u034f'],
    ['\u061c', '\u061c'],
    ['\u115f', '\u1160'],
    ['\u1680', '\u1680'],
    ['\u17b4', '\u17b5'],
    ['\u180b', '\u180f'],
    ['\u2000', '\u200f'],
    ['\u2028', '\u202f'],
    ['\u205f', '\u206f'],
    ['\u3000', '\u3000'],
    ['\u3164', '\u3164'],
    ['\ufe00', '\ufe0f'],
    ['\ufeff', '\ufeff'],
    ['\uffa0', '\uffa0'],
    ['\ufff9', '\ufffb'],
    ['\u{e0000}', '\u{e0fff}'],
  ],
);
export default rule;
