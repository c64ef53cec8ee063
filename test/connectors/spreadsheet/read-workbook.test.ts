import { describe, expect, test } from 'vitest';
import { cellOf, type Sheet, type SheetCell } from '../../../connectors/spreadsheet/workbook/model.ts';
import { readWorkbook } from '../../../connectors/spreadsheet/workbook/read-workbook.ts';
import { type CellSource, externalRelation, formula, workbookFile } from '../../support/workbook-files.ts';

const raw = (xml: string): CellSource => ({ xml: (address) => xml.replaceAll('@', address) });

async function first(...cells: CellSource[]): Promise<(SheetCell | null)[]> {
  const { sheets } = await readWorkbook(workbookFile({ sheets: [{ rows: [cells] }] }));
  return cells.map((_, i) => cellOf(sheets[0] as Sheet, 1, i + 1));
}

const shared = (xml: string) => ({
  sheets: [{ rows: [[raw('<c r="@" t="s"><v>0</v></c>')]] }],
  parts: { 'xl/sharedStrings.xml': `<sst><si>${xml}</si></sst>` },
});
const only = async (source: Parameters<typeof workbookFile>[0]): Promise<SheetCell | null> =>
  cellOf((await readWorkbook(workbookFile(source))).sheets[0] as Sheet, 1, 1);

describe('values', () => {
  test('texts, numbers, truths, errors, days; blank cells are not there', async () => {
    const cells = await first(
      'Đã kết nối',
      1041000,
      true,
      raw('<c r="@" t="e"><v>#REF!</v></c>'),
      { day: 46022 },
      null,
      '  ',
    );
    expect(cells).toMatchObject([
      { kind: 'text', text: 'Đã kết nối' },
      { kind: 'number', number: 1041000, text: '1041000' },
      { kind: 'boolean', number: 1 },
      { kind: 'error', text: '#REF!' },
      { kind: 'date', text: '2025-12-31', number: 46022 },
      null,
      null,
    ]);
  });

  test('a day by a format of one’s own, by ISO, and from 1904; a serial that is no day stays a number', async () => {
    expect(await first(raw('<c r="@" s="3"><v>46022.75</v></c>'))).toMatchObject([
      { kind: 'date', text: '2025-12-31' },
    ]);
    expect(await first(raw('<c r="@" t="d"><v>2025-12-31T10:00:00</v></c>'))).toMatchObject([
      { kind: 'date', text: '2025-12-31' },
    ]);
    expect(await only({ date1904: true, sheets: [{ rows: [[{ day: 44560 }]] }] })).toMatchObject({
      text: '2025-12-31',
    });
    expect(await first({ day: -5 }, { day: 9e9 }, { day: 60 })).toMatchObject([
      { kind: 'number' },
      { kind: 'number' },
      { kind: 'number' },
    ]);
    expect(await first({ day: 59 }, { day: 61 })).toMatchObject([{ text: '1900-02-28' }, { text: '1900-03-01' }]);
  });

  test('noise of binary fractions is left out; a share keeps its format', async () => {
    expect(await first(4.8000000000000007, raw('<c r="@" s="2"><v>0.485</v></c>'))).toMatchObject([
      { number: 4.8 },
      { number: 0.485, format: '0%' },
    ]);
  });

  test('shared strings: rich text joined, phonetic readings left out, escapes undone', async () => {
    expect(
      await only(shared('<r><t>Đã </t></r><r><rPr><b/></rPr><t>kết nối</t></r><rPh sb="0" eb="1"><t>ふり</t></rPh>')),
    ).toMatchObject({ text: 'Đã kết nối' });
    expect(await only(shared('<t>một_x000D_\nhai_x0007_</t>'))).toMatchObject({ text: 'một\nhai' });
    await expect(only({ sheets: [{ rows: [[raw('<c r="@" t="s"><v>7</v></c>')]] }] })).rejects.toMatchObject({
      code: 'spreadsheet/broken',
    });
  });

  test('decomposed, zero-width, direction and control signs are brought to plain NFC text', async () => {
    expect(await first('\u202eĐã\u200b kế\u0301t'.normalize('NFD'), '\u2066a\u2069')).toMatchObject([
      { text: expect.not.stringMatching(/[\u202a-\u202e\u200b\u2066-\u2069]/) },
      { text: 'a' },
    ]);
    expect((await first('chưa'.normalize('NFD')))[0]?.text).toBe('chưa');
  });

  test('more than a cell can hold is marked and cut', async () => {
    const [cell] = await first('a'.repeat(40_000));
    expect(cell).toMatchObject({ cut: true });
    expect(cell?.text.length).toBeLessThanOrEqual(32_767);
  });

  test('names, hidden sheets, rows and columns, merged cells, order of cells', async () => {
    const { sheets } = await readWorkbook(
      workbookFile({
        sheets: [
          { name: 'Tình hình', rows: [['a', 'b'], ['c']], merged: ['A1:B1'], hiddenRows: [2], hiddenColumns: [2] },
          { name: 'x', state: 'veryHidden', rows: [['y']] },
          {
            xml: '<sheetData><row r="5"><c r="B5"><v>2</v></c><c r="A5"><v>1</v></c></row><row r="2"><c><v>3</v></c></row></sheetData>',
          },
        ],
      }),
    );
    expect(sheets[0]).toMatchObject({
      name: 'Tình hình',
      hidden: false,
      merged: [{ top: 1, left: 1, bottom: 1, right: 2 }],
    });
    expect([...(sheets[0]?.hiddenRows ?? [])]).toEqual([2]);
    expect([...(sheets[0]?.hiddenColumns ?? [])]).toEqual([2]);
    expect(sheets[1]?.hidden).toBe(true);
    expect([...(sheets[2]?.rows ?? [])].map(([row, cells]) => [row, [...cells.keys()]])).toEqual([
      [2, [1]],
      [5, [1, 2]],
    ]);
  });

  test('elements with a prefix are the same elements', async () => {
    const xml =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await only({ parts: { 'xl/worksheets/sheet1.xml': xml } })).toMatchObject({ number: 5 });
  });
});

