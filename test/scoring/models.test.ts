/** Tables in, tables out: every model between the facts and the scores. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseFiles, casesAsNight, rowsOf } from '../support/case-files.ts';
import { type Night, night, scoringSql } from '../support/night.ts';

const files = caseFiles('models');
const cases = casesAsNight(files, () => null);
let told: Night;

beforeAll(async () => {
  told = await night({
    ...cases.input,
    // What is said of an agency reaches its databases only by an explicit rule.
    facts: [
      ...(cases.input.facts ?? []),
      { about: 'bo-y-te', agency: true, attribute: 'security.level_approval', state: 'none' },
    ],
    health: [{ source_id: 'hong', state: 'failed', error_code: 'source/unreachable' }],
  });
}, 60_000);
afterAll(() => told.close());

for (const [table, entries] of files) {
  const column = table === 'fact.known' || table === 'fact.spoken' ? 'subject_id' : 'database_id';
  describe(table, () => {
    test.each(entries.map((entry) => [entry.case, entry] as const))('%s', async (_, entry) => {
      const expected = entry.rows ?? [];
      const columns = Object.keys(expected[0] ?? {});
      expect(await rowsOf(told, table, column, cases.idOf(entry), entry.where, columns)).toEqual(expected);
    });
  });
}

/** Made of lists, not of facts: their cases stand in editions.test.ts. */
const OF_LISTS = ['fact.listed_task', 'fact.listed_database'];
/** Made of the registry and the day: their cases stand in registry-time.test.ts and calendar.test.ts. */
const OF_REGISTRY = ['catalogue', 'lineage', 'place', 'placed', 'deadline', 'waiver', 'calendar'].map(
  (t) => `fact.${t}`,
);
/** Made of the history and of deadlines: their cases stand in forecast.test.ts and actions.test.ts. */
const OF_HISTORY = ['score.forecast_step', 'score.forecast_rate', 'score.forecast_chance', 'score.action_due'];
/** Made of measurements on records: its cases stand in renamed-measured.test.ts. */
const OF_RECORDS = ['fact.measured_rule'];
const ELSEWHERE = [...OF_LISTS, ...OF_REGISTRY, ...OF_HISTORY, ...OF_RECORDS];

test('every model of fact and score has cases', () => {
  const models = scoringSql.files
    .filter((file) => file.family === 'model' && /^(fact|score)\./.test(file.id))
    .map((file) => file.id);
  expect(ELSEWHERE.filter((id) => !models.includes(id))).toEqual([]);
  expect(models.filter((id) => (files.get(id)?.length ?? 0) < 2 && !ELSEWHERE.includes(id))).toEqual([]);
});
