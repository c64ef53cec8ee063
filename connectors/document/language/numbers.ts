/**
 * Quantities as administrative texts write them, and how exact they are (SEMANTICS 1: a hedge makes an interval whose
 * unit is that of the last non-zero digit; a round number without a hedge is approximate too, by at most 5 %).
 */

export type Hedge = 'khoang' | 'hon' | 'tren' | 'gan' | 'tron';

/** An exact number has low = high; otherwise the half-open interval low ≤ x < high. */
export interface Quantity {
  low: number;
  high: number;
  exact: boolean;
  hedge?: Hedge;
  /** Where the number (with hedge and multiplier) stands in the text. */
  start: number;
  end: number;
  /** Where the digits begin, without the hedge. */
  digits: number;
}

const MULTIPLIERS: Readonly<Record<string, number>> = {
  nghin: 1e3,
  ngan: 1e3,
  tram: 1e2,
  van: 1e4,
  trieu: 1e6,
  tr: 1e6,
  ty: 1e9,
  ti: 1e9,
};

const HEDGES: readonly (readonly [RegExp, Hedge])[] = [
  [/\b(?:khoang|uoc(?: tinh)?(?: dat)?(?: khoang)?|xap xi|tren duoi)\s*$/, 'khoang'],
  [/\b(?:hon|vuot(?: muc)?|khong duoi|khong it hon)\s*$/, 'hon'],
  [/\btren\s*$/, 'tren'],
  [/\b(?:gan|ngot|suyt soat)\s*$/, 'gan'],
];

const NUMBER =
  /(?<![\w/.,-])(\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?:\s*(nghin ty|nghin|ngan|trieu|tr|ty|ti)\b)?(?![\w%])(?!\/\d)/g;

/** Every quantity of a folded text that is not part of a ratio, a date, a percentage or a document number. */
export function findQuantities(folded: string): Quantity[] {
  const found: Quantity[] = [];
  for (const match of folded.matchAll(NUMBER)) {
    const digits = match.index ?? 0;
    const end = digits + match[0].length;
    if (/^\s?[/-]\s?[\w]/.test(folded.slice(end, end + 4)) && !/^\s?-\s/.test(folded.slice(end, end + 4))) continue;
    const factor = multiplier(match[2]);
    const written = parseDigits(match[1] ?? '', factor > 1);
    if (written === null) continue;
    const value = round(written.value * factor);
    const before = folded.slice(Math.max(0, digits - 24), digits);
    const hedge = HEDGES.find(([pattern]) => pattern.test(before));
    const start = hedge === undefined ? digits : digits - (hedge[0].exec(before)?.[0].length ?? 0);
    found.push({ ...interval(value, factor, hedge?.[1]), start, end, digits });
  }
  return found;
}

function multiplier(word: string | undefined): number {
  if (word === undefined) return 1;
  return word.split(' ').reduce((product, part) => product * (MULTIPLIERS[part] ?? 1), 1);
}

/**
 * The value of written digits. "1.041.000" and "1,041,000" group by thousands; before a multiplier one mark is the
 * decimal mark ("4,8 trieu", "1,041 ty"); without one, a single mark followed by exactly three digits groups.
 */
export function parseDigits(text: string, scaled: boolean): { value: number } | null {
  const groups = text.split(/[.,]/);
  if (groups.length === 1) return { value: Number(text) };
  const [first = '', ...rest] = groups;
  const allThree = rest.every((group) => group.length === 3);
  if (groups.length === 2) {
    if (allThree && !scaled && first.length <= 3 && first !== '0') return { value: Number(first + rest[0]) };
    return { value: Number(`${first}.${rest[0]}`) };
  }
  if (allThree) return { value: Number(groups.join('')) };
  const last = rest.at(-1) ?? '';
  return rest.slice(0, -1).every((group) => group.length === 3)
    ? { value: Number(`${first}${rest.slice(0, -1).join('')}.${last}`) }
    : null;
}

/** The interval of SEMANTICS 1 for a value written with a multiplier `factor` (1 = none) and a hedge. */
export function interval(
  value: number,
  factor: number,
  hedge: Hedge | undefined,
): Omit<Quantity, 'start' | 'end' | 'digits'> {
  const unit = lastDigitUnit(value);
  // There are never fewer than none: nearly nothing, or about nothing, is nothing.
  if (value === 0 && hedge !== 'hon' && hedge !== 'tren') return { low: 0, high: 0, exact: true };
  if (hedge === 'khoang') return { low: round(value - unit / 2), high: round(value + unit / 2), exact: false, hedge };
  if (hedge === 'hon' || hedge === 'tren') return { low: value, high: round(value + unit), exact: false, hedge };
  if (hedge === 'gan') return { low: round(value - unit), high: value, exact: false, hedge };
  const roundNumber = factor > 1 || (value >= 10_000 && value % 10 === 0);
  if (!roundNumber) return { low: value, high: value, exact: true };
  const half = Math.min(unit / 2, value * 0.05);
  return { low: round(value - half), high: round(value + half), exact: false, hedge: 'tron' };
}

/** 4 800 000 → 100 000: what one step of the last digit that is not zero is worth. */
function lastDigitUnit(value: number): number {
  if (value === 0) return 1;
  let unit = 1;
  let rest = value;
  while (rest !== Math.trunc(rest) && unit > 1e-6) {
    rest = round(rest * 10);
    unit /= 10;
  }
  while (rest % 10 === 0) {
    rest /= 10;
    unit *= 10;
  }
  return unit;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
