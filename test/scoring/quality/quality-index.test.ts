import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckResult, CheckState } from '../../../scoring/quality/check.ts';
import type { ContractField } from '../../../scoring/quality/contract/contract.ts';
import { type MeasuredRule, measuredRules, type RuleState } from '../../../scoring/quality/results/measured-rule.ts';
import { qualityIndex } from '../../../scoring/quality/results/quality-index.ts';
import { qualityRatios } from '../../../scoring/quality/results/quality-observations.ts';
import { contractWith, table } from '../../support/contracts.ts';
import { publishedIndex } from '../../support/quality-tables.ts';

const thresholds = { good: 90, fair: 75, identifiers: 100 };

interface Given {
  id?: string;
  column?: string | null;
  criterion?: MeasuredRule['criterion'];
  state?: RuleState;
  n?: number | null;
  of?: number | null;
  weight?: number;
  fieldWeight?: number;
  identifier?: boolean;
  severity?: CheckResult['severity'];
  attribute?: string | null;
}
let number = 0;
function rule(given: Given): MeasuredRule {
  const column = given.column === undefined ? 'a' : given.column;
  const [numerator, denominator] = [given.n === undefined ? 1 : given.n, given.of === undefined ? 1 : given.of];
  const field: ContractField | null =
    column === null
      ? null
      : {
          table: 't',
          column,
          weight: given.fieldWeight ?? 1,
          isIdentifier: given.identifier ?? false,
          isCritical: false,
          classification: null,
        };
  const state =
    given.state ??
    (numerator === null
      ? 'collector_failed'
      : denominator === 0
        ? 'undefined'
        : numerator === denominator
          ? 'met'
          : 'unmet');
  return {
    result: {
      rule_id: given.id ?? `r${number++}`,
      table: 't',
      column,
      severity: given.severity ?? 'error',
    } as CheckResult,
    state,
    criterion: given.criterion ?? 'dung',
    numerator,
    denominator,
    weight: given.weight ?? 1,
    field,
    ruleVersion: '1',
    attribute: given.attribute === undefined ? 'quality.validity' : given.attribute,
  };
}
const indexOf = (...given: Given[]) => qualityIndex(given.map(rule), thresholds);

describe('the index', () => {
  test.each([
    ['all right', [{ n: 5, of: 5 }], { index: 100, ceiling: 100, coverage: 100, state: 'known', band: 'good' }],
    ['all wrong', [{ n: 0, of: 5 }], { index: 0, ceiling: 0, coverage: 100, state: 'known', band: 'poor' }],
    ['empty', [{ n: 0, of: 0 }], { index: null, ceiling: null, coverage: null, state: 'undefined', band: null }],
    ['errored', [{ n: null, of: null }], { index: null, ceiling: null, coverage: 0, state: 'unknown', band: null }],
    ['no rule at all', [], { index: null, coverage: null, state: 'unknown', band: null }],
    ['only warnings', [{ n: 0, of: 5, severity: 'warning' as const }], { index: null, state: 'unknown' }],
    [
      'half without an answer',
      [
        { n: 5, of: 5 },
        { n: null, of: null },
      ],
      { index: 50, ceiling: 100, coverage: 50, state: 'incomplete', band: 'poor' },
    ],
    [
      'empty beside full',
      [
        { n: 5, of: 5 },
        { n: 0, of: 0 },
      ],
      { index: 100, coverage: 100, state: 'known' },
    ],
    ['one wrong row of a million is not 100', [{ n: 999_999, of: 1_000_000 }], { index: 99.9, band: 'good' }],
    ['exactly 90 is good', [{ n: 9, of: 10 }], { index: 90, band: 'good' }],
    ['just below 90 is fair', [{ n: 8_999_999, of: 10_000_000 }], { index: 90, band: 'fair' }],
    ['exactly 75 is fair', [{ n: 3, of: 4 }], { index: 75, band: 'fair' }],
    ['below 75 is poor', [{ n: 74, of: 100 }], { index: 74, band: 'poor' }],
  ])('%s', (_what, given, wanted) => {
    expect(indexOf(...given)).toMatchObject(wanted);
  });

  test('rule → criterion → field → database, weighted', () => {
    const index = indexOf(
      { column: 'a', criterion: 'dung', n: 1, of: 2, weight: 3 },
      { column: 'a', criterion: 'dung', n: 1, of: 1, weight: 1 },
      { column: 'a', criterion: 'du', n: 1, of: 1 },
      { column: 'b', n: 0, of: 1, fieldWeight: 3 },
      { column: null, n: 1, of: 1 },
    );
    // a: dung (0.5·3 + 1)/4 = 62.5, du 100 → 81.25; b 0, three times; the table 100.
    expect(index.fields.map((f) => [f.column, f.index])).toEqual([
      ['a', 81.2],
      ['b', 0],
      [null, 100],
    ]);
    expect(index.index).toBe(36.2);
  });

  test('an identifier field below 100 caps the band, not the figure', () => {
    expect(indexOf({ n: 99, of: 100, identifier: true }, { column: 'b' })).toMatchObject({
      index: 99.5,
      band: 'fair',
      identifiers_met: false,
    });
    expect(indexOf({ identifier: true }, { column: 'b' })).toMatchObject({ band: 'good', identifiers_met: true });
    expect(
      indexOf({ identifier: true }, { identifier: true, n: null, of: null }, { column: 'b', weight: 9 }),
    ).toMatchObject({ identifiers_met: null });
  });

  const anyRule: fc.Arbitrary<Given> = fc
    .record({
      column: fc.constantFrom('a', 'b', 'c', null),
      criterion: fc.constantFrom('dung' as const, 'du' as const, 'sach' as const, 'song' as const),
      weight: fc.integer({ min: 1, max: 100 }),
      severity: fc.constantFrom('error' as const, 'error' as const, 'warning' as const),
      counts: fc.oneof(
        fc.constant([null, null]),
        fc.constant([0, 0]),
        fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 })).map(([n, of]) => [Math.min(n, of), of]),
        fc.integer({ min: 1, max: 300_000_000 }).map((of) => [of - 1, of]),
        fc.integer({ min: 1, max: 300_000_000 }).map((of) => [of, of]),
      ),
    })
    .map(({ counts: [n = null, of = null], ...rest }) => ({
      ...rest,
      n,
      of,
      fieldWeight: rest.column === 'b' ? 7 : 1,
      identifier: rest.column === 'c',
    }));

  test('floor ≤ ceiling; an answer that comes late never lowers the ceiling it had nor lifts it', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { minLength: 1, maxLength: 12 }), (given) => {
        const index = qualityIndex(given.map(rule), thresholds);
        if (index.index !== null && index.ceiling !== null) expect(index.index).toBeLessThanOrEqual(index.ceiling);
        const failing = given.map((g) => (g.n === null ? { ...g, n: 0, of: 1 } : g));
        const known = qualityIndex(failing.map(rule), thresholds);
        // What is unknown counts as what fails would: silence gains nothing.
        if (index.index !== null) expect(known.index).toBe(index.index);
      }),
      { numRuns: 300 },
    );
  });

  test('the published table gives the same figures', async () => {
    const cases = fc.sample(fc.array(anyRule, { minLength: 1, maxLength: 14 }), { numRuns: 60, seed: 7 });
    const rules = cases.map((given) => given.map(rule));
    const published = await publishedIndex(rules, thresholds);
    rules.forEach((of, i) => {
      const { fields, ...whole } = qualityIndex(of, thresholds);
      const rows = published.filter((row) => row.contract === `c${i}`);
      const { index: quality_index, ceiling, coverage, state, band, identifiers_met } = whole;
      expect(
        rows.find((row) => row.scope === 'database'),
        JSON.stringify(cases[i]),
      ).toMatchObject({ quality_index, ceiling, coverage, state, band, identifiers_met });
      const shown = rows
        .filter((row) => row.scope === 'field')
        .map((row) => [row.column_name, row.quality_index, row.ceiling, row.coverage, row.band, row.is_identifier]);
      const wanted = fields.map((f) => [f.column, f.index, f.ceiling, f.coverage, f.band, f.identifier]);
      const order = (a: unknown[], b: unknown[]): number => (String(a[0] ?? '') < String(b[0] ?? '') ? -1 : 1);
      expect(shown.sort(order)).toEqual(wanted.sort(order));
    });
  });
});

