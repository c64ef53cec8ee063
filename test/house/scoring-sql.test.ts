import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Labels } from '../../config/labels.ts';
import { loadConfig } from '../../config/load.ts';
import { packageRoot } from '../../config/package-root.ts';
import { Database } from '../../pipeline/database/database.ts';
import { planModels, runModels } from '../../pipeline/database/models.ts';
import { loadKnown, loadSettings } from '../../pipeline/database/raw.ts';
import { openStore } from '../../pipeline/database/store.ts';
import { readScoringSql } from '../../scoring/read.ts';
import { ACTION_COLUMNS, FINDING_COLUMNS, INDICATOR_COLUMNS } from '../../scoring/sql-files.ts';

const { config } = loadConfig(undefined, {});
const scoring = readScoringSql();
const labels = new Labels(config.labels);
const of = (family: string) => scoring.files.filter((f) => f.family === family);
const column = z.object({ column_name: z.string(), column_type: z.string() });

/** SQL without comments and without what stands in quotes. */
const bare = (sql: string): string => sql.replace(/--[^\n]*/g, '').replace(/'(?:''|[^'])*'/g, "''");

/** The arguments of every call that `name` matches, brackets balanced. */
function calls(sql: string, name: RegExp): string[] {
  return [...sql.matchAll(name)].map((found) => {
    const start = found.index + found[0].length;
    let depth = 1;
    let end = start;
    for (; depth > 0 && end < sql.length; end++) depth += sql[end] === '(' ? 1 : sql[end] === ')' ? -1 : 0;
    return sql.slice(start, end - 1);
  });
}

