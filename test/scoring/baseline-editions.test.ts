/** The shipped facts over time: what each day could know, and what changed from one list of late tasks to the next. */
import { describe, expect, test } from 'vitest';
import type { Night } from '../support/night.ts';
import { shippedFacts, shippedNight } from '../support/shipped-facts.ts';

const LEFT = ['can-bo-cong-chuc-vien-chuc', 'di-san-van-hoa-phi-vat-the', 'hien-vat', 'quyen-tac-gia'];

async function on<T>(day: string, look: (night: Night) => Promise<T>): Promise<T> {
  const night = await shippedNight(day);
  try {
    return await look(night);
  } finally {
    night.close();
  }
}

const OVERDUE =
  'SELECT count(DISTINCT database_id)::INTEGER AS databases, count(DISTINCT agency_id)::INTEGER AS agencies FROM publication.overdue';
const DAYS = 'SELECT DISTINCT stated_on::VARCHAR AS day FROM publication.list_edition ORDER BY 1';
const changes = (kind: string) =>
  `SELECT database_id FROM publication.overdue_change WHERE place = 1 AND change = '${kind}' ORDER BY 1`;

test('every line of the five files is accepted', async () => {
  const { refused, statements, observations } = await shippedFacts();
  expect(refused).toEqual([]);
  expect(new Set(observations.map((o) => o.source_id))).toEqual(new Set(['van-ban-2026-06-29']));
  expect(new Set(statements.map((s) => s.source_id)).size).toBe(5);
});

describe('as of a day', () => {
  test('29/6/2026: five documents; since the list of May four databases left and none came', async () => {
    await on('2026-06-29', async (night) => {
      expect(await night.query(DAYS)).toEqual(
        ['2025-08-01', '2025-08-05', '2025-11-06', '2026-05-31', '2026-06-29'].map((day) => ({ day })),
      );
      expect(await night.query(OVERDUE)).toEqual([{ databases: 23, agencies: 5 }]);
      expect((await night.query(changes('left'))).map((r) => r.database_id)).toEqual(LEFT);
      expect(await night.query(changes('stayed'))).toHaveLength(23);
      expect(await night.query(changes('entered'))).toEqual([]);
      expect(await night.rows('publication.list_edition', "stated_on = DATE '2026-05-31'")).toMatchObject([
        { place: 2, day_known: false, databases_overdue_n: 27, agencies_overdue_n: 6 },
      ]);
    });
  });

  test('31/5/2026: 27 databases of 6 agencies, and nothing that was said later', async () => {
    await on('2026-05-31', async (night) => {
      expect(await night.query(OVERDUE)).toEqual([{ databases: 27, agencies: 6 }]);
      const late = (await night.rows('publication.overdue')).map((r) => r.database_id);
      for (const id of LEFT) expect(late).toContain(id);
      expect((await night.query(DAYS)).at(-1)).toEqual({ day: '2026-05-31' });
      // The list of May prints no column of states: nobody is silent in it.
      expect((await night.findings()).filter((row) => row.kind === 'blank_status')).toEqual([]);
      expect(await night.rows('publication.observation')).toEqual([]);
      expect(await night.rows('publication.waiting')).toEqual([]);
      expect(await night.rows('publication.commitment')).toEqual([]);
      expect(
        await night.rows('publication.readiness', 'level_reported IS NOT NULL OR criteria_met IS NOT NULL'),
      ).toEqual([]);
    });
  });

  test('5/8/2025: only the documents of August', async () => {
    await on('2025-08-05', async (night) => {
      expect(await night.query(DAYS)).toEqual([{ day: '2025-08-01' }, { day: '2025-08-05' }]);
      // The tasks shown are those of the newest documents, never of a later one.
      expect(await night.rows('publication.task', "stated_on > DATE '2025-08-05'")).toEqual([]);
      expect(await night.query(OVERDUE)).toEqual([{ databases: 22, agencies: 9 }]);
      expect(await night.rows('publication.observation')).toEqual([]);
      expect(await night.rows('publication.overdue_change')).toEqual([]);
    });
  });

  test('a day before the first document: nothing', async () => {
    await on('2025-07-31', async (night) => {
      expect(await night.rows('publication.task')).toEqual([]);
      expect(await night.rows('publication.overdue')).toEqual([]);
    });
  });
});
