/** Tables in, tables out: what every indicator answers, and how it says that it cannot answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseFiles, casesAsNight, rowsOf } from '../support/case-files.ts';
import { type Night, night, scoringSql } from '../support/night.ts';

const files = caseFiles('indicators');
const cases = casesAsNight(files, (file) => file);
let told: Night;

beforeAll(async () => {
  told = await night(cases.input);
}, 60_000);
afterAll(() => told.close());

for (const [indicator, entries] of files) {
  describe(indicator, () => {
    test.each(entries.map((entry) => [entry.case, entry] as const))('%s', async (_, entry) => {
      const expected = entry.expect ?? {};
      const rows = await rowsOf(
        told,
        'publication.indicator_result',
        'database_id',
        cases.idOf(entry),
        `indicator = '${indicator}'`,
        Object.keys(expected),
      );
      expect(rows).toEqual([expected]);
    });
  });
}

describe('every indicator has cases', () => {
  test.each(scoringSql.files.filter((file) => file.family === 'indicator').map((file) => [file.id, file] as const))(
    '%s',
    (id, file) => {
      const states = new Set(files.get(id)?.map((entry) => entry.expect?.state));
      const needed = ['met', 'unmet', 'unknown', ...(file.sql.includes('c06_ground') ? ['not_applicable'] : [])];
      expect(needed.filter((state) => !states.has(state))).toEqual([]);
    },
  );

  test('no case speaks of an indicator that does not exist', () => {
    const known = new Set(scoringSql.files.filter((file) => file.family === 'indicator').map((file) => file.id));
    expect([...files.keys()].filter((name) => !known.has(name))).toEqual([]);
  });
});
