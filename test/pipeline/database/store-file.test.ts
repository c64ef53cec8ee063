/** The store as a file: whole or not there, copied before a migration, and a damaged one told with its remedy. */
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asset } from '../../../config/package-root.ts';
import { Database } from '../../../pipeline/database/database.ts';
import { outPaths } from '../../../pipeline/paths.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { dumpTables, Project } from '../../support/project.ts';
import { withStore } from '../../support/store.ts';

/** A store as the first version made it, with one run. */
async function oldestStore(path: string): Promise<void> {
  const database = await Database.open({ path });
  try {
    await database.run(readFileSync(asset('pipeline', 'database', 'migrations', '0001_store.sql'), 'utf8'));
    await database.run(`CREATE TABLE migration (name VARCHAR NOT NULL); INSERT INTO migration VALUES ('0001_store.sql');
      INSERT INTO run VALUES ('2026-06-01_x', TIMESTAMP '2026-06-01 16:00:00', TIMESTAMP '2026-06-01 16:00:02', DATE '2026-06-01', 'b', '0', 'm 1', 'published')`);
  } finally {
    database.close();
  }
}

describe('a store of an earlier version', () => {
  test('is copied aside, brought up to date, and the night is as over a new one; the copy goes when it is published', async () => {
    const [old, fresh] = [new Project(), new Project()];
    const { store } = outPaths(old.out);
    mkdirSync(dirname(store), { recursive: true });
    await oldestStore(store);

    await withStore(async (database) => {
      expect(await database.anyRows('SELECT run_id, state FROM store.run')).toEqual([
        { run_id: '2026-06-01_x', state: 'published' },
      ]);
    }, store);
    const copy = readdirSync(join(old.out, 'store')).filter((name) => name.includes('before'));
    expect(copy).toEqual(['store.duckdb.before-0002']);
    expect(Object.keys(await dumpTables(join(old.out, 'store', copy[0] ?? '')))).not.toContain('finding_change');

    for (const project of [old, fresh]) expect((await project.run()).withheld).toBeNull();
    expect(readdirSync(join(old.out, 'store')).filter((name) => name.includes('before'))).toEqual([]);
    const tables = (project: Project) => dumpTables(join(project.out, 'csdl.duckdb'), ['run', 'source_health']);
    const [one, other] = [await tables(old), await tables(fresh)];
    const runless = (dump: object) =>
      JSON.parse(JSON.stringify(dump).replaceAll(/2026-06-29_\d+T\d+Z-\d+/g, 'RUN')) as object;
    expect(runless(one)).toEqual(runless(other));
  }, 240_000);
});

describe('a store that is not whole', () => {
  test('one whose making was stopped is made again', async () => {
    const path = join(temporaryFolder(), 'store.duckdb');
    writeFileSync(`${path}.new`, 'half of a');
    await withStore((database) => database.run("INSERT INTO store.migration VALUES ('kept')"), path);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  test.each([
    ['cut off', (path: string) => truncateSync(path, 20_000)],
    ['empty', (path: string) => truncateSync(path, 0)],
    ['with other bytes at its head', (path: string) => overwrite(path, 0, 20_000)],
    ['with other bytes in its middle', (path: string) => overwrite(path, 12_288, 3_000_000)],
  ])('%s: told with the remedy, and left as it is', async (_what, damage) => {
    const path = join(temporaryFolder(), 'store.duckdb');
    await withStore(async () => undefined, path);
    damage(path);
    const before = readFileSync(path);
    await expect(withStore(async () => undefined, path)).rejects.toMatchObject({
      code: expect.stringMatching(/^database\/(store-damaged|not-a-store)$/),
      hint: expect.stringContaining('csdl restore'),
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

function overwrite(path: string, from: number, to: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, from, Math.min(to, bytes.length));
  writeFileSync(path, bytes);
}
