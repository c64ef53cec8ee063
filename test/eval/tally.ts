import { KINDS, type Kind } from './kinds.ts';

/** Counts of one kind: `right` facts are in the key and were read; one line of text a miss and an extra, for --verbose. */
export interface Tally {
  right: number;
  missing: number;
  wrong: number;
  /** Of the facts read rightly: details (unit, stage, role, modality, extent, flags …) that agree, of those in the key. */
  detailsRight: number;
  details: number;
  misses: string[];
  extras: string[];
  /** Details that differ: `fact: detail expected ≠ read`. */
  differences: string[];
}
export type Tallies = Record<Kind, Tally>;

export function emptyTallies(): Tallies {
  return Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      { right: 0, missing: 0, wrong: 0, detailsRight: 0, details: 0, misses: [], extras: [], differences: [] },
    ]),
  ) as unknown as Tallies;
}

/** Sums tallies of several documents. */
export function sumTallies(all: readonly Tallies[]): Tallies {
  const sum = emptyTallies();
  for (const tallies of all)
    for (const kind of KINDS) {
      const [to, from] = [sum[kind], tallies[kind]];
      to.right += from.right;
      to.missing += from.missing;
      to.wrong += from.wrong;
      to.detailsRight += from.detailsRight;
      to.details += from.details;
      to.misses.push(...from.misses);
      to.extras.push(...from.extras);
      to.differences.push(...from.differences);
    }
  return sum;
}

/** Share of what was read that is right; null when nothing was read. */
export function precision(tally: Tally): number | null {
  const read = tally.right + tally.wrong;
  return read === 0 ? null : tally.right / read;
}

/** Share of the key that was read; null when the key has nothing of the kind. */
export function recall(tally: Tally): number | null {
  const expected = tally.right + tally.missing;
  return expected === 0 ? null : tally.right / expected;
}
