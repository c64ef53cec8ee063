/**
 * Numbers → results. Exact: shares and days are compared as fractions of whole numbers, never rounded before. What was not
 * worked out is never a pass, and nothing asked is `undefined`.
 */
import type { Check, CheckProblem, CheckResult, CheckState, Expectation } from './check.ts';
import type { Plan, PlannedCheck } from './plan.ts';

/** Why measures are missing, by key. */
export interface Measured {
  readonly values: ReadonlyMap<string, number | null>;
  readonly problems: ReadonlyMap<string, { readonly problem: CheckProblem; readonly detail: string }>;
  readonly ms: ReadonlyMap<string, number>;
}

/** In the order of `checks`. */
export function resultsOf(checks: readonly Check[], plan: Plan, measured: Measured): CheckResult[] {
  const planned = new Map(plan.checks.map((p) => [p.check.id, p]));
  const refused = new Map(plan.refused.map((r) => [r.check.id, r]));
  return checks.map((check) => {
    const found = planned.get(check.id);
    if (found !== undefined) return resultOf(found, plan, measured);
    const why = refused.get(check.id);
    return blank(check, 'not_run', why?.problem ?? 'engine_failed', why?.detail ?? 'the check was not planned', null);
  });
}

/** A result without numbers. */
export function blank(
  check: Check,
  state: CheckState,
  problem: CheckProblem | null,
  detail: string | null,
  sqlHash: string | null,
): CheckResult {
  return {
    rule_id: check.id,
    table: check.table,
    column: check.column,
    metric: check.metric,
    dimension: check.dimension,
    severity: check.severity,
    state,
    problem,
    detail,
    failed: null,
    checked: null,
    value: null,
    unit: check.expect.unit,
    future: null,
    sql_hash: sqlHash,
    ms: null,
  };
}

function resultOf(planned: PlannedCheck, plan: Plan, measured: Measured): CheckResult {
  const { check, formula, rows, sqlHash } = planned;
  const keys = [rows, ...Object.entries(formula).flatMap(([name, key]) => (name === 'kind' ? [] : [key]))].filter(
    (key) => key !== '',
  );
  const failedKey = keys.map((key) => measured.problems.get(key)).find((problem) => problem !== undefined);
  if (failedKey !== undefined) {
    const state = failedKey.problem === 'cancelled' || failedKey.problem === 'out_of_time' ? 'not_run' : 'errored';
    return blank(check, state, failedKey.problem, failedKey.detail, sqlHash);
  }
  const number = (key: string): number | null => plan.known.get(key) ?? measured.values.get(key) ?? null;
  const times = keys.flatMap((key) => measured.ms.get(key) ?? []);
  const base = { ...blank(check, 'undefined', null, null, sqlHash), ms: times.length === 0 ? 0 : Math.max(...times) };
  if (formula.kind === 'number') {
    const value = number(formula.value);
    const checked = formula.checked === undefined ? null : number(formula.checked);
    if (checked !== null && (checked !== 1 || value === null)) {
      const detail = 'the query must give one row with one number, or true or false';
      return { ...base, state: 'errored', problem: 'sql_result', detail };
    }
    if (value === null) return base;
    return { ...base, value, state: stateOf(check.expect, value, 1) };
  }
  const checked = number(formula.checked);
  if (formula.kind === 'seconds') {
    const seconds = number(formula.value);
    const future = number(formula.future);
    if (seconds === null || checked === 0) return { ...base, checked, future };
    return { ...base, checked, future, value: seconds / 86_400, state: stateOf(check.expect, seconds, 86_400) };
  }
  const failed = number(formula.failed);
  const all = check.expect.unit === 'percent' && check.expect.of === 'rows' ? number(rows) : checked;
  if (failed === null || checked === null || all === null) return { ...base, failed, checked };
  if (checked === 0 || all === 0) return { ...base, failed, checked };
  if (check.expect.unit !== 'percent')
    return { ...base, failed, checked, value: failed, state: stateOf(check.expect, failed, 1) };
  return { ...base, failed, checked, value: (100 * failed) / all, state: stateOf(check.expect, 100 * failed, all) };
}

/** Holds numerator / denominator against the expectation, exactly. */
export function stateOf(expect: Expectation, numerator: number, denominator: number): 'met' | 'failed' {
  const against = (bound: number): number => compareFraction(numerator, denominator, bound);
  const low = against(expect.value);
  const high = expect.upTo === undefined ? low : against(expect.upTo);
  const holds: Readonly<Record<Expectation['operator'], boolean>> = {
    mustBe: low === 0,
    mustNotBe: low !== 0,
    mustBeGreaterThan: low > 0,
    mustBeGreaterOrEqualTo: low >= 0,
    mustBeLessThan: low < 0,
    mustBeLessOrEqualTo: low <= 0,
    mustBeBetween: low >= 0 && high <= 0,
    mustNotBeBetween: low < 0 || high > 0,
  };
  return holds[expect.operator] ? 'met' : 'failed';
}

/** Sign of n/d − bound, where bound is the decimal number it is written as. */
function compareFraction(n: number, d: number, bound: number): number {
  const written = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(bound));
  if (written === null || !Number.isSafeInteger(n) || !Number.isSafeInteger(d)) return Math.sign(n / d - bound);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = written;
  const places = fraction.length - Number(exponent);
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const left = BigInt(n) * 10n ** BigInt(Math.max(places, 0));
  const right = digits * BigInt(d) * 10n ** BigInt(Math.max(-places, 0));
  return left < right ? -1 : left > right ? 1 : 0;
}
