/** Closed months leave the store for files of their own; nothing that reads the log notices. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archiveClosedMonths, archivedMonths, archiveFolder } from '../../../pipeline/database/archive.ts';
import type { Database } from '../../../pipeline/database/database.ts';
import { refreshLatest } from '../../../pipeline/database/latest.ts';
import { appendObservations } from '../../../pipeline/database/store.ts';
import type { ObservationRow } from '../../../pipeline/database/store-rows.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { row, withStore } from '../../support/store.ts';

const id = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32);

/** One fact learnt at noon (UTC) of the day. */
function learnt(name: string, day: string, rest: Partial<ObservationRow> = {}): ObservationRow {
  return row(id(name), { observed_at: day, collected_at: `${day} 12:00:00`, value_text: name, ...rest });
}

const log = (database: Database): Promise<Record<string, unknown>[]> =>
  database.anyRows('SELECT * FROM log.observation ORDER BY arrival');
const open = async (database: Database): Promise<unknown[]> =>
  (await database.anyRows('SELECT value_text FROM store.observation ORDER BY arrival')).map((one) => one.value_text);

const FACTS = [
  learnt('một', '2026-05-03'),
  learnt('hai', '2026-05-30', { flags: '{"holder":"c12"}', evidence_quote: '“Đã kết nối”, 1.041.000\nhồ sơ' }),
  learnt('ba', '2026-06-02', { value_number: 0.1, value_time: '2026-06-01 00:00:00.123456' }),
  learnt('bốn', '2026-07-09', { confidence: 0.98, evidence_page: 3, evidence_date: '2026-07-01' }),
];

function stored<T>(work: (database: Database, folder: string) => Promise<T>): Promise<T> {
  const path = join(temporaryFolder(), 'store.duckdb');
  return withStore((database) => work(database, archiveFolder(path)), path);
}

describe('closing months', () => {
  test('the store keeps the open month; the log is what it was, value by value and in the same order', async () => {
    await stored(async (database, folder) => {
      await appendObservations(database, FACTS);
      const before = await log(database);
      await archiveClosedMonths(database, folder, '2026-07');
      expect(await open(database)).toEqual(['bốn']);
      expect(readdirSync(folder)).toEqual(['2026-05.parquet', '2026-06.parquet']);
      expect(await log(database)).toEqual(before);
      const months = await archivedMonths(database);
      expect(months.map((one) => [one.month, one.observations])).toEqual([
        ['2026-05', 2],
        ['2026-06', 1],
      ]);
      for (const { file, sha256, bytes } of months) {
        const content = readFileSync(join(folder, file));
        expect([createHash('sha256').update(content).digest('hex'), content.length]).toEqual([sha256, bytes]);
      }
    });
  });

  test('a fact of a closed month that is given again is known; new ones go on in order of arrival', async () => {
    await stored(async (database, folder) => {
      await appendObservations(database, FACTS);
      await archiveClosedMonths(database, folder, '2026-08');
      expect(await open(database)).toEqual([]);
      expect(await appendObservations(database, [...FACTS, learnt('năm', '2026-08-01')])).toBe(1);
      expect((await log(database)).map((one) => [one.value_text, Number(one.arrival)])).toEqual([
        ['một', 1],
        ['hai', 2],
        ['ba', 3],
        ['bốn', 4],
        ['năm', 5],
      ]);
    });
  });

  test('the month is the local one: half past five in the afternoon UTC of its last day is the next month', async () => {
    await stored(async (database, folder) => {
      await appendObservations(database, [learnt('tối', '2026-05-31', { collected_at: '2026-05-31 17:30:00' })]);
      await archiveClosedMonths(database, folder, '2026-06');
      expect(await open(database)).toEqual(['tối']);
    });
  });

  test('a closed month is never written again; one that closes twice, after the clock went back, gets a file of its own', async () => {
    await stored(async (database, folder) => {
      await appendObservations(database, FACTS);
      await archiveClosedMonths(database, folder, '2026-07');
      const first = readFileSync(join(folder, '2026-05.parquet'));
      await appendObservations(database, [learnt('muộn', '2026-05-20')]);
      await archiveClosedMonths(database, folder, '2026-07');
      expect(readdirSync(folder)).toEqual(['2026-05-2.parquet', '2026-05.parquet', '2026-06.parquet']);
      expect(readFileSync(join(folder, '2026-05.parquet')).equals(first)).toBe(true);
      expect((await log(database)).map((one) => one.value_text)).toEqual(['một', 'hai', 'ba', 'bốn', 'muộn']);
    });
  });

  test('what a stopped run left of a month is written over: it was in no log', async () => {
    await stored(async (database, folder) => {
      await appendObservations(database, FACTS);
      await archiveClosedMonths(database, folder, '2026-06');
      for (const name of ['2026-06.parquet', '2026-06.parquet.new']) writeFileSync(join(folder, name), 'half');
      await archiveClosedMonths(database, folder, '2026-07');
      expect((await log(database)).map((one) => one.value_text)).toEqual(['một', 'hai', 'ba', 'bốn']);
    });
  });
});

