import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { localDay } from '../../../config/time.ts';
import type { Database } from '../../../pipeline/database/database.ts';
import { refreshLatest } from '../../../pipeline/database/latest.ts';
import { appendObservations, appendStatements } from '../../../pipeline/database/store.ts';
import {
  OBSERVATION_COLUMNS,
  REJECTION_COLUMNS,
  SOURCE_HEALTH_COLUMNS,
  STATEMENT_COLUMNS,
} from '../../../pipeline/database/store-rows.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { row, withStore } from '../../support/store.ts';

describe('the seam between code and migrations', () => {
  test.each([
    ['observation', { ...OBSERVATION_COLUMNS, arrival: 'BIGINT' }],
    ['observation_latest', { ...OBSERVATION_COLUMNS, arrival: 'BIGINT' }],
    ['statement', STATEMENT_COLUMNS],
    ['rejection', REJECTION_COLUMNS],
    ['source_health', SOURCE_HEALTH_COLUMNS],
  ])('store.%s has exactly the columns of store-rows.ts, in this order and of these types', async (table, columns) => {
    const found = await withStore((database) =>
      database.rows(
        z.object({ column_name: z.string(), data_type: z.string() }),
        `SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = 'store' AND table_name = '${table}' ORDER BY column_index`,
      ),
    );
    expect(found.map((c) => [c.column_name, c.data_type])).toEqual(Object.entries(columns));
  });

  test('the log has no index and no key', async () => {
    await withStore(async (database) => {
      expect(await database.anyRows("SELECT * FROM duckdb_indexes() WHERE database_name = 'store'")).toEqual([]);
      expect(
        await database.anyRows(
          "SELECT * FROM duckdb_constraints() WHERE database_name = 'store' AND constraint_type IN ('PRIMARY KEY', 'UNIQUE')",
        ),
      ).toEqual([]);
    });
  });
});

describe('append', () => {
  test('what is there already is not added again, nor twice from one batch; arrival order is kept', async () => {
    await withStore(async (database) => {
      expect(await appendObservations(database, [row('b'), row('a'), row('b')])).toBe(2);
      expect(await appendObservations(database, [row('a'), row('c'), row('b')])).toBe(1);
      expect(await appendObservations(database, [row('a'), row('b'), row('c')])).toBe(0);
      expect(await database.anyRows('SELECT id FROM store.observation ORDER BY rowid')).toEqual([
        { id: 'b' },
        { id: 'a' },
        { id: 'c' },
      ]);
    });
  });

  test('the first of two with the same id stays', async () => {
    await withStore(async (database) => {
      await appendObservations(database, [row('a', { run_id: 'first' })]);
      await appendObservations(database, [row('a', { run_id: 'second' })]);
      expect(await database.anyRows('SELECT run_id FROM store.observation')).toEqual([{ run_id: 'first' }]);
    });
  });

  test('nothing at all, and more than one insert holds', async () => {
    await withStore(async (database) => {
      expect(await appendObservations(database, [])).toBe(0);
      const many = Array.from({ length: 5_500 }, (_, i) => row(`id${i}`));
      expect(await appendObservations(database, many)).toBe(5_500);
      expect(await appendObservations(database, many)).toBe(0);
    });
  });

  test('text of every kind comes back as it went in', async () => {
    const texts = ['', "o'clock", '"x"', '\\', 'tab\tline\nend', 'Đúng, đủ, sạch, sống', '😀', '%s {} $1', 'NULL'];
    await withStore(async (database) => {
      await appendObservations(
        database,
        texts.map((text, i) => row(`t${i}`, { value_text: text })),
      );
      const back = await database.anyRows('SELECT value_text FROM store.observation ORDER BY rowid');
      expect(back.map((r) => r.value_text)).toEqual(texts);
    });
  });

  test('statements are kept single, too', async () => {
    const task = {
      id: 't1',
      type: 'task',
      source_id: 's',
      document: 'd',
      document_title: 'D',
      stated_at: '2026-06-01 00:00:00',
      visible_on: '2026-06-01',
      collected_at: '2026-06-01 00:00:00',
      run_id: 'r',
      body: '{}',
    } as const;
    await withStore(async (database) => {
      expect(await appendStatements(database, [task, task])).toBe(1);
      expect(await appendStatements(database, [task])).toBe(0);
    });
  });
});

describe('opening', () => {
  test('a second opening changes nothing; the facts are there', async () => {
    const path = join(temporaryFolder(), 'store', 'store.duckdb');
    await withStore((database) => appendObservations(database, [row('a')]), path);
    const rows = await withStore((database) => database.anyRows('SELECT id FROM store.observation'), path);
    expect(rows).toEqual([{ id: 'a' }]);
  });

  test('a store of a newer version is refused, and left as it is', async () => {
    const path = join(temporaryFolder(), 'store.duckdb');
    await withStore((database) => database.run("INSERT INTO store.migration VALUES ('9999_future.sql')"), path);
    await expect(withStore(async () => undefined, path)).rejects.toMatchObject({ code: 'database/newer-store' });
  });

  test('a file that is no database is a fault that names it', async () => {
    const path = join(temporaryFolder(), 'store.duckdb');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, 'this is no database, but it is long enough to be read as one'.repeat(500));
    await expect(withStore(async () => undefined, path)).rejects.toMatchObject({
      code: expect.stringMatching(/^database\//),
      message: expect.stringContaining(path),
    });
  });
});

