/** Readings of texts that come again: the same clause is asked for by many rules, the same title by many rows. */
import { BoundedMap } from '../../../config/bounded-map.ts';

const MOST = 1_000;
/** Characters of a text that is kept. */
const LONGEST = 2_000;

/** `read` with its last results kept; what it gives back must not be changed. */
export function recalled<R>(read: (text: string, about?: string) => R): (text: string, about?: string) => R {
  const kept = new BoundedMap<string, R>(MOST);
  return (text, about) => {
    if (text.length > LONGEST) return read(text, about);
    const key = `${about ?? ''}\n${text}`;
    if (kept.has(key)) return kept.get(key) as R;
    const result = read(text, about);
    kept.set(key, result);
    return result;
  };
}
