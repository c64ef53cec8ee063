/** What the oracle knows of a fact, and what a fact is worth (SEMANTICS sections 1 and 4). */
import type { Config } from '../../config/load.ts';
import { daysBetween, localDay } from '../../config/time.ts';
import { higher, lower, ONE, shareOf } from './exact.ts';

export type Grade = 'E0' | 'E1' | 'E2' | 'E3' | 'E4';
export type Speaker = 'owner' | 'receiver' | 'assessor' | 'document' | 'system';

/** A fact as told to the oracle; times are instants, empty parts are null. */
export interface OracleFact {
  id: string;
  database: string;
  attribute: string;
  target: string | null;
  unit: string | null;
  role: string | null;
  stage: string | null;
  extent: string;
  modality: string;
  text: string | null;
  number: number | null;
  total: number | null;
  low: number | null;
  high: number | null;
  time: Date | null;
  flags: Readonly<Record<string, string | number | boolean>>;
  saidBy: Speaker;
  grade: Grade;
  observedAt: Date;
  statedAt: Date;
  collectedAt: Date;
  source: string;
}

/** An interval in parts of ONE for states and ratios, in whole units for counts. */
export interface Interval {
  lo: bigint;
  hi: bigint;
}

/** A fact with what it is worth and whether it is still live as of the day. */
export interface Valued extends Interval {
  fact: OracleFact;
  live: boolean;
  admission: boolean;
}

/** Settings a fact's worth depends on. */
export interface Worth {
  config: Config;
  asOf: string;
  requiredDirection: 'one_way' | 'two_way' | 'unknown';
}

const PARTS = ONE / 100_000n;

/** A fact is visible once it was both true and stated. */
export function isVisible(fact: OracleFact, asOf: string): boolean {
  return localDay(fact.observedAt) <= asOf && localDay(fact.statedAt) <= asOf;
}

export const isMeasured = (fact: OracleFact): boolean => fact.grade >= 'E3';

/** Ages run from the statement for what is said, from the observation for what is measured. */
export function isLive(fact: OracleFact, worth: Worth): boolean {
  const definition = worth.config.attributes.attributes[fact.attribute];
  if (definition === undefined) throw new Error(`no attribute ${fact.attribute}`);
  if (
    definition.scale !== undefined &&
    worth.config.scoring.ageless_states[definition.scale]?.includes(fact.text ?? '')
  )
    return true;
  const age = worth.config.scoring.ages[definition.age]?.[isMeasured(fact) ? 'measured' : 'said'];
  if (age === undefined || age === 'never') return true;
  return daysBetween(localDay(isMeasured(fact) ? fact.observedAt : fact.statedAt), worth.asOf) <= age;
}

/** Null: the fact has no value at all (a ratio of nothing). */
export function intervalOf(fact: OracleFact, worth: Worth): Interval | null {
  const plain = plainInterval(fact, worth);
  if (plain === null) return null;
  if (fact.modality === 'negated') return { lo: 0n, hi: 0n };
  if (['intended', 'requested', 'purpose', 'hypothetical'].includes(fact.modality)) {
    // A state that is itself an intention or a request ("để đồng bộ đầy đủ") keeps the upper end its scale gives it.
    const isIntention = ['aimed_full', 'na_requested', 'deferred', 'not_applicable'].includes(fact.text ?? '');
    return { lo: 0n, hi: isIntention ? plain.hi : 0n };
  }
  if (fact.modality === 'unmarked') return { lo: 0n, hi: plain.hi };
  return plain;
}

function plainInterval(fact: OracleFact, worth: Worth): Interval | null {
  const definition = worth.config.attributes.attributes[fact.attribute];
  switch (definition?.type) {
    case 'ratio':
      return point(shareOf(BigInt(fact.number ?? 0), BigInt(fact.total ?? 0)));
    case 'quantity':
      return { lo: BigInt(fact.low ?? fact.number ?? 0), hi: BigInt(fact.high ?? fact.number ?? 0) };
    case 'state':
      return stateInterval(fact, definition.scale ?? '', worth);
    case 'time':
      // A day has no worth of its own: the question that compares it with a cycle says what it is worth.
      return { lo: ONE, hi: ONE };
    default:
      return null;
  }
}

function stateInterval(fact: OracleFact, scale: string, worth: Worth): Interval {
  const { scoring } = worth.config;
  const state = fact.text ?? '';
  const [low, high] = scoring.scales[scale]?.[state] ?? [0, 100_000];
  let lo = BigInt(low) * PARTS;
  let hi = BigInt(high) * PARTS;
  if (scoring.ratio_states[scale]?.includes(state) && fact.total !== null) {
    const ratio = shareOf(BigInt(fact.number ?? 0), BigInt(fact.total));
    if (ratio !== null) lo = hi = ratio;
  }
  // One way is enough where one way is asked for, and no more than its lower value where both are.
  if (scale === 'connection' && state === 'one_way') {
    if (worth.requiredDirection === 'one_way') lo = ONE;
    if (worth.requiredDirection === 'two_way') hi = lo;
  }
  if (state === 'awaiting_result' && fact.flags.remediated === true)
    lo = higher(lo, BigInt(scoring.awaiting_after_remediated) * PARTS);
  const partial = fact.extent !== 'whole' || fact.flags.central_only === true || fact.flags.component === true;
  const cap = scoring.extent_caps[scale];
  if (partial && cap !== undefined) {
    lo = lower(lo, BigInt(cap) * PARTS);
    hi = lower(hi, BigInt(cap) * PARTS);
  }
  return { lo, hi };
}

function point(value: bigint | null): Interval | null {
  return value === null ? null : { lo: value, hi: value };
}
