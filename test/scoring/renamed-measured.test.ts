/** What was measured on records and probed of endpoints before a database got another name. */
import { expect, test } from 'vitest';
import { type Night, night } from '../support/night.ts';

const COUNTS = { numerator: 90, denominator: 100 };

/** A night of `b`, which was called `a` until 19 June. */
const after = (asOf: string, ...measured: [id: string, on: string][]): Promise<Night> =>
  night({
    asOf,
    databases: [
      { database_id: 'a', valid_to: '2026-06-19' },
      { database_id: 'b', valid_from: '2026-06-20' },
    ],
    settings(config) {
      const named = { from_id: 'a', to_id: 'b', kind: 'renamed', date: '2026-06-20' } as const;
      config.databaseSuccessions = [{ ...named, basis: 'Quyết định', strength: 'A' }];
    },
    facts: [{ about: 'a', attribute: 'probe.available', number: 1, of: 2, target: 'api', stated: '2026-06-18' }],
    past: { measured: measured.map(([database_id, on]) => ({ database_id, on, ...COUNTS })) },
  });

test('is told of the new name, and once: what was measured since takes its place', async () => {
  const rules = 'SELECT database_id, measured_on FROM publication.quality_result';
  const since = await after('2026-06-20', ['a', '2026-06-18']);
  expect(await since.query(rules)).toMatchObject([{ database_id: 'b', measured_on: '2026-06-18' }]);
  expect(await since.rows('publication.quality_index', "scope = 'database'")).toMatchObject([
    { database_id: 'b', quality_index: 90 },
  ]);
  expect(await since.rows('publication.availability')).toMatchObject([{ subject_id: 'b', available_percent: 50 }]);
  since.close();
  const again = await after('2026-06-22', ['a', '2026-06-18'], ['b', '2026-06-21']);
  expect(await again.query(rules)).toMatchObject([{ database_id: 'b', measured_on: '2026-06-21' }]);
  again.close();
});
