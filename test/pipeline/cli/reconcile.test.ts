import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { CANARY, dataFile, everyCell } from '../../support/contract-files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const [ID, NAME, KEY, DATE] = CANARY;

/** Eight records of the owner: one without a key, one twice, one differs, one is missing there; one is new there. */
const LEFT = `SELECT * FROM (VALUES ('a', 'An', DATE '1990-01-02', 1), ('b', 'Bình', DATE '1991-01-02', 2), ('c', 'Chi ', NULL, 3),
  ('${KEY}', '${NAME}', DATE '1987-02-28', 4), ('${ID}', 'x', NULL, 5), ('d', 'D', NULL, 6), ('d', 'D', NULL, 6), (NULL, 'y', NULL, 7)) AS t(code, name, born, n)`;
const RIGHT = `SELECT * FROM (VALUES ('a', 'An', DATE '1990-01-02', 1), ('b', 'Bình', DATE '1991-01-02', 2), ('c', 'Chi', NULL, 3),
  ('${KEY}', '${NAME}${DATE}', DATE '1987-02-27', 4), ('d', 'D', NULL, 6), ('e', 'E', NULL, 8)) AS t(ma, name, born, n)`;

beforeAll(async () => {
  await dataFile(folder, 'left.parquet', LEFT);
  await dataFile(folder, 'right.csv', RIGHT);
  const database = await Database.open({ path: at('register.duckdb') });
  await database.run(`CREATE SCHEMA s; CREATE TABLE s.people AS ${RIGHT}`);
  database.close();
});

const args = (right: string, ...more: string[]) => [
  'reconcile',
  '--left',
  at('left.parquet'),
  '--right',
  at(right),
  '--key',
  'code=ma',
  '--column',
  'name',
  'born',
  '-q',
  ...more,
];
const EXPECTED = {
  id: null,
  left: { rows: 7, without_key: 1, keys: 6, only: 1 },
  right: { rows: 6, without_key: 0, keys: 6, only: 1 },
  matched: 5,
  repeated: 1,
  differing: 2,
  alike: 2,
  columns: { name: 2, born: 1 },
  checked: 8,
  live: false,
};

describe('csdl reconcile', () => {
  test.each(['right.csv', 'register.duckdb#s.people'])('a file against %s: every count', async (right) => {
    const said = await csdl(args(right, '--json'));
    expect([said.exit, said.stderr]).toEqual([0, '']);
    const { ms: _ms, ...found } = jsonOf(said) as Record<string, unknown>;
    expect(found).toEqual(EXPECTED);
  });

  test('tidy: a blank at the end is no difference', async () => {
    expect(jsonOf(await csdl(args('right.csv', '--tidy', '--json')))).toMatchObject({ differing: 1, alike: 3 });
  });

  test('as text, with a bar, and nothing of the records in it', async () => {
    const said = await csdl(args('right.csv', '--fail-under', '50'));
    expect(said.exit).toBe(4);
    expect(said.stdout).toContain('alike: 2 of 8 records checked (25%)');
    expect(said.stderr).toBe('2 of 8 are alike, below 50%\n');
    expect(CANARY.filter((value) => (said.stdout + said.stderr).includes(value))).toEqual([]);
    expect((await csdl(args('right.csv', '--fail-under', '25'))).exit).toBe(0);
  });

  test.each([
    [['reconcile', '--left', 'a.parquet'], 2, 'missing: --right, --key'],
    [args('right.csv').map((a) => (a === 'code=ma' ? 'code' : a)), 2, 'the right place has no column "code"'],
    [args('gone.csv'), 3, 'the right place could not be read'],
    [args('register.duckdb'), 2, 'register.duckdb#TABLE'],
    [args('right.xlsx'), 2, 'not a kind of file that can be read'],
    [
      ['reconcile', '--left', 'postgresql://u@127.0.0.1/d', '--right', at('right.csv'), '--key', 'a'],
      2,
      'the left address names no table',
    ],
    [['reconcile', 'nobody'], 2, 'sources.yaml has no reconciliation "nobody"'],
    [['reconcile', 'nobody', '--left', 'x'], 2, 'either csdl reconcile ID'],
  ] as const)('%j is refused in words', async (argv, exit, words) => {
    const said = await csdl(argv);
    expect(said.exit).toBe(exit);
    expect(said.stderr).toContain(words);
  });

  test('a weak salt is refused, a strong one changes nothing', async () => {
    const weak = await csdl(args('right.csv'), { environment: { CSDL_RECONCILE_SALT: 'short' } });
    expect([weak.exit, weak.stderr]).toEqual([2, expect.stringContaining('fewer than 16')]);
    const said = await csdl(args('right.csv', '--json'), { environment: { CSDL_RECONCILE_SALT: '0123456789abcdef' } });
    expect(jsonOf(said)).toMatchObject({ alike: 2 });
  });
});

