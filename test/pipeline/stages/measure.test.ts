import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { csdl, jsonOf } from '../../support/cli.ts';
import { dataFile } from '../../support/contract-files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: nguoi-lao-dong
version: 1.0.0
status: active
schema:
  - name: t
    properties:
      - {name: id, logicalType: string, primaryKey: true, quality: [{id: form, type: custom, engine: csdl, implementation: personal-id}]}
      - {name: at, logicalType: timestamp}
slaProperties:
  - {id: lag, property: latency, value: 2, unit: d, element: t.at}
`;
const ROWS =
  "SELECT CASE WHEN i = 0 THEN 'x' ELSE lpad(i::VARCHAR, 12, '0') END AS id, TIMESTAMP '2026-06-28 10:00:00' AS at FROM range(0, 10) AS r(i)";
const FACT = JSON.stringify({
  type: 'document',
  id: 'd',
  title: 'd',
  stated_at: '2026-06-29',
  grade: 'E2',
  said_by: 'owner',
  sha256: 'a'.repeat(64),
});

interface Project {
  config: string;
  out: string;
}

/** A folder of settings with one contract, and what sources.yaml says of measuring. */
function project(measure: string, contract = CONTRACT): Project {
  const config = temporaryFolder();
  mkdirSync(join(config, 'contracts'));
  writeFileSync(join(config, 'contracts', 'c.yaml'), contract);
  writeFileSync(join(config, 'facts.ndjson'), `${FACT}\n`);
  writeFileSync(
    join(config, 'sources.yaml'),
    `as_of: 2026-06-29\nsources:\n  - {id: facts, connector: baseline, options: {path: facts.ndjson}}\n${measure}`,
  );
  return { config, out: temporaryFolder() };
}

const run = ({ config, out }: Project, now = '2026-06-29T16:00:00Z') =>
  csdl(['run', '--config', config, '--out', out, '--json', '-q'], { now: () => new Date(now) });
const LATER = '2026-06-29T17:30:00Z';
const ask = async ({ out }: Project, sql: string) => jsonOf(await csdl(['sql', '--out', out, sql, '--json']));
const MEASURE = 'measure:\n  - {contract: c.yaml, data: t.parquet, as_of: 2026-06-29}\n';

describe('a night', () => {
  test('without any located contract measures nothing', async () => {
    const made = project('');
    const said = await run(made);
    expect(said.exit).toBe(0);
    expect((jsonOf(said) as { sources: unknown[] }).sources).toHaveLength(1);
    expect(await ask(made, 'SELECT count(*)::INTEGER AS n FROM quality_result')).toEqual([{ n: 0 }]);
  });

  test('measures, stores, scores and publishes', async () => {
    const made = project(MEASURE);
    await dataFile(made.config, 't.parquet', ROWS);
    const said = await run(made);
    expect(said.exit, said.stderr).toBe(0);
    expect(jsonOf(said)).toMatchObject({
      sources: [{ id: 'facts' }, { id: 'measure-c', state: 'ok', observations: 5 }],
    });
    expect(
      await ask(
        made,
        'SELECT rule_id, rule_version, state, numerator::INTEGER AS n, denominator::INTEGER AS of, engine, measured_on, method FROM quality_result ORDER BY rule_id',
      ),
    ).toMatchObject([
      {
        rule_id: 'form',
        rule_version: 'personal-id@1',
        state: 'unmet',
        n: 9,
        of: 10,
        engine: 'duckdb',
        measured_on: '2026-06-29',
        method: 'csdl-quality 1.0.0',
      },
      { rule_id: 'lag', rule_version: '1.0.0', state: 'met', n: 1, of: 1 },
      { rule_id: 't.at.logicalType', state: 'met', n: 10, of: 10 },
      { rule_id: 't.id.duplicateValues', state: 'met', n: 10, of: 10 },
      { rule_id: 't.id.nullValues', state: 'met', n: 10, of: 10 },
    ]);
    expect(
      await ask(
        made,
        "SELECT indicator, state, numerator::INTEGER AS n, denominator::INTEGER AS of, grade, said_by FROM indicator_result WHERE database_id = 'nguoi-lao-dong' AND denominator IS NOT NULL ORDER BY indicator",
      ),
    ).toEqual([
      { indicator: 'data_age', state: 'met', n: 1, of: 1, grade: 'E3', said_by: 'system' },
      { indicator: 'mandatory_values', state: 'met', n: 10, of: 10, grade: 'E3', said_by: 'system' },
      { indicator: 'unique_keys', state: 'met', n: 10, of: 10, grade: 'E3', said_by: 'system' },
      { indicator: 'validity_rules', state: 'partial', n: 19, of: 20, grade: 'E3', said_by: 'system' },
    ]);
    expect(
      await ask(made, "SELECT quality_index, band, identifiers_met, state FROM quality_index WHERE scope = 'database'"),
    ).toEqual([{ quality_index: 98.3, band: 'fair', identifiers_met: false, state: 'known' }]);
    expect(await ask(made, "SELECT text FROM finding WHERE kind = 'identifier_not_whole'")).toEqual([
      {
        text: expect.stringContaining(
          'trường định danh t.id chưa đạt ở nhiều nhất 1 trên 10 bản ghi (quy tắc form; đo ngày 29/6/2026)',
        ),
      },
    ]);
    expect(await ask(made, "SELECT connector FROM source WHERE source_id = 'measure-c'")).toEqual([
      { connector: 'contract' },
    ]);
    // The same data on another night are the same facts: nothing is appended.
    const again = await run(made, LATER);
    expect(jsonOf(again)).toMatchObject({ sources: [{ id: 'facts' }, { id: 'measure-c', state: 'ok' }] });
    expect(await ask(made, 'SELECT count(*)::INTEGER AS n FROM quality_result')).toEqual([{ n: 5 }]);
  });

  test('data that are gone: collector_failed, and last night’s facts keep speaking', async () => {
    const made = project(MEASURE);
    const path = await dataFile(made.config, 't.parquet', ROWS);
    await run(made);
    rmSync(path);
    const said = await run(made, LATER);
    expect(said.exit).toBe(3);
    expect(await ask(made, 'SELECT DISTINCT state, problem FROM quality_result')).toEqual([
      { state: 'collector_failed', problem: 'table_not_found' },
    ]);
    expect(await ask(made, "SELECT quality_index, state FROM quality_index WHERE scope = 'database'")).toEqual([
      { quality_index: null, state: 'unknown' },
    ]);
    expect(
      await ask(
        made,
        "SELECT state FROM indicator_result WHERE database_id = 'nguoi-lao-dong' AND indicator = 'validity_rules'",
      ),
    ).toEqual([{ state: 'partial' }]);
  });

  test('an empty table is undefined all the way', async () => {
    const made = project(MEASURE);
    await dataFile(made.config, 't.parquet', `SELECT * FROM (${ROWS}) WHERE false`);
    expect((await run(made)).exit).toBe(0);
    expect(await ask(made, 'SELECT DISTINCT state FROM quality_result')).toEqual([{ state: 'undefined' }]);
    expect(await ask(made, "SELECT kind FROM finding WHERE kind = 'identifier_not_whole'")).toEqual([]);
    expect(await ask(made, "SELECT state FROM quality_index WHERE scope = 'database'")).toEqual([
      { state: 'undefined' },
    ]);
    expect(
      await ask(
        made,
        "SELECT DISTINCT state FROM indicator_result WHERE database_id = 'nguoi-lao-dong' AND indicator IN ('validity_rules', 'unique_keys')",
      ),
    ).toEqual([{ state: 'undefined' }]);
  });

  test('a contract that says itself where its data lie needs no setting', async () => {
    const made = project(
      '',
      `${CONTRACT}servers:\n  - {server: s, type: local, path: '{object}.parquet', format: parquet}\n`,
    );
    await dataFile(join(made.config, 'contracts'), 't.parquet', ROWS);
    const said = await run(made);
    expect(jsonOf(said)).toMatchObject({ sources: [{ id: 'facts' }, { id: 'measure-nguoi-lao-dong', state: 'ok' }] });
  });

  test('a measurement is kept for replays, without places and passwords', async () => {
    const made = project(
      'hosts: [127.0.0.1]\nmeasure:\n  - {contract: c.yaml, postgres: {host: 127.0.0.1, port: 1, database: d, user: u, password: hidden-word, tls: false}}\n',
    );
    const said = await run(made);
    expect(said.exit).toBe(3);
    expect(jsonOf(said)).toMatchObject({
      sources: [{ id: 'facts' }, { id: 'measure-c', state: 'failed', error_code: 'postgres/unreachable' }],
    });
    expect(said.stdout + said.stderr).not.toContain('hidden-word');
    const bundles = join(made.out, 'store', 'bundles');
    const kept = readdirSync(bundles).map((file) => gunzipSync(readFileSync(join(bundles, file))).toString('utf8'));
    expect([kept.length, kept.join('').includes('hidden-word')]).toEqual([1, false]);
    const replay = await csdl(['score', '--config', made.config, '--out', made.out, '--json']);
    expect(replay.exit).toBe(0);
  });
});

describe('settings are checked before anything runs', () => {
  test.each([
    [
      'a contract that is not there',
      'measure:\n  - {contract: nobody.yaml, data: x.parquet}\n',
      CONTRACT,
      'config/unknown-contract',
    ],
    [
      'a database nobody knows',
      MEASURE,
      CONTRACT.replace('id: nguoi-lao-dong', 'id: nguoi-lao-dongg'),
      'config/unknown-database',
    ],
    ['a fault in the contract', MEASURE, CONTRACT.replace('primaryKey', 'primaryKy'), 'config/unknown-key'],
    ['no place at all', 'measure:\n  - {contract: c.yaml}\n', CONTRACT, 'config/no-data'],
    [
      'a server nobody listed',
      'measure:\n  - {contract: c.yaml, postgres: {host: db.example, database: d, user: u}}\n',
      CONTRACT,
      'config/undeclared-host',
    ],
    [
      'two places',
      'measure:\n  - {contract: c.yaml, data: x.parquet, postgres: {host: db.example, database: d, user: u}}\n',
      CONTRACT,
      'config/invalid-value',
    ],
  ])('%s', async (_what, measure, contract, code) => {
    const made = project(measure, contract);
    const checked = await csdl(['check', '--config', made.config, '--json']);
    expect([checked.exit, (jsonOf(checked) as { problems: { code: string }[] }).problems[0]?.code]).toEqual([2, code]);
    expect((await run(made)).exit).toBe(2);
  });
});

describe('init --with-samples', () => {
  test('a new user sees the whole thing move', async () => {
    const folder = join(temporaryFolder(), 'try');
    const made = { config: folder, out: temporaryFolder() };
    expect((await csdl(['init', folder, '--with-samples', '-q'])).exit).toBe(0);
    expect((await csdl(['check', '--config', folder])).exit).toBe(0);
    const profiled = await csdl(['profile', '--config', folder, '--contract', 'nguoi-lao-dong.yaml', '--json', '-q']);
    expect([profiled.exit, (jsonOf(profiled) as { dqi: unknown }).dqi]).toMatchObject([0, { database: 99.9 }]);
    expect((await run(made)).exit).toBe(0);
    expect(
      await ask(
        made,
        "SELECT count(*)::INTEGER AS n FROM quality_index WHERE scope = 'database' AND quality_index = 99.9",
      ),
    ).toEqual([{ n: 3 }]);
    const page = readFileSync(join(made.out, 'site', 'databases', 'nguoi-lao-dong.html'), 'utf8');
    expect(page).toContain('Chỉ số chất lượng dữ liệu (thử nghiệm)');
    expect(page).toContain('nguoi-lao-dong: 99,9 (đo ngày 29/6/2026). Có trường định danh chưa đạt 100%.');
    expect(page).toContain('nld_ma_tinh');
    expect(page).not.toContain('DQI');
    const other = readFileSync(join(made.out, 'site', 'databases', 'dat-dai.html'), 'utf8');
    expect(other).not.toContain('chat-luong');
  });
});
