/**
 * Text typed with the fonts of before Unicode: TCVN3 (ABC, fonts named .Vn…) and VNI (fonts named VNI-…). Both put
 * Vietnamese letters on the codes of Latin-1, so their text is valid Latin-1 that reads as nonsense.
 */

export type LegacyEncoding = 'tcvn3' | 'vni';

/** Runs of consecutive codes: first code, letters. */
const TCVN3_RUNS: readonly (readonly [number, string])[] = [
  [0xa1, '\u0102\u00c2\u00ca\u00d4\u01a0\u01af\u0110\u0103\u00e2\u00ea\u00f4\u01a1\u01b0\u0111'],
  [0xb5, '\u00e0\u1ea3\u00e3\u00e1\u1ea1'],
  [0xbb, '\u1eb1\u1eb3\u1eb5\u1eaf'],
  [0xc6, '\u1eb7\u1ea7\u1ea9\u1eab\u1ea5\u1ead\u00e8'],
  [0xce, '\u1ebb\u1ebd\u00e9\u1eb9\u1ec1\u1ec3\u1ec5\u1ebf\u1ec7\u00ec\u1ec9'],
  [0xdc, '\u0129\u00ed\u1ecb\u00f2'],
  [0xe1, '\u1ecf\u00f5\u00f3\u1ecd\u1ed3\u1ed5\u1ed7\u1ed1\u1ed9\u1edd\u1edf\u1ee1\u1edb\u1ee3\u00f9'],
  [0xf1, '\u1ee7\u0169\u00fa\u1ee5\u1eeb\u1eed\u1eef\u1ee9\u1ef1\u1ef3\u1ef7\u1ef9\u00fd\u1ef5'],
];

/** VNI letters with a code of their own; a capital stands 0x20 below. */
const VNI_LETTERS: readonly (readonly [number, string])[] = [
  [0xed, '\u00ed'],
  [0xec, '\u00ec'],
  [0xe6, '\u1ec9'],
  [0xf3, '\u0129'],
  [0xf2, '\u1ecb'],
  [0xf4, '\u01a1'],
  [0xf6, '\u01b0'],
  [0xee, '\u1ef5'],
  [0xf1, '\u0111'],
];

/** VNI marks, written after the letter they belong to, as combining characters; a capital's mark stands 0x20 below. */
const VNI_MARKS: readonly (readonly [number, string])[] = [
  [0xf9, '\u0301'],
  [0xf8, '\u0300'],
  [0xfb, '\u0309'],
  [0xf5, '\u0303'],
  [0xef, '\u0323'],
  [0xe2, '\u0302'],
  [0xe1, '\u0302\u0301'],
  [0xe0, '\u0302\u0300'],
  [0xe5, '\u0302\u0309'],
  [0xe3, '\u0302\u0303'],
  [0xe4, '\u0302\u0323'],
  [0xea, '\u0306'],
  [0xe9, '\u0306\u0301'],
  [0xe8, '\u0306\u0300'],
  [0xfa, '\u0306\u0309'],
  [0xfc, '\u0306\u0303'],
  [0xeb, '\u0306\u0323'],
];

const tcvn3 = new Map<string, string>();
for (const [first, letters] of TCVN3_RUNS)
  letters.split('').forEach((letter, at) => {
    tcvn3.set(String.fromCharCode(first + at), letter);
  });

const vniLetters = new Map<string, string>();
for (const [code, letter] of VNI_LETTERS) {
  vniLetters.set(String.fromCharCode(code), letter);
  vniLetters.set(String.fromCharCode(code - 0x20), letter.toUpperCase());
}
const vniMarks = new Map<string, string>();
for (const [code, mark] of VNI_MARKS) {
  vniMarks.set(String.fromCharCode(code), mark);
  vniMarks.set(String.fromCharCode(code - 0x20), mark);
}

const VNI_PAIR = new RegExp(`([aeiouyAEIOUY\u00f4\u00f6\u00d4\u00d6])([${[...vniMarks.keys()].join('')}])`, 'g');
const LATIN = /[\u00a1-\u00fe]/g;

/** Text of a legacy font as Unicode, NFC. Characters outside the encoding stay as they are. */
export function fromLegacy(text: string, encoding: LegacyEncoding): string {
  if (encoding === 'tcvn3') return text.replace(LATIN, (letter) => tcvn3.get(letter) ?? letter);
  return text
    .replace(VNI_PAIR, (pair, letter: string, mark: string) => {
      const marks = vniMarks.get(mark);
      return marks === undefined ? pair : (vniLetters.get(letter) ?? letter) + marks;
    })
    .replace(LATIN, (letter) => vniLetters.get(letter) ?? letter)
    .normalize('NFC');
}

/** The encoding a font was made for; fonts whose small letters look like capitals are named with a final H. */
export function legacyFont(font: string): { encoding: LegacyEncoding; capitals: boolean } | null {
  if (/^\.vn/i.test(font)) return { encoding: 'tcvn3', capitals: /[a-z]H$/.test(font) };
  if (/^vni[- ]/i.test(font)) return { encoding: 'vni', capitals: false };
  return null;
}