describe('formulas', () => {
  test('only the last value is kept, never the text', async () => {
    const cells = await first(formula('1+1', 2), formula('UPPER("x")', 'X'), formula('A1', null));
    expect(cells).toEqual([
      { row: 1, column: 1, kind: 'number', number: 2, text: '2', formula: 'inside' },
      { row: 1, column: 2, kind: 'text', text: 'X', formula: 'inside' },
      { row: 1, column: 3, kind: 'empty', text: '', formula: 'inside' },
    ]);
  });

  test.each([
    'HYPERLINK("http://example.com","Đã kết nối")',
    "cmd|' /C calc'!A0",
    "DDE|topic!'item'",
    '[1]Sheet1!A1',
    "'C:\\x\\[y.xlsx]S'!A1",
    'WEBSERVICE("http://example.com")',
    'IMPORTXML("http://example.com","//a")',
    'CALL("Kernel32","x","y")',
    'IMAGE("http://example.com/a.png")',
  ])('%s reaches outside', async (text) => {
    expect(await first(formula(text, 'Đã kết nối'))).toMatchObject([{ formula: 'outside' }]);
  });

  test('a shared formula is of the kind of the one it is taken from', async () => {
    const sheet =
      '<sheetData><row r="1"><c r="A1"><f t="shared" si="0" ref="A1:B1">[1]S!A1</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c><c r="C1"><f>SUM(D1)</f><v>0</v></c></row></sheetData>';
    const { sheets } = await readWorkbook(workbookFile({ sheets: [{ xml: sheet }] }));
    expect([...(sheets[0]?.rows.get(1)?.values() ?? [])].map((cell) => cell.formula)).toEqual([
      'outside',
      'outside',
      'inside',
    ]);
  });

  test('links to other workbooks are not followed, and noted; data connections and embedded files too', async () => {
    const { notes } = await readWorkbook(
      workbookFile({
        relations: [externalRelation('e1', 'externalLink', 'externalLinks/externalLink1.xml')],
        parts: {
          'xl/externalLinks/externalLink1.xml': '<externalLink><externalBook r:id="r1"/></externalLink>',
          'xl/connections.xml': '<connections/>',
          'xl/embeddings/oleObject1.bin': 'x',
        },
      }),
    );
    expect(notes.map(({ code }) => code)).toEqual(['external-link', 'data-connection', 'embedded']);
  });
});
