/** Working days and deadlines: a deadline on a day off ends with the next working day, and overdue days do not change. */
import { afterAll, describe, expect, test } from 'vitest';
import { type Night, night } from '../support/night.ts';

const opened: Night[] = [];
afterAll(() => {
  for (const one of opened) one.close();
});

async function deadlines(asOf: string, ...due: string[]): Promise<Record<string, unknown>[]> {
  const one = await night({ databases: ['a'], deadlines: due.map((day) => ({ database_id: 'a', due: day })), asOf });
  opened.push(one);
  return one.query('SELECT due, effective_due, days_left, working_days_left FROM publication.deadline ORDER BY due');
}

describe('deadlines', () => {
  test('on a Sunday before the holiday of 2/9 it ends on 3/9', async () => {
    expect(await deadlines('2025-08-29', '2025-08-31')).toEqual([
      { due: '2025-08-31', effective_due: '2025-09-03', days_left: 5, working_days_left: 1 },
    ]);
  });

  test('on its last day none is left, and the day after it is past', async () => {
    expect(await deadlines('2025-09-03', '2025-08-31')).toMatchObject([{ days_left: 0, working_days_left: 0 }]);
    expect(await deadlines('2025-09-04', '2025-08-31')).toMatchObject([{ days_left: null, working_days_left: null }]);
  });

  test('Tết is not worked; a Saturday made up for is', async () => {
    expect(await deadlines('2026-02-13', '2026-02-18', '2026-02-23')).toMatchObject([
      { effective_due: '2026-02-23', days_left: 10, working_days_left: 1 },
      { effective_due: '2026-02-23', days_left: 10, working_days_left: 1 },
    ]);
    expect(await deadlines('2026-08-21', '2026-08-22')).toMatchObject([
      { effective_due: '2026-08-22', working_days_left: 1 },
    ]);
  });

  test('across the turn of a year both of which are known', async () => {
    expect(await deadlines('2025-12-31', '2026-01-05')).toMatchObject([{ days_left: 5, working_days_left: 1 }]);
  });

  test('in a year of which no day off is known nothing is counted', async () => {
    expect(await deadlines('2026-06-29', '2030-06-30')).toEqual([
      { due: '2030-06-30', effective_due: null, days_left: 1462, working_days_left: null },
    ]);
  });

  test('working days add up, and no day off is ever the next working day', async () => {
    const one = await night({ databases: ['a'] });
    opened.push(one);
    const [sums] = await one.query(`
      SELECT count(*) AS days, count(*) FILTER (is_working) AS worked, max(working_days) AS last,
        count(*) FILTER (next_working < day) AS backwards,
        count(*) FILTER (NOT EXISTS (SELECT 1 FROM fact.calendar AS n WHERE n.day = c.next_working AND n.is_working)) AS nowhere
      FROM fact.calendar AS c`);
    expect(sums).toEqual({ days: '730', worked: '500', last: 500, backwards: '0', nowhere: '0' });
  });
});
