/**
 * The whole line on a small project with a fixed clock: what is published, table by table, and which files. Run ids
 * (they hold a process id) are the only noise taken out. `npx vitest run test/golden/line -u` writes it anew.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { dumpTables, FACTS, fact, ndjson, Project } from '../../support/project.ts';

/** What only repeats the settings, and what says how long it took. */
const LEFT_OUT = ['agency', 'agency_succession', 'attribute_def', 'criterion', 'holiday', 'indicator_def', 'label', 'run', 'source_health'];

const project = new Project({
  'nguon-mot.ndjson': ndjson([...FACTS, fact('ho-so-mott', 'c12.sync', { state: 'full' })]),
  'waivers.yaml':
    'waivers:\n  - {database: ho-so-hai, criterion: tc04, approved_by: Bộ Công an, document: 1/BCA, ground: không có thủ tục, from: 2026-06-01, until: 2026-12-31}\n',
});
let runId = '';
let tables: Record<string, unknown[]> = {};

beforeAll(async () => {
  const { report } = await project.run();
  runId = report.run_id;
  tables = await dumpTables(join(project.out, 'csdl.duckdb'), LEFT_OUT);
});

test('the published tables, one row a line', async () => {
  const text = Object.entries(tables)
    .map(([name, rows]) => `${name}\n${rows.map((row) => `  ${JSON.stringify(row)}\n`).join('')}`)
    .join('\n')
    .replaceAll(runId, '<run>');
  await expect(text).toMatchFileSnapshot('tables.txt');
});

test('every table but those left out is there, and each left out is real', async () => {
  const all = Object.keys(await dumpTables(join(project.out, 'csdl.duckdb')));
  expect(LEFT_OUT.filter((name) => !all.includes(name))).toEqual([]);
  expect(Object.keys(tables).length + LEFT_OUT.length).toBe(all.length);
});

test('the files of the publication', async () => {
  const folder = join(project.out, 'current');
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  await expect(`${files.join('\n')}\n`).toMatchFileSnapshot('files.txt');
});
