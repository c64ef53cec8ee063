/**
 * Sets of Unicode code points as sorted ranges that neither touch nor overlap. Surrogates are no characters and belong
 * to no set: text that reaches an engine is UTF-8.
 */
export type Ranges = readonly (readonly [from: number, to: number])[];

const LAST = 0x10ffff;
const SURROGATES = [0xd800, 0xdfff] as const;

export function union(a: Ranges, b: Ranges): Ranges {
  const sorted = [...a, ...b].sort((x, y) => x[0] - y[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

export function complement(ranges: Ranges): Ranges {
  const result: [number, number][] = [];
  let next = 0;
  for (const [from, to] of union(ranges, [SURROGATES])) {
    if (from > next) result.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) result.push([next, LAST]);
  return result;
}

/** Every character there is. */
export const EVERYTHING: Ranges = complement([]);

export function isEverything(ranges: Ranges): boolean {
  return (
    ranges.length === 2 && ranges.every(([from, to], i) => from === EVERYTHING[i]?.[0] && to === EVERYTHING[i]?.[1])
  );
}

const properties = new Map<string, Ranges | undefined>();

/** The characters with a Unicode property, by the tables of this program's own engine; undefined when it is unknown. */
export function unicodeProperty(name: string): Ranges | undefined {
  if (!properties.has(name)) properties.set(name, listProperty(name));
  return properties.get(name);
}

function listProperty(name: string): Ranges | undefined {
  let test: RegExp;
  try {
    test = new RegExp(`^\\p{${name}}$`, 'u');
  } catch {
    return undefined;
  }
  const ranges: [number, number][] = [];
  for (let code = 0; code <= LAST; code++) {
    if (code === SURROGATES[0]) code = SURROGATES[1] + 1;
    if (!test.test(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}
