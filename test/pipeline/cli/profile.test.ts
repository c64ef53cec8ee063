import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { csdl, jsonOf, type Said } from '../../support/cli.ts';
import { dataFile } from '../../support/contract-files.ts';
import { folderWith, temporaryFolder } from '../../support/folders.ts';

interface Profile {
  contract: string;
  method: string;
  rows: Record<string, number>;
  results: Record<string, unknown>[];
  dqi: {
    database: number | null;
    state: string;
    band: string | null;
    identifiers_met: boolean | null;
    fields: Record<string, unknown>[];
  };
  queries: number;
  scan_ms: number;
}
const profileOf = (said: Said): Profile => jsonOf(said) as Profile;

const HEAD = 'apiVersion: v3.1.0\nkind: DataContract\nid: nguoi-lao-dong\nversion: 1.0.0\nstatus: active\n';
const small = `${HEAD}schema:
  - name: t
    properties:
      - {name: id, logicalType: string, primaryKey: true, quality: [{id: form, type: custom, engine: csdl, implementation: personal-id}]}
      - {name: n, logicalType: integer, required: true, logicalTypeOptions: {minimum: 0}}
`;

describe('a small table', () => {
  const folder = folderWith({ 'contract.yaml': small });
  const contract = join(folder, 'contract.yaml');
  let good = '';
  let bad = '';
  let empty = '';
  beforeAll(async () => {
    good = await dataFile(
      folder,
      'good.parquet',
      "SELECT lpad(i::VARCHAR, 12, '0') AS id, i::INTEGER AS n FROM range(0, 100) AS r(i)",
    );
    bad = await dataFile(
      folder,
      'bad.csv',
      "SELECT CASE WHEN i < 10 THEN 'x' ELSE lpad(i::VARCHAR, 12, '0') END AS id, CASE WHEN i < 20 THEN -1 ELSE i END AS n FROM range(0, 100) AS r(i)",
    );
    empty = await dataFile(folder, 'empty.parquet', 'SELECT NULL::VARCHAR AS id, NULL::INTEGER AS n WHERE false');
  });

  test('all right: every figure of the JSON', async () => {
    const said = await csdl(['profile', '--contract', contract, '--data', good, '--json', '-q']);
    expect([said.exit, said.stderr]).toEqual([0, '']);
    const profile = profileOf(said);
    expect(profile).toMatchObject({
      contract: 'nguoi-lao-dong',
      method: 'csdl-quality 1.0.0',
      rows: { t: 100 },
      dqi: { database: 100, state: 'known', band: 'good', identifiers_met: true },
    });
    expect(profile.results.map((r) => r.rule_id)).toEqual([
      't.id.duplicateValues',
      't.id.nullValues',
      'form',
      't.n.nullValues',
      't.n.logicalType',
      't.n.range',
    ]);
    expect(profile.results[2]).toMatchObject({
      table: 't',
      column: 'id',
      metric: 'personal-id',
      dimension: 'dung',
      state: 'met',
      failed: 0,
      checked: 100,
      value: 0,
      unit: 'rows',
      severity: 'error',
      rule_version: 'personal-id@1',
    });
    expect(profile.results.every((r) => /^[0-9a-f]{64}$/.test(String(r.sql_hash)) && typeof r.ms === 'number')).toBe(
      true,
    );
    expect(profile.queries).toBeGreaterThan(0);
    expect(profile.scan_ms).toBeGreaterThanOrEqual(0);
  });

  test('faults are counted, and an identifier field must be 100', async () => {
    const profile = profileOf(await csdl(['profile', '--contract', contract, '--data', `t=${bad}`, '--json', '-q']));
    const counts = Object.fromEntries(profile.results.map((r) => [r.rule_id, [r.state, r.failed, r.checked]]));
    expect(counts).toEqual({
      't.id.duplicateValues': ['unmet', 9, 100],
      't.id.nullValues': ['met', 0, 100],
      form: ['unmet', 10, 100],
      't.n.nullValues': ['met', 0, 100],
      't.n.logicalType': ['met', 0, 100],
      't.n.range': ['unmet', 20, 100],
    });
    // id: sach 91, du 100, dung 90 → 93.666…; n: du 100, dung (100 + 80) / 2 = 90 → 95; the mean of both.
    expect(profile.dqi.fields.map((f) => [f.column, f.index, f.band, f.identifier])).toEqual([
      ['id', 93.7, 'poor', true],
      ['n', 95, 'good', false],
    ]);
    expect(profile.dqi).toMatchObject({ database: 94.3, band: 'fair', identifiers_met: false });
  });

  test('an empty table is undefined, and no index is made of it', async () => {
    const profile = profileOf(await csdl(['profile', '--contract', contract, '--data', empty, '--json', '-q']));
    expect(new Set(profile.results.map((r) => r.state))).toEqual(new Set(['undefined']));
    expect(profile.dqi).toMatchObject({ database: null, state: 'undefined', band: null });
  });

  test('nothing that ran is unknown, never 100; a rule without an answer is collector_failed', async () => {
    const said = await csdl([
      'profile',
      '--contract',
      contract,
      '--data',
      join(folder, 'nowhere.parquet'),
      '--json',
      '-q',
    ]);
    expect(said.exit).toBe(3);
    const profile = profileOf(said);
    expect(new Set(profile.results.map((r) => r.state))).toEqual(new Set(['collector_failed']));
    expect(profile.dqi).toMatchObject({ database: null, state: 'unknown', band: null });
  });

  test('--fail-under: exit 4 below it, and where the index is unknown', async () => {
    const run = async (data: string, bar: string) =>
      (await csdl(['profile', '--contract', contract, '--data', data, '--fail-under', bar, '-q'])).exit;
    expect(await run(good, '100')).toBe(0);
    expect(await run(bad, '94')).toBe(0);
    expect(await run(bad, '95')).toBe(4);
    expect(await run(empty, '0')).toBe(4);
  });

  test('JUnit, SQL and the table', async () => {
    const junit = join(folder, 'report.xml');
    const said = await csdl(['profile', '--contract', contract, '--data', bad, '--junit', junit, '-q']);
    expect(said.stdout).toContain('Chỉ số chất lượng dữ liệu (thử nghiệm): 94.3');
    expect(said.stdout).not.toMatch(/DQI/);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toContain('<testsuite name="t" tests="6" failures="3" errors="0" skipped="0">');
    expect(xml).toContain('<failure message="10 of 100 rows"/>');
    const sql = await csdl(['profile', '--contract', contract, '--data', bad, '--sql', '-q']);
    expect(sql.exit).toBe(0);
    expect(sql.stdout).toContain('SELECT');
    expect(sql.stdout).toContain('-- form');
  });

  test.each([
    [['--contract', 'nobody.yaml'], 'usage/no-contract'],
    [[], 'usage/no-contract'],
    [['--contract', contract], 'usage/no-data'],
    [['--contract', contract, '--data', 'https://x.example/t.parquet'], 'usage/remote-data'],
    [['--contract', contract, '--data', 'postgresql://u:secret-word@h/d'], 'usage/bad-address'],
    [['--contract', contract, '--data', 't.docx'], 'usage/unknown-format'],
    [['--contract', contract, '--data', 't=a.csv', '--data', 'x=b.csv'], 'usage/unknown-table'],
  ])('%j is refused with exit 2', async (flags, code) => {
    const said = await csdl(['profile', ...flags, '-q']);
    expect([said.exit, said.stderr.includes(code)]).toEqual([2, true]);
    expect(said.stderr).not.toContain('secret-word');
  });

  test('errors of the contract come with line and column; warnings do not stop it', async () => {
    const broken = join(folderWith({ 'c.yaml': small.replace('required', 'requierd') }), 'c.yaml');
    const said = await csdl(['profile', '--contract', broken, '--data', good, '-q']);
    expect(said.exit).toBe(2);
    expect(said.stderr).toMatch(/c\.yaml:10:\d+: schema\.0\.properties\.1\.requierd: .*did you mean "required"/);
    const doubtful = join(folderWith({ 'c.yaml': `${small}dataProduct: x\n` }), 'c.yaml');
    const warned = await csdl(['profile', '--contract', doubtful, '--data', good, '-q']);
    expect([warned.exit, warned.stderr.startsWith('warning: c.yaml:11:1')]).toEqual([0, true]);
  });
});