describe('text', () => {
  test('every family has members', () => {
    for (const family of ['model', 'indicator', 'finding', 'action', 'check'])
      expect(of(family).length, family).toBeGreaterThan(3);
  });

  test('no SQL asks for the time, chance or the outside', () => {
    const forbidden =
      /\b(now|current_date|current_timestamp|today|get_current_timestamp|random|uuid|gen_random_uuid|setseed|read_csv|read_json|read_parquet|read_text|glob|getenv)\b\s*(\(|\b)/i;
    const found = [...scoring.files, { path: 'scoring/macros.sql', sql: scoring.macros }].filter((f) =>
      forbidden.test(bare(f.sql)),
    );
    expect(found.map((f) => f.path)).toEqual([]);
  });

  /** any_value over groups in which the column has one value. */
  const ONE_VALUE: Record<string, string> = {
    'scoring/models/publication/agency_summary.sql': 'one row of blockers an agency',
    'scoring/findings/count_vs_text.sql': 'one checklist a database',
    'scoring/findings/identical_numbers.sql': 'one total for all, one count an agency',
  };

  test('only functions that are the same in every run', () => {
    const varying =
      /\b(any_value|first|last|arbitrary|approx_\w+|reservoir_\w+)\s*\(|\bUSING SAMPLE\b|\bTABLESAMPLE\b/i;
    const found = scoring.files.filter((f) => varying.test(bare(f.sql))).map((f) => f.path);
    expect(found.filter((path) => !(path in ONE_VALUE))).toEqual([]);
  });

  test('lists and joined texts have an order of their own', () => {
    const unordered = scoring.files.filter((f) =>
      calls(bare(f.sql), /\b(string_agg|list|array_agg)\s*\(/gi).some((call) => !/ORDER BY/i.test(call)),
    );
    expect(unordered.map((f) => f.path)).toEqual([]);
  });

  test('a file holds one statement', () => {
    expect(scoring.files.filter((f) => bare(f.sql).trimEnd().includes(';')).map((f) => f.path)).toEqual([]);
  });

  test('headers say what people read: a title, or a question with why and remedy', () => {
    for (const f of scoring.files) {
      const keys = f.family === 'indicator' ? ['question', 'why', 'remedy'] : ['title'];
      for (const key of keys) expect(f.header[key]?.trim(), `${f.path} @${key}`).toMatch(/\S{2,}/);
    }
    for (const f of of('indicator')) expect(f.header.question, f.path).toMatch(/\?$/);
  });

  test('no id stands twice in a family', () => {
    for (const family of ['indicator', 'finding', 'action', 'check'])
      expect(
        of(family)
          .map((f) => f.id)
          .sort(),
      ).toEqual([...new Set(of(family).map((f) => f.id))].sort());
  });
});

describe('settings and SQL name the same things', () => {
  test('every indicator file has its weight, and every weight its file', () => {
    const weighed = Object.entries(config.scoring.pillars).flatMap(([pillar, p]) =>
      Object.keys(p.indicators).map((id) => `scoring/indicators/${pillar}/${id}.sql`),
    );
    expect(
      of('indicator')
        .map((f) => f.path)
        .sort(),
    ).toEqual(weighed.sort());
  });

  test('every indicator has its name', () => {
    for (const { id } of of('indicator'))
      expect(labels.has('indicators', id) || labels.node('indicators', id) !== undefined, id).toBe(true);
  });

  test('every indicator has cases', () => {
    const folder = join(packageRoot, 'test', 'cases', 'indicators');
    const cases = existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true, recursive: true }).map((entry) =>
          entry.name.replace(/(\.cases|\.test)?\.\w+$/, ''),
        )
      : [];
    expect(
      of('indicator')
        .map((f) => f.id)
        .filter((id) => !cases.includes(id)),
    ).toEqual([]);
  });
});

describe('every finding and action can be worded', () => {
  const placesOf = (text: string): string[] => [...text.matchAll(/\{([a-z0-9_]+)\}/g)].map(([, name = '']) => name);
  const keysOf = (sql: string): string[] => [...sql.matchAll(/'([a-z0-9_]+)',/g)].map(([, name = '']) => name);

  test.each(of('finding').map((f) => [f.id, f] as const))('finding %s', (_id, file) => {
    const literal = [...file.sql.matchAll(/'([a-z_]+)'::VARCHAR AS kind/g)].map(([, kind = '']) => kind);
    const kinds: Record<string, string[]> = {
      contradiction: config.contradictions.map((c) => c.label),
      document_check: ['list_count', 'odd_date'],
      feed_silent: ['feed_silent', 'key_silent'],
    };
    const all = literal.length > 0 ? literal : (kinds[file.id] ?? []);
    expect(all.length).toBeGreaterThan(0);
    for (const kind of all) {
      const family =
        labels.has('contradictions', kind, 'text') && file.id === 'contradiction' ? 'contradictions' : 'findings';
      expect(labels.text(family, kind, 'name')).not.toBe('');
      const given = keysOf(file.sql);
      expect(
        placesOf(labels.text(family, kind, 'text')).filter((place) => !given.includes(place)),
        kind,
      ).toEqual([]);
    }
  });

  test.each(of('action').map((f) => [f.id, f] as const))('action %s', (id, file) => {
    const given = keysOf(file.sql);
    expect(placesOf(labels.text('actions', 'templates', id)).filter((place) => !given.includes(place))).toEqual([]);
    for (const key of ['responsible', 'lead', 'coordinate', 'product', 'authority'])
      expect(labels.text('actions', 'details', id, key), key).not.toBe('');
    expect(labels.text('actions', 'products', labels.text('actions', 'details', id, 'product'))).not.toBe('');
    for (const key of ['lead', 'coordinate']) {
      const token = labels.text('actions', 'details', id, key);
      if (!['none', 'owner', 'bo_cong_an'].includes(token)) expect(labels.text('holders', token)).not.toBe('');
    }
  });

  test('every gate, level, pillar, scale and state has its word', () => {
    for (const gates of Object.values(config.scoring.levels))
      for (const gate of Object.keys(gates)) expect(labels.has('gates', gate), `gates.${gate}`).toBe(true);
    for (const level of ['0', '1', '2', '3', '4', '5']) expect(labels.has('levels', level, 'name'), level).toBe(true);
    for (const pillar of Object.keys(config.scoring.pillars)) expect(labels.has('pillars', pillar), pillar).toBe(true);
    for (const attribute of Object.keys(config.attributes.attributes))
      if (!attribute.startsWith('criterion.')) expect(labels.has('attributes', attribute), attribute).toBe(true);
    for (const [scale, states] of Object.entries(config.attributes.scales)) {
      const group = scale === 'criterion' ? ['criterion_states'] : ['scales', scale];
      for (const state of states) expect(labels.has(...group, state), `${scale}.${state}`).toBe(true);
    }
    for (const part of ['modality', 'extent', 'said_by', 'quoted'] as const)
      for (const word of config.attributes.vocabularies[part])
        expect(labels.node(part, word), `${part}.${word}`).toBeDefined();
    for (const holder of config.attributes.vocabularies.holder)
      expect(labels.has('holders', holder) || labels.has('blocked_by', holder), holder).toBe(true);
  });
});

describe('run over an empty store', () => {
  let database: Database;

  beforeAll(async () => {
    database = await Database.open();
    await openStore(database, ':memory:');
    await loadSettings(database, config);
    await loadKnown(database, {
      asOf: '2026-06-29',
      knownAt: new Date('2026-06-30T00:00:00Z'),
      runId: 'run',
      rejected: [],
      confirmed: [],
      health: [],
      fromLog: true,
    });
    await runModels(database, await planModels(database, scoring), '2026-06-29');
  });
  afterAll(() => database.close());

  const PORTABLE = ['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMP', 'VARCHAR'];

  test('every model casts every column to a type that older readers know', async () => {
    const columns = await database.rows(
      z.object({ name: z.string(), data_type: z.string() }),
      "SELECT schema_name || '.' || table_name || '.' || column_name AS name, data_type FROM duckdb_columns() WHERE schema_name IN ('fact', 'score', 'publication')",
    );
    expect(columns.length).toBeGreaterThan(100);
    // Exact sums need more than 64 bits on the way; what is published does not.
    const allowed = (name: string): string[] => (name.startsWith('publication.') ? PORTABLE : [...PORTABLE, 'HUGEINT']);
    expect(columns.filter((c) => !allowed(c.name).includes(c.data_type))).toEqual([]);
  });

  test.each([
    ['indicator', INDICATOR_COLUMNS],
    ['finding', FINDING_COLUMNS],
    ['action', ACTION_COLUMNS],
  ] as const)('every %s gives its columns, cast', async (family, wanted) => {
    if (family !== 'indicator') {
      // Findings and actions read one another's tables; those they need exist after the models.
      await database.run('CREATE SCHEMA IF NOT EXISTS publication');
    }
    for (const file of of(family)) {
      const described = await database.rows(
        column,
        `SELECT column_name, column_type FROM (DESCRIBE ${file.sql}\n)`,
        { as_of: '2026-06-29' },
        file.path,
      );
      const given = Object.fromEntries(described.map((c) => [c.column_name, c.column_type]));
      // An indicator may hand on more of fact.answer than is read of it; the others give what is published, and no more.
      if (family === 'indicator') expect(given, file.path).toMatchObject(wanted);
      else expect(given, file.path).toEqual(wanted);
    }
  });

  test('with no facts at all, nobody has a level and no database has a score', async () => {
    const rows = await database.anyRows(
      'SELECT count(*) AS n FROM publication.readiness WHERE level_reported IS NOT NULL OR floor <> 0 OR ceiling <> 100 OR coverage <> 0',
    );
    expect(rows).toEqual([{ n: '0' }]);
  });
});
