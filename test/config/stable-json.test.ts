/** Equal content has equal text: the ids of all stored facts rest on it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stableJson } from '../../config/stable-json.ts';

/** As it was first written, and as the ids in stores were made. */
function byReplacer(value: unknown): string {
  return JSON.stringify(value, (_key, node: unknown) =>
    node !== null && typeof node === 'object' && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))
      : node,
  );
}

it('any value: the text it always had', () => {
  fc.assert(
    fc.property(fc.object({ withDate: true, withNullPrototype: true, maxDepth: 4 }), (value) => {
      expect(stableJson(value)).toBe(byReplacer(value));
    }),
  );
});

it('keys that are numbers, names of the prototype, values that are left out', () => {
  for (const value of [
    JSON.parse('{"b":1,"10":2,"9":3,"__proto__":{"z":1,"a":[]},"a":{"d":null,"c":[{"y":1,"x":2}]}}'),
    { b: undefined, a: [undefined, () => 1, new Date(0)] },
    [],
    null,
    'a',
  ])
    expect(stableJson(value)).toBe(byReplacer(value));
});

it('keys with line ends that read alike are told apart', () => {
  for (const value of [{ a: 1, b: 2, c: 3 }, { 'a\nb': 1, c: 2 }, { a: 1, 'b\nc': 2 }, { 'a\nb\nc': 1 }])
    expect(stableJson([value, value])).toBe(byReplacer([value, value]));
});
