import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../pipeline/database/database.ts';
import { DuckDbEngine } from '../../pipeline/database/quality-duckdb.ts';
import { type PostgresConnection, PostgresEngine } from '../../pipeline/database/quality-postgres.ts';
import { reconcile } from '../../pipeline/database/quality-reconcile.ts';
import { failingQueries, runQuality } from '../../pipeline/database/quality-run.ts';
import type { Table } from '../../scoring/quality/check.ts';
import { Postgres } from '../../scoring/quality/dialects/postgres.ts';
import { discoverRules } from '../../scoring/quality/discover-rules.ts';
import { listedAndCounted, ruleChecks } from '../support/quality-failing.ts';
import { FORMS, PATTERNS, reference } from '../support/quality-forms.ts';
import { reconciled } from '../support/quality-reconciled.ts';
import { COLUMNS, checksOf, NOW, ROW_COLUMNS, type Row, rowsOf } from '../support/quality-rows.ts';
import { hostileShapes, hostileText } from '../support/quality-texts.ts';

/** postgres://user:password@host:port/database of a server whose database may be written to. */
const address = process.env.CSDL_TEST_POSTGRES ?? '';

describe.skipIf(address === '')('PostgreSQL (CSDL_TEST_POSTGRES)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'csdl-quality-'));
  const schema = 'csdl "quality" test';
  let client: pg.Client;
  let connection: PostgresConnection;

  beforeAll(async () => {
    const url = new URL(address);
    connection = {
      host: url.hostname,
      port: Number(url.port || 5432),
      database: url.pathname.slice(1),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      tls: false,
    };
    client = new pg.Client({ connectionString: address });
    await client.connect();
    await client.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
    await client.query(`CREATE SCHEMA ${quoted(schema)}`);
  });
  afterAll(async () => {
    await client.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const table = (id: string, kind: 'postgres' | 'parquet', columns: Table['columns']): Table => ({
    id,
    columns,
    location:
      kind === 'postgres'
        ? { kind, server: 'test', schema, table: id }
        : { kind, paths: [join(folder, `${id}.parquet`)] },
  });

  async function load(name: string, rows: readonly Row[]): Promise<void> {
    const names = Object.keys(ROW_COLUMNS) as (keyof Row)[];
    const relation = `${quoted(schema)}.${quoted(name)}`;
    await client.query(`DROP TABLE IF EXISTS ${relation}`);
    const types = { VARCHAR: 'text', DATE: 'date', BIGINT: 'bigint', TIMESTAMP: 'timestamp' };
    await client.query(`CREATE TABLE ${relation} (${names.map((n) => `${n} ${types[ROW_COLUMNS[n]]}`).join(', ')})`);
    for (const row of rows)
      await client.query(
        `INSERT INTO ${relation} VALUES (${names.map((_n, i) => `$${i + 1}`).join(', ')})`,
        names.map((n) => row[n]),
      );
    const database = await Database.open();
    await database.createTable('t', ROW_COLUMNS, rows as unknown as Record<string, unknown>[]);
    await database.run(`COPY t TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`);
    database.close();
  }

  test('every form says what JavaScript says', async () => {
    const fast = new Postgres();
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText(false), { maxLength: 40 }), async (random) => {
        const all = [...random, ...hostileShapes.map((text) => text.replaceAll('\u0000', '0'))];
        const cases = PATTERNS.filter((p) => !p.includes('{300}')).flatMap((pattern) => [
          { pattern, whole: false },
          { pattern, whole: true },
        ]);
        const expressions = [
          ...FORMS.map(({ sql }) => sql(fast, 'x')),
          ...cases.map((c) => (c.whole ? fast.matches('x', c.pattern) : fast.finds('x', c.pattern))),
        ];
        const read = await client.query({
          text: `SELECT ${expressions.map((e) => `CAST(${e} AS text)`).join(', ')} FROM unnest($1::text[]) WITH ORDINALITY AS t(x, i) ORDER BY i`,
          values: [all],
          rowMode: 'array',
        });
        for (const [r, text] of all.entries()) {
          const row = read.rows[r] as unknown as (string | null)[];
          for (const [f, form] of FORMS.entries()) {
            const said = form.reference(text);
            expect(row[f], `${form.name} of ${JSON.stringify(text)}`).toBe(said === null ? null : String(said));
          }
          for (const [i, c] of cases.entries())
            expect(row[FORMS.length + i], `${c.pattern} ${c.whole} ${JSON.stringify(text)}`).toBe(
              String(reference(c.pattern, c.whole, text)),
            );
        }
      }),
      { numRuns: 20 },
    );
  });

  test('DuckDB and PostgreSQL agree to the row, on every kind of check', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(false, 30), rowsOf(false, 4), async (rows, areas) => {
        await load('person', rows);
        await load('area', areas);
        const checks = checksOf('person', 'area');
        const run = async (kind: 'postgres' | 'parquet') => {
          const tables = [table('person', kind, COLUMNS), table('area', kind, COLUMNS)];
          const engine = kind === 'postgres' ? await PostgresEngine.open(connection) : await DuckDbEngine.open(tables);
          try {
            return await runQuality(engine, { tables, checks, rules: new Map(), now: NOW });
          } finally {
            await engine.close();
          }
        };
        const [here, there] = [await run('parquet'), await run('postgres')];
        const shown = (r: (typeof here)['results'][number]) => ({ ...r, ms: null, sql_hash: null });
        expect(there.results.map(shown)).toEqual(here.results.map(shown));
        expect(there.results.filter((r) => r.state === 'errored' || r.state === 'not_run')).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('the query for the owner lists exactly the rows that were counted', async () => {
    const rules = await discoverRules();
    await client.query("SET TimeZone = 'Asia/Ho_Chi_Minh'");
    await fc.assert(
      fc.asyncProperty(rowsOf(false, 30), rowsOf(false, 4), async (rows, areas) => {
        await load('person', rows);
        await load('area', areas);
        const tables = [table('person', 'postgres', COLUMNS), table('area', 'postgres', COLUMNS)];
        const options = {
          tables,
          checks: [...checksOf('person', 'area'), ...ruleChecks('person', rules)],
          rules,
          now: NOW,
        };
        const engine = await PostgresEngine.open(connection);
        const { results } = await runQuality(engine, options);
        const queries = await failingQueries(engine, options, new Map());
        await engine.close();
        for (const [i, query] of queries.entries()) {
          const result = results[i];
          if (query.sql === null || result === undefined) continue;
          const listed = (await client.query<Record<string, unknown>>(query.sql)).rows;
          const numbers = listedAndCounted(query, listed, result);
          expect(numbers?.[0], `${query.check.id}\n${query.sql}`).toBe(numbers?.[1]);
        }
      }),
      { numRuns: 5 },
    );
  });

  test('reconciles a table here with one there, to the row, without a value on the way', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(false, 40), rowsOf(false, 40), fc.nat(), async (rows, others, seed) => {
        const copy = rows
          .filter((_row, i) => (i + seed) % 7 !== 0)
          .map((row, i) => ((i + seed) % 5 === 0 ? { ...row, name: `${row.name}x` } : row));
        const right = [...copy, ...others.slice(0, 5)];
        await load('person', rows);
        await load('area', right);
        const here = await DuckDbEngine.open([table('person', 'parquet', COLUMNS)]);
        const there = await PostgresEngine.open(connection);
        const [keys, columns] = [['code'], ['name', 'issued', 'pay']];
        const found = await reconcile(
          { engine: here, table: table('person', 'parquet', COLUMNS), keys, columns },
          { engine: there, table: table('area', 'postgres', COLUMNS), keys, columns },
          { salt: 'salt' },
        );
        await here.close();
        await there.close();
        expect(found).toEqual(reconciled(rows, right));
      }),
      { numRuns: 15 },
    );
  });
});
