/** JSON with sorted keys, so that equal content has equal text. */
import { BoundedMap } from './bounded-map.ts';

/** What `JSON.stringify` gives for a value whose objects all have their keys in order. */
export function stableJson(value: unknown): string {
  return textOf(value) as string;
}

/** Written key by key: a sorted copy for `JSON.stringify` costs twice as much. Undefined for what an object leaves out. */
function textOf(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') return textOf(value.toJSON());
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((part) => textOf(part) ?? 'null').join(',')}]`;
  const node = value as Record<string, unknown>;
  let text = '';
  for (const { key, written } of inOrder(Object.keys(node))) {
    const part = textOf(node[key]);
    if (part !== undefined) text += text === '' ? written + part : `,${written}${part}`;
  }
  return `{${text}}`;
}

type Keys = readonly { key: string; written: string }[];

/** Thousands of facts have the same keys. */
const known = new BoundedMap<string, Keys>(1_000);

function inOrder(keys: readonly string[]): Keys {
  const name = keys.join('\n');
  const found = known.get(name);
  if (found !== undefined && found.length === keys.length) return found;
  // As an object lists them: numbers stand before words whatever the order in which they were given.
  const listed = Object.keys(Object.fromEntries([...keys].sort().map((key) => [key, null])));
  const sorted = listed.map((key) => ({ key, written: `${JSON.stringify(key)}:` }));
  // Other keys with line ends in them may be joined to the same name, but not as many of them.
  if (keys.some((key) => key.includes('\n'))) return sorted;
  known.set(name, sorted);
  return sorted;
}
