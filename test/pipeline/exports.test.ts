/**
 * One night on the shipped facts, and every file of its exports held against the published tables: value by value, sum
 * by sum, hash by hash.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outPaths } from '../../pipeline/paths.ts';
import { currentManifest } from '../../pipeline/stages/publish.ts';
import { ExportedNight, type Rows } from '../support/exported-night.ts';
import { readOpenMetrics } from '../support/published.ts';

const TABLES = [
  'action',
  'agency',
  'agency_summary',
  'criterion_status',
  'database',
  'dimension_score',
  'finding',
  'overdue',
  'readiness',
  'waiting',
];

const night = new ExportedNight();
const { out } = night;
const exported = (name: string): string => night.file(name);
const query = (sql: string): Promise<Rows> => night.query(sql);
const rowsOf = (table: string): Promise<Rows> => night.query(`SELECT * FROM "${table}"`);
beforeAll(() => night.run(), 120_000);
afterAll(() => night.close());

interface ExportDocument {
  columns: { name: string; type: string }[];
  rows: Rows;
  row_count: number;
}
const documentOf = (table: string): ExportDocument =>
  JSON.parse(readFileSync(exported(`${table}.json`), 'utf8')) as ExportDocument;

/** A value of any reader as one text: numbers alike, days as YYYY-MM-DD, instants in ISO form. */
function alike(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (type === 'DATE') {
    const day = typeof value === 'string' ? value : new Date(Number(value)).toISOString();
    return day.slice(0, 10);
  }
  if (type === 'TIMESTAMP') return String(value).replace(' ', 'T').replace('Z', '');
  if (type === 'VARCHAR') return String(value);
  return String(type === 'BOOLEAN' ? value : Number(value));
}

