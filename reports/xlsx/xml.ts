/** Text on its way into the XML of a workbook. Rule: whatever a source wrote stays text, legal and within Excel's limits. */

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const PACKAGE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
export const CONTENT_TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Excel's own limit of a cell. */
const CELL_LENGTH = 32_767;

/** False for what XML 1.0 does not have, for halves of pairs, and for marks that turn the direction of the text. */
function isLegal(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  if ((code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff) return false;
  return !(
    code === 0x061c ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

/** Text as it may stand in an XML part: legal, lines ended by a line feed, without tabs. */
export function legalText(text: string): string {
  const legal = [...text].filter((character) => isLegal(character.codePointAt(0) ?? 0)).join('');
  return legal.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ');
}

/** Text as it may stand in a cell: legal and not too long. */
export function cellText(text: string): string {
  const clean = legalText(text);
  return clean.length <= CELL_LENGTH
    ? clean
    : `${[...clean.slice(0, CELL_LENGTH - 2)].filter((c) => isLegal(c.codePointAt(0) ?? 0)).join('')}…`;
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

/** True for text that a program could take for a formula when the cell is edited or the sheet is saved as CSV. */
export function looksLikeFormula(text: string): boolean {
  return /^\s*[=+\-@\t\r|%]/.test(text);
}

/** Text of a header or footer: `&` begins a code there, and Excel takes 255 characters at most. */
export function footerText(text: string): string {
  return cellText(text).replaceAll('&', '&&').replaceAll('\n', ' ').slice(0, 200);
}
