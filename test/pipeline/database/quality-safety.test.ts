import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DuckDbEngine } from '../../../pipeline/database/quality-duckdb.ts';
import { type QualityRunOptions, runQuality } from '../../../pipeline/database/quality-run.ts';
import type { Check, Table, Test } from '../../../scoring/quality/check.ts';
import type { RowRule } from '../../../scoring/quality/rule.ts';

const folder = mkdtempSync(join(tmpdir(), 'csdl-quality-'));
const NOW = '2026-06-29T00:00:00';
const CANARY = 'CANARY-079200001234';
const hostileTable = 'a "table"; DROP TABLE x; --';
const hostileColumn = `col"umn' || chr(0) ; --`;

beforeAll(async () => {
  const database = await Database.open();
  await database.run(
    `COPY (SELECT * FROM (VALUES ('${CANARY}', 'x'), ('12', '1'), (NULL, NULL)) AS t(id, n)) TO '${join(folder, 'one.parquet')}' (FORMAT parquet)`,
  );
  await database.run(
    `COPY (SELECT i::VARCHAR AS id, hash(i)::VARCHAR AS n FROM range(3000000) AS r(i)) TO '${join(folder, 'large.parquet')}' (FORMAT parquet)`,
  );
  await database.run(
    `COPY (SELECT 1 AS ${JSON.stringify(hostileColumn).replaceAll('\\"', '""')}) TO '${join(folder, 'hostile.parquet')}' (FORMAT parquet)`,
  );
  database.close();
  writeFileSync(join(folder, 'secret.csv'), `a\n${CANARY}\n`);
  writeFileSync(join(folder, 'people.csv'), 'id,n\n001,0000000001e2\n1_000,\n,x\n');
  writeFileSync(join(folder, 'people.json'), '[{"id": "001", "n": 5}, {"id": null, "n": 7}]');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const table = (id: string, file: string, columns = ['id', 'n']): Table => ({
  id,
  location: {
    kind: file.endsWith('csv') ? 'csv' : file.endsWith('json') ? 'json' : 'parquet',
    paths: [join(folder, file)],
  },
  columns: columns.map((name) => ({ name, type: 'text' })),
});
const check = (test: Test, id = JSON.stringify(test), of = 'person'): Check => ({
  id,
  table: of,
  column: null,
  metric: test.kind,
  dimension: 'sach',
  severity: 'error',
  test,
  expect: { operator: 'mustBe', value: 0, unit: 'rows' },
});

async function run(tables: Table[], checks: Check[], more: Partial<QualityRunOptions> = {}, memoryLimit = '512MB') {
  const engine = await DuckDbEngine.open(tables, { memoryLimit });
  try {
    return await runQuality(engine, { tables, checks, rules: new Map(), now: NOW, ...more });
  } finally {
    await engine.close();
  }
}

/** Rules that fail while they run, on a value, and whose engine message quotes it. */
const casting: RowRule = {
  id: 'casting',
  version: 1,
  title: 'x',
  source: 'x',
  strength: 'fails',
  roles: { text: { type: 'text' } },
  sql: (_q, { text = '' }) => ({ passes: `(CAST(${text} AS BIGINT) > 0)` }),
  reference: () => 'pass',
};

describe('one bad check never loses the others', () => {
  test('a failing batch is cut until it stands alone; no value is in what is said', async () => {
    const checks = [
      ...Array.from({ length: 20 }, (_, i) => check({ kind: 'length', column: 'id', min: i, max: 30 })),
      check({ kind: 'rule', rule: 'casting', columns: { text: 'id' } }, 'bad'),
      check({ kind: 'rule', rule: 'gone', columns: { text: 'id' } }, 'gone'),
      check({ kind: 'pattern', column: 'id', pattern: '(?=x)' }, 'look'),
    ];
    const { results, queries } = await run([table('person', 'one.parquet')], checks, {
      rules: new Map([['casting', casting]]),
    });
    const by = (id: string) => results.find((r) => r.rule_id === id);
    expect(by('bad')).toMatchObject({ state: 'errored', problem: 'engine_failed', failed: null, checked: null });
    expect(by('gone')).toMatchObject({ state: 'not_run', problem: 'rule_not_found' });
    expect(by('look')).toMatchObject({ state: 'not_run', problem: 'pattern_not_portable', detail: 'look-ahead' });
    expect(results.filter((r) => r.state === 'errored' || r.state === 'not_run')).toHaveLength(3);
    expect(queries).toBeLessThan(15);
    expect(JSON.stringify(results)).not.toContain('CANARY');
  });

  test('5 000 checks are a few queries', async () => {
    const checks = Array.from({ length: 5_000 }, (_, i) =>
      check({ kind: 'pattern', column: 'id', pattern: `^${i}[0-9]` }),
    );
    const started = performance.now();
    const { results, queries } = await run([table('person', 'one.parquet')], checks);
    expect(results.filter((r) => r.state === 'failed')).toHaveLength(5_000);
    expect(queries).toBeLessThan(20);
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  test('equal questions are asked once', async () => {
    const same: Test = { kind: 'pattern', column: 'id', pattern: 'x' };
    const { plan } = await run(
      [table('person', 'one.parquet')],
      [check(same, 'a'), check(same, 'b'), check({ kind: 'length', column: 'id', max: 9 })],
    );
    expect(plan.batches.flatMap((b) => b.measures)).toHaveLength(2);
  });
});

describe('stops', () => {
  const slow = Array.from({ length: 300 }, (_, i) =>
    check({ kind: 'pattern', column: 'n', pattern: `(${i}|x)*${i}$` }),
  );

  test('when told to', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const { results } = await run([table('person', 'large.parquet')], slow, { signal: stop.signal });
    expect(new Set(results.map((r) => `${r.state} ${r.problem}`))).toEqual(new Set(['not_run cancelled']));
  });

  test('when time is up, and says which checks were not run', async () => {
    const quick = check({ kind: 'row_count' }, 'known');
    const { results } = await run([table('person', 'large.parquet')], [quick, ...slow], { timeLimitMs: 150 });
    expect(results[0]?.state).toBe('failed');
    expect(new Set(results.slice(1).map((r) => `${r.state} ${r.problem}`))).toEqual(new Set(['not_run out_of_time']));
  });

  test('keys that do not fit in memory are worked through in parts, and nothing spills', async () => {
    const { results, queries } = await run(
      [table('person', 'large.parquet')],
      [
        check({ kind: 'duplicate', columns: ['n'], count: 'rows' }, 'keys'),
        check({ kind: 'length', column: 'id', max: 9 }, 'scan'),
      ],
      {},
      '120MB',
    );
    expect(results.map((r) => [r.rule_id, r.state, r.failed, r.checked, r.problem])).toEqual([
      ['keys', 'met', 0, 3_000_000, null],
      ['scan', 'met', 0, 3_000_000, null],
    ]);
    expect(queries).toBeGreaterThan(2);
  });

  test('what fits in no memory is said, the rest is measured', async () => {
    const tables = [table('person', 'large.parquet'), table('other', 'large.parquet')];
    const { results } = await run(
      tables,
      [
        check({ kind: 'reference', columns: ['n'], table: 'other', to: ['id'] }, 'join'),
        check({ kind: 'length', column: 'id', max: 9 }, 'scan'),
      ],
      {},
      '64MB',
    );
    expect(results.map((r) => [r.rule_id, r.state, r.problem])).toEqual([
      ['join', 'errored', 'out_of_memory'],
      ['scan', 'met', null],
    ]);
  });
});

describe('hostile names', () => {
  test('are names and nothing else', async () => {
    const { results } = await run(
      [table(hostileTable, 'hostile.parquet', [hostileColumn]), table('person', 'one.parquet')],
      [
        check({ kind: 'not_null', column: hostileColumn }, 'a', hostileTable),
        check({ kind: 'pattern', column: hostileColumn, pattern: '^1$' }, 'b', hostileTable),
        check({ kind: 'duplicate', columns: [hostileColumn], count: 'rows' }, 'c', hostileTable),
        check({ kind: 'enum', column: 'id', values: ["'; DROP TABLE x; --", '\0'] }, 'd'),
        check({ kind: 'missing', column: 'id', words: ["'", '\\', '\0'] }, 'e'),
        check({ kind: 'not_null', column: '' }, 'f'),
        check({ kind: 'not_null', column: 'x\0y' }, 'g'),
        check({ kind: 'range', column: 'id', min: { value: '1; DROP TABLE x' } }, 'h'),
      ],
    );
    expect(results.map((r) => [r.rule_id, r.state, r.failed, r.problem])).toEqual([
      ['a', 'met', 0, null],
      ['b', 'met', 0, null],
      ['c', 'met', 0, null],
      ['d', 'failed', 2, null],
      ['e', 'failed', 1, null],
      ['f', 'not_run', null, 'column_not_found'],
      ['g', 'not_run', null, 'column_not_found'],
      ['h', 'not_run', null, 'type_not_comparable'],
    ]);
  });
});

describe('nothing else is in reach', () => {
  test('files that are not named cannot be read, whatever a query finds a way to say', async () => {
    const engine = await DuckDbEngine.open([table('person', 'one.parquet')]);
    for (const sql of [
      `SELECT count(*) FROM read_csv('${join(folder, 'secret.csv')}')`,
      `SELECT count(*) FROM '${join(folder, 'large.parquet')}'`,
      `SELECT count(*) FROM glob('${folder}/*')`,
      "SELECT count(*) FROM read_text('/etc/hostname')",
      `COPY (SELECT 1) TO '${join(folder, 'out.csv')}'`,
      `ATTACH '${join(folder, 'x.duckdb')}' AS x`,
      'SET enable_external_access = true',
      'CREATE TABLE x AS SELECT 1',
      'SELECT 1; SELECT 2',
    ])
      await expect(engine.row(sql, 1_000), sql).rejects.toThrow(/engine failed|only SELECT|more than one/);
    await engine.close();
    expect(existsSync(join(folder, 'out.csv'))).toBe(false);
  });

  test('a query of the contract that gives a text gives nothing', async () => {
    const { results } = await run(
      [table('person', 'one.parquet')],
      [check({ kind: 'sql', query: 'SELECT max(id) FROM person' })],
    );
    expect(results[0]).toMatchObject({ state: 'errored', problem: 'sql_result', value: null });
    expect(JSON.stringify(results)).not.toContain('CANARY');
  });
});

describe('other files', () => {
  test('CSV is text: nothing is read as a number on the way', async () => {
    const { results } = await run(
      [table('person', 'people.csv')],
      [
        check({ kind: 'type', column: 'n', type: 'integer' }, 'a'),
        check({ kind: 'pattern', column: 'id', pattern: '^[0-9]{3}$' }, 'b'),
        check({ kind: 'missing', column: 'n' }, 'c'),
        check({ kind: 'duplicate', columns: ['id'], count: 'rows' }, 'd'),
      ],
    );
    expect(results.map((r) => [r.rule_id, r.failed, r.checked])).toEqual([
      ['a', 2, 2],
      ['b', 1, 2],
      ['c', 1, 3],
      ['d', 0, 2],
    ]);
  });

  test('JSON, and a file that is not there', async () => {
    const { results } = await run(
      [table('person', 'people.json'), table('lost', 'lost.parquet')],
      [
        check({ kind: 'not_null', column: 'id' }, 'a'),
        check({ kind: 'range', column: 'n', max: { value: 6 } }, 'b'),
        check({ kind: 'row_count' }, 'c', 'lost'),
      ],
    );
    expect(results.map((r) => [r.rule_id, r.state, r.failed, r.problem])).toEqual([
      ['a', 'failed', 1, null],
      ['b', 'failed', 1, null],
      ['c', 'not_run', null, 'table_not_found'],
    ]);
  });
});
