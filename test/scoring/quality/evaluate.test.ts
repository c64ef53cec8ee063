import { describe, expect, test } from 'vitest';
import type { Check, Expectation } from '../../../scoring/quality/check.ts';
import { type Measured, resultsOf, stateOf } from '../../../scoring/quality/evaluate.ts';
import type { Formula, Plan } from '../../../scoring/quality/plan.ts';

const check = (expect: Expectation): Check => ({
  id: 'c',
  table: 't',
  column: null,
  metric: 'm',
  dimension: 'sach',
  severity: 'error',
  test: { kind: 'row_count' },
  expect,
});
const rows: Expectation = { operator: 'mustBe', value: 0, unit: 'rows' };
const percent: Expectation = { operator: 'mustBeLessOrEqualTo', value: 2.5, unit: 'percent' };

function result(
  expect: Expectation,
  formula: Formula,
  numbers: Record<string, number | null>,
  problem?: 'engine_failed' | 'cancelled',
) {
  const asked = check(expect);
  const plan: Plan = {
    dialect: 'duckdb',
    batches: [],
    checks: [{ check: asked, formula, rows: 'all', sql: '', sqlHash: 'h' }],
    refused: [],
    known: new Map(),
  };
  const measured: Measured = {
    values: new Map(Object.entries(numbers)),
    problems: new Map(problem === undefined ? [] : [['failed', { problem, detail: 'said' }]]),
    ms: new Map(),
  };
  const [one] = resultsOf([asked], plan, measured);
  return [one?.state, one?.failed, one?.checked, one?.value];
}

const share: Formula = { kind: 'rows', failed: 'failed', checked: 'checked' };

describe('p = 0, p = 1, nothing asked, errored', () => {
  test.each<[string, Expectation, Record<string, number | null>, unknown[]]>([
    ['p = 0', rows, { failed: 0, checked: 9 }, ['met', 0, 9, 0]],
    ['p = 1', rows, { failed: 9, checked: 9 }, ['failed', 9, 9, 9]],
    ['empty', rows, { failed: 0, checked: 0 }, ['undefined', 0, 0, null]],
    ['p = 0, percent', percent, { failed: 0, checked: 9 }, ['met', 0, 9, 0]],
    ['p = 1, percent', percent, { failed: 9, checked: 9 }, ['failed', 9, 9, 100]],
    ['on the threshold', percent, { failed: 25, checked: 1000 }, ['met', 25, 1000, 2.5]],
    ['one beyond it', percent, { failed: 26, checked: 1000 }, ['failed', 26, 1000, 2.6]],
    ['empty, percent', percent, { failed: 0, checked: 0 }, ['undefined', 0, 0, null]],
    ['of all rows', { ...percent, of: 'rows' }, { failed: 25, checked: 100, all: 1000 }, ['met', 25, 100, 2.5]],
    ['of no rows', { ...percent, of: 'rows' }, { failed: 0, checked: 0, all: 0 }, ['undefined', 0, 0, null]],
    ['a number lost', rows, { failed: null, checked: 9 }, ['undefined', null, 9, null]],
  ])('%s', (_name, expectation, numbers, wanted) => {
    expect(result(expectation, share, numbers)).toEqual(wanted);
  });

  test('errored and stopped are never a pass', () => {
    expect(result(rows, share, { checked: 9 }, 'engine_failed')).toEqual(['errored', null, null, null]);
    expect(result(rows, share, { checked: 9 }, 'cancelled')).toEqual(['not_run', null, null, null]);
  });

  test('an age of nothing is undefined; of something, exact', () => {
    const formula: Formula = { kind: 'seconds', value: 'value', checked: 'checked', future: 'future' };
    const days: Expectation = { operator: 'mustBeLessOrEqualTo', value: 2, unit: 'days' };
    expect(result(days, formula, { value: null, checked: 0, future: 3 })).toEqual(['undefined', null, 0, null]);
    expect(result(days, formula, { value: 172_800, checked: 1, future: 0 })).toEqual(['met', null, 1, 2]);
    expect(result(days, formula, { value: 172_801, checked: 1, future: 0 })[0]).toBe('failed');
  });

  test('a check that is in no plan is not run', () => {
    const plan: Plan = { dialect: 'duckdb', batches: [], checks: [], refused: [], known: new Map() };
    const [one] = resultsOf([check(rows)], plan, { values: new Map(), problems: new Map(), ms: new Map() });
    expect(one?.state).toBe('not_run');
  });
});

test('operators, both ends of a range inside it', () => {
  const held = (operator: Expectation['operator'], n: number, value: number, upTo?: number) =>
    stateOf({ operator, value, unit: 'rows', ...(upTo === undefined ? {} : { upTo }) }, n, 1) === 'met';
  expect([held('mustBe', 3, 3), held('mustBe', 3, 4), held('mustNotBe', 3, 4), held('mustNotBe', 3, 3)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect([held('mustBeGreaterThan', 3, 3), held('mustBeGreaterOrEqualTo', 3, 3)]).toEqual([false, true]);
  expect([held('mustBeLessThan', 3, 3), held('mustBeLessOrEqualTo', 3, 3)]).toEqual([false, true]);
  expect([1, 2, 3, 4, 5].map((n) => held('mustBeBetween', n, 2, 4))).toEqual([false, true, true, true, false]);
  expect([1, 2, 3, 4, 5].map((n) => held('mustNotBeBetween', n, 2, 4))).toEqual([true, false, false, false, true]);
});

test('shares are held against a decimal as it is written, not as it is stored', () => {
  const at = (value: number, n: number, d: number) =>
    stateOf({ operator: 'mustBe', value, unit: 'percent' }, 100 * n, d);
  expect(at(0.1, 1, 1000)).toBe('met');
  expect(at(33.3, 333, 1000)).toBe('met');
  expect(at(1e-7, 1, 1_000_000_000)).toBe('met');
});
