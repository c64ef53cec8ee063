/** Exact arithmetic of the oracle: values between 0 and 1 in parts of ONE, figures as fractions of whole numbers. */

/** One, in the parts in which indicator values are kept (10^15). */
export const ONE = 1_000_000_000_000_000n;

/** n / d as a whole number, halves to the even neighbour. */
export function halfEven(n: bigint, d: bigint): bigint {
  const whole = n / d;
  const twice = 2n * (n - whole * d);
  if (twice > d || (twice === d && whole % 2n === 1n)) return whole + 1n;
  return whole;
}

/** n of d in parts of ONE; null when there is nothing to divide by. */
export function shareOf(n: bigint, d: bigint): bigint | null {
  return d > 0n ? halfEven(n * ONE, d) : null;
}

/** A fraction n / d with d > 0. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

export const ZERO: Fraction = { n: 0n, d: 1n };

export function add(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

export function times(a: Fraction, k: bigint): Fraction {
  return { n: a.n * k, d: a.d };
}

export function over(a: Fraction, k: bigint): Fraction {
  return { n: a.n, d: a.d * k };
}

/** Points 0–100 with one decimal: the only rounding on the way to a printed figure. */
export function points(value: Fraction): number {
  return Number(halfEven(value.n * 1000n, value.d)) / 10;
}

export const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const higher = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const sum = (list: readonly bigint[]): bigint => list.reduce((a, b) => a + b, 0n);
