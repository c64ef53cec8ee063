/**
 * Short forms of telegraphic reports ("K/n C12: chưa", "PM: đang XD") written out, so that the rules need to know the
 * words only. The words are put in without diacritics: only the rules read them. Every offset of the expanded text
 * leads back to the original.
 */

interface Short {
  pattern: RegExp;
  full: string;
}

/** Capitals are asked for where small letters would be a word of the language. */
const SHORTS: readonly Short[] = [
  { pattern: /(?<![\p{L}\d/])[Kk]\/[Nn](?![\p{L}/])/gu, full: 'ket noi' },
  { pattern: /(?<![\p{L}\d/.-])\u0110B(?![\p{L}\d])/gu, full: 'dong bo' },
  { pattern: /(?<![\p{L}\d/.-])KQ(?![\p{L}\d])/gu, full: 'ket qua' },
  { pattern: /(?<![\p{L}\d/.-])PM(?![\p{L}\d])/gu, full: 'phan mem' },
  { pattern: /(?<![\p{L}\d/.-])XD(?![\p{L}\d])/gu, full: 'xay dung' },
  { pattern: /(?<![\p{L}\d/.-])SD(?![\p{L}\d])/gu, full: 'su dung' },
  { pattern: /(?<![\p{L}\d/.-])(?:SL|sl)(?![\p{L}\d])/gu, full: 'so luong' },
  { pattern: /(?<![\p{L}\d/.-])TK(?![\p{L}\d])/gu, full: 'tai khoan' },
  { pattern: /(?<![\p{L}\d/.-])VB(?![\p{L}\d])/gu, full: 'van ban' },
  { pattern: /(?<![\p{L}\d/.-])CV(?= (?:s\u1ed1 )?[\p{L}\d])/gu, full: 'cong van' },
  { pattern: /(?<![\p{L}\d/.-])DL(?![\p{L}\d])/gu, full: 'du lieu' },
  { pattern: /(?<![\p{L}\d/.-])\u0110G(?![\p{L}\d])/gu, full: 'danh gia' },
  { pattern: /(?<![\p{L}\d/.-])HT(?![\p{L}\d])/gu, full: 'he thong' },
  { pattern: /(?<![\p{L}\d/.-])\u0110P(?![\p{L}\d])/gu, full: 'dia phuong' },
  { pattern: /(?<![\p{L}\d/.-])N\u0110(?= |:)/gu, full: 'nghi dinh' },
  { pattern: /(?<![\p{L}\d/.-])BCA(?![\p{L}\d])/gu, full: 'bo cong an' },
  { pattern: /(?<![\p{L}\d/.-])LS(?= (?:DL|d\u1eef li\u1ec7u|v\u1edbi|:)|:)/gu, full: 'lam sach' },
  { pattern: /(?<![\p{L}\d/.-])[Hh]s(?![\p{L}\d])/gu, full: 'ho so' },
  // "TC" is also "Tài chính": criteria are counted.
  { pattern: /(?<=\d\s?|\/\s?)TC(?![\p{L}\d])|(?<![\p{L}\d/.-])TC(?=\s?(?::|\u0111\u1ea1t|\d))/gu, full: 'tieu chi' },
  // "T12/2026"
  { pattern: /(?<![\p{L}\d/.-])T(?=(?:0?[1-9]|1[0-2])[/.]20\d\d)/gu, full: 'thang ' },
];

/** One look whether any stands in a text at all: most have none, and this runs over every cell. */
const ANY_SHORT = new RegExp(SHORTS.map(({ pattern }) => pattern.source).join('|'), 'u');

/** Short forms inside the names of databases. */
const NAMES: readonly Short[] = [
  ['VPHC', 'vi pham hanh chinh'],
  ['B\u0110S', 'bat dong san'],
  ['HTTT', 'he thong thong tin'],
  ['DN', 'doanh nghiep'],
  ['DNNVV', 'doanh nghiep nho va vua'],
  ['GT', 'giao thong'],
  ['VT', 'vien thong'],
  ['BHYT', 'bao hiem y te'],
  ['BHXH', 'bao hiem xa hoi'],
  ['BHTN', 'bao hiem that nghiep'],
  ['BH', 'bao hiem'],
  ['NCC', 'nguoi co cong'],
  ['TNL\u0110', 'tai nan lao dong'],
  ['TNGT', 'tai nan giao thong'],
  ['NKT', 'nguoi khuyet tat'],
  ['ATTP', 'an toan thuc pham'],
  ['KCB', 'kham, chua benh'],
  ['GDNN', 'giao duc nghe nghiep'],
  ['GD\u0110H', 'giao duc dai hoc'],
  ['CBCCVC', 'can bo, cong chuc, vien chuc'],
  ['GPLX', 'giay phep lai xe'],
  ['PCCC', 'phong chay chua chay'],
  ['CNCH', 'cuu ho, cuu nan'],
  ['XNC', 'xuat nhap canh'],
  ['THADS', 'thi hanh an dan su'],
  ['KHCN', 'khoa hoc va cong nghe'],
  ['TTHC', 'thu tuc hanh chinh'],
  ['CQ\u0110P', 'chinh quyen dia phuong'],
  ['TGXH', 'tro giup xa hoi'],
  ['CTXH', 'cong tac xa hoi'],
].map(([short, full]) => ({
  pattern: new RegExp(`(?<![\\p{L}\\d/.-])${short}(?![\\p{L}\\d])`, 'gu'),
  full: full ?? '',
}));

const ANY_NAME = new RegExp(NAMES.map(({ pattern }) => pattern.source).join('|'), 'u');

/** A name with its short forms written out (without diacritics: names are compared folded). */
export function expandNames(text: string): string {
  if (!ANY_NAME.test(text)) return text;
  return NAMES.reduce((name, { pattern, full }) => name.replace(pattern, full), text);
}

export interface Expanded {
  text: string;
  /** The offset in the original of an offset in `text`. */
  original(offset: number): number;
}

export function expandAbbreviations(text: string): Expanded {
  if (!ANY_SHORT.test(text)) return { text, original: (offset) => offset };
  const found = SHORTS.flatMap(({ pattern, full }) =>
    [...text.matchAll(pattern)].map((match) => ({
      start: match.index ?? 0,
      length: match[0].length,
      // A capital stays one: it may open a sentence.
      full: /^\p{Lu}/u.test(match[0]) ? full.charAt(0).toUpperCase() + full.slice(1) : full,
    })),
  ).sort((a, b) => a.start - b.start || b.length - a.length);
  if (found.length === 0) return { text, original: (offset) => offset };
  /** [offset in the expanded text, offset in the original], at every place where the two part. */
  const steps: [number, number][] = [[0, 0]];
  let expanded = '';
  let from = 0;
  for (const { start, length, full } of found) {
    if (start < from) continue;
    expanded += text.slice(from, start) + full;
    from = start + length;
    steps.push([expanded.length - full.length, start], [expanded.length, from]);
  }
  expanded += text.slice(from);
  return {
    text: expanded,
    original: (offset) => {
      let index = steps.length - 1;
      while (index > 0 && (steps[index]?.[0] ?? 0) > offset) index -= 1;
      const [at, origin] = steps[index] ?? [0, 0];
      const next = steps[index + 1];
      return Math.min(origin + offset - at, next === undefined ? text.length : next[1]);
    },
  };
}
