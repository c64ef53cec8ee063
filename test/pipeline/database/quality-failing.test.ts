import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DuckDbEngine } from '../../../pipeline/database/quality-duckdb.ts';
import { failingQueries, runQuality } from '../../../pipeline/database/quality-run.ts';
import type { Table } from '../../../scoring/quality/check.ts';
import { discoverRules } from '../../../scoring/quality/discover-rules.ts';
import { listedAndCounted, ruleChecks } from '../../support/quality-failing.ts';
import { COLUMNS, checksOf, NOW, ROW_COLUMNS, type Row, rowsOf } from '../../support/quality-rows.ts';

const folder = mkdtempSync(join(tmpdir(), "csdl-o'quality-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const rules = await discoverRules();

const KINDS = ['parquet', 'csv', 'duckdb'] as const;
const located = (id: string, kind: (typeof KINDS)[number]): Table => ({
  id,
  columns: COLUMNS,
  location:
    kind === 'duckdb'
      ? { kind, path: join(folder, 'rows.duckdb'), table: id }
      : { kind, paths: [join(folder, `${id}.${kind}`)] },
});

async function write(database: Database, name: string, rows: readonly Row[]): Promise<void> {
  await database.createTable('t', ROW_COLUMNS, rows as unknown as Record<string, unknown>[]);
  const path = (ending: string): string => `'${join(folder, `${name}.${ending}`).replaceAll("'", "''")}'`;
  await database.run(`COPY t TO ${path('parquet')} (FORMAT parquet)`);
  await database.run(`COPY t TO ${path('csv')} (FORMAT csv, HEADER, FORCE_QUOTE *)`);
  await database.run(`CREATE OR REPLACE TABLE r."${name}" AS SELECT * FROM t`);
}

describe('the query for the owner', () => {
  test.each(KINDS)('lists exactly the rows that were counted, for every kind of rule (%s)', async (kind) => {
    const database = await Database.open();
    await database.run("SET TimeZone = 'Asia/Ho_Chi_Minh'");
    const checks = [...checksOf('person', 'area'), ...ruleChecks('person', rules)];
    const tables = [located('person', kind), located('area', kind)];
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(rowsOf(false), rowsOf(false, 5), fc.boolean(), async (rows, areas, byKey) => {
        // The file is attached anew, since the measuring opens it alone.
        await database.run(`ATTACH '${join(folder, 'rows.duckdb').replaceAll("'", "''")}' AS r`);
        await write(database, 'person', rows);
        await write(database, 'area', areas);
        await database.run('DETACH r');
        const engine = await DuckDbEngine.open(tables);
        const options = { tables, checks, rules, now: NOW };
        const { results } = await runQuality(engine, options);
        const queries = await failingQueries(engine, options, new Map(byKey ? [['person', ['code', 'area']]] : []));
        await engine.close();
        const owner =
          kind === 'duckdb' ? await Database.open({ path: join(folder, 'rows.duckdb'), readOnly: true }) : database;
        for (const [i, query] of queries.entries()) {
          const result = results[i];
          if (query.sql === null || result === undefined) continue;
          const listed = await owner.anyRows(query.sql);
          const numbers = listedAndCounted(query, listed, result);
          expect(numbers?.[0], `${query.check.id}\n${query.sql}`).toBe(numbers?.[1]);
          if (byKey && listed[0] !== undefined && query.check.test.kind !== 'duplicate')
            expect(Object.keys(listed[0])).toEqual(['code', 'area']);
          asked++;
        }
        // A check that was answered in rows has its query, whatever it is.
        const without = queries.filter(({ sql }, i) => sql === null && results[i]?.failed != null);
        expect(without).toEqual([]);
        if (owner !== database) owner.close();
      }),
      { numRuns: 6 },
    );
    expect(asked).toBeGreaterThan(300);
    database.close();
  });

  test('says why there is none', async () => {
    const tables = [located('person', 'parquet')];
    const engine = await DuckDbEngine.open(tables);
    const checks = checksOf('person', 'gone');
    const queries = await failingQueries(engine, { tables, checks, rules, now: NOW }, new Map());
    await engine.close();
    const notes = queries
      .filter(({ sql }) => sql === null)
      .map(({ check, note, problem }) => [check.test.kind, note, problem]);
    expect(notes).toEqual([
      ['row_count', 'the rule is about the table as a whole: no row fails by itself', null],
      ['reference', 'the table referred to could not be read', 'table_not_found'],
      ['sql', 'the rule is a query of the contract, which counts: it names no rows', null],
      ['sql', 'the rule is a query of the contract, which counts: it names no rows', null],
    ]);
  });
});
