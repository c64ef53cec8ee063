/** The log as published: closed months and days that are over are linked, what changed or is damaged is written. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveClosedMonths, archiveFolder } from '../../../pipeline/database/archive.ts';
import { type Earlier, type ExportedLog, exportLog } from '../../../pipeline/database/archive-export.ts';
import type { Database } from '../../../pipeline/database/database.ts';
import { appendObservations } from '../../../pipeline/database/store.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { row, withStore } from '../../support/store.ts';

const FOLDER = 'exports/observation';
const place = (file: string): string => `${FOLDER}/${file}`;
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
const facts = (database: Database, ...seen: string[]) =>
  appendObservations(
    database,
    seen.map((at) => row(createHash('md5').update(at).digest('hex'), { collected_at: at, value_text: at })),
  );

/** Nights over one store, each exported with the publication of the one before at hand. */
class Nights {
  readonly #place = temporaryFolder();
  #earlier: Earlier | null = null;
  #n = 0;
  folder = '';

  store<T>(work: (database: Database) => Promise<T>): Promise<T> {
    return withStore(work, join(this.#place, 'store.duckdb'));
  }

  async export(database: Database): Promise<ExportedLog> {
    this.#n += 1;
    this.folder = join(this.#place, `night-${this.#n}`);
    const log = await exportLog(database, archiveFolder(join(this.#place, 'store.duckdb')), this.folder, this.#earlier);
    const files = log.files.map((path) => {
      const file = join(this.folder, path);
      return [path, { sha256: sha256(file), bytes: statSync(file).size }] as const;
    });
    this.#earlier = { folder: this.folder, files: Object.fromEntries(files) };
    return log;
  }

  close(database: Database, month: string): Promise<void> {
    const folder = archiveFolder(join(this.#place, 'store.duckdb'));
    mkdirSync(folder, { recursive: true });
    return archiveClosedMonths(database, folder, month);
  }

  inode(file: string): number {
    return statSync(join(this.folder, FOLDER, file)).ino;
  }

  said(database: Database): Promise<unknown> {
    const files = join(this.folder, FOLDER, '*.parquet');
    return database
      .anyRows(`SELECT value_text FROM read_parquet('${files}') ORDER BY arrival`)
      .then((rows) => rows.map((r) => r.value_text));
  }
}

test('a day that is over is the same file the next night; the local day begins at five in the afternoon UTC', async () => {
  const nights = new Nights();
  await nights.store(async (database) => {
    await facts(database, '2026-06-01 16:59:59', '2026-06-01 17:00:00');
    await nights.export(database);
    expect(readdirSync(join(nights.folder, FOLDER))).toEqual(['2026-06-01.parquet', '2026-06-02.parquet']);
    const [first, second] = ['2026-06-01.parquet', '2026-06-02.parquet'].map((file) => nights.inode(file));
    await facts(database, '2026-06-02 10:00:00', '2026-06-03 10:00:00');
    const log = await nights.export(database);
    expect(log.files).toEqual(['2026-06-01', '2026-06-02', '2026-06-03'].map((day) => place(`${day}.parquet`)));
    expect(nights.inode('2026-06-01.parquet')).toBe(first);
    expect(nights.inode('2026-06-02.parquet')).not.toBe(second);
    // What is taken over need not be hashed again, and what is said of it is right.
    expect([...log.hashes]).toEqual([
      [place('2026-06-01.parquet'), sha256(join(nights.folder, place('2026-06-01.parquet')))],
    ]);
    expect(await nights.said(database)).toEqual([
      '2026-06-01 16:59:59',
      '2026-06-01 17:00:00',
      '2026-06-02 10:00:00',
      '2026-06-03 10:00:00',
    ]);
  });
});

test('a damaged file, one that is no Parquet file and one of other rows are written anew', async () => {
  const nights = new Nights();
  await nights.store(async (database) => {
    await facts(database, '2026-06-01 10:00:00', '2026-06-02 10:00:00', '2026-06-03 10:00:00');
    await nights.export(database);
    const before = ['2026-06-01.parquet', '2026-06-02.parquet', '2026-06-03.parquet'].map((file) => nights.inode(file));
    const [one, two] = [1, 2].map((n) => join(nights.folder, place(`2026-06-0${n}.parquet`)));
    const bytes = readFileSync(one ?? '');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(one ?? '', bytes);
    writeFileSync(two ?? '', 'no parquet');
    // Another fact in the place of the third: count, day and place in the order are the same.
    await database.run("UPDATE store.observation SET id = repeat('a', 32) WHERE value_text = '2026-06-03 10:00:00'");
    await nights.export(database);
    const after = ['2026-06-01.parquet', '2026-06-02.parquet', '2026-06-03.parquet'].map((file) => nights.inode(file));
    expect(after.filter((inode, i) => inode === before[i])).toEqual([]);
    expect(await nights.said(database)).toHaveLength(3);
  });
});

test('when the month is over its days make way for the file of the store', async () => {
  const nights = new Nights();
  await nights.store(async (database) => {
    await facts(database, '2026-06-29 10:00:00', '2026-06-30 10:00:00');
    await nights.export(database);
    await facts(database, '2026-07-01 10:00:00');
    await nights.close(database, '2026-07');
    const log = await nights.export(database);
    expect(log.files).toEqual([place('2026-06.parquet'), place('2026-07-01.parquet')]);
    expect(readdirSync(join(nights.folder, FOLDER)).sort()).toEqual(['2026-06.parquet', '2026-07-01.parquet']);
    expect(await nights.said(database)).toHaveLength(3);
  });
});