describe('moments', () => {
  test('text is held against a form, a column of moments is one, anything else is none', async () => {
    const schema = `${HEAD}schema:\n  - name: t\n    properties:\n      - {name: at, logicalType: timestamp}\n      - {name: hour, logicalType: time}\n`;
    const folder = folderWith({ 'c.yaml': schema });
    const ask = async (name: string, query: string) => {
      const data = await dataFile(folder, name, query);
      const said = await csdl(['profile', '--contract', join(folder, 'c.yaml'), '--data', data, '--json', '-q']);
      return profileOf(said).results.map((r) => [r.failed, r.checked]);
    };
    const texts = "('2026-06-29T10:00:00', '10:00'), ('2026-02-30 10:00:00', '25:00'), (NULL, '10:00:00')";
    expect(await ask('text.csv', `SELECT * FROM (VALUES ${texts}) AS t("at", hour)`)).toEqual([
      [1, 2],
      [1, 3],
    ]);
    const real = "SELECT TIMESTAMP '2026-06-29 10:00:00' AS at, TIME '10:00:00' AS hour UNION ALL SELECT NULL, NULL";
    expect(await ask('real.parquet', real)).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(await ask('other.parquet', 'SELECT 1 AS at, 2 AS hour')).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});

describe('where the data lie', () => {
  test('servers of the contract: beside it, never outside', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'in'));
    const path = await dataFile(folder, 't.parquet', "SELECT '000000000001' AS id, 1 AS n");
    const withServer = (server: string): string => {
      const contract = join(folder, 'in', 'c.yaml');
      writeFileSync(contract, `${small}servers:\n  - ${server}\n`);
      return contract;
    };
    await dataFile(join(folder, 'in'), 't.parquet', "SELECT '000000000001' AS id, 1 AS n");
    const run = (server: string) => csdl(['profile', '--contract', withServer(server), '--json', '-q']);
    expect(profileOf(await run("{server: s, type: local, path: '{object}.parquet', format: parquet}")).rows).toEqual({
      t: 1,
    });
    for (const place of ['../t.parquet', path, '/etc/passwd', 'https://x/t.parquet'])
      expect((await run(`{server: s, type: local, path: '${place}', format: parquet}`)).stderr, place).toContain(
        'contract/outside',
      );
    expect((await run('{server: s, type: postgres, host: h, port: 1, database: d, schema: s}')).stderr).toContain(
      'usage/no-data',
    );
  });
});