describe.each(TABLES)('table %s', (table) => {
  test('JSON, Parquet and Arrow hold what SQL holds', async () => {
    const published = await rowsOf(table);
    const { columns, rows, row_count } = documentOf(table);
    const [parquet, arrow] = [
      await query(`SELECT * FROM '${exported(`${table}.parquet`)}'`),
      tableFromIPC(readFileSync(exported(`${table}.arrow`))),
    ];
    expect([row_count, rows.length, parquet.length, arrow.numRows]).toEqual(Array(4).fill(published.length));
    expect(arrow.schema.fields.map((field) => field.name)).toEqual(columns.map(({ name }) => name));
    for (const { name, type } of columns) {
      const one = (list: Rows): (string | null)[] => list.map((row) => alike(row[name], type));
      const told = one(published);
      expect(one(rows), `${name} in JSON`).toEqual(told);
      expect(one(parquet), `${name} in Parquet`).toEqual(told);
      if (type === 'TIMESTAMP') continue;
      const vector = arrow.getChild(name);
      expect(
        Array.from({ length: arrow.numRows }, (_, i) => alike(vector?.get(i), type)),
        `${name} in Arrow`,
      ).toEqual(told);
    }
  });

  test('CSV holds the same cells, text marked where it begins like a formula', async () => {
    const text = readFileSync(exported(`${table}.csv`), 'utf8');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/^[^"]*\n/);
    const cells = parse(text, { bom: true, columns: true }) as Record<string, string>[];
    const { columns, rows } = documentOf(table);
    for (const { name, type } of columns)
      expect(
        cells.map((row) => (row[name] ?? '').replace(/^'(?=[=+\-@|%])/, '')),
        name,
      ).toEqual(rows.map((row) => (alike(row[name], type) ?? '').replaceAll('\t', ' ')));
  });

  test('every column of numbers adds up to the same in each of them', async () => {
    const { columns, rows } = documentOf(table);
    const numbers = columns
      .filter(({ type }) => ['INTEGER', 'BIGINT', 'DOUBLE'].includes(type))
      .map(({ name }) => name);
    if (numbers.length === 0) return;
    const sums = `SELECT ${numbers.map((name) => `sum("${name}"::DECIMAL(38,4))::DOUBLE AS "${name}"`).join(', ')} FROM`;
    const [sql] = await query(`${sums} "${table}"`);
    const others = await Promise.all([
      query(`${sums} '${exported(`${table}.parquet`)}'`),
      query(`${sums} read_csv('${exported(`${table}.csv`)}', all_varchar = true)`),
    ]);
    for (const [row] of others) expect(row).toEqual(sql);
    for (const name of numbers) {
      const known = rows.map((row) => row[name]).filter((value) => value !== null);
      const sum =
        known.length === 0
          ? null
          : known.reduce<number>((total, value) => total + Math.round(Number(value) * 10_000), 0) / 10_000;
      expect(sum, name).toBe(sql?.[name] ?? null);
    }
  });
});

describe('schemas', () => {
  const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
  const schema = (name: string): object => JSON.parse(readFileSync(exported(name), 'utf8')) as object;

  test('the published schema is the committed one, and every document keeps it', () => {
    expect(readFileSync(exported('csdl-export-1.schema.json'), 'utf8')).toBe(
      readFileSync(join(import.meta.dirname, '../../reports/exports/json/csdl-export-1.schema.json'), 'utf8'),
    );
    const check = ajv.compile(schema('csdl-export-1.schema.json'));
    for (const table of TABLES) expect(check(documentOf(table)) ? [] : check.errors, table).toEqual([]);
    const document = { ...documentOf('waiting') };
    expect(check({ ...document, more: 1 })).toBe(false);
    expect(check({ ...document, row_count: undefined })).toBe(false);
  });

  test('every row keeps the schema of its table; one with another column does not', () => {
    ajv.addSchema({ ...schema('tables.schema.json'), $id: 'urn:csdl-readiness:tables' });
    for (const table of TABLES) {
      const check = ajv.getSchema(`urn:csdl-readiness:tables#/$defs/${table}`);
      const { rows } = documentOf(table);
      for (const row of rows) expect(check?.(row) === true ? [] : check?.errors, table).toEqual([]);
      expect(check?.({ ...rows[0], more: 1 })).toBe(false);
    }
  });
});

test('DQV: each measurement is the figure of SQL, and none is missing', async () => {
  const graph = (JSON.parse(readFileSync(exported('csdl.jsonld'), 'utf8')) as { '@graph': Record<string, string>[] })[
    '@graph'
  ];
  const told = graph
    .filter((node) => node['@type'] === 'dqv:QualityMeasurement')
    .map((node) => `${node['dqv:computedOn']} ${node['dqv:isMeasurementOf']} ${Number(node['dqv:value'])}`)
    .sort();
  const figures = (
    await query(
      `FROM (SELECT database_id, '' AS pillar, confirmed, floor, ceiling, coverage FROM readiness
      UNION ALL SELECT database_id, pillar || '/', confirmed, floor, ceiling, coverage FROM dimension_score)
     UNPIVOT (value FOR figure IN (confirmed, floor, ceiling, coverage))`,
    )
  ).map((row) => `csdl:database/${row.database_id} csdl:metric/${row.pillar}${row.figure} ${row.value}`);
  expect(told).toEqual(figures.sort());
  expect(graph.filter((node) => String(node['@id']).startsWith('csdl:database/'))).toHaveLength(
    (await rowsOf('database')).length,
  );
});

test('OpenMetrics: valid, and its sums are those of SQL', async () => {
  const samples = readOpenMetrics(readFileSync(exported('csdl.prom'), 'utf8'));
  const sum = (name: string, labels: Record<string, string> = {}): number =>
    Math.round(
      samples
        .filter((s) => s.name === name && Object.entries(labels).every(([k, v]) => s.labels[k] === v))
        .reduce((total, s) => total + s.value * 1000, 0),
    ) / 1000;
  const [row] = await query(
    'SELECT count(*)::INTEGER AS n, sum(floor::DECIMAL(9,1))::DOUBLE AS floor, sum(ceiling::DECIMAL(9,1))::DOUBLE AS ceiling, sum(coverage::DECIMAL(9,1))::DOUBLE AS coverage FROM readiness',
  );
  expect(sum('csdl_databases', { as: 'reported' })).toBe(row?.n);
  expect(sum('csdl_database_score_ratio', { bound: 'floor' })).toBeCloseTo(Number(row?.floor) / 100, 6);
  expect(sum('csdl_database_score_ratio', { bound: 'ceiling' })).toBeCloseTo(Number(row?.ceiling) / 100, 6);
  expect(sum('csdl_database_coverage_ratio')).toBeCloseTo(Number(row?.coverage) / 100, 6);
  expect(sum('csdl_findings')).toBe((await rowsOf('finding')).length);
  expect(sum('csdl_source_observations')).toBe(
    (await rowsOf('source_health')).reduce((n, r) => n + Number(r.observations), 0),
  );
});

test('JUnit: a suite a database, a case a gate and a criterion', async () => {
  const text = readFileSync(exported('csdl-junit.xml'), 'utf8');
  const count = (tag: string): number => text.split(`<${tag} `).length - 1;
  expect(count('testsuite')).toBe((await rowsOf('readiness')).length);
  expect(count('testcase')).toBe((await rowsOf('criterion_status')).length + (await rowsOf('level_gate')).length);
});

test('every file but the manifest stands in it with its hash and size, and the other way round', () => {
  const folder = join(out, 'current');
  const manifest = currentManifest(outPaths(out));
  const there = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => path !== 'manifest.json')
    .sort();
  expect(Object.keys(manifest?.files ?? {})).toEqual(there);
  for (const [path, { sha256, bytes }] of Object.entries(manifest?.files ?? {})) {
    const content = readFileSync(join(folder, path));
    expect([createHash('sha256').update(content).digest('hex'), content.length], path).toEqual([sha256, bytes]);
  }
  expect(there.filter((path) => /^exports\/[^/]+$/.test(path))).toHaveLength(TABLES.length * 4 + 3 + 1 + 2);
  const catalogue = (
    JSON.parse(readFileSync(exported('csdl.jsonld'), 'utf8')) as { '@graph': Record<string, unknown>[] }
  )['@graph']
    .filter((node) => node['@type'] === 'dcat:Distribution')
    .map((node) => String(node['dct:title']));
  expect(catalogue.filter((path) => !there.includes(path))).toEqual([]);
  expect(there.filter((path) => path.startsWith('exports/') && !catalogue.includes(path))).toEqual([]);
});
