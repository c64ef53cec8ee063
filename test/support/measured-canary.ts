/**
 * Records of which every value is found nowhere else, and a look for them in the raw bytes of everything a night left, free space
 * of pages included.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { csdl } from './cli.ts';
import { everyCell } from './contract-files.ts';
import { folderWith } from './folders.ts';
import { clockFrom } from './project.ts';

/** Begins every planted value; in a number it stands as eight bytes. */
export const MARK = 'qzKn';
export const NUMBER = Buffer.from('qzKnqzKn').readBigInt64LE();
export const ROWS = 40_000;

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

/** @param place where the data lie, as `measure` of sources.yaml says it; @param hosts that may be asked */
export function canarySettings(place: string, hosts: readonly string[] = []): string {
  return folderWith({
    'contracts/c.yaml': CONTRACT,
    'none.ndjson': '',
    'publication.yaml': "iri_base: 'urn:csdl-readiness:'\neditions: [noi_bo, chia_se]\n",
    'sources.yaml': `as_of: 2026-06-29
hosts: ${JSON.stringify(hosts)}
sources:
  - {id: none, connector: baseline, options: {path: none.ndjson}}
measure:
  - {contract: c.yaml, ${place}}
`,
    'data/x': '',
  });
}

/** Runs nights that measure the records, and looks for them in the log, the results and every file. `CSDL_NIGHTS=20` repeats the night. */
export async function expectNothingKept(config: string, environment: Record<string, string> = {}): Promise<void> {
  const out = join(config, 'out');
  const marks = [Buffer.from(MARK), Buffer.from(MARK, 'utf16le')];
  const nights = Number(process.env.CSDL_NIGHTS ?? 1);
  for (let n = 0; n < nights; n++) {
    const now = clockFrom(`2026-06-29T16:${String(n).padStart(2, '0')}:00Z`);
    const argv = ['run', '--config', config, '--out', out, '--log-format', 'json', '--debug'];
    const said = await csdl(argv, { now, environment });
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
  const unmet = "SELECT sum(denominator) AS n FROM quality_result WHERE state = 'unmet'";
  const rows = await csdl(['sql', unmet, '--out', out, '--json']);
  expect(Number((JSON.parse(rows.stdout) as { n: string }[])[0]?.n)).toBeGreaterThan(ROWS * 3);
  for (const file of ['store/store.duckdb', 'csdl.duckdb', 'chia_se/csdl.duckdb'])
    expect(await everyCell(join(out, file)), file).not.toContain(MARK);
}
