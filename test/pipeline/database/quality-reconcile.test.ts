import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DuckDbEngine } from '../../../pipeline/database/quality-duckdb.ts';
import { reconcile } from '../../../pipeline/database/quality-reconcile.ts';
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
      const found = await reconcile(here, there, 'salt');
      expect(found).toEqual(reconciled(rows, right));
      const turned = await reconcile(there, here, 'another salt');
      expect([turned.right, turned.left, turned.matched, turned.differing]).toEqual([
        found.left,
        found.right,
        found.matched,
        found.differing,
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
  expect(said).toEqual({ matched: 1, repeated: 0, differing: { x: 1 }, onlyLeft: 0, onlyRight: 1 });
});
