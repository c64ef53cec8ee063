/** Coordinates of drawings. Rule: tenths are enough for any screen, and the same figure gives the same bytes everywhere. */
export function tenth(n: number): number {
  return Math.round(n * 10) / 10;
}
