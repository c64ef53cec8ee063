/**
 * The quality index: rule → criterion → field → database, a weighted mean at each step, in whole parts of one. Rules of
 * severity error count. What is undefined leaves the mean; what is not known counts as nothing in the index and as all in
 * the ceiling, so that a run that was cut short can never read as perfect. The published table is the same in SQL.
 */
import type { Scoring } from '../../../config/schema/scoring.ts';
import type { Dimension } from '../check.ts';
import type { MeasuredRule } from './measured-rule.ts';

/** As one() of the models. */
const ONE = 1_000_000_000_000_000n;

export type Thresholds = Scoring['quality']['thresholds'];
export type Band = 'good' | 'fair' | 'poor';

export interface Figures {
  /** 0–100, one decimal; null when nothing was measured or all is undefined. */
  readonly index: number | null;
  readonly ceiling: number | null;
  readonly coverage: number | null;
}

export interface FieldIndex extends Figures {
  readonly table: string;
  /** Null for what is asked of the table. */
  readonly column: string | null;
  readonly weight: number;
  readonly identifier: boolean;
  readonly band: Band | null;
  readonly criteria: readonly (Figures & { readonly criterion: Dimension; readonly rules: number })[];
}

export interface QualityIndex extends Figures {
  readonly state: 'known' | 'incomplete' | 'unknown' | 'undefined';
  readonly band: Band | null;
  /** Every identifier field is right in every row; null when there is none, or not all is known. */
  readonly identifiers_met: boolean | null;
  readonly fields: readonly FieldIndex[];
}

interface Value {
  readonly low: bigint;
  readonly high: bigint;
  readonly known: bigint;
  readonly weight: number;
}

export function qualityIndex(rules: readonly MeasuredRule[], thresholds: Thresholds): QualityIndex {
  const counted = rules.filter(({ result, state }) => result.severity === 'error' && state !== 'undefined');
  const byField = groupBy(counted, ({ result }) => `${result.table}\n${result.column ?? ''}`);
  const values: Value[] = [];
  const fields: FieldIndex[] = [];
  for (const ofField of [...byField.values()]) {
    const [first] = ofField;
    if (first === undefined) continue;
    const criteria = [...groupBy(ofField, ({ criterion }) => criterion)].map(([criterion, ofCriterion]) => ({
      criterion: criterion as Dimension,
      rules: ofCriterion.length,
      value: mean(ofCriterion.map(ruleValue)),
    }));
    const value = mean(criteria.map((c) => c.value));
    const weight = first.field?.weight ?? 1;
    const identifier = first.field?.isIdentifier ?? false;
    values.push({ ...value, weight });
    fields.push({
      table: first.result.table,
      column: first.result.column,
      weight,
      identifier,
      ...figures(value),
      band: bandOf(value, thresholds, identifier ? thresholds.identifiers : null),
      criteria: criteria.map(({ criterion, rules: n, value: v }) => ({ criterion, rules: n, ...figures(v) })),
    });
  }
  if (values.length === 0) return { ...NOTHING, state: rules.length === 0 ? 'unknown' : stateOfNone(rules), fields };
  const value = mean(values);
  // Where no rule at all was answered, nothing is known; 0 would be a judgement.
  if (value.known === 0n) return { ...NOTHING, coverage: 0, state: 'unknown', fields };
  const identifiers = values.filter((_value, i) => fields[i]?.identifier === true);
  const wrong = identifiers.some((v) => !reaches(v.high, thresholds.identifiers));
  const right = identifiers.every((v) => reaches(v.low, thresholds.identifiers));
  const met = identifiers.length === 0 ? null : wrong ? false : right ? true : null;
  const band = bandOf(value, thresholds, null);
  return {
    ...figures(value),
    state: value.known === ONE ? 'known' : 'incomplete',
    // A wrong identifier caps the band, not the arithmetic.
    band: band === 'good' && met === false ? 'fair' : band,
    identifiers_met: met,
    fields,
  };
}

const NOTHING = { index: null, ceiling: null, coverage: null, band: null, identifiers_met: null } as const;

function stateOfNone(rules: readonly MeasuredRule[]): QualityIndex['state'] {
  return rules.some(({ state }) => state === 'undefined') ? 'undefined' : 'unknown';
}

function ruleValue({ numerator, denominator, weight }: MeasuredRule): Value {
  if (numerator === null || denominator === null || denominator === 0) return { low: 0n, high: ONE, known: 0n, weight };
  const value = halfEven(BigInt(numerator) * ONE, BigInt(denominator));
  return { low: value, high: value, known: ONE, weight };
}

/** Weighted mean of values; it weighs one itself. */
function mean(values: readonly Value[]): Value {
  const total = values.reduce((sum, v) => sum + BigInt(v.weight), 0n);
  const part = (of: (value: Value) => bigint): bigint =>
    halfEven(
      values.reduce((sum, v) => sum + of(v) * BigInt(v.weight), 0n),
      total,
    );
  return { low: part((v) => v.low), high: part((v) => v.high), known: part((v) => v.known), weight: 1 };
}

/** n / d as a whole number, halves to even. */
function halfEven(n: bigint, d: bigint): bigint {
  const [whole, rest] = [n / d, n % d];
  return 2n * rest > d || (2n * rest === d && whole % 2n === 1n) ? whole + 1n : whole;
}

/** One decimal, half to even; but 100 is said only of what is whole, and 0 only of what is nothing. */
function points(value: bigint): number {
  const rounded = Number(halfEven(value * 1000n, ONE));
  if (rounded === 1000 && value < ONE) return 99.9;
  return rounded === 0 && value > 0n ? 0.1 : rounded / 10;
}

const figures = ({ low, high, known }: Value): Figures =>
  known === 0n
    ? { index: null, ceiling: null, coverage: 0 }
    : { index: points(low), ceiling: points(high), coverage: points(known) };
const reaches = (value: bigint, percent: number): boolean => value * 100n >= BigInt(percent) * ONE;

function bandOf({ low, known }: Value, thresholds: Thresholds, required: number | null): Band | null {
  if (known === 0n) return null;
  if (required !== null) return reaches(low, required) ? 'good' : 'poor';
  return reaches(low, thresholds.good) ? 'good' : reaches(low, thresholds.fair) ? 'fair' : 'poor';
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
