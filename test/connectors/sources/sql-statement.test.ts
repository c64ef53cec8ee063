import { expect, test } from 'vitest';
import { queryProblem, withoutEnd } from '../../../connectors/sources/sql/statement-text.ts';

test.each([
  ['select 1', 'select 1'],
  [' select 1 ; \n;; ', 'select 1'],
  [';', ''],
  ["select ';' ", "select ';'"],
])('without its end: %j', (sql, without) => {
  expect(withoutEnd(sql)).toBe(without);
});

test('blank lines by the ten thousand are read in proportion', () => {
  const from = process.cpuUsage();
  expect(queryProblem(`select 1${'\n'.repeat(60_000)}"`)).toBe('has a quote or comment that is not closed');
  expect(withoutEnd(`select 1${'\n;'.repeat(30_000)}`)).toBe('select 1');
  expect(process.cpuUsage(from).user / 1000).toBeLessThan(1_000);
});
