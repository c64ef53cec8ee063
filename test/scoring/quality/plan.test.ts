import { expect, test } from 'vitest';
import type { Check, Table, Test } from '../../../scoring/quality/check.ts';
import { DuckDb } from '../../../scoring/quality/dialects/duckdb.ts';
import { Postgres } from '../../../scoring/quality/dialects/postgres.ts';
import type { ColumnFacts, TableFacts } from '../../../scoring/quality/facts.ts';
import { batchSql, planChecks } from '../../../scoring/quality/plan.ts';

const column = (more: Partial<ColumnFacts> = {}): ColumnFacts => ({
  type: 'text',
  nulls: null,
  min: null,
  max: null,
  dictionary: false,
  ...more,
});
const table: Table = {
  id: 'person',
  location: { kind: 'parquet', paths: [] },
  columns: [
    { name: 'name', type: 'text' },
    { name: 'area', type: 'text' },
    { name: 'pay', type: 'integer' },
  ],
};
const facts: TableFacts = {
  relation: '"person"',
  rows: 100,
  columns: new Map([
    ['name', column()],
    ['area', column({ dictionary: true, nulls: 7 })],
    ['pay', column({ type: 'integer', nulls: 3, min: '5', max: '90' })],
  ]),
};

const checkOf = (one: Test, i: number): Check => ({
  id: String(i),
  table: 'person',
  column: null,
  metric: one.kind,
  dimension: 'sach',
  severity: 'error',
  test: one,
  expect: { operator: 'mustBe', value: 0, unit: 'rows' },
});

function plan(tests: readonly Test[], fast: DuckDb | Postgres = new DuckDb(), of = table, known = facts) {
  const checks = tests.map(checkOf);
  const plain = fast instanceof DuckDb ? new DuckDb(false) : new Postgres(false);
  return planChecks({
    tables: [of],
    checks,
    facts: new Map([['person', known]]),
    fast,
    plain,
    rules: new Map(),
    now: '2026-06-29T00:00:00',
  });
}

test('what a footer says costs no query', () => {
  const { batches, known } = plan([
    { kind: 'row_count' },
    { kind: 'not_null', column: 'area' },
    { kind: 'range', column: 'pay', min: { value: 5 }, max: { value: 90 } },
  ]);
  expect(batches).toEqual([]);
  expect([...known.values()].sort((a, b) => a - b)).toEqual([0, 7, 97, 100]);
});

test('a bound the footer does not prove is asked of the rows', () => {
  expect(plan([{ kind: 'range', column: 'pay', min: { value: 5, exclusive: true } }]).batches).toHaveLength(1);
  expect(plan([{ kind: 'range', column: 'pay', max: { value: 89.5 } }]).batches).toHaveLength(1);
});

test('the three meanings of duplicate are one GROUP BY a key set, whatever the order of its columns', () => {
  const { batches } = plan([
    { kind: 'duplicate', columns: ['name', 'area'], count: 'surplus' },
    { kind: 'duplicate', columns: ['area', 'name'], count: 'groups' },
    { kind: 'duplicate', columns: ['area', 'name'], count: 'rows' },
    { kind: 'duplicate', columns: ['name'], count: 'rows' },
  ]);
  expect(batches.map((b) => [b.kind, b.measures.length])).toEqual([
    ['keys', 4],
    ['keys', 2],
  ]);
});

test('the form follows how a column is kept', () => {
  const [batch] = plan([
    { kind: 'pattern', column: 'name', pattern: '^[a-z]+$' },
    { kind: 'pattern', column: 'area', pattern: '^[a-z]+$' },
  ]).batches;
  expect(batch && batchSql(batch)).toContain(`regexp_matches("name", '\\A[a-z]{1,}\\z')`);
  expect(batch && batchSql(batch)).toContain(`regexp_full_match("area", '[a-z]{1,}')`);
});

test('searches for what should not be there are put together into one, and asked singly only where it finds something', () => {
  const tests: Test[] = ['^[^0-9]*$', '^[^!]*$'].map((pattern) => ({ kind: 'pattern', column: 'name', pattern }));
  const [batch] = plan(tests).batches;
  expect(batch?.from).toBe(
    `(SELECT *, regexp_matches("name", '[0-9]|\\x{21}') AS "worked out 0" FROM "person") AS screened`,
  );
  // What should be there is asked of every row.
  const [wanted] = plan(['[0-9]', '!'].map((pattern) => ({ kind: 'pattern', column: 'area', pattern }))).batches;
  expect(wanted?.from).toBe('"person"');
});

