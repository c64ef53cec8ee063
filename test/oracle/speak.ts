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
  silent: boolean;
}

type Order = (a: Valued, b: Valued) => number;

const compare = <T extends string | number | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const observed = (a: Valued, b: Valued): number => compare(a.fact.observedAt.getTime(), b.fact.observedAt.getTime());
const collected = (a: Valued, b: Valued): number => compare(a.fact.collectedAt.getTime(), b.fact.collectedAt.getTime());
const grade = (a: Valued, b: Valued): number => compare(a.fact.grade, b.fact.grade);
const worth = (a: Valued, b: Valued): number => compare(a.hi, b.hi) || compare(a.lo, b.lo) || -compare(a.fact.id, b.fact.id);

/** Rule 1 looks at the most recent fact, rule 2 at the strongest. */
const byRecency: Order = (a, b) => observed(a, b) || collected(a, b) || grade(a, b) || worth(a, b);
const byStrength: Order = (a, b) => grade(a, b) || observed(a, b) || collected(a, b) || worth(a, b);

function greatest(list: readonly Valued[], order: Order): Valued | undefined {
  return list.reduce<Valued | undefined>((best, next) => (best === undefined || order(next, best) > 0 ? next : best), undefined);
}

/** Speakers other than the owner and the law: the ones that can confirm. */
export const isIndependent = (fact: OracleFact): boolean => fact.saidBy === 'receiver' || fact.saidBy === 'assessor' || fact.saidBy === 'system';

/** @param facts all facts of one key that are visible, of the speakers that are asked */
export function whoSpeaks(facts: readonly Valued[]): Spoken | null {
  const anyLive = facts.some((f) => f.live);
  const competing = facts.filter((f) => f.live === anyLive);
  const recent = greatest(competing, byRecency);
  const strongest = greatest(competing, byStrength);
  if (recent === undefined || strongest === undefined) return null;
  // Rule 1: the last word, when it admits that nothing is there, holds.
  if (recent.admission) return { lo: 0n, hi: 0n, winner: recent, live: anyLive, admission: true, conflict: false, silent: false };
  // Rules 2 and 3.
  const rivals = competing.filter((f) => grade(f, strongest) === 0 && observed(f, strongest) === 0);
  const highestLo = rivals.map((f) => f.lo).reduce(higher);
  const lowestHi = rivals.map((f) => f.hi).reduce(lower);
  const conflict = highestLo > lowestHi;
  const lo = conflict ? rivals.map((f) => f.lo).reduce(lower) : strongest.lo;
  const hi = conflict ? rivals.map((f) => f.hi).reduce(higher) : strongest.hi;
  // Rule 5: what was worse, and would still speak had it not gone stale, keeps the lower end down.
  const gone = anyLive ? facts.filter((f) => !f.live && wouldOutrank(f, strongest, competing)) : [];
  const lowered = [lo, ...gone.map((f) => f.lo)].reduce(lower);
  return { lo: lowered, hi, winner: strongest, live: anyLive, admission: strongest.admission && !conflict, conflict, silent: lowered < lo };
}

function wouldOutrank(stale: Valued, winner: Valued, live: readonly Valued[]): boolean {
  const stronger = grade(stale, winner) > 0 || (grade(stale, winner) === 0 && observed(stale, winner) >= 0);
  const lastWord = stale.admission && observed(stale, winner) >= 0 && !live.some((f) => !f.admission && observed(f, stale) > 0);
  return stronger || lastWord;
}
