import { expect, test } from 'vitest';
import { addressOf } from '../../../pipeline/cli/postgres-address.ts';

test('an address is read part by part, and encoded where it must be', () => {
  expect(addressOf('postgresql://r%20x@db.example:81/a%2Fb?schema=s&tls=off', 'p')).toEqual({
    ...{ host: 'db.example', port: 81, database: 'a/b', user: 'r x', tls: false, schema: 's', password: 'p' },
  });
});

test.each([
  'postgres://',
  'postgres://h/d',
  'postgres://u@h/',
  'postgres://u:p@h/d',
  'postgres://u@h/%zz',
  'postgres://u@h/%e1',
])('what is no such address is said so: %s', (text) =>
  expect(() => addressOf(text, undefined)).toThrow(expect.objectContaining({ code: 'usage/bad-address', exit: 2 })),
);
