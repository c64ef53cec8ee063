/** Selections of the history and of the changes: what pages draw, and never a row a night. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DRAWN } from '../../../pipeline/database/drawn-rows.ts';

let database: Database;

async function drawn(name: string): Promise<Record<string, unknown>[]> {
  const { sql } = DRAWN[name] ?? { sql: () => '' };
  const [row] = await database.anyRows(
    `SELECT to_json(list(t ORDER BY t.place))::VARCHAR AS rows FROM (${sql('main')}) AS t`,
    sql('main').includes('$as_of') ? { as_of: '2026-06-29' } : {},
  );
  return JSON.parse(String(row?.rows ?? '[]')) as Record<string, unknown>[];
}

beforeAll(async () => {
  database = await Database.open();
  // 400 nights of two databases: one that stands still but for a level on one night, one that moves every night.
  await database.run(`
    CREATE TABLE score_history AS
    SELECT DATE '2026-06-29' - n::INTEGER AS as_of, id AS database_id, pillar,
      CASE WHEN pillar = 'all' THEN CASE WHEN id = 'yen' AND n >= 10 THEN 1 ELSE 2 END END AS level_reported, NULL::INTEGER AS level_confirmed,
      0.0::DOUBLE AS confirmed, CASE WHEN id = 'yen' THEN 40.0 ELSE (400 - n) / 10 END::DOUBLE AS floor, 90.0::DOUBLE AS ceiling, 70.0::DOUBLE AS coverage,
      CASE WHEN n >= 100 THEN 'm 1.0.0' ELSE 'm 1.1.0' END AS method
    FROM range(400) AS r(n), (VALUES ('yen'), ('dong')) AS d(id), (VALUES ('all'), ('du')) AS p(pillar);
    CREATE TABLE change (as_of DATE, previous DATE, database_id VARCHAR, pillar VARCHAR, level_reported_before INTEGER, level_reported_after INTEGER,
      level_confirmed_before INTEGER, level_confirmed_after INTEGER, confirmed_before DOUBLE, confirmed_after DOUBLE, floor_before DOUBLE, floor_after DOUBLE,
      ceiling_before DOUBLE, ceiling_after DOUBLE, coverage_before DOUBLE, coverage_after DOUBLE, is_method_change BOOLEAN, renamed_from VARCHAR);
    CREATE TABLE change_part (database_id VARCHAR, pillar VARCHAR, factor VARCHAR, presence VARCHAR, confirmed_tenths INTEGER, floor_tenths INTEGER,
      ceiling_tenths INTEGER, coverage_tenths INTEGER, level_reported_from INTEGER, level_reported_to INTEGER, level_confirmed_from INTEGER, level_confirmed_to INTEGER);
    INSERT INTO change SELECT '2026-06-29', '2026-06-28', concat('db-', lpad(n::VARCHAR, 3, '0')), p, 2, 2, NULL, NULL, 0, 0, 10, 10 + n / 10, 90, 90, 50, 50, false, NULL
      FROM range(1, 101) AS r(n), (VALUES ('all'), ('du')) AS x(p);
    -- The one that moves least has changed its level.
    UPDATE change SET level_reported_before = 1 WHERE database_id = 'db-001' AND pillar = 'all';
    INSERT INTO change_part SELECT database_id, pillar, 'data', NULL, 0, round((floor_after - floor_before) * 10), 0, 0, level_reported_before, level_reported_after, NULL, NULL FROM change`);
});
afterAll(() => database.close());

test('a database that stands still is one point, one that moves every night a few dozen, tonight among them', async () => {
  const rows = await drawn('score_trend');
  expect(rows.map((row) => [row.database_id, row.pillar])).toEqual([
    ['dong', 'all'],
    ['dong', 'du'],
    ['yen', 'all'],
    ['yen', 'du'],
  ]);
  const [moving, , still] = rows;
  expect(still).toMatchObject({ nights: 366, floor: [40], ceiling: [90] });
  const ago = moving?.ago as number[];
  expect(ago.length).toBeGreaterThan(50);
  expect(ago.length).toBeLessThanOrEqual(64);
  const floor = moving?.floor as number[];
  expect([ago.at(-1), floor.at(-1)]).toEqual([0, 40]);
});

test('levels and methods are told to the day', async () => {
  expect(await drawn('level_trend')).toMatchObject([
    { database_id: 'dong', ago: [365], reported: [2] },
    { database_id: 'yen', ago: [365, 9], reported: [1, 2] },
  ]);
  expect(await drawn('method_trend')).toMatchObject([
    { method: 'm 1.0.0', ago: 365 },
    { method: 'm 1.1.0', ago: 99 },
  ]);
});

test('of what moved the most is set out, with every change of level, and all of it is counted', async () => {
  const moves = await drawn('move');
  const named = [...new Set(moves.map((row) => row.database_id))];
  expect(named).toHaveLength(61);
  expect(named).toContain('db-100');
  expect(moves.filter((row) => row.database_id === 'db-001')).toMatchObject([
    { pillar: 'all', level_reported_before: 1, parts: [{ factor: 'data', floor_tenths: 1, is_level: true }] },
  ]);
  expect(await drawn('move_total')).toMatchObject([
    { previous: '2026-06-28', factor: null, databases: 100, levels: 1, up: 100, down: 0 },
    { factor: 'data', databases: 100, levels: 1 },
  ]);
});

test('without a night before there is nothing to count', async () => {
  await database.run("DELETE FROM score_history WHERE as_of < DATE '2026-06-29'");
  expect(await drawn('move_total')).toEqual([]);
});
