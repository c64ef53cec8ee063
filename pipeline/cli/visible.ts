/** What data may not do to a terminal: escape sequences, line breaks and turned reading order become dots. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences in data must not reach the terminal
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** One line of text without control characters. */
export function visible(text: string): string {
  return text.replace(CONTROL, '·');
}
