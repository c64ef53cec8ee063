/** Inputs: real samples damaged by the rules of chance, words of a grammar put together, and plain noise. */
import fc from 'fast-check';

/** What breaks parsers: ends of ranges, characters that are none, names with a meaning, text that grows. */
export const HOSTILE: readonly string[] = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '\ufeff',
    '\u00a0',
    '\u200b',
    '\u202e',
    '\u2028',
    '\ud800',
    '\udfff',
    '\u0301',
  ],
  ...['0', '-1', '1e309', '9007199254740993', '99999999999999999999', '0x10', '-0', 'NaN', 'Infinity', '0,5', '1.041'],
  ...['2026-02-30', '9999-12-31', '0000-01-01', '31/02/2026', '29/2/2100', 'T24:00:00Z', '+14:00', '1970-01-01'],
  ...['__proto__', 'constructor', 'toString', 'null', 'true', 'hasOwnProperty', 'undefined'],
  ...['"', "'", '`', '\\', '/', '../', '%00', '%zz', '%', `\${HOME}`, '$$', '--', '/*', '*/', ';', '(', ')', '[', ']'],
  ...['{', '}', '<', '>', '&', '&#x110000;', '&amp;', ']]>', '<![CDATA[', '*', '+', '?', '|', '^', '#', ':', ',', '@'],
  ...['Ế', 'đ', 'Đ', 'ưởng', '😀', 'İ', 'ß', '٣', '①', '½', '㎏', 'ﬁ'],
];

interface Damage {
  how: 'cut' | 'twice' | 'put' | 'swap' | 'end' | 'many' | 'splice';
  at: number;
  long: number;
  word: string;
  other: string;
}
const PLACES = 65_536;
/** Longer texts find nothing but the limits of length, which have tests of their own. */
const LONGEST = 60_000;

const damages = (samples: readonly string[], words: readonly string[]): fc.Arbitrary<Damage> =>
  fc.record({
    how: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom('cut', 'twice', 'put', 'put', 'put', 'swap', 'splice') },
      { weight: 5, arbitrary: fc.constant('end') },
      { weight: 1, arbitrary: fc.constant('many') },
    ) as fc.Arbitrary<Damage['how']>,
    at: fc.nat(PLACES - 1),
    long: fc.nat(24),
    word: fc.constantFrom(...words, ...HOSTILE),
    other: fc.constantFrom(...samples),
  });

function damaged(text: string, { how, at, long, word, other }: Damage): string {
  const from = Math.floor((at * (text.length + 1)) / PLACES);
  const [before, piece, after] = [text.slice(0, from), text.slice(from, from + long), text.slice(from + long)];
  switch (how) {
    case 'cut':
      return before + after;
    case 'twice':
      return before + piece + piece + after;
    case 'put':
      return before + word + text.slice(from);
    case 'swap':
      return before + word + after;
    case 'end':
      return before;
    case 'splice':
      return before + other.slice(Math.floor((at * other.length) / PLACES));
    case 'many':
      return (before + (piece || word || ' ').repeat((long + 1) * 97) + after).slice(0, LONGEST);
  }
}

/** Text that is nothing. Made once: the table of all characters behind it takes half a second. */
const noise = fc.string({ unit: 'binary', maxLength: 40 });

/** @param samples real inputs; @param words of the grammar, as they stand */
export function texts(samples: readonly string[], words: readonly string[]): fc.Arbitrary<string> {
  const mutated = fc
    .tuple(fc.constantFrom(...samples), fc.array(damages(samples, words), { minLength: 1, maxLength: 6 }))
    .map(([sample, all]) => all.reduce(damaged, sample));
  const woven = fc.array(fc.constantFrom(...words, ...words, ...HOSTILE), { maxLength: 24 }).map((all) => all.join(''));
  return fc.oneof({ weight: 5, arbitrary: mutated }, { weight: 4, arbitrary: woven }, { weight: 1, arbitrary: noise });
}

interface ByteDamage {
  how: 'flip' | 'cut' | 'twice' | 'end' | 'zero' | 'long' | 'splice';
  at: number;
  long: number;
  value: number;
}

function damagedBytes(bytes: Uint8Array, { how, at, long, value }: ByteDamage): Uint8Array {
  const from = Math.floor((at / 4_294_967_296) * (bytes.length + 1));
  const made = Buffer.from(bytes);
  switch (how) {
    case 'flip':
      if (from < made.length) made[from] = value & 255;
      return made;
    case 'zero':
      return made.fill(value & 1 ? 255 : 0, from, Math.min(made.length, from + (long % 9)));
    case 'long':
      if (from + 4 <= made.length) made.writeUInt32LE(value >>> 0, from);
      return made;
    case 'cut':
      return Buffer.concat([made.subarray(0, from), made.subarray(from + long)]);
    case 'twice':
      return Buffer.concat([made.subarray(0, from + long), made.subarray(from)]);
    case 'splice':
      return Buffer.concat([made.subarray(0, from), made.subarray(Math.floor(made.length / 2))]);
    case 'end':
      return made.subarray(0, from);
  }
}

const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe];

/** Files with a few bytes wrong, cut off, or two of them run into each other; and bytes that are nothing. */
export function files(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const damage: fc.Arbitrary<ByteDamage> = fc.record({
    how: fc.constantFrom('flip', 'flip', 'flip', 'cut', 'twice', 'end', 'zero', 'long', 'long', 'splice'),
    at: fc.nat(0x7fffffff).map((n) => n * 2),
    long: fc.nat(300),
    value: fc.oneof(fc.constantFrom(...NUMBERS), fc.nat()),
  });
  const mutated = fc
    .tuple(fc.constantFrom(...samples), fc.array(damage, { minLength: 1, maxLength: 8 }))
    .map(([sample, all]) => all.reduce(damagedBytes, sample));
  return fc.oneof({ weight: 20, arbitrary: mutated }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 600 }) });
}

/** JSON of a given shape, with values of any kind where one stands. */
export function jsonLike(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  const anything = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, '', [], {}, ...HOSTILE),
    fc.jsonValue({ maxDepth: 2 }),
  );
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(400), anything), { maxLength: 4 }))
    .map(([sample, changes]) => changes.reduce((value, [at, put]) => withChange(value, at, put), sample));
}

/** The value with the `at`-th of its parts replaced (or, where it is an object, sometimes given a new key). */
function withChange(value: unknown, at: number, put: unknown): unknown {
  let left = at;
  const walk = (node: unknown): unknown => {
    if (left-- === 0) return put;
    if (Array.isArray(node)) return node.map(walk);
    if (node === null || typeof node !== 'object') return node;
    const pairs = Object.entries(node).map(([key, child]) => [key, walk(child)] as const);
    return Object.fromEntries(left === 0 && typeof put === 'string' ? [...pairs, [put, put]] : pairs);
  };
  return walk(value);
}
