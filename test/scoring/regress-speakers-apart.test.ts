/**
 * One source may carry the word of several speakers. A newer word of the owner once hid what the receiver had confirmed
 * on the same key, because only the newest fact of each source and grade was kept.
 */
import { expect, test } from 'vitest';
import { night } from '../support/night.ts';

test('a newer word of the owner does not take back what the receiver confirmed', async () => {
  const told = await night({
    databases: ['a'],
    facts: [
      {
        about: 'a',
        attribute: 'c12.connection',
        state: 'two_way',
        saidBy: 'receiver',
        observed: '2026-06-20',
        stated: '2026-06-20',
      },
      { about: 'a', attribute: 'c12.connection', state: 'two_way', observed: '2026-06-28', stated: '2026-06-28' },
    ],
  });
  const rows = await told.rows('publication.readiness');
  await told.close();
  expect(rows).toMatchObject([{ level_confirmed: 1, confirmed: 6, floor: 6 }]);
});
