import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { CANARY, dataFile, everyCell } from '../../support/contract-files.ts';
import { temporaryFolder } from '../../support/folders.ts';

const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: nguoi-lao-dong
version: 1.0.0
status: active
schema:
  - name: t
    properties:
      - {name: id, logicalType: string, primaryKey: true}
      - {name: name, logicalType: string, required: true, quality: [{id: blanks, type: custom, engine: csdl, implementation: spacing}]}
`;

test('a folder of parts: what did not change is not read again, what is known of parts goes with them', async () => {
  const config = temporaryFolder();
  const out = temporaryFolder();
  mkdirSync(join(config, 'contracts'));
  writeFileSync(join(config, 'contracts', 'c.yaml'), CONTRACT);
  const document = { type: 'document', id: 'd', title: 'd', stated_at: '2026-06-29', grade: 'E2', said_by: 'owner' };
  writeFileSync(join(config, 'facts.ndjson'), `${JSON.stringify({ ...document, sha256: 'a'.repeat(64) })}\n`);
  writeFileSync(
    join(config, 'sources.yaml'),
    'as_of: 2026-06-29\nsources:\n  - {id: facts, connector: baseline, options: {path: facts.ndjson}}\nmeasure:\n  - {contract: c.yaml, data: data, as_of: 2026-06-29}\n',
  );
  const part = async (name: string, rows: string): Promise<void> => {
    mkdirSync(join(config, 'data', 't', `tinh=${name}`), { recursive: true });
    await dataFile(join(config, 'data', 't', `tinh=${name}`), 'p.parquet', rows);
  };
  const night = async (hour: number) => {
    const now = () => new Date(`2026-06-29T${hour}:00:00Z`);
    const said = await csdl(['run', '--config', config, '--out', out, '--json', '-q'], { now });
    expect(said.exit, said.stderr).toBe(0);
    const sql =
      "SELECT numerator::INTEGER AS n, denominator::INTEGER AS total FROM quality_result WHERE rule_id = 't.name.nullValues'";
    const result = jsonOf(await csdl(['sql', '--out', out, sql, '--json']));
    const store = await Database.open({ path: join(out, 'store', 'store.duckdb'), readOnly: true });
    const parts = await store.anyRows('SELECT part, counts FROM partition_count ORDER BY part');
    store.close();
    return { result, parts };
  };
  await part(CANARY[2] ?? '', `SELECT '${CANARY[0]}' AS id, '${CANARY[1]}' AS name`);
  await part('b', "SELECT '2' AS id, NULL::VARCHAR AS name");
  const first = await night(10);
  expect([first.result, first.parts.length]).toEqual([[{ n: 1, total: 2 }], 2]);
  await part('c', "SELECT '3' AS id, 'x' AS name");
  const second = await night(11);
  expect([second.result, second.parts.length]).toEqual([[{ n: 2, total: 3 }], 3]);
  expect(second.parts).toEqual(expect.arrayContaining(first.parts));
  rmSync(join(config, 'data', 't', 'tinh=b'), { recursive: true });
  const third = await night(12);
  expect([third.result, third.parts.length]).toEqual([[{ n: 2, total: 2 }], 2]);
  const cells = await everyCell(join(out, 'store', 'store.duckdb'));
  expect(CANARY.filter((value) => cells.includes(value))).toEqual([]);
});
