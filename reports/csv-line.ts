/** One line of a CSV file (RFC 4180). Rule: where asked for, no text can become a formula in a spreadsheet. */

export type CsvValue = string | number | bigint | boolean | null | undefined;

/** A text that a spreadsheet would take for a formula; white space before the sign does not save it. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/**
 * Values as one line, without its line break; a missing value is an empty field.
 * @param blocksFormulas puts an apostrophe before texts that begin like a formula; numbers stay numbers
 */
export function csvLine(values: readonly CsvValue[], blocksFormulas: boolean): string {
  return values.map((value) => csvField(value, blocksFormulas)).join(',');
}

function csvField(value: CsvValue, blocksFormulas: boolean): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = blocksFormulas && FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
