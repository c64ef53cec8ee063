import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DuckDbEngine } from '../../../pipeline/database/quality-duckdb.ts';
import { isCount, type PartCounts, Partitions } from '../../../pipeline/database/quality-partitions.ts';
import { runQuality } from '../../../pipeline/database/quality-run.ts';
import type { Check, Table } from '../../../scoring/quality/check.ts';
import { discoverRules } from '../../../scoring/quality/discover-rules.ts';
import { ruleChecks } from '../../support/quality-failing.ts';
import { COLUMNS, checksOf, NOW, ROW_COLUMNS, type Row, rowsOf } from '../../support/quality-rows.ts';

const rules = await discoverRules();
const CHECKS = [...checksOf('person', 'area'), ...ruleChecks('person', rules)];
/** Of each kind some: a night over all patterns takes seconds. */
const FEW = CHECKS.filter(({ test }, i) => (test.kind !== 'pattern' && test.kind !== 'rule') || i % 8 === 0);
let database: Database;
let folder: string;
beforeAll(async () => {
  database = await Database.open();
});
afterAll(() => database.close());

const KEYS = ['01', '04', '79', "o'x"] as const;
const { area: _area, ...FILE_COLUMNS } = ROW_COLUMNS;

async function write(path: string, rows: readonly Row[], columns: Partial<typeof ROW_COLUMNS>): Promise<void> {
  await database.createTable('t', columns, rows as unknown as Record<string, unknown>[]);
  await database.run(`COPY t TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
}

async function writePart(key: string, file: number, rows: readonly Row[]): Promise<void> {
  const inner = join(folder, 'person', `area=${key}`);
  mkdirSync(inner, { recursive: true });
  await write(join(inner, `${file}.parquet`), rows, FILE_COLUMNS);
}

const tables = (columns = COLUMNS): Table[] => [
  {
    id: 'person',
    columns,
    location: { kind: 'parquet', paths: [join(folder, 'person', '**', '*.parquet')], partitioned: true },
  },
  { id: 'area', columns: COLUMNS, location: { kind: 'parquet', paths: [join(folder, 'area.parquet')] } },
];

interface Night {
  known?: ReadonlyMap<string, PartCounts>;
  version?: string;
  now?: string;
  checks?: readonly Check[];
  columns?: Table['columns'];
}

async function night({ known, version = 'v', now = NOW, checks = CHECKS, columns }: Night) {
  const engine = await DuckDbEngine.open(tables(columns));
  try {
    const partitions = known === undefined ? undefined : new Partitions(known, version, now);
    const facts = await engine.facts(tables(columns));
    for (const table of tables(columns))
      await partitions?.add(table, engine.files(table.id), facts.get(table.id)?.columns ?? new Map(), (sql) =>
        engine.row(sql, 60_000),
      );
    const run = await runQuality(engine, { tables: tables(columns), checks, rules, now, partitions });
    return {
      results: run.results.map((result) => ({ ...result, ms: null })),
      rows: run.rows,
      queries: run.queries,
      kept: (await partitions?.kept()) ?? new Map<string, PartCounts>(),
    };
  } finally {
    await engine.close();
  }
}

describe('partitions', () => {
  test('night after night, parts added, changed and removed: what a whole scan says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ key: fc.constantFrom(...KEYS), file: fc.nat(1), rows: rowsOf(false, 12), gone: fc.boolean() }),
          {
            minLength: 3,
            maxLength: 6,
          },
        ),
        async (steps) => {
          folder = mkdtempSync(join(tmpdir(), "csdl-o'parts-"));
          await write(join(folder, 'area.parquet'), steps[0]?.rows ?? [], ROW_COLUMNS);
          await writePart('01', 0, []);
          let known: ReadonlyMap<string, PartCounts> = new Map();
          for (const [i, step] of steps.entries()) {
            await writePart(step.key, step.file, step.rows);
            if (step.gone && i > 1)
              rmSync(join(folder, 'person', `area=${steps[i - 1]?.key}`), { recursive: true, force: true });
            if (step.gone) await writePart('01', 0, []);
            const now = `2026-06-2${i}T23:59:59`;
            const [whole, parts] = [await night({ now, checks: FEW }), await night({ now, known, checks: FEW })];
            expect(parts.results).toEqual(whole.results);
            expect(parts.rows).toEqual(whole.rows);
            known = parts.kept;
          }
          rmSync(folder, { recursive: true });
        },
      ),
      { numRuns: 3 },
    );
  }, 240_000);

  test('only what changed is read again; another version forgets all; only counts are kept', async () => {
    folder = mkdtempSync(join(tmpdir(), 'csdl-parts-'));
    const row: Row = {
      code: 'CANARY-KEY',
      name: 'Chim Yến',
      born: '31/02/1987',
      issued: '2020-01-01',
      pay: 5,
      area: null,
      seen: '2026-06-01T00:00:00',
    };
    await write(join(folder, 'area.parquet'), [row], ROW_COLUMNS);
    for (const key of ['01', '04', '79']) await writePart(key, 0, [row, row]);
    const first = await night({ known: new Map() });
    const second = await night({ known: first.kept });
    expect(second.results).toEqual(first.results);
    // Three parts for the scan, three for the key with the column of the folders.
    expect(first.queries - second.queries).toBe(6);
    await writePart('04', 0, [row]);
    const third = await night({ known: second.kept });
    expect(third.queries - second.queries).toBe(2);
    expect(third.rows.person).toBe(5);
    expect((await night({ known: third.kept, version: 'w' })).queries).toBe(first.queries);
    // A rule changed: only it is asked.
    const changed = CHECKS.map((check) =>
      check.test.kind === 'range' && check.test.column === 'pay'
        ? { ...check, test: { ...check.test, max: { value: 4 } } }
        : check,
    );
    const fourth = await night({ known: third.kept, checks: changed });
    expect(fourth.results).toEqual((await night({ checks: changed })).results);
    const text = JSON.stringify([...third.kept]);
    expect(text).toMatch(/^[[\]{}",:0-9a-f]*$/);
    // Whole values: four digits of a year stand in a hash by chance.
    expect(
      [row.code, row.name, row.born, row.issued, row.seen, 'area'].filter((value) => text.includes(String(value))),
    ).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test('same size and footer, another time: read again', async () => {
    folder = mkdtempSync(join(tmpdir(), 'csdl-parts-'));
    const row: Row = { code: 'a', name: 'b', born: null, issued: null, pay: 5, area: null, seen: null };
    await write(join(folder, 'area.parquet'), [row], ROW_COLUMNS);
    await writePart('01', 0, [row]);
    await writePart('04', 0, [row]);
    const { kept } = await night({ known: new Map() });
    const file = join(folder, 'person', 'area=04', '0.parquet');
    utimesSync(file, statSync(file).atime, 1_000_000);
    const again = await night({ known: kept });
    expect([...again.kept.keys()].filter((part) => !kept.has(part))).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  test('a column of the contract that is called like a folder, and is another', async () => {
    folder = mkdtempSync(join(tmpdir(), 'csdl-parts-'));
    const row: Row = { code: 'a', name: 'b', born: null, issued: null, pay: 5, area: null, seen: null };
    await write(join(folder, 'area.parquet'), [row], ROW_COLUMNS);
    await writePart('01', 0, [row]);
    await writePart('04', 0, [row]);
    const columns: Table['columns'] = [{ name: 'area', physicalName: 'code', type: 'text' }];
    const checks = CHECKS.filter(({ test }) => test.kind === 'duplicate').map((check) => ({
      ...check,
      test: { kind: 'duplicate' as const, columns: ['area'], count: 'surplus' as const },
    }));
    const { results } = await night({ known: new Map(), checks, columns });
    expect(results.map(({ failed }) => failed)).toEqual(checks.map(() => 1));
    rmSync(folder, { recursive: true });
  });

  test('files of different shapes are measured as a whole', async () => {
    folder = mkdtempSync(join(tmpdir(), 'csdl-parts-'));
    await writePart('01', 0, []);
    await database.run(
      `COPY (SELECT 'x' AS code, '1' AS pay) TO '${join(folder, 'person', 'area=01', '1.parquet')}' (FORMAT parquet)`,
    );
    await write(join(folder, 'area.parquet'), [], ROW_COLUMNS);
    const found = await night({ known: new Map(), checks: FEW.slice(0, 6) });
    expect(found.kept.size).toBe(0);
    expect(found.results).toEqual((await night({ checks: FEW.slice(0, 6) })).results);
    rmSync(folder, { recursive: true });
  });
});

test.each([
  ['count(*)', true],
  ['count("a (b")', true],
  ['coalesce(count_if(("x" = \')\')), 0)', true],
  ['count(DISTINCT "a")', false],
  ['count(*) / count("a")', false],
  ['coalesce(count_if(a), 0) * coalesce(count_if(b), 0)', false],
  ["date_diff('second', max(a), b)", false],
  ['max(count)', false],
])('%s is a count of rows: %s', (sql, is) => {
  expect(isCount(sql)).toBe(is);
});
