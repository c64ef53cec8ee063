/** Addresses that somebody else wrote. */

/**
 * The URL that a text is, or null. Not by `URL.canParse`: in Node 20, once it is compiled, it answers otherwise than
 * `new URL` for texts with letters such as "ß".
 */
export function urlOf(text: string, base?: URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
