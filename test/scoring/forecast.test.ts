/** The forecast: no number without enough history, ends in order, more upward moves never lower it, the same in every run. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type Night, night, type PastFigures } from '../support/night.ts';

const AS_OF = '2026-06-29';
const opened: Night[] = [];
afterAll(() => {
  for (const one of opened) one.close();
});

const MONTHS = [
  '2025-09-30',
  '2025-10-31',
  '2025-11-30',
  '2025-12-31',
  '2026-01-31',
  '2026-02-28',
  '2026-03-31',
  '2026-04-30',
  '2026-05-31',
];

/** Levels month by month, one list a database; each ends where its last word leaves it today. */
async function nightAfter(
  levels: readonly (readonly (number | null)[])[],
  rest: { asOf?: string; method?: string } = {},
): Promise<Night> {
  const history = levels.flatMap((list, i) =>
    list.map(
      (level, m): PastFigures => ({
        as_of: MONTHS[m] ?? AS_OF,
        database_id: `csdl-${i}`,
        level_reported: level,
        ...(rest.method !== undefined && m < 4 ? { method: rest.method } : {}),
      }),
    ),
  );
  const made = await night({
    asOf: rest.asOf ?? AS_OF,
    databases: levels.map((_, i) => `csdl-${i}`),
    // Level 1 today: something is said, and no gate is passed.
    facts: levels.map((_, i) => ({ about: `csdl-${i}`, attribute: 'software.state', state: 'building' })),
    history,
  });
  opened.push(made);
  return made;
}

const reported = (of: Night) => of.rows('publication.forecast', "kind = 'reported'");
const steady = (n: number, level: number): number[][] => Array.from({ length: n }, () => MONTHS.map(() => level));

describe('how much history it takes', () => {
  test('without history there is a state and no number', async () => {
    const rows = await reported(await nightAfter([[], []]));
    expect(rows).toHaveLength(4);
    for (const row of rows)
      expect(row).toMatchObject({
        state: 'insufficient_history',
        low: null,
        expected: null,
        high: null,
        months_seen: 0,
      });
    const each = await (await nightAfter([[], []])).rows('publication.forecast_database');
    expect(each).toMatchObject([
      {
        state: 'insufficient_history',
        level_now: 1,
        next_level: 2,
        level_low: null,
        level_high: null,
        pace_seen: null,
      },
      { state: 'insufficient_history' },
    ]);
  });

  test('a level whose leaving nobody watched long enough is not forecast, the one below it is', async () => {
    const rows = await reported(await nightAfter(steady(6, 1)));
    expect(rows.map((row) => [row.level, row.state])).toEqual([
      [2, 'forecast'],
      [3, 'insufficient_history'],
      [4, 'insufficient_history'],
      [5, 'insufficient_history'],
    ]);
  });

  test('months of another method, and silence, are no moves', async () => {
    const changed = await nightAfter(steady(6, 1), { method: 'csdl-readiness 0.9.0' });
    expect((await reported(changed))[0]).toMatchObject({ state: 'forecast', months_seen: 8 });
    const spoke = await nightAfter([MONTHS.map((_, m) => (m % 2 === 0 ? null : 2))]);
    expect(await spoke.rows('score.forecast_step', 'month_no < 2026 * 12 + 5')).toEqual([]);
  });

  test('after the day there is no forecast', async () => {
    const rows = await reported(await nightAfter(steady(6, 1), { asOf: '2027-01-05' }));
    expect(rows[0]).toMatchObject({ state: 'passed', low: null, expected: null, high: null });
  });
});

describe('the numbers', () => {
  test('worked by hand: six databases, one of which climbed once', async () => {
    // 6 databases over 9 months of which 8 lie side by side, and today: 9 steps each. One stood at level 2 for a month and fell.
    const climbed = MONTHS.map((_, m) => (m === 4 ? 2 : 1));
    const one = await nightAfter([climbed, ...steady(5, 1)]);
    const [rate] = await one.rows('score.forecast_rate', "kind = 'reported' AND level = 1");
    expect(rate).toMatchObject({ database_months: 53, moves_up: 1, moves_down: 0, months: 9 });
    const p = 1 / 53;
    const [row] = await reported(one);
    expect(row?.expected).toBe(Math.round(6 * (1 - (1 - p) ** 6) * 10) / 10);
    const z2 = 3.8416;
    const centre = (1 + z2 / 2) / (53 + z2);
    const half = (1.96 * Math.sqrt((1 * 52) / 53 + z2 / 4)) / (53 + z2);
    expect(row?.low).toBe(Math.round(6 * (1 - (1 - centre + half) ** 6) * 10) / 10);
    expect(row?.high).toBe(Math.round(6 * (1 - (1 - centre - half) ** 6) * 10) / 10);
    expect(row).toMatchObject({ databases_now: 0, moves_up: 1 });
  });

  test('ends in order, never fewer than today, more moves never lower it, the same again', async () => {
    const level = fc.integer({ min: 1, max: 5 });
    const list = fc.array(level, { minLength: MONTHS.length, maxLength: MONTHS.length });
    const worlds = fc.sample(fc.array(list, { minLength: 14, maxLength: 14 }), { numRuns: 4, seed: 7 });
    let forecasts = 0;
    for (const world of worlds) {
      const rows = await reported(await nightAfter(world));
      expect(await reported(await nightAfter(world))).toEqual(rows);
      for (const row of rows) {
        if (row.state !== 'forecast') continue;
        forecasts += 1;
        expect(Number(row.low)).toBeLessThanOrEqual(Number(row.expected));
        expect(Number(row.expected)).toBeLessThanOrEqual(Number(row.high));
        expect(Number(row.low)).toBeGreaterThanOrEqual(Number(row.databases_now));
        expect(Number(row.high)).toBeLessThanOrEqual(14);
      }
    }
    expect(forecasts).toBeGreaterThan(0);
  }, 120_000);

  test('one more upward move out of the same number of months', async () => {
    const rises = (n: number): number[][] =>
      Array.from({ length: 8 }, (_, i) => MONTHS.map((_month, m) => (i < n && m === MONTHS.length - 1 ? 2 : 1)));
    let before: Record<string, unknown>[] = [];
    for (let n = 0; n <= 8; n += 1) {
      const rows = await reported(await nightAfter(rises(n)));
      for (const key of ['low', 'expected', 'high'])
        if (before[0] !== undefined) expect(Number(rows[0]?.[key])).toBeGreaterThanOrEqual(Number(before[0][key]));
      before = rows;
    }
    expect(Number(before[0]?.expected)).toBeGreaterThan(0);
  }, 120_000);
});

test('pace: the median of the slopes is not moved by one odd month, beside what is needed', async () => {
  const made = await night({
    asOf: AS_OF,
    databases: ['a'],
    facts: [{ about: 'a', attribute: 'checklist.met', number: 10, of: 19 }],
    history: MONTHS.map((as_of, m) => ({
      as_of,
      database_id: 'a',
      pillar: 'checklist',
      floor: m === 3 ? 100 : Math.round((m / 19) * 1000) / 10,
    })),
  });
  opened.push(made);
  expect(await made.row('publication.forecast_database', 'a')).toMatchObject({
    criteria_missing: 9,
    months_left: 6,
    pace_needed: 1.5,
    pace_seen: 1,
    months_seen: 10,
  });
});