describe('a night', () => {
  function project(reconcile: string): { config: string; out: string } {
    const config = temporaryFolder();
    mkdirSync(config, { recursive: true });
    const document = { type: 'document', id: 'd', title: 'd', stated_at: '2026-06-29', grade: 'E2', said_by: 'owner' };
    writeFileSync(join(config, 'facts.ndjson'), `${JSON.stringify({ ...document, sha256: 'a'.repeat(64) })}\n`);
    writeFileSync(
      join(config, 'sources.yaml'),
      `as_of: 2026-06-29\nsources:\n  - {id: facts, connector: baseline, options: {path: facts.ndjson}}\nreconcile:\n${reconcile}`,
    );
    return { config, out: temporaryFolder() };
  }
  const entry = (more = '', right = at('right.csv')) =>
    `  - {id: ncc-c06, database: nguoi-co-cong, left: {data: ${at('left.parquet')}}, right: {data: ${right}}, key: [code=ma], columns: [name, born], salt: '\${SALT}'${more}}\n`;
  const environment = { SALT: 'salt-of-the-settings' };

  test('gives matched of checked, and each field; nothing of the records is kept', async () => {
    const { config, out } = project(entry(', as_of: 2026-06-28'));
    const said = await csdl(['run', '--config', config, '--out', out, '--json', '--log-format', 'json'], {
      environment,
    });
    expect(said.exit, said.stderr).toBe(0);
    expect(said.stdout).toContain('"reconcile-ncc-c06"');
    const ask = async (sql: string) => jsonOf(await csdl(['sql', '--out', out, sql, '--json']));
    expect(
      await ask(
        "SELECT attribute, target, value_number AS n, value_total AS total, grade, said_by FROM observation WHERE source_id = 'reconcile-ncc-c06' ORDER BY 1, 2",
      ),
    ).toEqual([
      { attribute: 'c06.mismatch', target: 'born', n: 1, total: 4, grade: 'E3', said_by: 'system' },
      { attribute: 'c06.mismatch', target: 'name', n: 2, total: 4, grade: 'E3', said_by: 'system' },
      { attribute: 'c06.reconciliation', target: null, n: 2, total: 8, grade: 'E3', said_by: 'system' },
    ]);
    expect(
      await ask(
        "SELECT numerator::INTEGER AS n, denominator::INTEGER AS total FROM indicator_result WHERE database_id = 'nguoi-co-cong' AND indicator = 'matched_population'",
      ),
    ).toEqual([{ n: 2, total: 8 }]);
    expect(await ask("SELECT connector FROM source WHERE source_id = 'reconcile-ncc-c06'")).toEqual([
      { connector: 'reconcile' },
    ]);
    const bytes = readdirSync(out, { recursive: true })
      .map((name) => join(out, String(name)))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path));
    const cells = await Promise.all([join(out, 'store', 'store.duckdb'), join(out, 'csdl.duckdb')].map(everyCell));
    const all = Buffer.concat([...bytes, Buffer.from(cells.join('\n') + said.stdout + said.stderr)]);
    expect([...CANARY, environment.SALT].filter((value) => all.includes(value))).toEqual([]);
  });

  test('a place that is gone is a failed source, not the end', async () => {
    const { config, out } = project(entry('', at('gone.csv')));
    const said = await csdl(['run', '--config', config, '--out', out, '--json', '-q'], { environment });
    expect(said.exit).toBe(3);
    expect(said.stdout).toContain('reconcile/unreadable');
  });

  test('the settings are checked before anything runs', async () => {
    const { config } = project(
      '  - {id: x, database: nguoi-co-con, left: {data: a.xlsx}, right: {postgres: {host: db, database: d, user: u}, table: t}, key: [a]}\n',
    );
    const said = await csdl(['check', '--config', config]);
    expect(said.exit).toBe(2);
    for (const words of ['nguoi-co-con', 'not a kind of file', 'the host "db" is not listed'])
      expect(said.stdout).toContain(words);
  });
});
