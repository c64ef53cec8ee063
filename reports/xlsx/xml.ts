/** Text on its way into the XML of a workbook. Rule: whatever a source wrote stays text, legal and within Excel's limits. */

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const PACKAGE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
export const CONTENT_TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Excel's own limit of a cell. */
const CELL_LENGTH = 32_767;

/** Control characters and what else XML 1.0 does not have, halves of pairs, and marks that turn the direction of the text. */
const ILLEGAL =
  /[^\t\n\r\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text without characters that XML forbids or that disguise what is read. */
export function legalText(text: string): string {
  return text.replace(ILLEGAL, '').replaceAll(/\r\n?/g, '\n');
}

/** Text as it may stand in a cell: legal, without tabs, not too long. */
export function cellText(text: string): string {
  const clean = legalText(text).replaceAll('\t', ' ');
  // What is cut may be half of a pair.
  return clean.length <= CELL_LENGTH ? clean : `${legalText(clean.slice(0, CELL_LENGTH - 2))}…`;
}

/** Escaped for an element or an attribute in double quotes. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A cell's text: `_x0041_` is Excel's own escape and would be read as "A". */
export function stringXml(text: string): string {
  const clean = cellText(text).replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  // Only where spaces would be lost, as Excel itself has it.
  const keep = clean !== clean.trim() || clean.includes('\n') ? ' xml:space="preserve"' : '';
  return `<t${keep}>${escapeXml(clean)}</t>`;
}

/** True for text that a program could take for a formula when the cell is edited or the sheet is saved as CSV; wide signs too. */
export function looksLikeFormula(text: string): boolean {
  return /^\s*[=+\-@\t\r|%\uff1d\uff0b\uff0d\uff20]/.test(text);
}

/** Text of a header or footer: `&` begins a code there, and Excel takes 255 characters at most. */
export function footerText(text: string): string {
  return cellText(text).replaceAll('&', '&&').replaceAll('\n', ' ').slice(0, 200);
}
