/** The check that withholds a publication whose parts do not add up. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../../pipeline/database/database.ts';
import { scoringSql } from '../support/night.ts';

let database: Database;
const check = scoringSql.files.find((file) => file.id === 'parts_add_up')?.sql ?? '';

/** A change of the floor from 35.8 to 36.1 and of the level from none to 2, and the parts given for it. */
async function wrong(parts: string): Promise<unknown[]> {
  await database.run(`
    CREATE OR REPLACE TABLE change AS SELECT 'a' AS database_id, 'all' AS pillar, 0.0 AS confirmed_before, 0.0 AS confirmed_after,
      35.8::DOUBLE AS floor_before, 36.1::DOUBLE AS floor_after, 50.0 AS ceiling_before, 50.0 AS ceiling_after, NULL::DOUBLE AS coverage_before, 0.0 AS coverage_after,
      NULL::INTEGER AS level_reported_before, 2 AS level_reported_after, NULL::INTEGER AS level_confirmed_before, NULL::INTEGER AS level_confirmed_after;
    CREATE OR REPLACE TABLE change_part AS SELECT *, 0 AS confirmed_tenths, 0 AS ceiling_tenths, 0 AS coverage_tenths, NULL::INTEGER AS level_confirmed_from, NULL::INTEGER AS level_confirmed_to
    FROM (VALUES ${parts}) AS p(database_id, pillar, floor_tenths, level_reported_from, level_reported_to)`);
  return database.anyRows(check);
}

beforeAll(async () => {
  database = await Database.open();
});
afterAll(() => database.close());

test('parts that add up to the last digit pass, whatever binary fractions make of the difference', async () => {
  expect(await wrong("('a', 'all', 5, NULL, 1), ('a', 'all', -2, 1, 2)")).toEqual([]);
});

test('a tenth too much, a level too many, a part of nothing and a change without parts do not', async () => {
  expect(await wrong("('a', 'all', 4, NULL, 2)")).toHaveLength(1);
  expect(await wrong("('a', 'all', 3, NULL, 3)")).toHaveLength(1);
  expect(await wrong("('a', 'all', 3, NULL, 2), ('b', 'all', 1, NULL, NULL)")).toHaveLength(1);
  expect(await wrong("('b', 'all', 0, NULL, NULL)")).toHaveLength(1);
});
