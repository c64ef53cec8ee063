import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandAbbreviations, expandNames } from '../../../../connectors/document/language/abbreviations.ts';
import { SEED } from '../../../support/generated.ts';
import { anyText } from './texts.ts';

const shorts = fc
  .array(
    fc.constantFrom('K/n C12', 'PM', 'XD', 'ĐB', 'TK', '8/15 TC', 'CV số', 'T9/2030', 'DL', 'mẫu', ', ', '. ', ' '),
    {
      maxLength: 20,
    },
  )
  .map((pieces) => pieces.join(' '));

describe('short forms', () => {
  test.each([
    ['K/n C12: chưa', 'Ket noi C12: chưa'],
    ['PM: đang XD', 'Phan mem: đang Xay dung'],
    ['8/15 TC', '8/15 Tieu chi'],
    ['ĐG ANAT', 'Danh gia ANAT'],
    ['xong T9/2030', 'xong Thang 9/2030'],
    ['45 hs', '45 ho so'],
  ])('%s', (text, expanded) => {
    expect(expandAbbreviations(text).text).toBe(expanded);
  });

  test.each(['Bộ TC', 'số 12/PM-XD', 'SPM', 'PMU', 'Kn', 'không có gì viết tắt'])('%s is left', (text) => {
    expect(expandAbbreviations(text).text).toBe(text);
  });

  test('names of databases are written out', () => {
    expect(expandNames('CSDL GPLX')).toBe('CSDL giay phep lai xe');
    expect(expandNames('CSDL GPLXA')).toBe('CSDL GPLXA');
  });
});

describe('the way back', () => {
  test('a word of the original is found under its expanded place', () => {
    const text = 'PM đã xong, K/n C12 đã thông';
    const { text: expanded, original } = expandAbbreviations(text);
    for (const word of ['đã xong', 'C12', 'đã thông'])
      expect(original(expanded.indexOf(word))).toBe(text.indexOf(word));
    expect(original(expanded.indexOf('Ket noi'))).toBe(text.indexOf('K/n'));
    expect(original(expanded.length)).toBe(text.length);
  });

  test('never goes back, never leaves the text, and letters outside short forms come from themselves', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, shorts), (text) => {
        const { text: expanded, original } = expandAbbreviations(text);
        let last = 0;
        for (let offset = 0; offset <= expanded.length; offset++) {
          const at = original(offset);
          expect(at).toBeGreaterThanOrEqual(last);
          expect(at).toBeLessThanOrEqual(text.length);
          last = at;
        }
        expect(original(0)).toBe(0);
        expect(last).toBe(text.length);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
