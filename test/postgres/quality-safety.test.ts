import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresConnection, PostgresEngine } from '../../pipeline/database/quality-postgres.ts';
import { runQuality } from '../../pipeline/database/quality-run.ts';
import type { Check, Table } from '../../scoring/quality/check.ts';
import { csdl, jsonOf } from '../support/cli.ts';
import { dataFile } from '../support/contract-files.ts';
import { temporaryFolder } from '../support/folders.ts';
import { SKIPPED, type TestServer, testServer, url } from '../support/postgres.ts';

const thua: Table = { id: 'thua', columns: [], location: { kind: 'postgres', server: 'test', table: 'thua' } };
const seen: Table = { id: 'seen', columns: [], location: { kind: 'postgres', server: 'test', table: 'seen' } };

function check(query: string): Check {
  return {
    id: 'q',
    table: 'thua',
    column: null,
    metric: 'sql',
    dimension: 'dung',
    severity: 'error',
    test: { kind: 'sql', query },
    expect: { operator: 'mustBe', value: 0, unit: 'rows' },
  };
}

describe.skipIf(url === undefined)(`PostgreSQL${url === undefined ? ` (${SKIPPED})` : ''}`, () => {
  let server: TestServer;
  let connection: PostgresConnection;
  beforeAll(async () => {
    server = await testServer();
    await server.run(`
      CREATE TABLE secret (id int);
      CREATE VIEW seen AS SELECT t.id FROM thua AS t JOIN secret AS s ON s.id = t.id;
      GRANT SELECT ON secret, seen TO ${server.user}`);
    const { host, port, database, user, password } = server;
    connection = { host, port, database, user, password, tls: false };
  });
  afterAll(() => server.close());

  const backends = async (): Promise<Record<string, unknown>[]> =>
    server.run(
      "SELECT state, query FROM pg_stat_activity WHERE application_name LIKE 'csdl profile%' AND datname = current_database()",
    );
  const isRunning = async (): Promise<boolean> => (await backends()).some(({ state }) => state === 'active');

  test('an aborted run: the query inside the server is gone, the rest is not run', async () => {
    const control = new AbortController();
    const engine = await PostgresEngine.open(connection);
    // Takes minutes; nothing of it is a function that acts.
    const slow = check(
      'SELECT count(*) FROM thua AS a, thua AS b, thua AS c, thua AS d WHERE a.id + b.id + c.id = d.id',
    );
    const running = runQuality(engine, {
      tables: [thua],
      checks: [slow, { ...check('SELECT count(*) FROM thua'), id: 'after' }],
      rules: new Map(),
      now: '2026-06-29T23:59:59',
      signal: control.signal,
    });
    while (!(await isRunning())) await wait(10);
    await wait(300);
    expect(await isRunning()).toBe(true);
    const started = performance.now();
    control.abort();
    const { results } = await running;
    expect(results.map(({ state, problem }) => [state, problem])).toEqual([
      ['not_run', 'cancelled'],
      ['not_run', 'cancelled'],
    ]);
    expect(await isRunning()).toBe(false);
    expect(performance.now() - started).toBeLessThan(3_000);
    await engine.close();
    for (let i = 0; i < 50 && (await backends()).length > 0; i++) await wait(20);
    expect(await backends()).toEqual([]);
  });

  test('stopped at any moment, nothing is left running', async () => {
    for (const ms of [0, 1, 2, 5, 10, 20]) {
      const engine = await PostgresEngine.open(connection);
      const slow = 'SELECT count(*) FROM thua AS a, thua AS b, thua AS c, thua AS d'.replaceAll('thua', 'public.thua');
      const asked = engine.row(slow, 60_000);
      setTimeout(() => engine.interrupt(), ms);
      await expect(asked).rejects.toMatchObject({ problem: 'cancelled' });
      await expect(engine.row('SELECT 1', 1000)).rejects.toMatchObject({ problem: 'cancelled' });
      expect(await isRunning()).toBe(false);
      await engine.close();
    }
  });

  test.each([
    ['SELECT count(*) FROM public.secret', 'it reads a table outside the contract'],
    [
      'SELECT count(*) FROM public.thua AS t WHERE EXISTS (SELECT 1 FROM public.secret AS s WHERE s.id = t.id)',
      'it reads a table outside the contract',
    ],
    ['SELECT count(*) FROM pg_catalog.pg_authid', 'it reads a table outside the contract'],
    ['SELECT count(*) FROM public.thua WHERE pg_sleep(100) IS NULL', 'it calls a function that does more than reckon'],
    ["SELECT lo_import('/etc/passwd')", 'it calls a function that does more than reckon'],
    ["SELECT length(pg_read_file('/etc/passwd'))", 'it calls a function that does more than reckon'],
    ["SELECT set_config('statement_timeout', '0', false)", 'it calls a function that does more than reckon'],
    ["SELECT nextval('day')", 'it calls a function that does more than reckon'],
    ["SELECT query_to_xml('SELECT 1', true, true, '')", 'it calls a function that does more than reckon'],
    ['SELECT count(*) FROM pg_catalog.generate_series(1, 10) AS g', 'it calls a function that does more than reckon'],
  ])('%s is refused by its plan', async (sql, why) => {
    const engine = await PostgresEngine.open(connection);
    await engine.facts([thua]);
    await expect(engine.admit(sql, 10_000)).rejects.toMatchObject({
      // As a user without the right to, some cannot even be planned.
      message: expect.stringMatching(new RegExp(`${why}|SQLSTATE 42501|may not be read`)),
    });
    await engine.close();
  });

  test('tables of the contract may be read, and what a view of it is made of', async () => {
    const engine = await PostgresEngine.open(connection);
    const checks = [
      check('SELECT count(*) FROM thua WHERE id < 0'),
      { ...check('SELECT count(*) FROM seen AS s JOIN thua AS t ON t.id = s.id'), id: 'view' },
      { ...check('SELECT count(*) FROM (SELECT id FROM thua GROUP BY id HAVING count(*) > 1) AS d'), id: 'group' },
    ];
    const { results } = await runQuality(engine, {
      tables: [thua, seen],
      checks,
      rules: new Map(),
      now: '2026-06-29T23:59:59',
    });
    expect(results.map(({ state, value }) => [state, value])).toEqual([
      ['met', 0],
      ['met', 0],
      ['met', 0],
    ]);
    await engine.close();
  });

  test('nothing is written, and the time limit is the server’s', async () => {
    const engine = await PostgresEngine.open(connection);
    await expect(engine.row("SELECT nextval('public.day')", 10_000)).rejects.toMatchObject({
      problem: 'engine_failed',
    });
    await expect(engine.row('SELECT count(*) FROM pg_sleep(30)', 100)).rejects.toMatchObject({
      problem: 'out_of_time',
    });
    await engine.close();
  });

  test('csdl reconcile: a table on the server against a file, both ways', async () => {
    const folder = temporaryFolder();
    const copy = await dataFile(
      folder,
      'copy.parquet',
      "SELECT i AS id, CASE WHEN i < 3 THEN 'x' ELSE 'Tran Thi Bi Mat' END AS ten, TIMESTAMP '2026-06-28 10:00:00' AS gio, DATE '2026-06-27' AS ngay FROM range(1, 1031) AS r(i)",
    );
    const { host, port, database, user, password } = server;
    const there = `postgresql://${user}@${host}:${port}/${database}?table=thua&tls=off`;
    const args = [
      'reconcile',
      '--left',
      there,
      '--right',
      copy,
      '--key',
      'id',
      '--column',
      'chu_su_dung=ten',
      'gio',
      'ngay',
    ];
    const said = await csdl([...args, '--json', '-q'], { environment: { PGPASSWORD_LEFT: password } });
    expect(said.exit, said.stderr).toBe(0);
    expect(jsonOf(said)).toMatchObject({
      left: { rows: 1041, keys: 1041, only: 11 },
      right: { rows: 1030, only: 0 },
      matched: 1030,
      differing: 2,
      alike: 1028,
      columns: { chu_su_dung: 2, gio: 0, ngay: 0 },
      live: false,
    });
    const wrong = await csdl([...args, '-q'], { environment: { PGPASSWORD_LEFT: 'wrong' } });
    expect(wrong.exit).toBe(1);
    expect(wrong.stderr).not.toContain('wrong');
  });
});
