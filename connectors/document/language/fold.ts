/**
 * Vietnamese text as the rules compare it: lower case, without diacritics, one character for one character, so that
 * an offset in the folded text is the same offset in the original. Folding makes the reading of scanned text robust
 * ("Hung Yên", "phân mềm"), but it also makes different words equal, and some of them decide a meaning: "chưa" (not
 * yet) and "chữa" (to treat), "đã" and "đa", "sẽ" and "sẻ". A word that folds to such a cue without being it is
 * therefore marked by a capital first letter, which no rule's pattern contains.
 */

/** Cues that stand alone in the rules, with the spellings that are the cue; any other spelling is another word. */
const CUES: Readonly<Record<string, readonly string[]>> = {
  chua: ['ch\u01b0a', 'chua'],
  da: ['\u0111\u00e3', 'da'],
  dang: ['\u0111ang', 'dang'],
  se: ['s\u1ebd', 'se'],
  de: ['\u0111\u1ec3', 'de'],
  moi: ['m\u1edbi', 'moi'],
  neu: ['n\u1ebfu', 'neu'],
  gan: ['g\u1ea7n', 'gan'],
  hon: ['h\u01a1n', 'hon'],
  tu: ['t\u1eeb', 'tu'],
  xong: ['xong'],
  cho: ['ch\u1edd'],
  sap: ['s\u1eafp', 'sap'],
  khong: ['kh\u00f4ng', 'khong'],
  con: ['c\u00f2n', 'con'],
};

const LETTER = /\p{L}/u;

/** Same length as `text`, which must be NFC (see `clean`). */
export function fold(text: string): string {
  let out = '';
  for (let index = 0; index < text.length; ) {
    let end = index;
    while (end < text.length && isLetter(text.charCodeAt(end))) end += 1;
    out += end === index ? text.charAt(index) : foldWord(text.slice(index, end));
    index = Math.max(end, index + 1);
  }
  return out;
}

function foldWord(word: string): string {
  const plain = unmisread(foldLetters(word));
  const cue = Object.hasOwn(CUES, plain) ? CUES[plain] : undefined;
  const known = cue === undefined || cue.includes(word.toLowerCase());
  return known ? plain : plain[0]?.toUpperCase() + plain.slice(1);
}

/** Of every UTF-16 unit whether it is a letter: 0 = not looked at yet, 1 = yes, 2 = no. */
const KINDS = new Uint8Array(65_536);

function isLetter(unit: number): boolean {
  if (KINDS[unit] === 0) KINDS[unit] = LETTER.test(String.fromCharCode(unit)) ? 1 : 2;
  return KINDS[unit] === 1;
}

/** No syllable has a "b" after these letters: it is an "h" misread by a scanner ("tiêu cbí"). */
function unmisread(word: string): string {
  return word.includes('b') ? word.replace(/(?<=[cgknpt])b/g, 'h') : word;
}

/** As `fold`, without the marking of cues: for comparing names. */
export function foldLetters(text: string): string {
  let out = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charAt(index);
    let plain = FOLDED.get(unit);
    if (plain === undefined) {
      plain = foldLetter(unit);
      FOLDED.set(unit, plain);
    }
    out += plain;
  }
  return out;
}

/** The folded letters and digits of a text with a hyphen between words: an id made of a name or a number. */
export function slug(text: string): string {
  return foldLetters(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** At most 65 536 entries: one a UTF-16 unit. */
const FOLDED = new Map<string, string>();

function foldLetter(unit: string): string {
  const lower = unit.toLowerCase();
  if (lower === '\u0111') return 'd';
  const base = lower.normalize('NFD')[0] ?? unit;
  return base.length === 1 ? base : unit;
}

/**
 * Text as it is kept: NFC, without control and direction characters, spaces of every width as one kind, quotes and
 * dashes left as printed. Line feeds stay. NFC comes last: what is taken out may have parted a letter from its accent.
 */
export function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\v\f]/g, ' ')
    .replace(/[^\P{Cc}\n]|\p{Cf}|[\ufffe\uffff]/gu, '')
    .normalize('NFC');
}
