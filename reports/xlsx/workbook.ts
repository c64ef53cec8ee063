/** A workbook as the parts of an .xlsx file. Rule: no macro, no outside link, no time but the one given. */

import { coreXml, relations } from './package-xml.ts';
import type { Range, Sheet } from './sheet.ts';
import { absolute, quotedSheet, SharedStrings, type SharedStrings as Strings, sheetXml } from './sheet-xml.ts';
import { StyleRegister } from './styles.ts';
import { CONTENT_TYPES, DECLARATION, escapeXml, MAIN, PACKAGE_RELATIONSHIPS, RELATIONSHIPS } from './xml.ts';
import { zip } from './zip.ts';

export interface Workbook {
  readonly title: string;
  readonly subject: string;
  readonly creator: string;
  /** When it was made, ISO 8601 in UTC. */
  readonly madeAt: string;
  readonly sheets: readonly Sheet[];
  /** Names for ranges; those of print titles and areas are added. */
  readonly names: readonly { readonly name: string; readonly sheet: string; readonly range: Range }[];
}

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** @returns bytes of the .xlsx file; the same workbook gives the same bytes */
export function workbookFile(workbook: Workbook): Uint8Array {
  return zip(workbookParts(workbook));
}

/** Path → content of the parts. */
export function workbookParts(workbook: Workbook): Map<string, string> {
  const styles = new StyleRegister();
  const strings: Strings = new SharedStrings();
  const sheets = workbook.sheets.map((sheet, i) => sheetXml(sheet, styles, strings, i === 0));
  const parts = new Map<string, string>();
  parts.set('[Content_Types].xml', contentTypes(sheets.length));
  parts.set(
    '_rels/.rels',
    relations([
      [`${RELATIONSHIPS}/officeDocument`, 'xl/workbook.xml'],
      [`${PACKAGE_RELATIONSHIPS}/metadata/core-properties`, 'docProps/core.xml'],
    ]),
  );
  parts.set('docProps/core.xml', coreXml(workbook));
  parts.set('xl/workbook.xml', workbookXml(workbook));
  parts.set(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...sheets.map((_, i): [string, string] => [`${RELATIONSHIPS}/worksheet`, `worksheets/sheet${i + 1}.xml`]),
      [`${RELATIONSHIPS}/styles`, 'styles.xml'],
      [`${RELATIONSHIPS}/sharedStrings`, 'sharedStrings.xml'],
    ]),
  );
  for (const [i, xml] of sheets.entries()) parts.set(`xl/worksheets/sheet${i + 1}.xml`, xml);
  parts.set('xl/styles.xml', styles.xml());
  parts.set('xl/sharedStrings.xml', strings.xml());
  return parts;
}

function contentTypes(sheets: number): string {
  const override = (path: string, type: string): string => `<Override PartName="/${path}" ContentType="${type}"/>`;
  return [
    `${DECLARATION}<Types xmlns="${CONTENT_TYPES}">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    override('xl/workbook.xml', `${TYPE}.sheet.main+xml`),
    ...Array.from({ length: sheets }, (_, i) => override(`xl/worksheets/sheet${i + 1}.xml`, `${TYPE}.worksheet+xml`)),
    override('xl/styles.xml', `${TYPE}.styles+xml`),
    override('xl/sharedStrings.xml', `${TYPE}.sharedStrings+xml`),
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
    '</Types>',
  ].join('');
}

/** Excel's own name for the range of a filter; without it the buttons are lost when the sheet is sorted. */
const FILTER = '_xlnm._FilterDatabase';

function workbookXml(workbook: Workbook): string {
  const sheets = workbook.sheets.map(
    (sheet, i) =>
      `<sheet name="${escapeXml(sheet.name)}" sheetId="${i + 1}"${sheet.state === 'visible' ? '' : ` state="${sheet.state}"`} r:id="rId${i + 1}"/>`,
  );
  const names = [
    ...workbook.names.map(({ name, sheet, range }) => ({ name, local: -1, to: absolute(sheet, range) })),
    ...workbook.sheets.flatMap(printNames),
    ...workbook.sheets.flatMap(({ name, filter }, local) =>
      filter === null ? [] : [{ name: FILTER, local, to: absolute(name, filter) }],
    ),
  ].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.local - b.local));
  const defined = names.map(
    ({ name, local, to }) =>
      `<definedName name="${name}"${local < 0 ? '' : ` localSheetId="${local}"`}${name === FILTER ? ' hidden="1"' : ''}>${escapeXml(to)}</definedName>`,
  );
  return [
    `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}">`,
    '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="15000" tabRatio="850" activeTab="0"/></bookViews>',
    `<sheets>${sheets.join('')}</sheets>`,
    `<definedNames>${defined.join('')}</definedNames>`,
    '<calcPr calcId="191029" fullCalcOnLoad="1"/>',
    '</workbook>',
  ].join('');
}

function printNames(sheet: Sheet, local: number): { name: string; local: number; to: string }[] {
  const { print, name } = sheet;
  if (print === null) return [];
  const titles = [
    print.titleColumns === undefined
      ? null
      : absolute(name, {
          from: { column: print.titleColumns[0], row: 1 },
          to: { column: print.titleColumns[1], row: 1 },
        }).replaceAll(/\$(\d+)/g, ''),
    print.titleRows === undefined ? null : `${quotedSheet(name)}!$${print.titleRows[0]}:$${print.titleRows[1]}`,
  ].filter((one) => one !== null);
  return [
    ...(print.area === undefined ? [] : [{ name: '_xlnm.Print_Area', local, to: absolute(name, print.area) }]),
    ...(titles.length === 0 ? [] : [{ name: '_xlnm.Print_Titles', local, to: titles.join(',') }]),
  ];
}
