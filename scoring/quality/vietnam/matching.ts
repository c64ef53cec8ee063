/** How reference implementations of rules look at a text: the same patterns that are handed to the engines. */

/** The whole text matches. */
export function isWhole(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 'u').test(text);
}

/** It occurs somewhere. */
export function occurs(text: string, pattern: string): boolean {
  return new RegExp(pattern, 'u').test(text);
}

export type CharacterRanges = readonly (readonly [from: string, to: string])[];

export function hasOneOf(text: string, ranges: CharacterRanges): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (ranges.some(([from, to]) => code >= (from.codePointAt(0) ?? 0) && code <= (to.codePointAt(0) ?? 0)))
      return true;
  }
  return false;
}
