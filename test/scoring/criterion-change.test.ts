/** Criteria that stand otherwise than the night before: what is told, and what is no change. All names are invented. */
import { expect, test } from 'vitest';
import { type Fact, onNight } from '../support/night.ts';
import type { Past } from '../support/past.ts';

const kept = (key: string, more: { value?: string; low?: number; high?: number }, id = 'a') => ({
  database_id: id,
  family: key === 'met' ? 'checklist' : 'criterion',
  key,
  on: '2026-06-20',
  ...more,
});
const FACTS: Fact[] = [
  { about: 'a', attribute: 'checklist.met', number: 14, of: 19 },
  { about: 'a', attribute: 'criterion.tc01', state: 'met' },
  { about: 'a', attribute: 'criterion.tc02', state: 'in_progress' },
  { about: 'b', attribute: 'criterion.tc01', state: 'met' },
];

function changes(past: Past): Promise<Record<string, unknown>[]> {
  return onNight({ databases: ['a', 'b'], facts: FACTS, past }, (night) => night.rows('publication.criterion_change'));
}

test('a count and single criteria that moved are told with what they were; what stands is not', async () => {
  const rows = await changes({
    watched: [
      kept('met', { low: 13, high: 19 }),
      kept('tc01', { value: 'in_progress' }),
      kept('tc02', { value: 'in_progress' }),
      kept('tc01', { value: 'met' }, 'b'),
    ],
  });
  expect(rows).toMatchObject([
    { database_id: 'a', criterion: 'tc01', state_before: 'in_progress', state_after: 'met', met_after: null },
    {
      database_id: 'a',
      criterion: null,
      state_after: null,
      met_before: 13,
      met_after: 14,
      total_before: 19,
      total_after: 19,
    },
  ]);
});

test('what is told for the first time has nothing before it', async () => {
  const rows = await changes({ watched: [kept('tc01', { value: 'met' })] });
  expect(rows).toMatchObject([
    { database_id: 'a', criterion: 'tc02', state_before: null, state_after: 'in_progress' },
    { database_id: 'b', criterion: 'tc01', state_before: null, state_after: 'met' },
  ]);
});

test('the first night on which such values are kept tells of no change', async () => {
  expect(await changes({})).toEqual([]);
});
