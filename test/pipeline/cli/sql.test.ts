/** csdl sql opens a file that strangers may query: nothing outside can be reached, and nothing can be changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { safeQuery } from '../../../pipeline/database/safe-reader.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { FACTS, fact, ndjson, Project } from '../../support/project.ts';

const project = new Project({
  'nguon-mot.ndjson': ndjson([
    ...FACTS,
    fact('ho-so-mot', 'commitment', { value_text: 'đỏ\u001b[31m\u0007', target: 'x' }),
  ]),
});
const outside = temporaryFolder();
const sql = (query: string, ...flags: string[]) => csdl(['sql', query, '--out', project.out, ...flags]);
let file = '';
const hash = (): string => createHash('sha256').update(readFileSync(file)).digest('hex');

beforeAll(async () => {
  await project.run();
  file = join(project.out, 'current', 'csdl.duckdb');
  writeFileSync(join(outside, 'secret.csv'), 'a,b\n1,geheim\n');
});

describe('what it answers', () => {
  test('a SELECT as a table, and as JSON', async () => {
    const query = 'SELECT database_id, level_reported FROM readiness ORDER BY 1 LIMIT 2';
    expect((await sql(query)).stdout).toBe(
      'database_id        level_reported\n─────────────────  ──────────────\nhe-thong-phan-mot               1\nho-so-ba                        1\n',
    );
    expect(jsonOf(await sql(query, '--json'))).toEqual([
      { database_id: 'he-thong-phan-mot', level_reported: 1 },
      { database_id: 'ho-so-ba', level_reported: 1 },
    ]);
  });

  test.each([
    'FROM readiness',
    'WITH x AS (SELECT 1 AS a) SELECT * FROM x',
    'SHOW TABLES',
    'DESCRIBE readiness',
    'SUMMARIZE readiness',
    'EXPLAIN SELECT * FROM readiness',
    'explain analyze FROM readiness',
    'EXPLAIN (ANALYZE) SELECT 1',
    'EXPLAIN (FORMAT json) SELECT 1',
    'SELECT * FROM observation_conflict',
    "SELECT * FROM score_as_of(DATE '2026-06-29')",
    "SELECT comment FROM duckdb_columns() WHERE table_name = 'readiness'",
    'VALUES (1), (2)',
    'SELECT 1; -- one statement, with a comment',
  ])('%s', async (query) => {
    const said = await sql(query, '--json');
    expect([said.exit, said.stderr]).toEqual([0, '']);
    expect(Array.isArray(jsonOf(said))).toBe(true);
  });

  test('no rows at all still names the columns', async () => {
    expect((await sql('SELECT database_id FROM readiness WHERE false')).stdout).toBe('database_id\n───────────\n');
    expect(jsonOf(await sql('SELECT 1 AS a WHERE false', '--json'))).toEqual([]);
  });

  test('only the first rows are fetched when there are too many, and it says so', async () => {
    const said = await sql('FROM range(50)', '--max-rows', '3', '--json');
    expect(jsonOf(said)).toHaveLength(3);
    expect(said.stderr).toContain('only the first 3 rows');
    expect((await sql('FROM range(3)', '--max-rows', '3')).stderr).toBe('');
  });

  test('control characters of the data are not printed raw', async () => {
    const { stdout } = await sql("SELECT value_text FROM observation WHERE attribute = 'commitment'");
    expect(stdout).toContain('đỏ·[31m·');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stdout).not.toMatch(/[\u001b\u0007]/);
    const json = await sql("SELECT value_text FROM observation WHERE attribute = 'commitment'", '--json');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(json.stdout).not.toMatch(/[\u001b\u0007]/);
  });

  test('the same name twice does not lose a column', async () => {
    expect(
      Object.keys((jsonOf(await sql('SELECT 1 AS a, 2 AS a', '--json')) as Record<string, unknown>[])[0] ?? {}),
    ).toHaveLength(2);
  });
});

describe('what it refuses: exit 2, nothing on stdout, the file unchanged', () => {
  const csv = (): string => join(outside, 'secret.csv');
  const target = (): string => join(outside, 'written.csv');
  test.each<[string, () => string]>([
    ['COPY to a file', () => `COPY readiness TO '${target()}'`],
    ['COPY of a query', () => `COPY (SELECT 1) TO '${target()}' (FORMAT csv)`],
    ['EXPLAIN ANALYZE COPY', () => `EXPLAIN ANALYZE COPY (SELECT 1) TO '${target()}'`],
    ['EXPORT', () => `EXPORT DATABASE '${outside}/export'`],
    ['ATTACH', () => `ATTACH '${outside}/other.duckdb' AS other`],
    ['ATTACH of memory', () => "ATTACH ':memory:' AS other"],
    ['SET', () => "SET memory_limit = '8GB'"],
    ['RESET', () => 'RESET memory_limit'],
    ['SET of the lock', () => 'SET lock_configuration = false'],
    ['INSTALL', () => 'INSTALL httpfs'],
    ['LOAD', () => "LOAD 'httpfs'"],
    ['CALL', () => 'CALL pragma_version()'],
    ['CALL of logging', () => 'CALL enable_logging()'],
    ['PRAGMA', () => 'PRAGMA enable_profiling'],
    ['a temporary table', () => 'CREATE TEMP TABLE x AS SELECT 1'],
    ['EXPLAIN ANALYZE of a temporary table', () => 'EXPLAIN ANALYZE CREATE TEMP TABLE x AS SELECT 1'],
    ['CREATE', () => 'CREATE TABLE x (a INTEGER)'],
    ['CREATE SECRET', () => "CREATE SECRET s (TYPE s3, KEY_ID 'x')"],
    ['CREATE MACRO', () => 'CREATE TEMP MACRO f() AS 1'],
    ['INSERT', () => 'INSERT INTO agency SELECT * FROM agency'],
    ['UPDATE', () => 'UPDATE readiness SET floor = 100'],
    ['DELETE', () => 'DELETE FROM readiness'],
    ['DROP', () => 'DROP TABLE readiness'],
    ['EXPLAIN (ANALYZE) of a temporary table', () => 'EXPLAIN (ANALYZE) CREATE TEMP TABLE x AS SELECT 1'],
    ['EXPLAIN behind a comment', () => '/* x */ EXPLAIN ANALYZE CREATE TEMP TABLE x AS SELECT 1'],
    ['EXPLAIN ANALYZE DELETE', () => 'EXPLAIN ANALYZE DELETE FROM readiness'],
    ['BEGIN', () => 'BEGIN TRANSACTION'],
    ['CHECKPOINT', () => 'FORCE CHECKPOINT'],
    ['PREPARE', () => 'PREPARE p AS SELECT 1'],
    ['two statements', () => 'SELECT 1; SELECT 2'],
    ['a second statement that is no SELECT', () => 'SELECT 1; DROP TABLE readiness'],
    ['nothing', () => ''],
    ['a comment alone', () => '-- nothing'],
    ['broken SQL', () => 'SELEC 1'],
    ['an unknown table', () => 'SELECT * FROM nothing'],
    ['read_csv', () => `SELECT * FROM read_csv('${csv()}')`],
    ['read_text', () => "SELECT * FROM read_text('/etc/passwd')"],
    ['read_blob', () => "SELECT * FROM read_blob('/etc/passwd')"],
    ['glob', () => "SELECT * FROM glob('/etc/*')"],
    ['a file by its name', () => `SELECT * FROM '${csv()}'`],
    ['parquet by its name', () => `SELECT * FROM '${join(project.out, 'exports', 'readiness.parquet')}'`],
    ['another store', () => `SELECT * FROM '${join(project.out, 'store', 'store.duckdb')}'`],
    ['the network', () => "SELECT * FROM read_csv('https://example.com/x.csv')"],
    ['getenv', () => "SELECT getenv('HOME')"],
    ['query() with a statement', () => "SELECT * FROM query('DROP TABLE readiness')"],
    ['a replaced scan of a file in a subquery', () => `WITH x AS (SELECT * FROM '${csv()}') SELECT * FROM x`],
  ])('%s', async (_what, query) => {
    const before = hash();
    const { exit, stdout, stderr } = await sql(query());
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('geheim');
    expect(hash()).toBe(before);
    expect(readdirSync(outside)).toEqual(['secret.csv']);
  });

  test('says what to do', async () => {
    expect((await sql('SELECT 1; SELECT 2')).stderr).toContain('give one statement, not 2');
    expect((await sql('DROP TABLE readiness')).stderr).toContain('only SELECT, and EXPLAIN of a SELECT, are run here');
    expect((await sql('SELECT * FROM nothing')).stderr).toContain('SHOW TABLES');
  });

  test('nothing of one query is left for the next', async () => {
    await sql('CREATE TEMP TABLE x AS SELECT 1');
    expect((await sql('FROM x')).exit).toBe(2);
    expect(
      (
        await sql(
          "SELECT current_setting('enable_external_access') AS e, current_setting('temp_directory') AS t",
          '--json',
        )
      ).stdout,
    ).toBe('[{"e":false,"t":""}]\n');
  });
});

describe('limits', () => {
  test('a query that takes too long is stopped', async () => {
    const started = performance.now();
    const { exit, stderr } = await sql(
      'SELECT count(*) FROM range(1000000000000) AS a, range(1000) AS b WHERE a.range % 7 = b.range',
      '--timeout',
      '0.5',
    );
    expect(exit).toBe(2);
    expect(stderr).toContain('took longer than 0.5 s and was stopped');
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('a query that needs too much memory fails and spills nothing to disk', async () => {
    const query = "SELECT count(*) FROM (SELECT DISTINCT repeat('x', 100) || range AS t FROM range(3000000))";
    await expect(safeQuery(file, query, { memoryLimit: '50MB' })).rejects.toMatchObject({
      code: 'sql/out-of-memory-error',
      exit: 2,
    });
    expect(existsSync(`${file}.tmp`)).toBe(false);
    expect(existsSync('.tmp')).toBe(false);
  });
});
