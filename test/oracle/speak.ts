/** Which fact speaks for a key: DESIGN section 5, rules 1, 2, 3, 5 and 6. Belief (rule 4) is asked by each question. */
import { higher, lower } from './exact.ts';
import type { OracleFact, Valued } from './fact.ts';

/** What a key says. */
export interface Spoken {
  lo: bigint;
  hi: bigint;
  winner: Valued;
  live: boolean;
  admission: boolean;
  conflict: boolean;
  /** A worse value fell silent: the lower end stays down. */
  silent: boolean;
  /** The upper end with what fell silent; for a total, more is worse. */
  worstHi: bigint;
  /** What fell silent and keeps the worse end where it was. */
  gone: readonly Valued[];
  /** When the oldest of the facts it rests on was true. */
  since: number;
}

type Order = (a: Valued, b: Valued) => number;

const compare = <T extends string | number | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const observed = (a: Valued, b: Valued): number => compare(a.fact.observedAt.getTime(), b.fact.observedAt.getTime());
const collected = (a: Valued, b: Valued): number => compare(a.fact.collectedAt.getTime(), b.fact.collectedAt.getTime());
const grade = (a: Valued, b: Valued): number => compare(a.fact.grade, b.fact.grade);
const worth = (a: Valued, b: Valued): number =>
  compare(a.hi, b.hi) || compare(a.lo, b.lo) || -compare(a.fact.id, b.fact.id);

/** Rule 1 looks at the most recent fact. */
const byRecency: Order = (a, b) => observed(a, b) || collected(a, b) || grade(a, b) || worth(a, b);

function greatest(list: readonly Valued[], order: Order): Valued | undefined {
  return list.reduce<Valued | undefined>(
    (best, next) => (best === undefined || order(next, best) > 0 ? next : best),
    undefined,
  );
}

/** Speakers other than the owner and the law: the ones that can confirm. */
export const isIndependent = (fact: OracleFact): boolean =>
  fact.saidBy === 'receiver' || fact.saidBy === 'assessor' || fact.saidBy === 'system';

/**
 * @param facts all facts of one key that are visible, of the speakers that are asked
 * @param strengthOf the grade, or better where a question believes this speaker earlier than others
 */
export function whoSpeaks(
  facts: readonly Valued[],
  strengthOf: (fact: OracleFact) => string = (f) => f.grade,
): Spoken | null {
  const strength: Order = (a, b) => compare(strengthOf(a.fact), strengthOf(b.fact));
  // A measurement that expired does not hand the word back to what was said no later than it was made.
  const expired = facts.filter((f) => !f.live && (f.fact.grade === 'E3' || f.fact.grade === 'E4'));
  const standing = facts.filter((f) => !expired.some((m) => grade(m, f) > 0 && observed(m, f) >= 0));
  const anyLive = standing.some((f) => f.live);
  const competing = standing.filter((f) => f.live === anyLive);
  const recent = greatest(competing, byRecency);
  if (recent === undefined) return null;
  // Rule 1: the last word, when it admits that nothing is there, holds. Rule 2: else the strongest.
  const winner = recent.admission
    ? recent
    : greatest(competing, (a, b) => strength(a, b) || observed(a, b) || collected(a, b) || worth(a, b));
  if (winner === undefined) return null;
  // Rule 3: as strong and as old, and cannot both hold.
  const rivals = competing.filter((f) => strength(f, winner) === 0 && observed(f, winner) === 0);
  const conflict = rivals.map((f) => f.lo).reduce(higher) > rivals.map((f) => f.hi).reduce(lower);
  const lo = conflict ? rivals.map((f) => f.lo).reduce(lower) : winner.lo;
  const hi = conflict ? rivals.map((f) => f.hi).reduce(higher) : winner.hi;
  // Rule 5: what would still speak had it not gone stale keeps the worse end where it was.
  const outranks = (stale: Valued): boolean =>
    strength(stale, winner) > 0 ||
    (strength(stale, winner) === 0 && observed(stale, winner) >= 0) ||
    (stale.admission && observed(stale, winner) >= 0 && !competing.some((f) => !f.admission && observed(f, stale) > 0));
  const gone = anyLive ? facts.filter((f) => !f.live && outranks(f)) : [];
  return {
    lo: [lo, ...gone.map((f) => f.lo)].reduce(lower),
    hi,
    worstHi: [hi, ...gone.map((f) => f.hi)].reduce(higher),
    winner,
    live: anyLive,
    admission: hi === 0n,
    conflict,
    gone,
    silent: gone.some((f) => f.lo < lo),
    since: Math.min(winner.fact.observedAt.getTime(), ...gone.map((f) => f.fact.observedAt.getTime())),
  };
}
