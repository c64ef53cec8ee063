/** Rows of a generated register, with values of every wrong kind, and checks of every kind over them; for both engines. */
import fc from 'fast-check';
import type { Check, Expectation, Table, Test } from '../../scoring/quality/check.ts';
import { PATTERNS } from './quality-forms.ts';
import { hostileText } from './quality-texts.ts';

export interface Row {
  readonly code: string | null;
  readonly name: string | null;
  readonly born: string | null;
  readonly issued: string | null;
  readonly pay: number | null;
  readonly area: string | null;
  readonly seen: string | null;
}

export const ROW_COLUMNS = {
  code: 'VARCHAR',
  name: 'VARCHAR',
  born: 'VARCHAR',
  issued: 'DATE',
  pay: 'BIGINT',
  area: 'VARCHAR',
  seen: 'TIMESTAMP',
} as const;

export const COLUMNS: Table['columns'] = [
  { name: 'code', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'born', type: 'date', format: 'vietnamese' },
  { name: 'issued', type: 'date' },
  { name: 'pay', type: 'integer' },
  { name: 'area', type: 'text' },
  { name: 'seen', type: 'timestamp' },
];

const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((n) => new Date(Date.UTC(1950, 0, 1) + n * 86_400_000).toISOString());
const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 6, nil: null });

/** Few different keys, so that there are copies. */
export const rowsOf = (nul: boolean, maxLength = 60): fc.Arbitrary<Row[]> =>
  fc.array(
    fc.record({
      code: nullable(
        fc.oneof(
          fc.integer({ min: 0, max: 20 }).map((n) => String(n).padStart(12, '0')),
          hostileText(nul),
        ),
      ),
      name: nullable(hostileText(nul)),
      born: nullable(hostileText(nul)),
      issued: nullable(day.map((iso) => iso.slice(0, 10))),
      pay: nullable(fc.integer({ min: -5, max: 100 })),
      area: nullable(fc.constantFrom('01', '04', '79', '99', '')),
      seen: nullable(day.map((iso) => iso.slice(0, 19))),
    }),
    { maxLength },
  );

const zero: Expectation = { operator: 'mustBe', value: 0, unit: 'rows' };
const days: Expectation = { operator: 'mustBeLessOrEqualTo', value: 2, unit: 'days' };

/** Checks of every kind; patterns a word boundary or a long repeat apart, which one of the engines refuses. */
export function checksOf(table: string, areas: string): Check[] {
  const tests: readonly (readonly [Test, Expectation?])[] = [
    [{ kind: 'row_count' }, { operator: 'mustBeGreaterThan', value: 10, unit: 'rows' }],
    ...['code', 'name', 'born', 'issued', 'pay', 'seen'].map((column) => [{ kind: 'not_null', column }] as const),
    [{ kind: 'missing', column: 'name', words: ['', '-', 'nan'] }],
    [
      { kind: 'missing', column: 'pay', words: ['0', '-1'] },
      { operator: 'mustBeLessThan', value: 12.5, unit: 'percent' },
    ],
    ...PATTERNS.filter((p) => !p.includes('{300}')).flatMap((pattern) => [
      [{ kind: 'pattern', column: 'code', pattern }] as const,
      [{ kind: 'pattern', column: 'name', pattern, whole: true }] as const,
    ]),
    [{ kind: 'pattern', column: 'pay', pattern: '^[0-9]{1,2}$' }],
    [
      { kind: 'length', column: 'name', min: 1, max: 5 },
      { operator: 'mustBeLessThan', value: 10, unit: 'percent', of: 'rows' },
    ],
    [{ kind: 'length', column: 'code', min: 12, max: 12 }],
    [{ kind: 'range', column: 'pay', min: { value: 0 }, max: { value: 50, exclusive: true } }],
    [{ kind: 'range', column: 'issued', min: { value: '1990-01-01' }, max: { value: '2026-06-29' } }],
    [{ kind: 'range', column: 'seen', max: { value: '2026-06-29T12:00:00' } }],
    [{ kind: 'range', column: 'born', min: { value: '1900-01-01' } }],
    [{ kind: 'multiple_of', column: 'pay', of: 5 }],
    [{ kind: 'enum', column: 'area', values: ['01', '04', '79'] }],
    [{ kind: 'enum', column: 'area', values: [] }],
    [{ kind: 'enum', column: 'pay', values: [1, 2, 3] }],
    [{ kind: 'type', column: 'code', type: 'integer' }],
    [{ kind: 'type', column: 'code', type: 'number' }],
    [{ kind: 'type', column: 'born', type: 'date' }],
    [{ kind: 'type', column: 'name', type: 'date', format: 'iso' }],
    [{ kind: 'type', column: 'code', type: 'date', format: 'compact' }],
    [{ kind: 'type', column: 'area', type: 'boolean' }],
    [{ kind: 'type', column: 'issued', type: 'date' }],
    [{ kind: 'compare', left: 'born', operator: '<=', right: 'issued' }],
    [{ kind: 'compare', left: 'code', operator: '<', right: 'name' }],
    [{ kind: 'compare', left: 'issued', operator: '<=', right: 'seen' }],
    [{ kind: 'requires', column: 'name', needs: 'born' }],
    ...(['surplus', 'groups', 'rows'] as const).flatMap((count) => [
      [{ kind: 'duplicate', columns: ['code'], count }] as const,
      [{ kind: 'duplicate', columns: ['area', 'pay'], count }] as const,
    ]),
    [{ kind: 'reference', columns: ['area'], table: areas, to: ['area'] }],
    [{ kind: 'sql', query: `SELECT count(*) FROM ${table} WHERE pay < 0` }],
    [{ kind: 'sql', query: `SELECT count(*) > 3 FROM ${table} AS t JOIN ${areas} AS a ON t.area = a.area` }],
    [{ kind: 'freshness', column: 'seen' }, days],
    [{ kind: 'freshness', column: 'issued' }, days],
    [{ kind: 'freshness', column: 'born' }, days],
    [{ kind: 'retention', column: 'seen' }, days],
    [{ kind: 'future', column: 'seen' }],
    [{ kind: 'gap', column: 'issued' }, days],
  ];
  return tests.map(([test, expect], i) => ({
    id: `${i}.${test.kind}`,
    table,
    column: null,
    metric: test.kind,
    dimension: 'sach',
    severity: 'error',
    test,
    expect: expect ?? zero,
  }));
}

export const NOW = '2026-06-29T23:59:59';
