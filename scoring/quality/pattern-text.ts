/**
 * A pattern tree, written for an engine: RE2 (DuckDB, Trino), POSIX ARE (PostgreSQL), GLOB (DuckDB). And what a tree says of
 * the texts it accepts, for the planner.
 */
import { complement, EVERYTHING, isEverything, type Ranges } from './code-points.ts';
import { type PatternNode, PatternRefused } from './pattern.ts';

interface Style {
  readonly start: string;
  readonly end: string;
  boundary(negated: boolean): string;
  code(code: number): string;
  readonly everything: string;
  /** The smallest code a text may hold. */
  readonly first: number;
  readonly mostRepeats: number;
}

const RE2: Style = {
  start: '\\A',
  end: '\\z',
  boundary: (negated) => (negated ? '\\B' : '\\b'),
  code: (code) => (isPlain(code) ? String.fromCharCode(code) : `\\x{${code.toString(16)}}`),
  everything: '(?s:.)',
  first: 0,
  mostRepeats: 1000,
};

const ARE: Style = {
  start: '\\A',
  end: '\\Z',
  // Its words follow the locale of the database.
  boundary: () => {
    throw new PatternRefused('a word boundary, which this engine finds by its own locale');
  },
  code: (code) =>
    isPlain(code)
      ? String.fromCharCode(code)
      : code > 0xffff
        ? `\\U${code.toString(16).padStart(8, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`,
  everything: '.',
  first: 1,
  mostRepeats: 255,
};

/** As RE2 reads it. `whole`: from the first character to the last. */
export const toRe2 = (node: PatternNode, whole = false): string => written(node, RE2, whole);

/** As PostgreSQL reads it: an ARE, with nothing that depends on its locale. */
export const toAre = (node: PatternNode, whole = false): string => `***:${written(node, ARE, whole)}`;

function written(node: PatternNode, style: Style, whole: boolean): string {
  return whole ? `${style.start}(?:${write(node, style)})${style.end}` : write(node, style);
}

function write(node: PatternNode, style: Style): string {
  switch (node.is) {
    case 'set':
      return writeSet(node.ranges, style);
    case 'sequence':
      return node.items
        .map((item) => (item.is === 'choice' ? `(?:${write(item, style)})` : write(item, style)))
        .join('');
    case 'choice':
      return node.options.map((item) => write(item, style)).join('|');
    case 'repeat': {
      const item = node.item.is === 'set' ? write(node.item, style) : `(?:${write(node.item, style)})`;
      if (node.min > style.mostRepeats || (node.max ?? 0) > style.mostRepeats)
        throw new PatternRefused(`more than ${style.mostRepeats} repeats, which this engine does not count`);
      return `${item}{${node.min},${node.max ?? ''}}`;
    }
    case 'start':
      return style.start;
    case 'end':
      return style.end;
    case 'boundary':
      return style.boundary(node.negated);
  }
}

function writeSet(ranges: Ranges, style: Style): string {
  if (isEverything(ranges)) return style.everything;
  const seen = ranges
    .map(([from, to]) => [Math.max(from, style.first), to] as const)
    .filter(([from, to]) => from <= to);
  const [only] = seen;
  // A text of this engine cannot hold the only character asked for.
  if (only === undefined) throw new PatternRefused('a character this engine cannot hold');
  if (seen.length === 1 && only[0] === only[1]) return style.code(only[0]);
  return `[${seen.map(([from, to]) => (from === to ? style.code(from) : `${style.code(from)}-${style.code(to)}`)).join('')}]`;
}

const isPlain = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** How many code points a text has that the tree matches whole. */
export function lengthOf(node: PatternNode): { readonly min: number; readonly max: number | null } {
  switch (node.is) {
    case 'set':
      return { min: 1, max: 1 };
    case 'sequence':
      return node.items.map(lengthOf).reduce((a, b) => ({ min: a.min + b.min, max: plus(a.max, b.max) }), {
        min: 0,
        max: 0,
      });
    case 'choice':
      return node.options.map(lengthOf).reduce((a, b) => ({
        min: Math.min(a.min, b.min),
        max: a.max === null || b.max === null ? null : Math.max(a.max, b.max),
      }));
    case 'repeat': {
      const one = lengthOf(node.item);
      return { min: one.min * node.min, max: node.max === null || one.max === null ? null : one.max * node.max };
    }
    default:
      return { min: 0, max: 0 };
  }
}

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/**
 * The sets of a text of fixed length, one after the other, when the tree is nothing but that; undefined otherwise. With
 * anchors at both ends (or `whole`) it can be asked character by character.
 */
export function fixedSets(node: PatternNode, whole = false): readonly Ranges[] | undefined {
  const items = node.is === 'sequence' ? node.items : [node];
  const anchored = items.length >= 2 && items[0]?.is === 'start' && items.at(-1)?.is === 'end';
  if (!anchored && !whole) return undefined;
  return setsOf(anchored ? items.slice(1, -1) : items);
}

