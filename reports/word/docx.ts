/**
 * A document as the bytes of a .docx file, written by hand as the workbooks are: the few elements a report needs, and the
 * same bytes for the same document. Rule: no macro, no outside link, no time but the one given.
 */
import { coreXml, relations } from '../xlsx/package-xml.ts';
import { CONTENT_TYPES, DECLARATION, PACKAGE_RELATIONSHIPS, RELATIONSHIPS } from '../xlsx/xml.ts';
import { zip } from '../xlsx/zip.ts';
import { bodyXml, runsXml } from './body-xml.ts';
import type { Document } from './document.ts';
import { stylesXml, WORD } from './styles-xml.ts';

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** @returns bytes of the .docx file */
export function docxFile(document: Document): Uint8Array {
  return zip(docxParts(document));
}

/** Path → content of the parts, in the order in which they are packed. */
export function docxParts(document: Document): Map<string, string> {
  const hasFoot = document.foot !== null;
  const frames = { number: 'rId3', first: 'rId4', foot: hasFoot ? 'rId5' : null };
  const parts = new Map<string, string>();
  parts.set('[Content_Types].xml', contentTypes(hasFoot));
  parts.set(
    '_rels/.rels',
    relations([
      [`${RELATIONSHIPS}/officeDocument`, 'word/document.xml'],
      [`${PACKAGE_RELATIONSHIPS}/metadata/core-properties`, 'docProps/core.xml'],
    ]),
  );
  parts.set('docProps/core.xml', coreXml(document));
  parts.set('word/document.xml', root('document', `<w:body>${bodyXml(document, frames)}</w:body>`));
  parts.set(
    'word/_rels/document.xml.rels',
    relations([
      [`${RELATIONSHIPS}/styles`, 'styles.xml'],
      [`${RELATIONSHIPS}/settings`, 'settings.xml'],
      [`${RELATIONSHIPS}/header`, 'page-number.xml'],
      [`${RELATIONSHIPS}/header`, 'first-page.xml'],
      ...(hasFoot ? [[`${RELATIONSHIPS}/footer`, 'foot.xml'] as const] : []),
    ]),
  );
  parts.set('word/styles.xml', stylesXml());
  parts.set('word/settings.xml', root('settings', SETTINGS));
  parts.set('word/page-number.xml', root('hdr', PAGE_NUMBER));
  parts.set('word/first-page.xml', root('hdr', '<w:p><w:pPr><w:pStyle w:val="pageNo"/></w:pPr></w:p>'));
  if (document.foot !== null)
    parts.set(
      'word/foot.xml',
      root('ftr', `<w:p><w:pPr><w:pStyle w:val="foot"/></w:pPr>${runsXml([{ text: document.foot }])}</w:p>`),
    );
  return parts;
}

const PAGE_NUMBER =
  '<w:p><w:pPr><w:pStyle w:val="pageNo"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>';

/** Word's own manner since 2013, not that of an older program. */
const SETTINGS =
  '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/>';

function root(name: string, content: string): string {
  return `${DECLARATION}<w:${name} xmlns:w="${WORD}" xmlns:r="${RELATIONSHIPS}">${content}</w:${name}>`;
}

function contentTypes(hasFoot: boolean): string {
  const override = (path: string, type: string): string => `<Override PartName="/${path}" ContentType="${type}"/>`;
  return [
    `${DECLARATION}<Types xmlns="${CONTENT_TYPES}">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    override('word/document.xml', `${TYPE}.document.main+xml`),
    override('word/styles.xml', `${TYPE}.styles+xml`),
    override('word/settings.xml', `${TYPE}.settings+xml`),
    override('word/page-number.xml', `${TYPE}.header+xml`),
    override('word/first-page.xml', `${TYPE}.header+xml`),
    hasFoot ? override('word/foot.xml', `${TYPE}.footer+xml`) : '',
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
    '</Types>',
  ].join('');
}