describe('--suggest', () => {
  test('types, key, patterns and identifiers are recognised; no value is printed; the proposal is a contract', async () => {
    const folder = temporaryFolder();
    const path = await dataFile(
      folder,
      'people.csv',
      "SELECT 'K' || i AS code, '00009' || lpad(i::VARCHAR, 7, '0') AS cccd, 'Nguyễn Văn Mẫu' AS name, strftime(DATE '1990-01-01' + i::INTEGER, '%d/%m/%Y') AS born, i * 3 AS pay, '01' AS province, lpad((i * 7)::VARCHAR, 5, '0') AS commune FROM range(1, 300) AS r(i)",
    );
    const said = await csdl(['profile', '--suggest', path, '-q']);
    expect(said.exit).toBe(0);
    for (const line of [
      'implementation: personal-id',
      'format: dd/MM/yyyy',
      'implementation: province-code',
      'logicalType: integer',
      'primaryKey: true',
      'pattern: ^[0-9]{5}$',
    ])
      expect(said.stdout).toContain(line);
    expect(said.stdout).not.toMatch(/Nguyễn|K1|00009|1990/);
    const contract = join(folder, 'proposed.yaml');
    writeFileSync(contract, said.stdout);
    const profile = await csdl(['profile', '--contract', contract, '--data', path, '--json', '-q']);
    expect([profile.exit, profile.stderr]).toEqual([0, '']);
    expect(profileOf(profile).dqi.database).toBe(100);
  });

  test('what is no data is refused', async () => {
    expect((await csdl(['profile', '--suggest', 'nowhere.csv', '-q'])).exit).toBe(2);
    const folder = folderWith({ 'x.parquet': 'not a Parquet file' });
    const said = await csdl(['profile', '--suggest', join(folder, 'x.parquet'), '-q']);
    expect([said.exit, said.stderr.includes('usage/unreadable-data')]).toEqual([2, true]);
  });
});
