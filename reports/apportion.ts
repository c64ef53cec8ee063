/** Parts of a printed figure in tenths of a point. Rule: they add up to it (largest remainder, the first of equal ones). */

/**
 * @param shares exact parts, in points
 * @param total the printed figure they make up, in points
 */
export function apportion(shares: readonly number[], total: number): number[] {
  const whole = Math.round(total * 10);
  const floors = shares.map((share) => Math.floor(share * 10 + 1e-9));
  let left = whole - floors.reduce((sum, n) => sum + n, 0);
  const byRemainder = shares
    .map((share, index) => ({ index, rest: share * 10 - (floors[index] ?? 0) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    left -= 1;
  }
  // Parts made of rounded figures may be a tenth too many; the smallest remainder gives it back.
  for (const { index } of [...byRemainder].reverse()) {
    if (left >= 0) break;
    if ((floors[index] ?? 0) === 0) continue;
    floors[index] = (floors[index] ?? 0) - 1;
    left += 1;
  }
  return floors.map((tenths) => tenths / 10);
}
