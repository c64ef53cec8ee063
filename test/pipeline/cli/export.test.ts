import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { Project } from '../../support/project.ts';
import { readOpenMetrics } from '../../support/published.ts';

const project = new Project();
const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const run = (...argv: string[]) => csdl(['export', ...argv, '--out', project.out, '--config', project.config]);

beforeAll(async () => void (await project.run()));

describe('csdl export', () => {
  test('text goes to stdout; the usual format is CSV, with --json it is JSON', async () => {
    const csv = await run('readiness');
    expect(csv).toMatchObject({ exit: 0, stderr: '' });
    expect(csv.stdout.split('\r\n')[0]).toMatch(/^\ufeffas_of,database_id,/);
    expect(
      jsonOf({ ...csv, stdout: `${(await run('waiting', '--json')).stdout.replaceAll('\n', '')}\n` }),
    ).toMatchObject({
      schema: 'csdl-export/1',
      table: 'waiting',
    });
  });

  test('the ending of --to chooses the format; the file appears whole', async () => {
    for (const [name, begins] of [
      ['r.parquet', 'PAR1'],
      ['r.arrow', 'ARROW1'],
      ['r.xlsx', 'PK'],
      ['r.ndjson', '{"as_of"'],
    ] as const) {
      const said = await run('readiness', '--to', at(name), '--json');
      expect(jsonOf(said)).toMatchObject({ file: at(name), table: 'readiness' });
      expect(readFileSync(at(name)).subarray(0, begins.length).toString()).toBe(begins);
      expect(existsSync(`${at(name)}.new`)).toBe(false);
    }
    const database = await Database.open();
    const [row] = await database.anyRows(`SELECT count(*)::INTEGER AS n FROM '${at('r.parquet')}'`);
    const facts = await database.anyRows(
      `SELECT key::VARCHAR AS key, value::VARCHAR AS value FROM parquet_kv_metadata('${at('r.parquet')}')`,
    );
    database.close();
    expect(row?.n).toBe(tableFromIPC(readFileSync(at('r.arrow'))).numRows);
    expect(facts).toContainEqual({ key: 'as_of', value: '2026-06-29' });
  });

  test('rows may be chosen by a condition, in Parquet, too', async () => {
    const met = await run('criterion_status', '--format', 'ndjson', '--where', "state = 'met' -- comment");
    const rows = met.stdout
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '');
    expect(rows.every((line) => (JSON.parse(line) as { state: string }).state === 'met')).toBe(true);
    await run('criterion_status', '--to', at('m.parquet'), '--where', "state = 'met' -- comment");
    const database = await Database.open();
    const [row] = await database.anyRows(`SELECT count(*)::INTEGER AS n FROM '${at('m.parquet')}'`);
    database.close();
    expect(row?.n).toBe(rows.length);
  });

  test('the whole publication: metrics, catalogue, tests, workbook', async () => {
    expect(readOpenMetrics((await run('--format', 'openmetrics')).stdout).length).toBeGreaterThan(10);
    expect(JSON.parse((await run('--format', 'dqv')).stdout)).toHaveProperty('@graph');
    expect((await run('--format', 'junit')).stdout).toContain('<testsuite name="ho-so-mot"');
    expect((await run('--to', at('all.xlsx'))).exit).toBe(0);
    expect(readFileSync(at('all.xlsx'))).toEqual(readFileSync(join(project.out, 'exports', 'csdl.xlsx')));
    const named = await run('readiness', '--format', 'openmetrics');
    expect([named.exit, named.stderr]).toEqual([
      0,
      'openmetrics speaks of the whole publication; readiness is in it\n',
    ]);
  });

  test('on demand and nightly files are the same', async () => {
    for (const [name, ...argv] of [
      ['readiness.csv', 'readiness'],
      ['readiness.json', 'readiness', '--format', 'json'],
      ['readiness.arrow', 'readiness', '--format', 'arrow'],
      ['csdl.jsonld', '--format', 'dqv'],
      ['csdl.prom', '--format', 'openmetrics'],
      ['csdl-junit.xml', '--format', 'junit'],
    ] as const)
      expect((await run(...argv)).bytes.equals(readFileSync(join(project.out, 'exports', name))), name).toBe(true);
  });

  test.each([
    ['a misspelt table', ['redines'], 'usage/no-table', 'did you mean "readiness"?'],
    ['no table', ['--format', 'csv'], 'usage/no-table', 'csdl list tables lists them'],
    ['a table that is not in it', ['task', '--format', 'dqv'], 'usage/whole-publication', 'leave the table out'],
    ['a condition on the whole', ['--format', 'dqv', '--where', 'true'], 'usage/no-table', 'name the table'],
    ['Parquet without a file', ['readiness', '--format', 'parquet'], 'usage/needs-file', 'add --to FILE.parquet'],
    ['an unknown column', ['readiness', '--where', 'nope = 1'], 'sql/binder-error', 'nope'],
    ['a second statement', ['readiness', '--where', 'true); DROP TABLE readiness; --'], 'sql/failed', ''],
    [
      'a file outside',
      ['readiness', '--where', "(SELECT count(*) FROM read_text('/etc/hostname')) > 0"],
      'sql/permission-error',
      '',
    ],
  ])('%s is refused with what to do, and nothing on stdout', async (_, argv, code, hint) => {
    const said = await run(...argv);
    expect([said.exit, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain(code);
    expect(said.stderr).toContain(hint);
  });

  test('a condition cannot write elsewhere when Parquet is written', async () => {
    const target = at('escape.csv');
    const said = await run('readiness', '--to', at('x.parquet'), '--where', `true) TO '${target}' (FORMAT csv); --`);
    expect(said.exit).toBe(2);
    expect([existsSync(target), existsSync(at('x.parquet')), existsSync(`${at('x.parquet')}.new`)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('bytes are not written to a terminal, but into a pipe', async () => {
    const argv = ['export', 'readiness', '--format', 'arrow', '--out', project.out];
    const terminal = await csdl(argv, { stdoutIsTerminal: true });
    expect([terminal.exit, terminal.bytes.length]).toEqual([2, 0]);
    expect(terminal.stderr).toContain('usage/binary-to-terminal');
    expect((await csdl(argv)).bytes.subarray(0, 6).toString()).toBe('ARROW1');
  });

  test('a file that stood there is replaced, not left half written when something fails', async () => {
    await run('readiness', '--to', at('keep.csv'));
    const before = statSync(at('keep.csv')).size;
    expect((await run('readiness', '--to', at('keep.csv'), '--where', 'nope = 1')).exit).toBe(2);
    expect(statSync(at('keep.csv')).size).toBe(before);
  });

  test('csdl list tables tells every table with its sentence', async () => {
    const rows = jsonOf(await csdl(['list', 'tables', '--json', '--out', project.out])) as {
      table: string;
      rows: number;
      comment: string;
    }[];
    expect(rows.map(({ table }) => table)).toContain('observation_conflict');
    expect(rows.find(({ table }) => table === 'readiness')).toMatchObject({ rows: 5 });
    expect(rows.filter(({ comment }) => comment === '')).toEqual([]);
  });

  test('without a publication it says how one is made', async () => {
    const said = await csdl(['export', 'readiness', '--out', at('nowhere')]);
    expect(said.exit).toBe(2);
    expect(said.stderr).toContain('usage/no-publication');
  });
});