test('what a stricter check of the same text answers is asked only of the rows that fail that one', () => {
  const [batch] = plan([
    { kind: 'pattern', column: 'name', pattern: '^[0-9]{4}$' },
    { kind: 'length', column: 'name', min: 4, max: 4 },
    { kind: 'missing', column: 'name' },
    { kind: 'pattern', column: 'name', pattern: '^[1-9]' },
  ]).batches;
  const digits = `("name" GLOB '[0-9][0-9][0-9][0-9]')`;
  expect(batch?.from).toBe(`(SELECT *, ${digits} AS "worked out 0" FROM "person") AS screened`);
  const sql = batch?.measures.map((m) => m.sql) ?? [];
  expect(sql).toContain(`coalesce(count_if((NOT "worked out 0")), 0)`);
  expect(sql).toContain(
    `coalesce(count_if((NOT CASE WHEN "worked out 0" THEN TRUE ELSE (length("name") = 4) END)), 0)`,
  );
  expect(sql.filter((one) => one.includes('CASE WHEN "worked out 0" THEN FALSE'))).toHaveLength(1);
  expect(sql).toContain(`coalesce(count_if((NOT ("name" GLOB '[1-9]*'))), 0)`);
});

test('what only looks like an expression is left alone: in a literal, in a name, as the start of a longer one', () => {
  const [batch] = plan([
    { kind: 'pattern', column: 'name', pattern: '^[0-9]{4}$' },
    { kind: 'length', column: 'name', min: 4, max: 4 },
    { kind: 'enum', column: 'name', values: ['(length("name") = 4)'] },
  ]).batches;
  expect(batch && batchSql(batch)).toContain(`("name" IN ('(length("name") = 4)'))`);
});

test('a day read from text that several checks hold against something is read once', () => {
  const born: Table = { ...table, columns: [{ name: 'name', type: 'date', format: 'vietnamese' }] };
  const [batch] = plan(
    [
      { kind: 'range', column: 'name', max: { value: '2026-06-29' } },
      { kind: 'compare', left: 'name', operator: '<', right: 'name' },
    ],
    undefined,
    born,
  ).batches;
  expect(batch && batchSql(batch).match(/try_strptime/g)).toHaveLength(1);
});

test('a column of dates in one table says nothing of the text of that name in another', () => {
  const dates = { ...facts, relation: '"other"', columns: new Map([['name', column({ type: 'date' })]]) };
  const range: Test = { kind: 'range', column: 'name', max: { value: '2026-06-29' } };
  const found = planChecks({
    tables: [
      { ...table, id: 'other' },
      { ...table, columns: [{ name: 'name', type: 'date' }] },
    ],
    checks: ['other', 'person'].map((id) => ({ ...checkOf(range, 0), table: id })),
    facts: new Map([
      ['other', dates],
      ['person', facts],
    ]),
    fast: new DuckDb(),
    plain: new DuckDb(false),
    rules: new Map(),
    now: '2026-06-29T00:00:00',
  });
  expect(found.checks[1]?.sql).toContain('try_strptime');
});

test('the names of what is worked out are names no column has', () => {
  const odd = { ...facts, columns: new Map([...facts.columns, ['Worked Out 0', column()]]) };
  const tests: Test[] = [
    { kind: 'pattern', column: 'name', pattern: '^[0-9]{4}$' },
    { kind: 'length', column: 'name', min: 4, max: 4 },
  ];
  expect(plan(tests, undefined, table, odd).batches[0]?.from).toContain(`AS "worked out 0'"`);
});

test('the same text means the same: a hash is of the plain SQL, not of the form that was run', () => {
  const one = plan([{ kind: 'pattern', column: 'area', pattern: '^[0-9]{2}$' }]).checks[0];
  expect(one?.sql).toContain('regexp_matches');
  expect(one?.sqlHash).toMatch(/^[0-9a-f]{64}$/);
});

test('what one engine cannot say alike is refused for that engine alone', () => {
  const tests: Test[] = [{ kind: 'pattern', column: 'name', pattern: '\\bx' }];
  expect(plan(tests).refused).toEqual([]);
  expect(plan(tests, new Postgres()).refused.map((r) => r.problem)).toEqual(['pattern_not_portable']);
});