/** The sets with which a text begins, when the tree asks for nothing else; undefined otherwise. */
export function prefixSets(node: PatternNode): readonly Ranges[] | undefined {
  return node.is === 'sequence' && node.items[0]?.is === 'start' ? setsOf(node.items.slice(1)) : undefined;
}

function setsOf(items: readonly PatternNode[]): readonly Ranges[] | undefined {
  const sets: Ranges[] = [];
  for (const item of items) {
    const set = item.is === 'set' ? item : item.is === 'repeat' && item.item.is === 'set' ? item.item : undefined;
    if (set === undefined) return undefined;
    const times = item.is === 'repeat' ? (item.max === item.min ? item.min : -1) : 1;
    if (times < 0 || sets.length + times > 64) return undefined;
    for (let i = 0; i < times; i++) sets.push(set.ranges);
  }
  return sets.length === 0 ? undefined : sets;
}

/** GLOB for sets of ASCII letters, digits and marks that mean nothing there; undefined when it cannot be said. */
export function toGlob(sets: readonly Ranges[], after = ''): string | undefined {
  const parts = sets.map((ranges) => {
    const [first] = ranges;
    if (ranges.length === 1 && first !== undefined && first[0] === first[1])
      return /^[A-Za-z0-9 /.,:;_+=-]$/.test(String.fromCodePoint(first[0]))
        ? String.fromCodePoint(first[0])
        : undefined;
    if (!ranges.every(([from, to]) => isPlain(from) && isPlain(to))) return undefined;
    // One by one where they are few: beside a range, the loop over a set is not foreseen by a processor.
    const few = ranges.length > 1 && ranges.every(([from, to]) => to - from < 3);
    const range = (from: number, to: number): string => `${String.fromCodePoint(from)}-${String.fromCodePoint(to)}`;
    return `[${few ? charactersOf(ranges).join('') : ranges.map(([from, to]) => (from === to ? String.fromCodePoint(from) : range(from, to))).join('')}]`;
  });
  return parts.every((part) => part !== undefined) ? parts.join('') + after : undefined;
}

const charactersOf = (ranges: Ranges): readonly string[] =>
  ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)));

/** The characters of "one of these", when they are so few that each may be looked for by itself; else undefined. */
export function fewCharacters(node: PatternNode): readonly string[] | undefined {
  if (node.is !== 'set' || node.ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0) > 10) return undefined;
  return charactersOf(node.ranges);
}

/**
 * Of a tree of the whole text, "any number of these", perhaps with one of those before or after: what is found in the texts it
 * does not accept, and in no other. 'none' when it accepts every text; undefined for another tree.
 */
export function strangers(body: PatternNode, alone: boolean): PatternNode | 'none' | undefined {
  const items = body.is === 'sequence' ? body.items : [body];
  const at = items.findIndex(
    (item) => item.is === 'repeat' && item.min === 0 && item.max === null && item.item.is === 'set',
  );
  const [before, many, after] = [items.slice(0, at), items[at], items.slice(at + 1)];
  if (many?.is !== 'repeat' || many.item.is !== 'set' || items.length > (alone ? 1 : 3)) return undefined;
  if (before.length > 1 || after.length > 1) return undefined;
  const whichever = oneOf(EVERYTHING);
  const options: PatternNode[] = [];
  const say = (...of: readonly PatternNode[]): number => options.push({ is: 'sequence', items: of });
  // Too short.
  if (items.length > 1)
    say({ is: 'start' }, { is: 'repeat', item: whichever, min: 0, max: items.length - 2 }, { is: 'end' });
  for (const set of [...before, ...after]) {
    if (set.is !== 'set') return undefined;
    const others = complement(set.ranges);
    if (others.length === 0) continue;
    if (before.includes(set)) say({ is: 'start' }, oneOf(others));
    else say(oneOf(others), { is: 'end' });
  }
  const others = complement(many.item.ranges);
  if (others.length > 0) say(...before.map(() => whichever), oneOf(others), ...after.map(() => whichever));
  if (options.length === 0) return 'none';
  const [only] = options;
  if (only?.is !== 'sequence' || options.length > 1) return { is: 'choice', options };
  return only.items.length === 1 ? only.items[0] : only;
}

/** The tree of "one character that is in this set". */
export const oneOf = (ranges: Ranges): PatternNode => ({
  is: 'set',
  ranges: ranges.length === 0 ? EVERYTHING : ranges,
});

/** The tree of this text and no other. */
export const literally = (text: string): PatternNode => ({
  is: 'sequence',
  items: Array.from(text, (c) => oneOf([[c.codePointAt(0) ?? 0, c.codePointAt(0) ?? 0]])),
});

/** What lies between the first and the last character, when the tree speaks of the whole text; else undefined. */
export function wholeBody(node: PatternNode, whole: boolean): PatternNode | undefined {
  const items = node.is === 'sequence' ? node.items : [node];
  if (items.length < 2 || items[0]?.is !== 'start' || items.at(-1)?.is !== 'end') return whole ? node : undefined;
  const inner = items.slice(1, -1);
  return inner.length === 1 ? inner[0] : { is: 'sequence', items: inner };
}
