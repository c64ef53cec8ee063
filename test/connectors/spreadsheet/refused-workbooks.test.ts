import { describe, expect, test } from 'vitest';
import { Fault } from '../../../config/fault.ts';
import { readWorkbook } from '../../../connectors/spreadsheet/workbook/read-workbook.ts';
import { externalRelation, workbookFile, workbookParts } from '../../support/workbook-files.ts';
import { zip } from '../../support/zip-files.ts';

/** What a workbook is refused for, `read` when it is not; every refusal says what to do. */
async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await readWorkbook(bytes);
    return 'read';
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.hint).toBeTruthy();
    return error.code;
  }
}

const utf8 = (text: string): Buffer => Buffer.from(text);
const archive = (parts: Readonly<Record<string, string>>): Uint8Array =>
  zip(Object.entries(parts).map(([name, text]) => ({ name, data: utf8(text) })));
const compound = (inside: string): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(2_000),
    Buffer.from(inside, 'utf16le'),
    Buffer.alloc(500),
  ]);
const book = (xml: string): Uint8Array => workbookFile({ sheets: [{ xml }] });
const row = (cells: string): Uint8Array => book(`<sheetData><row r="1">${cells}</row></sheetData>`);

describe('what is refused, each for its own reason', () => {
  const CASES: Readonly<Record<string, readonly [code: string, bytes: () => Uint8Array]>> = {
    'an empty file': ['empty', () => new Uint8Array()],
    'a workbook of before 2007 with a new name': ['legacy-xls', () => compound('Workbook')],
    'a workbook of before 1997': ['legacy-xls', () => Buffer.from([9, 8, 16, 0, 0, 6, 5, 0])],
    'a workbook under a password': ['encrypted', () => compound('EncryptedPackage')],
    'an archive under a password': ['encrypted', () => zip([{ name: 'xl/workbook.xml', data: utf8('x'), flags: 1 }])],
    'a CSV file with a new name': ['csv', () => utf8('STT,Tên CSDL,Số tiêu chí\n1,Hộ tịch,13\n')],
    'a tab-separated file of UTF-16': ['csv', () => Buffer.from('\ufeffSTT\tTên\n1\tHộ tịch\n', 'utf16le')],
    'a web page with the name of a workbook': [
      'not-a-workbook',
      () => utf8('<html><table><tr><td>1</td></tr></table></html>'),
    ],
    'an Excel 2003 XML file': [
      'not-a-workbook',
      () => utf8('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>'),
    ],
    'a PDF': ['not-a-workbook', () => utf8('%PDF-1.7')],
    'a picture': ['not-a-workbook', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    'an OpenDocument sheet': [
      'ods',
      () => archive({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
    ],
    'a binary workbook': ['xlsb', () => archive({ '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' })],
    'a Word file': [
      'not-a-workbook',
      () => archive({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<x/>' }),
    ],
    'a zip of workbooks': ['not-a-workbook', () => zip([{ name: 'a.xlsx', data: workbookFile() }])],
    macros: ['macro', () => workbookFile({ parts: { 'xl/vbaProject.bin': 'x' } })],
    'macros under another folder': ['macro', () => workbookFile({ parts: { 'xl/x/VBAPROJECT.BIN': 'x' } })],
    'Excel 4 macro sheets': ['macro', () => workbookFile({ parts: { 'xl/macrosheets/sheet1.xml': '<x/>' } })],
    'a macro workbook by its type alone': [
      'macro',
      () =>
        workbookFile({
          parts: {
            '[Content_Types].xml':
              '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
          },
        }),
    ],
    'a DDE link': ['dde', () => linked('<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>')],
    'an OLE link': ['dde', () => linked('<externalLink><oleLink progId="x"/></externalLink>')],
    'no workbook in it': ['broken', () => workbookFile({ parts: { 'xl/workbook.xml': null } })],
    'no sheet in it': ['broken', () => workbookFile({ sheets: [] })],
    'a sheet that is missing': ['broken', () => workbookFile({ parts: { 'xl/worksheets/sheet1.xml': null } })],
    'a sheet that is somewhere else': [
      'broken',
      () =>
        workbookFile({
          parts: {
            'xl/_rels/workbook.xml.rels':
              '<Relationships><Relationship Id="s1" Type="x/worksheet" Target="../../../etc/passwd"/></Relationships>',
          },
        }),
    ],
    'a sheet on the network': [
      'broken',
      () =>
        workbookFile({
          parts: {
            'xl/_rels/workbook.xml.rels':
              '<Relationships><Relationship Id="s1" Type="x/worksheet" Target="http://example.com/s.xml" TargetMode="External"/></Relationships>',
          },
        }),
    ],
    'a sheet that ends in the middle': [
      'broken',
      () => workbookFile({ parts: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"><c r="A1"><v>1' } }),
    ],
    'a sheet that is not UTF-8': [
      'broken',
      () =>
        workbookFile({ parts: { 'xl/worksheets/sheet1.xml': Buffer.from('<worksheet>\xe9</worksheet>', 'latin1') } }),
    ],
    'an empty sheet part': ['broken', () => workbookFile({ parts: { 'xl/worksheets/sheet1.xml': '' } })],
    'an address that cannot be': ['broken', () => row('<c r="XFE1"><v>1</v></c>')],
    'an address in another row': ['broken', () => row('<c r="A2"><v>1</v></c>')],
    'a row that cannot be': ['broken', () => book('<sheetData><row r="1048577"/></sheetData>')],
    'two cells at one address': ['broken', () => row('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>')],
    'a cell inside a cell': ['broken', () => row('<c r="A1"><c r="B1"><v>1</v></c></c>')],
    'entities of its own': [
      'broken',
      () =>
        workbookFile({
          parts: {
            'xl/sharedStrings.xml':
              '<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>',
          },
        }),
    ],
    'an outside entity': [
      'broken',
      () =>
        workbookFile({
          parts: {
            'xl/worksheets/sheet1.xml':
              '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
          },
        }),
    ],
    'elements inside elements without end': ['broken', () => book(`${'<a>'.repeat(200)}${'</a>'.repeat(200)}`)],
    'a path that climbs': ['unsafe-path', () => zip([{ name: '../xl/workbook.xml', data: utf8('x') }])],
    'a part that is damaged': ['broken', () => damaged()],
    'an archive that ends in the middle': ['broken', () => workbookFile().subarray(0, 700)],
  };

  function linked(xml: string): Uint8Array {
    return workbookFile({
      relations: [externalRelation('e1', 'externalLink', 'externalLinks/externalLink1.xml')],
      parts: { 'xl/externalLinks/externalLink1.xml': xml },
    });
  }

  function damaged(): Uint8Array {
    const bytes = workbookFile({ sheets: [{ rows: [['abc'.repeat(500)]] }] });
    const at = bytes.indexOf('xl/worksheets/sheet1.xml');
    bytes[at + 40] = (bytes[at + 40] ?? 0) ^ 0xff;
    return bytes;
  }

  test.each(Object.entries(CASES))('%s', async (_name, [code, bytes]) => {
    expect(await refusal(bytes())).toBe(`spreadsheet/${code}`);
  });

  test('what is only unusual is read', async () => {
    expect(await refusal(workbookFile({ parts: { '[Content_Types].xml': null } }))).toBe('read');
    expect(await refusal(workbookFile({ parts: { 'xl/sharedStrings.xml': null, 'xl/styles.xml': null } }))).toBe(
      'read',
    );
    expect(await refusal(workbookFile({ parts: { '_rels/.rels': null } }))).toBe('read');
    expect(Object.keys(workbookParts({}))).toContain('xl/workbook.xml');
  });
});
