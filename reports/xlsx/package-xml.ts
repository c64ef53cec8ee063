/** Parts every Office package has, a workbook as a report: relations and properties. Rule: no time but the one given. */
import { DECLARATION, escapeXml, legalText, PACKAGE_RELATIONSHIPS } from './xml.ts';

export interface Properties {
  readonly title: string;
  readonly subject: string;
  readonly creator: string;
  /** When it was made, ISO 8601 in UTC. */
  readonly madeAt: string;
}

/** A part of relations, numbered from rId1 in the order given. */
export function relations(list: readonly (readonly [type: string, target: string])[]): string {
  const rows = list.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${type}" Target="${target}"/>`);
  return `${DECLARATION}<Relationships xmlns="${PACKAGE_RELATIONSHIPS}">${rows.join('')}</Relationships>`;
}

/** `docProps/core.xml`. */
export function coreXml({ title, subject, creator, madeAt }: Properties): string {
  const text = (value: string): string => escapeXml(legalText(value));
  const time = `${madeAt.slice(0, 19)}Z`;
  return [
    DECLARATION,
    `<cp:coreProperties xmlns:cp="${PACKAGE_RELATIONSHIPS.replace('relationships', 'metadata/core-properties')}" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`,
    `<dc:title>${text(title)}</dc:title><dc:subject>${text(subject)}</dc:subject><dc:creator>${text(creator)}</dc:creator>`,
    `<dcterms:created xsi:type="dcterms:W3CDTF">${time}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${time}</dcterms:modified>`,
    '</cp:coreProperties>',
  ].join('');
}