describe('results', () => {
  test.each<[CheckState, string | null, RuleState]>([
    ['met', null, 'met'],
    ['failed', null, 'unmet'],
    ['undefined', null, 'undefined'],
    ['errored', 'engine_failed', 'collector_failed'],
    ['not_run', 'column_not_found', 'collector_failed'],
    ['not_run', 'sql_refused', 'collector_failed'],
    ['not_run', 'cancelled', 'unknown'],
    ['not_run', 'out_of_time', 'unknown'],
  ])('%s, %s → %s', (state, problem, wanted) => {
    const { contract } = contractWith(table(['{name: a, required: true}']));
    if (contract === null) throw new Error('no contract');
    const [check] = contract.checks;
    const result = {
      rule_id: check?.check.id,
      table: 't',
      column: 'a',
      dimension: 'du',
      severity: 'error',
      state,
      problem,
      failed: null,
      checked: null,
      value: null,
      unit: 'rows',
    } as unknown as CheckResult;
    expect(measuredRules(contract, [result], {})[0]?.state).toBe(wanted);
  });

  test('a query that counts wrong rows is a share of the rows of its table', () => {
    const { contract } = contractWith(
      table(['{name: a}'], ['{type: sql, unit: rows, query: "SELECT count(*) FROM {object}", mustBe: 0}']),
    );
    if (contract === null) throw new Error('no contract');
    const result = {
      rule_id: contract.checks[0]?.check.id,
      table: 't',
      column: null,
      dimension: 'dung',
      severity: 'error',
      state: 'failed',
      problem: null,
      failed: null,
      checked: null,
      value: 3,
      unit: 'rows',
    } as unknown as CheckResult;
    expect(measuredRules(contract, [result], { t: 10 })[0]).toMatchObject({ numerator: 7, denominator: 10 });
    expect(measuredRules(contract, [result], {})[0]).toMatchObject({ numerator: 0, denominator: 1 });
  });
});

describe('ratios for the indicators', () => {
  test('rows that are right of rows asked; identifiers apart; warnings count for nothing', () => {
    expect(
      qualityRatios([
        rule({ n: 9, of: 10, identifier: true }),
        rule({ n: 5, of: 10 }),
        rule({ n: 0, of: 10, severity: 'warning' }),
        rule({ n: 1, of: 1, attribute: null }),
      ]),
    ).toEqual({
      ratios: [
        { attribute: 'quality.identifier', numerator: 9, denominator: 10, rules: 1 },
        { attribute: 'quality.validity', numerator: 14, denominator: 20, rules: 2 },
      ],
      silent: [],
    });
  });

  test('one rule without an answer, and nothing is said; an empty table is 0 of 0', () => {
    expect(qualityRatios([rule({ n: 9, of: 10 }), rule({ n: null, of: null })])).toEqual({
      ratios: [],
      silent: ['quality.validity'],
    });
    expect(qualityRatios([rule({ n: 0, of: 0 })]).ratios).toEqual([
      { attribute: 'quality.validity', numerator: 0, denominator: 0, rules: 1 },
    ]);
  });
});
