/**
 * Does anything of the records that are measured get into what a night leaves? The engine of the measuring and that of the store share
 * a process, and so its memory: tens of thousands of values found nowhere else are looked for in the raw bytes of every file,
 * free space of pages included. `CSDL_NIGHTS=20` repeats the night over the same store.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csdl } from '../support/cli.ts';
import { dataFile, everyCell } from '../support/contract-files.ts';
import { folderWith } from '../support/folders.ts';
import { clockFrom } from '../support/project.ts';

/** Begins every planted value; in a number it stands as eight bytes. */
const MARK = 'qzKn';
const NUMBER = Buffer.from('qzKnqzKn').readBigInt64LE();
const ROWS = 40_000;

const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: nguoi-lao-dong
version: 1.0.0
status: active
schema:
  - name: person
    quality:
      - {id: cast, type: sql, query: 'SELECT max(CAST(name AS INTEGER)) FROM {object}', mustBe: 0}
      - {id: text, type: sql, query: 'SELECT count(DISTINCT lower(name)) FROM {object}', mustBe: 0}
    properties:
      - {name: code, logicalType: string, primaryKey: true}
      - {name: id, logicalType: string, unique: true, quality: [{id: form, type: custom, engine: csdl, implementation: personal-id}]}
      - {name: name, logicalType: string, unique: true, quality: [{id: spacing, type: custom, engine: csdl, implementation: spacing}]}
      - {name: born, logicalType: date, logicalTypeOptions: {format: dd/MM/yyyy}}
      - {name: parent, logicalType: string, relationships: [{to: person.code}]}
      - {name: salary, logicalType: integer, unique: true, logicalTypeOptions: {maximum: 7}}
`;

test('no byte of a measured record is in the store, a publication, an export, the scratch folder or the log', async () => {
  const config = folderWith({
    'contracts/c.yaml': CONTRACT,
    'none.ndjson': '',
    'publication.yaml': "iri_base: 'urn:csdl-readiness:'\neditions: [noi_bo, chia_se]\n",
    'sources.yaml':
      'as_of: 2026-06-29\nsources:\n  - {id: none, connector: baseline, options: {path: none.ndjson}}\n' +
      'measure:\n  - {contract: c.yaml, data: data/person.parquet, as_of: 2026-06-29}\n',
    'data/x': '',
  });
  // Short values lie in the vectors of the engine themselves, long ones in its heap of strings.
  const query = `SELECT '${MARK}k' || (i % 39000) AS code, '${MARK}' || md5(i::VARCHAR) AS id, '${MARK} ' || i || ' Nguyễn Văn  A' AS name,
    '${MARK}/13/' || (1900 + i % 99) AS born, '${MARK}p' || i AS parent, ${NUMBER} + i % 2 AS salary FROM range(${ROWS}) AS t(i)`;
  await dataFile(join(config, 'data'), 'person.parquet', query);
  const out = join(config, 'out');
  const marks = [Buffer.from(MARK), Buffer.from(MARK, 'utf16le')];
  const nights = Number(process.env.CSDL_NIGHTS ?? 1);
  for (let n = 0; n < nights; n++) {
    const now = clockFrom(`2026-06-29T16:${String(n).padStart(2, '0')}:00Z`);
    const said = await csdl(['run', '--config', config, '--out', out, '--log-format', 'json', '--debug'], { now });
    expect(said.exit).toBe(3);
    expect(said.stdout + said.stderr).not.toContain(MARK);
    const files = readdirSync(out, { recursive: true })
      .map((name) => join(out, String(name)))
      .filter((path) => lstatSync(path).isFile());
    expect(files.length).toBeGreaterThan(60);
    const holding = files.filter((path) => {
      const bytes = readFileSync(path);
      return marks.some((mark) => bytes.includes(mark));
    });
    expect(holding).toEqual([]);
  }
  const rows = await csdl([
    'sql',
    "SELECT sum(denominator) AS n FROM quality_result WHERE state = 'unmet'",
    '--out',
    out,
    '--json',
  ]);
  expect(Number((JSON.parse(rows.stdout) as { n: string }[])[0]?.n)).toBeGreaterThan(ROWS * 3);
  for (const file of ['store/store.duckdb', 'csdl.duckdb', 'chia_se/csdl.duckdb'])
    expect(await everyCell(join(out, file)), file).not.toContain(MARK);
}, 120_000);
