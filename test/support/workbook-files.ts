/** Workbooks (.xlsx) written by hand, part by part, with whatever a program or a person may put into them. */
import { deflateRawSync } from 'node:zlib';
import { columnLetters } from '../../config/form/places.ts';
import type { BlockSource } from './document-files.ts';
import { zip } from './zip-files.ts';

/** A text, a number, nothing, or the XML of a cell given its address. */
export type CellSource = string | number | boolean | null | { day: number } | { xml: (address: string) => string };

export interface SheetSource {
  name?: string;
  /** From row 1; a row by its number where rows are left out. */
  rows?: readonly (readonly CellSource[])[] | Readonly<Record<number, readonly CellSource[]>>;
  state?: 'hidden' | 'veryHidden';
  merged?: readonly string[];
  hiddenRows?: readonly number[];
  hiddenColumns?: readonly number[];
  /** Instead of the rows: all that stands in the worksheet element. */
  xml?: string;
}

export interface WorkbookSource {
  sheets?: readonly SheetSource[];
  date1904?: boolean;
  /** Further parts, or parts instead of those that are written. null leaves a part out. */
  parts?: Readonly<Record<string, string | Uint8Array | null>>;
  /** Relations of the workbook beside those of its sheets. */
  relations?: readonly string[];
}

export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Style 1 is dd/mm/yyyy, 2 is 0%, 3 a format of one's own for days. */
const STYLES =
  '<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="[$-42A]dd/mm/yyyy;@"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (id: string, kind: string, target: string, more = ''): string =>
  `<Relationship Id="${id}" Type="${TYPES}/${kind}" Target="${target}"${more}/>`;

export function externalRelation(id: string, kind: string, target: string): string {
  return relation(id, kind, target);
}

function cellXml(value: CellSource, address: string): string {
  if (value === null) return '';
  if (typeof value === 'number') return `<c r="${address}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c r="${address}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (typeof value === 'string')
    return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
  return 'day' in value ? `<c r="${address}" s="1"><v>${value.day}</v></c>` : value.xml(address);
}

export function formula(text: string, value: string | number | null): CellSource {
  const cached = value === null ? '' : `<v>${typeof value === 'number' ? value : escapeXml(value)}</v>`;
  const type = typeof value === 'string' ? ' t="str"' : '';
  return { xml: (address) => `<c r="${address}"${type}><f>${escapeXml(text)}</f>${cached}</c>` };
}

export function sheetXml(sheet: SheetSource): string {
  if (sheet.xml !== undefined) return `<worksheet>${sheet.xml}</worksheet>`;
  const rows = Object.entries(
    Array.isArray(sheet.rows) ? Object.fromEntries(sheet.rows.map((r, i) => [i + 1, r])) : (sheet.rows ?? {}),
  );
  const body = rows.map(([number, cells]) => {
    const hidden = sheet.hiddenRows?.includes(Number(number)) === true ? ' hidden="1"' : '';
    const line = (cells as readonly CellSource[]).map((value, i) => cellXml(value, `${columnLetters(i + 1)}${number}`));
    return `<row r="${number}"${hidden}>${line.join('')}</row>`;
  });
  const columns = (sheet.hiddenColumns ?? []).map((at) => `<col min="${at}" max="${at}" hidden="1"/>`).join('');
  const merged = (sheet.merged ?? []).map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return `<worksheet>${columns === '' ? '' : `<cols>${columns}</cols>`}<sheetData>${body.join('')}</sheetData>${merged === '' ? '' : `<mergeCells>${merged}</mergeCells>`}</worksheet>`;
}

export function workbookParts({
  sheets = [{}],
  date1904 = false,
  parts = {},
  relations = [],
}: WorkbookSource): Record<string, string | Uint8Array> {
  const list = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${escapeXml(name ?? `Sheet${i + 1}`)}" sheetId="${i + 1}" r:id="s${i + 1}"${state === undefined ? '' : ` state="${state}"`}/>`,
  );
  const all: Record<string, string | Uint8Array | null> = {
    '[Content_Types].xml': '<Types><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook>${date1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets.map((_, i) => relation(`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation('st', 'styles', 'styles.xml')}${relation('ss', 'sharedStrings', 'sharedStrings.xml')}${relations.join('')}</Relationships>`,
    'xl/styles.xml': STYLES,
    'xl/sharedStrings.xml': '<sst/>',
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)])),
    ...parts,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string | Uint8Array] => entry[1] !== null),
  );
}

export function workbookFile(source: WorkbookSource = {}): Buffer {
  const parts = Object.entries(workbookParts(source)).map(([name, content]) => ({
    name,
    data: typeof content === 'string' ? Buffer.from(content) : content,
  }));
  return Buffer.from(zip(parts));
}

/** How small a text becomes: for saying how hard a bomb is pressed. */
export function pressed(text: string): number {
  return deflateRawSync(Buffer.from(text)).length;
}

/** A document as somebody types it into one sheet: a paragraph a row, tables with merged cells. */
export function documentWorkbook(blocks: readonly BlockSource[]): Uint8Array {
  const rows: CellSource[][] = [];
  const merged: string[] = [];
  for (const block of blocks) {
    if (typeof block === 'string') {
      rows.push([block], []);
      continue;
    }
    const last = columnLetters(block.header.length);
    rows.push([...block.header]);
    const first = rows.length + 1;
    for (const [at, row] of block.rows.entries()) {
      const number = first + at;
      if ('heading' in row) {
        rows.push([row.heading]);
        merged.push(`A${number}:${last}${number}`);
        continue;
      }
      rows.push(row.cells.map((text) => text));
      for (const [column, text] of row.cells.entries()) {
        if (text === null) continue;
        let end = at;
        for (
          let next = block.rows[end + 1];
          next !== undefined && 'cells' in next && next.cells[column] === null;
          next = block.rows[end + 1]
        )
          end++;
        if (end > at) merged.push(`${columnLetters(column + 1)}${number}:${columnLetters(column + 1)}${first + end}`);
      }
    }
    rows.push([]);
  }
  return workbookFile({ sheets: [{ name: 'Phụ lục', rows, merged }] });
}