describe('observation_latest', () => {
  const DAYS = ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-05'] as const;
  const fact = fc.record({
    subject_id: fc.constantFrom('a', 'b'),
    attribute: fc.constantFrom('c12.connection', 'c12.sync'),
    unit: fc.constantFrom(null, 'hồ sơ'),
    source_id: fc.constantFrom('s', 't'),
    grade: fc.constantFrom('E2', 'E3'),
    said_by: fc.constantFrom('owner', 'receiver'),
    observed_at: fc.constantFrom(...DAYS),
    value_text: fc.constantFrom('x', 'y', 'z'),
  });
  const nights = fc.array(
    fc.record({
      facts: fc.array(fact, { maxLength: 8 }),
      forward: fc.nat({ max: 2 }),
      reject: fc.option(fc.nat(), { nil: undefined }),
      forgive: fc.boolean(),
      skip: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  );

  const latest = (database: Database): Promise<Record<string, unknown>[]> =>
    database.anyRows('SELECT id FROM store.observation_latest ORDER BY id');

  /** What it must hold: by definition, from the whole log. */
  const wanted = (asOf: string, rejected: readonly string[]): string => `
    SELECT o.id FROM store.observation AS o
    WHERE o.visible_on <= DATE '${asOf}' AND NOT list_contains(${list(rejected)}, o.id)
      AND NOT EXISTS (
        SELECT 1 FROM store.observation AS n
        WHERE n.visible_on <= DATE '${asOf}' AND NOT list_contains(${list(rejected)}, n.id)
          AND n.subject_type = o.subject_type AND n.subject_id = o.subject_id AND n.attribute = o.attribute AND n.extent = o.extent
          AND n.unit IS NOT DISTINCT FROM o.unit AND n.role IS NOT DISTINCT FROM o.role AND n.stage IS NOT DISTINCT FROM o.stage
          AND n.target IS NOT DISTINCT FROM o.target AND n.source_id = o.source_id AND n.grade = o.grade AND n.said_by = o.said_by
          AND n.observed_at > o.observed_at
      ) ORDER BY o.id`;
  const list = (ids: readonly string[]): string => `[${ids.map((id) => `'${id}'`).join(', ')}]::VARCHAR[]`;

  test('kept up night by night it is the same as worked out from the whole log', async () => {
    await fc.assert(
      fc.asyncProperty(nights, async (given) => {
        await withStore(async (database) => {
          let day = 0;
          let rejected: string[] = [];
          const ids: string[] = [];
          for (const [night, { facts, forward, reject, forgive, skip }] of given.entries()) {
            day = Math.min(DAYS.length - 1, day + forward);
            const asOf = DAYS[day] ?? DAYS[0];
            const rows = facts.map((f, i) =>
              row(`n${night}f${i}`, { ...f, collected_at: `2026-07-0${night + 1} 00:00:00` }),
            );
            ids.push(...rows.map((r) => String(r.id)));
            await appendObservations(database, rows);
            if (forgive) rejected = [];
            const id = reject === undefined ? undefined : ids[reject % Math.max(1, ids.length)];
            if (id !== undefined) rejected = [...rejected, id];
            // A night that was killed after its facts were stored does not bring the table up to date.
            if (skip) continue;
            await refreshLatest(database, asOf, rejected);
            expect(await latest(database)).toEqual(await database.anyRows(wanted(asOf, rejected)));
          }
        });
      }),
      { numRuns: 15 },
    );
  });

  test('a day that goes back is worked out anew', async () => {
    await withStore(async (database) => {
      await appendObservations(database, [
        row('old', { observed_at: '2026-06-01' }),
        row('new', { observed_at: '2026-06-04' }),
      ]);
      await refreshLatest(database, '2026-06-05', []);
      expect(await latest(database)).toEqual([{ id: 'new' }]);
      await refreshLatest(database, '2026-06-02', []);
      expect(await latest(database)).toEqual([{ id: 'old' }]);
    });
  });

  test('facts that tie are all kept: the models see the conflict', async () => {
    await withStore(async (database) => {
      await appendObservations(database, [row('x', { value_text: 'one_way' }), row('y', { value_text: 'none' })]);
      await refreshLatest(database, '2026-06-29', []);
      expect(await latest(database)).toEqual([{ id: 'x' }, { id: 'y' }]);
    });
  });

  test('a fact that lies in the future shows on its day', async () => {
    await withStore(async (database) => {
      await appendObservations(database, [row('later', { observed_at: '2026-06-04' })]);
      await refreshLatest(database, '2026-06-03', []);
      expect(await latest(database)).toEqual([]);
      await refreshLatest(database, '2026-06-04', []);
      expect(await latest(database)).toEqual([{ id: 'later' }]);
    });
  });

  test('the local day is the one that counts', () => {
    expect(localDay(new Date('2026-06-28T17:00:00Z'))).toBe('2026-06-29');
  });
});
