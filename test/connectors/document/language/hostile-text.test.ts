/** Texts found by fuzzing on which the readers of language crashed or took seconds. */
import { expect, test } from 'vitest';
import { findDays } from '../../../../connectors/document/language/dates.ts';
import { clean, fold } from '../../../../connectors/document/language/fold.ts';

test.each(['constructor', 'hasOwnProperty', '__proto__', 'toString'])('%s is a word like others', (word) => {
  expect(fold(`a ${word} b`)).toHaveLength(word.length + 4);
});

test('of days that overlap the first pattern counts, and a text of nothing but days is read in proportion', () => {
  expect(findDays('ngày 31/3/2026, tháng 3/2026').map(({ day }) => day)).toEqual(['2026-03-31', '2026-03-31']);
  const days = (n: number): number => findDays('ngày 31/3/2026 '.repeat(n)).length;
  const from = process.cpuUsage();
  expect(days(20_000)).toBe(20_000);
  expect(process.cpuUsage(from).user / 1000).toBeLessThan(5_000);
});

test('a mark between a letter and its accent is taken out, and the letter is whole', () => {
  expect(clean('a\ufeff\u0301')).toBe('á');
});
