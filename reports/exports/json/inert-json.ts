/** JSON text of hostile content. Rule: the value stays as it was; what could act on a page or terminal is escaped. */

/** `<` could end a script element; the others are invisible, turn the direction of the text or end a line of script. */
const RISKY = /[<\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** JSON of a value, in which every text is inert. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(
    RISKY,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
