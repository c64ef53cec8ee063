import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DuckDbEngine } from '../../../pipeline/database/quality-duckdb.ts';
import { type ReconcileOptions, reconcile } from '../../../pipeline/database/quality-reconcile.ts';
import type { Table } from '../../../scoring/quality/check.ts';
import { compareHashes } from '../../../scoring/quality/reconcile.ts';
import { reconciled } from '../../support/quality-reconciled.ts';
import { COLUMNS, ROW_COLUMNS, rowsOf } from '../../support/quality-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'csdl-quality-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const table = (id: string): Table => ({
  id,
  location: { kind: 'parquet', paths: [join(folder, `${id}.parquet`)] },
  columns: COLUMNS,
});
/** Another database than the one that reads. */
async function write(name: string, query: string): Promise<void> {
  const database = await Database.open();
  await database.run(`COPY (${query}) TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`);
  database.close();
}

async function compared(options: Partial<ReconcileOptions> = {}, columns = sides.columns) {
  const engine = await DuckDbEngine.open([table('left'), table('right')]);
  try {
    const place = (id: string) => ({ engine, table: table(id), keys: ['code'], columns });
    return await reconcile(place('left'), place('right'), { salt: 'salt', ...options });
  } finally {
    await engine.close();
  }
}

const sides = { keys: ['code'], columns: ['name', 'issued', 'pay'] };

test('two tables, to the row; the order of rows and the side make no difference', async () => {
  const database = await Database.open();
  await fc.assert(
    fc.asyncProperty(rowsOf(false, 40), rowsOf(false, 10), async (rows, others) => {
      const right = [...rows.filter((_row, i) => i % 7 !== 0).reverse(), ...others];
      for (const [name, list] of [
        ['left', rows],
        ['right', right],
      ] as const) {
        await database.createTable('t', ROW_COLUMNS, list as unknown as Record<string, unknown>[]);
        await database.run(`COPY t TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`);
      }
      const engine = await DuckDbEngine.open([table('left'), table('right')]);
      const [here, there] = [
        { engine, table: table('left'), ...sides },
        { engine, table: table('right'), ...sides },
      ];
      const found = await reconcile(here, there, { salt: 'salt' });
      expect(found).toEqual(reconciled(rows, right));
      const turned = await reconcile(there, here, { salt: 'another salt' });
      expect([turned.right, turned.left, turned.matched, turned.columns]).toEqual([
        found.left,
        found.right,
        found.matched,
        found.columns,
      ]);
      await engine.close();
    }),
    { numRuns: 15 },
  );
  database.close();
});

test('hashes are compared key by key, column by column', async () => {
  const said = compareHashes(
    [['1', 'a']],
    [
      ['1', 'b'],
      ['2', 'c'],
    ],
    ['x'],
  );
  expect(said).toEqual({
    matched: 1,
    repeated: 0,
    differing: 1,
    alike: 0,
    columns: { x: 1 },
    onlyLeft: 0,
    onlyRight: 1,
  });
});

/** Keys that look alike, that are written in two ways, that hold what SQL, hashes and separators are made of. */
const HOSTILE: readonly (string | null)[] = [
  ...['Nguyễn', 'Nguyễn'.normalize('NFD'), ' Nguyễn', 'Nguyễn ', 'Nguyễn\u00a0', 'nguyễn', 'NGUYỄN'],
  ...['', ' ', '  ', '-', '0:', '1:-', "'", "''", '"', '\\', '\\x00', '%', '_', ';--', '\n', '\r\n', '\t'],
  ...[
    'NULL',
    'null',
    '0',
    '00',
    '079099123456',
    '79099123456',
    '１２',
    'Ð',
    'Đ',
    '\u200b',
    '\u{1F600}',
    'x'.repeat(5000),
  ],
  null,
];

test.each([
  [false, (text: string) => text],
  [true, (text: string) => text.normalize('NFC').replace(/^ +| +$/g, '')],
] as const)('hostile keys and values (tidy: %s)', async (tidy, like) => {
  const database = await Database.open();
  const row = (code: string | null, name: string | null) => ({ code, name });
  const left = HOSTILE.map((code, i) => row(code, HOSTILE[(i * 7) % HOSTILE.length] ?? null));
  const right = [...HOSTILE].reverse().map((code, i) => row(code, HOSTILE[(i * 5) % HOSTILE.length] ?? null));
  for (const [name, rows] of [
    ['left', left],
    ['right', [...right, ...right.slice(0, 3)]],
  ] as const) {
    await database.createTable('t', { code: 'VARCHAR', name: 'VARCHAR' }, rows);
    await database.run(`COPY t TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`);
  }
  database.close();
  const wanted = reconciled(left, [...right, ...right.slice(0, 3)], { columns: ['name'], like });
  expect(await compared({ tidy }, ['name'])).toEqual(wanted);
  expect(wanted.repeated).toBeGreaterThan(0);
});

test('a million keys, to the key: few that differ, and all that differ', async () => {
  const rows = (n: number, key: string, name: string) =>
    `SELECT lpad((${key})::VARCHAR, 12, '0') AS code, ${name} AS name FROM range(0, ${n}) AS r(i)`;
  await write('left', `${rows(1_000_000, 'i', "'n' || i")} UNION ALL SELECT NULL, 'x' FROM range(0, 5)`);
  // One in 100 000 is missing, as many differ, six are new, three stand there twice.
  await write(
    'right',
    `SELECT * FROM (${rows(1_000_007, 'i', "CASE WHEN i % 100000 = 1 THEN 'other' ELSE 'n' || i END")}) WHERE code::BIGINT % 100000 <> 2
     UNION ALL ${rows(3, '500000 + i * 10 + 5', "'n' || i")}`,
  );
  const found = await compared({}, ['name']);
  expect(found).toEqual({
    left: { rows: 1_000_000, withoutKey: 5, keys: 1_000_000, only: 10 },
    right: { rows: 999_999, withoutKey: 0, keys: 999_996, only: 6 },
    matched: 999_990,
    repeated: 3,
    differing: 10,
    alike: 999_977,
    columns: { name: 10 },
  });
  await write('left', rows(300_000, 'i', "'n' || i"));
  await write('right', rows(300_000, 'i', "'m' || i"));
  expect(await compared({}, ['name'])).toMatchObject({ matched: 300_000, differing: 300_000, alike: 0 });
}, 120_000);

test('stopped before, and out of time', async () => {
  await write('left', "SELECT 'a' AS code, 'b' AS name");
  await write('right', "SELECT 'a' AS code, 'b' AS name");
  await expect(compared({ signal: AbortSignal.abort() }, ['name'])).rejects.toMatchObject({ problem: 'cancelled' });
  await expect(compared({ limitMs: -1 }, ['name'])).rejects.toMatchObject({ problem: 'out_of_time' });
});