describe('opening a store with closed months', () => {
  const closed = async (): Promise<{ path: string; file: string }> => {
    const path = join(temporaryFolder(), 'store.duckdb');
    await withStore(async (database) => {
      await appendObservations(database, FACTS);
      await archiveClosedMonths(database, archiveFolder(path), '2026-07');
    }, path);
    return { path, file: join(archiveFolder(path), '2026-05.parquet') };
  };

  test('the log is whole again', async () => {
    const { path } = await closed();
    expect(await withStore(async (database) => (await log(database)).length, path)).toBe(4);
  });

  test('a month that is missing or was changed stops everything, and says what to do', async () => {
    const { path, file } = await closed();
    truncateSync(file, 100);
    await expect(withStore(log, path)).rejects.toMatchObject({ code: 'store/archive-changed', hint: /backup/ });
    rmSync(file);
    await expect(withStore(log, path)).rejects.toMatchObject({ code: 'store/archive-missing', hint: /backup/ });
  });
});

test('whatever is given in whatever order, what speaks and what is stored do not depend on closing months', async () => {
  const months = ['2026-03', '2026-04', '2026-05', '2026-06'] as const;
  const given = fc.array(
    fc.array(
      fc.record({
        name: fc.nat({ max: 12 }),
        day: fc.integer({ min: 1, max: 28 }),
        seen: fc.constantFrom(...months),
        source_id: fc.constantFrom('s', 't'),
      }),
      { maxLength: 5 },
    ),
    { minLength: 2, maxLength: months.length },
  );
  const night = (
    facts: { name: number; day: number; seen: string; source_id: string }[],
    n: number,
  ): ObservationRow[] =>
    facts.map((one) => {
      const day = `${one.seen}-${String(one.day).padStart(2, '0')}`;
      return learnt(`${one.name} ${day} ${one.source_id}`, day, {
        source_id: one.source_id,
        subject_id: `db${one.name % 3}`,
        collected_at: `${months[n]}-15 12:00:00`,
      });
    });
  const nightByNight = (all: Parameters<typeof night>[0][], archive: boolean): Promise<unknown> =>
    stored(async (database, folder) => {
      const latest = [];
      for (const [n, facts] of all.entries()) {
        await appendObservations(database, night(facts, n));
        await refreshLatest(database, `${months[n]}-28`, []);
        if (archive) await archiveClosedMonths(database, folder, months[n] ?? '');
        latest.push(await database.anyRows('SELECT * FROM store.observation_latest ORDER BY id'));
      }
      return { latest, log: await log(database) };
    });
  await fc.assert(
    fc.asyncProperty(given, async (all) => {
      expect(await nightByNight(all, true)).toEqual(await nightByNight(all, false));
    }),
    { numRuns: 6 },
  );
});
