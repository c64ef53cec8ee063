import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DuckDbEngine } from '../../../pipeline/database/quality-duckdb.ts';
import { runQuality } from '../../../pipeline/database/quality-run.ts';
import type { Check, Expectation, Table, Test } from '../../../scoring/quality/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'csdl-quality-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zero: Expectation = { operator: 'mustBe', value: 0, unit: 'rows' };
const check = (id: string, table: string, test: Test, expect: Expectation = zero): Check => ({
  id,
  table,
  column: null,
  metric: test.kind,
  dimension: 'sach',
  severity: 'error',
  test,
  expect,
});
const person: Table = {
  id: 'person',
  location: { kind: 'parquet', paths: [join(folder, 'person.parquet')] },
  columns: [
    { name: 'id', type: 'text' },
    { name: 'name', type: 'text' },
    { name: 'born', type: 'date', format: 'vietnamese_padded' },
    { name: 'pay', type: 'integer' },
    { name: 'updated', type: 'timestamp' },
  ],
};

describe('a small table', () => {
  test('every kind, counted by hand', async () => {
    const database = await Database.open();
    await database.run(`COPY (SELECT * FROM (VALUES
      ('001', 'An', '01/02/2000', 5, TIMESTAMP '2026-06-01'), ('002', '  ', '30/02/2000', -1, TIMESTAMP '2026-06-03 12:00:00'),
      ('002', NULL, '1/2/2000', 7, TIMESTAMP '2099-01-01'), (NULL, 'Bình', NULL, NULL, NULL), ('0x3', 'n/a', '29/02/2000', 9, TIMESTAMP '2020-01-01'))
      AS t(id, name, born, pay, updated)) TO '${join(folder, 'person.parquet')}' (FORMAT parquet)`);
    database.close();
    const checks = [
      check('rows', 'person', { kind: 'row_count' }, { operator: 'mustBeGreaterThan', value: 4, unit: 'rows' }),
      check('id_null', 'person', { kind: 'not_null', column: 'id' }),
      check('name_missing', 'person', { kind: 'missing', column: 'name', words: ['n/a'] }),
      check('id_pattern', 'person', { kind: 'pattern', column: 'id', pattern: '^[0-9]{3}$' }),
      check('born_date', 'person', { kind: 'type', column: 'born', type: 'date' }),
      check('pay_range', 'person', { kind: 'range', column: 'pay', min: { value: 0 } }),
      check('id_unique', 'person', { kind: 'duplicate', columns: ['id'], count: 'surplus' }),
      check('id_rows', 'person', { kind: 'duplicate', columns: ['id'], count: 'rows' }),
      check(
        'fresh',
        'person',
        { kind: 'freshness', column: 'updated' },
        { operator: 'mustBeLessThan', value: 2, unit: 'days' },
      ),
      check('sql', 'person', { kind: 'sql', query: 'SELECT count(*) FROM person WHERE pay < 0' }),
      check('bad_sql', 'person', { kind: 'sql', query: 'SELECT name FROM person LIMIT 1' }),
      check('refused', 'person', { kind: 'sql', query: "SELECT count(*) FROM read_csv('/etc/passwd')" }),
      check('gone', 'person', { kind: 'not_null', column: 'gone' }),
      check('ref', 'person', { kind: 'reference', columns: ['id'], table: 'person', to: ['id'] }),
      check(
        'gap',
        'person',
        { kind: 'gap', column: 'updated' },
        { operator: 'mustBeLessThan', value: 2, unit: 'days' },
      ),
    ];
    const engine = await DuckDbEngine.open([person]);
    const run = await runQuality(engine, { tables: [person], checks, rules: new Map(), now: '2026-06-05T00:00:00' });
    await engine.close();
    const shown = Object.fromEntries(
      run.results.map((r) => [r.rule_id, [r.state, r.failed, r.checked, r.value, r.future, r.problem]]),
    );
    expect(shown).toEqual({
      rows: ['met', null, null, 5, null, null],
      id_null: ['failed', 1, 5, 1, null, null],
      name_missing: ['failed', 3, 5, 3, null, null],
      id_pattern: ['failed', 1, 4, 1, null, null],
      born_date: ['failed', 2, 4, 2, null, null],
      pay_range: ['failed', 1, 4, 1, null, null],
      id_unique: ['failed', 1, 4, 1, null, null],
      id_rows: ['failed', 2, 4, 2, null, null],
      fresh: ['met', null, 3, 1.5, 1, null],
      sql: ['failed', null, null, 1, null, null],
      bad_sql: ['errored', null, null, null, null, 'sql_result'],
      refused: ['not_run', null, null, null, null, 'sql_refused'],
      gone: ['not_run', null, null, null, null, 'column_not_found'],
      ref: ['met', 0, 4, 0, null, null],
      gap: ['failed', null, 3, 2343, 1, null],
    });
  });
});
