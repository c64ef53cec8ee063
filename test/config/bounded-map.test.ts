import { expect, test } from 'vitest';
import { BoundedMap } from '../../config/bounded-map.ts';

test('holds what it may, and begins anew when it is full', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1).set('b', 2);
  expect([...map]).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect([...map.set('c', 3)]).toEqual([['c', 3]]);
});
