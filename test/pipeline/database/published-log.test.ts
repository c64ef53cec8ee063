/** How much of the log a publication holds: whole nights, fewer of a register so large that they are millions of rows. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { dayPlus } from '../../../config/time.ts';
import { loadKnown } from '../../../pipeline/database/raw.ts';
import { appendObservations } from '../../../pipeline/database/store.ts';
import { scoringSql } from '../../support/night.ts';
import { row, withStore } from '../../support/store.ts';

const AS_OF = '2026-06-29';
const A_NIGHT = 4;
/** A fact of the second night. */
const REJECTED = { id: '5', decision: 'qd-1' };
const model = scoringSql.files.find((file) => file.id === 'publication.observation')?.sql ?? '';

/** Facts of forty nights that are published, by day; and how many of them are what speaks. */
async function published(most?: number): Promise<{ nights: number; newest: number; rows: number }> {
  return withStore(async (database) => {
    const facts = Array.from({ length: 40 * A_NIGHT }, (_, i) => {
      const day = dayPlus(AS_OF, -Math.floor(i / A_NIGHT));
      return row(`${i}`, { observed_at: day, subject_id: `db-${i % A_NIGHT}`, collected_at: `${day} 01:00:00` });
    });
    // One fact of long ago still speaks.
    const old = row('old', { observed_at: '2026-01-05', subject_id: 'db-9', collected_at: '2026-01-05 01:00:00' });
    await appendObservations(database, [...facts, old]);
    await database.run('CREATE SCHEMA IF NOT EXISTS raw');
    const now = { asOf: AS_OF, knownAt: new Date('2026-06-30T00:00:00Z'), runId: 'r' };
    const known = { ...now, rejected: [REJECTED], confirmed: [], health: [], fromLog: true };
    await loadKnown(database, known, most);
    const [counts] = await database.rows(
      z.object({ nights: z.coerce.number(), newest: z.coerce.number(), rows: z.coerce.number() }),
      `SELECT count(DISTINCT visible_on) FILTER (subject_id <> 'db-9') AS nights, count(*) FILTER (is_newest) AS newest, count(*) AS rows
       FROM (${model.replace('o.is_newest::BOOLEAN', 'o.visible_on, o.is_newest::BOOLEAN')})`,
    );
    // What findings look back on is the same, but for what a decision silenced.
    const other = 'FROM raw.reading UNION ALL SELECT id FROM raw.observation_all WHERE rejected_by IS NULL';
    expect(await database.anyRows(`SELECT id FROM (SELECT id ${other}) GROUP BY id HAVING count(*) <> 2`)).toEqual([]);
    return counts ?? { nights: 0, newest: 0, rows: 0 };
  });
}

test('thirty-five nights, and what speaks whatever its age', async () => {
  expect(await published()).toEqual({ nights: 35, newest: A_NIGHT + 1, rows: 35 * A_NIGHT + 1 });
});

test('as many whole nights as stay below the most rows, a week at least', async () => {
  expect(await published(10 * A_NIGHT + 1)).toEqual({ nights: 10, newest: A_NIGHT + 1, rows: 10 * A_NIGHT + 1 });
  expect(await published(1)).toEqual({ nights: 7, newest: A_NIGHT + 1, rows: 7 * A_NIGHT + 1 });
});
