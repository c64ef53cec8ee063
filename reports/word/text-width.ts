/** How long a line of bold Times is, near enough to draw a rule of the same length. Rule: marks above and below letters add nothing. */

/** Thousandths of the size: a–z, A–Z, 0–9 and what stands between words. */
const LOWER = [
  500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722,
  500, 500, 444,
];
const UPPER = [
  722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000,
  722, 722, 667,
];
const DIGIT = 500;
const SPACE = 250;
const DASH = 333;
const OTHER = 500;

const MM_PER_POINT = 25.4 / 72;

/** @returns millimetres of the text in bold Times at a size in points */
export function boldWidth(text: string, size: number): number {
  // Đ and đ do not come apart into a letter and a mark.
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
  const sum = [...bare].reduce((all, sign) => all + signWidth(sign), 0);
  return (sum / 1000) * size * MM_PER_POINT;
}

function signWidth(sign: string): number {
  if (sign >= 'a' && sign <= 'z') return LOWER[sign.charCodeAt(0) - 97] ?? OTHER;
  if (sign >= 'A' && sign <= 'Z') return UPPER[sign.charCodeAt(0) - 65] ?? OTHER;
  if (sign >= '0' && sign <= '9') return DIGIT;
  if (sign === ' ') return SPACE;
  return sign === '-' ? DASH : OTHER;
}
