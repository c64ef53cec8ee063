import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { csdl, jsonOf } from '../../support/cli.ts';
import { CANARY, CANARY_CONTRACT, CANARY_ROWS, dataFile, everyCell } from '../../support/contract-files.ts';
import { folderWith, temporaryFolder } from '../../support/folders.ts';

/** All bytes below a folder. */
function bytes(folder: string): Buffer {
  return Buffer.concat(
    readdirSync(folder, { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path)),
  );
}
const seen = (text: string | Buffer): string[] => CANARY.filter((value) => text.includes(value));

describe('no value of the data is seen anywhere', () => {
  test.each(['parquet', 'csv'])('profile of %s: JSON, table, JUnit, SQL, log, errors', async (ending) => {
    const folder = folderWith({ 'contract.yaml': CANARY_CONTRACT });
    const data = await dataFile(folder, `person.${ending}`, CANARY_ROWS);
    // The canaries are really there, and really fail.
    const base = [
      'profile',
      '--contract',
      join(folder, 'contract.yaml'),
      '--data',
      data,
      '--log-format',
      'json',
      '--debug',
    ];
    const junit = join(folder, 'junit.xml');
    const json = await csdl([...base, '--json', '--junit', junit]);
    const failed = (jsonOf(json) as { results: { state: string }[] }).results.filter(
      (r) => r.state === 'unmet' || r.state === 'collector_failed',
    );
    expect(failed.length).toBeGreaterThan(8);
    const text = await csdl(base);
    const sql = await csdl([...base, '--sql']);
    const failing = [await csdl([...base, '--failing']), await csdl([...base, '--failing', '--json'])];
    expect(failing.map(({ exit }) => exit)).toEqual([0, 0]);
    const suggested = await csdl(['profile', '--suggest', data]);
    const all = [json, text, sql, ...failing, suggested].flatMap((said) => [said.stdout, said.stderr]);
    expect(seen([...all, readFileSync(junit, 'utf8')].join('\n'))).toEqual([]);
  });

  test('a night: store, publication, pages, exports, log', async () => {
    const config = temporaryFolder();
    mkdirSync(join(config, 'contracts'));
    writeFileSync(join(config, 'contracts', 'c.yaml'), CANARY_CONTRACT);
    await dataFile(config, 'person.parquet', CANARY_ROWS);
    const nothing = join(config, 'nothing.ndjson');
    writeFileSync(nothing, '');
    writeFileSync(
      join(config, 'sources.yaml'),
      'as_of: 2026-06-29\nsources:\n  - {id: none, connector: baseline, options: {path: nothing.ndjson}}\nmeasure:\n  - {contract: c.yaml, data: person.parquet, as_of: 2026-06-29}\n',
    );
    const out = temporaryFolder();
    const said = await csdl(['run', '--config', config, '--out', out, '--log-format', 'json']);
    expect(said.exit).toBe(3);
    expect(said.stdout).toBe('');
    expect(said.stderr).toContain(
      '4 of 16 rules have no answer (column_not_found, sql_failed, sql_refused, sql_result)',
    );
    const rows = await csdl([
      'sql',
      '--out',
      out,
      "SELECT rule_id, state, numerator, denominator FROM quality_result WHERE rule_id IN ('id_form', 'cast')",
      '--json',
    ]);
    expect(jsonOf(rows)).toEqual([
      { rule_id: 'cast', state: 'collector_failed', numerator: null, denominator: null },
      { rule_id: 'id_form', state: 'unmet', numerator: '0', denominator: '2' },
    ]);
    expect(seen(said.stdout + said.stderr)).toEqual([]);
    expect(seen(bytes(out))).toEqual([]);
    // Files are compressed: every cell of every table, too.
    for (const file of [join(out, 'store', 'store.duckdb'), join(out, 'csdl.duckdb')])
      expect(seen(await everyCell(file)), file).toEqual([]);
  });
});
