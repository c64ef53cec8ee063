import { expect, test } from 'vitest';
import { urlOf } from '../../config/url-of.ts';

test('the same answer at the first asking and at the hundred thousandth', () => {
  const answers = Array.from({ length: 100_000 }, () => urlOf('http://\u00df\u00a0')?.href ?? null);
  expect(new Set(answers)).toEqual(new Set([null]));
  expect(urlOf('http://\u00df ')?.href).toBe('http://xn--zca/');
  expect(urlOf('../x', new URL('http://a.example/b/c'))?.href).toBe('http://a.example/x');
});
