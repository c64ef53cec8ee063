import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TABLE_FORMATS } from '../../../reports/exports/formats.ts';
import type { Value } from '../../../reports/exports/table.ts';
import { HOSTILE, tableOf, written } from '../../support/export-tables.ts';

const COLUMNS = {
  yes: 'BOOLEAN',
  small: 'INTEGER',
  big: 'BIGINT',
  real: 'DOUBLE',
  day: 'DATE',
  at: 'TIMESTAMP',
  words: 'VARCHAR',
} as const;
/** 2026-06-29 16:00:00.123456 UTC. */
const AT = 1_782_748_800_123_456n;
const ROWS: readonly (readonly Value[])[] = [
  [true, -1, 9_007_199_254_740_993n, 35.8, 20_633, AT, 'Bộ Nội vụ'],
  [null, null, null, null, null, null, null],
  [false, 2_147_483_647, -5n, 0.1, -1, -1n, ''],
];
/** Controls but the line end, marks that turn the direction, halves of pairs. */
const HARMFUL = /(?!\n)\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;
const hostile = () =>
  tableOf(
    { words: 'VARCHAR' },
    HOSTILE.map((text) => [text]),
  );

async function sheetOf(bytes: Buffer): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const [sheet] = workbook.worksheets;
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

describe('values of every type, and nothing', () => {
  test('CSV: a mark for Excel, CRLF, nothing and an empty text told apart', async () => {
    const text = (await written(TABLE_FORMATS.csv, tableOf(COLUMNS, ROWS))).toString('utf8');
    expect(text).toBe(
      '\ufeffyes,small,big,real,day,at,words\r\n' +
        'true,-1,9007199254740993,35.8,2026-06-29,2026-06-29T16:00:00.123456Z,Bộ Nội vụ\r\n' +
        ',,,,,,\r\n' +
        'false,2147483647,-5,0.1,1969-12-31,1969-12-31T23:59:59.999999Z,""\r\n',
    );
  });

  test('JSON and NDJSON: all digits, null, and what the document is', async () => {
    const text = (await written(TABLE_FORMATS.json, tableOf(COLUMNS, ROWS))).toString('utf8');
    expect(text).toContain('"big":9007199254740993,');
    const document = JSON.parse(text) as { rows: Record<string, unknown>[]; row_count: number; schema: string };
    expect(document).toMatchObject({ schema: 'csdl-export/1', table: 'thu', row_count: 3 });
    expect(document.rows[0]).toMatchObject({
      yes: true,
      real: 35.8,
      day: '2026-06-29',
      at: '2026-06-29T16:00:00.123456Z',
    });
    expect(Object.values(document.rows[1] ?? {})).toEqual([null, null, null, null, null, null, null]);
    const lines = (await written(TABLE_FORMATS.ndjson, tableOf(COLUMNS, ROWS))).toString('utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(document.rows);
  });

  test('Arrow: types and values, one batch a piece', async () => {
    const table = tableFromIPC(await written(TABLE_FORMATS.arrow, tableOf(COLUMNS, ROWS)));
    expect(table.schema.fields.map((field) => String(field.type))).toEqual([
      'Bool',
      'Int32',
      'Int64',
      'Float64',
      'Date32<DAY>',
      'Timestamp<MICROSECOND>',
      'Utf8',
    ]);
    expect(table.batches.length).toBe(2);
    expect(table.get(0)?.toJSON()).toMatchObject({
      yes: true,
      small: -1,
      big: 9_007_199_254_740_993n,
      words: 'Bộ Nội vụ',
    });
    expect(Object.values(table.get(1)?.toJSON() ?? {})).toEqual([null, null, null, null, null, null, null]);
    expect(table.get(2)?.toJSON()).toMatchObject({ yes: false, big: -5n, words: '' });
    expect(Number(table.getChild('day')?.get(0))).toBe(Date.UTC(2026, 5, 29));
    expect(table.schema.metadata.get('run_id')).toBe('2026-06-29_x');
    expect(table.schema.fields[0]?.metadata.get('comment')).toBe('cột yes');
  });

  test('Excel: numbers, days and truth values as such; what it would round as text', async () => {
    const sheet = await sheetOf(await written(TABLE_FORMATS.xlsx, tableOf(COLUMNS, ROWS)));
    const values = (row: number): unknown[] => (sheet.getRow(row).values as unknown[]).slice(1);
    expect(values(1)).toEqual(Object.keys(COLUMNS));
    const [yes, small, big, real, day, at, words] = values(2);
    expect([yes, small, big, real, words]).toEqual([true, -1, '9007199254740993', 35.8, 'Bộ Nội vụ']);
    expect((day as Date).toISOString()).toBe('2026-06-29T00:00:00.000Z');
    expect((at as Date).toISOString().slice(0, 19)).toBe('2026-06-29T16:00:00');
    expect(values(3)).toEqual([]);
    expect(sheet.autoFilter).toBe('A1:G4');
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  });

  test('a table without rows is whole in every format', async () => {
    expect((await written(TABLE_FORMATS.csv, tableOf(COLUMNS, []))).toString('utf8').trim().split(',')).toHaveLength(7);
    expect(JSON.parse((await written(TABLE_FORMATS.json, tableOf(COLUMNS, []))).toString('utf8'))).toMatchObject({
      rows: [],
      row_count: 0,
    });
    expect(tableFromIPC(await written(TABLE_FORMATS.arrow, tableOf(COLUMNS, []))).schema.fields).toHaveLength(7);
    expect((await sheetOf(await written(TABLE_FORMATS.xlsx, tableOf(COLUMNS, [])))).rowCount).toBe(1);
  });

  test('any values at all come back from Arrow and JSON as they went in', async () => {
    const row = fc.tuple(
      fc.option(fc.boolean()),
      fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
      fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
      fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      fc.option(fc.integer({ min: -700_000, max: 2_900_000 })),
      fc.option(fc.bigInt({ min: -60_000_000_000_000_000n, max: 250_000_000_000_000_000n })),
      fc.option(fc.string({ unit: 'grapheme' })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 9 }), async (rows) => {
        const table = tableFromIPC(await written(TABLE_FORMATS.arrow, tableOf(COLUMNS, rows)));
        const back = rows.map((_, i) => table.get(i)?.toJSON() ?? {});
        expect(back.map(({ yes, small, big }) => [yes, small, big])).toEqual(
          rows.map(([yes, small, big]) => [yes, small, big]),
        );
        const lines = (await written(TABLE_FORMATS.ndjson, tableOf(COLUMNS, rows)))
          .toString('utf8')
          .split('\n')
          .slice(0, -1);
        const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
        expect(read.map(({ real, words }) => [real === null ? null : Number(real) + 0, words])).toEqual(
          rows.map(([, , , real, , , words]) => [real === null ? null : real + 0, words]),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('hostile texts stay texts', () => {
  test('in CSV none begins a formula, and every cell is one cell', async () => {
    const text = (await written(TABLE_FORMATS.csv, hostile())).toString('utf8');
    const cells = (parse(text, { bom: true, relax_column_count: false }) as string[][])
      .slice(1)
      .map(([cell]) => cell ?? '');
    expect(cells).toHaveLength(HOSTILE.length);
    for (const cell of cells) {
      expect(cell).not.toMatch(/^\s*[=+\-@\t\r|%＝＋－＠]/);
      expect(cell).not.toMatch(HARMFUL);
    }
    expect(cells[0]).toBe("'=cmd|' /C calc'!A0");
    expect(cells[16]).toHaveLength(10_000);
  });

  test('in Excel none is a formula; marks, controls and length are cut', async () => {
    const sheet = await sheetOf(await written(TABLE_FORMATS.xlsx, hostile()));
    for (const [i] of HOSTILE.entries()) {
      const cell = sheet.getCell(i + 2, 1);
      expect([ExcelJS.ValueType.String, ExcelJS.ValueType.Null]).toContain(cell.type);
      expect(String(cell.value ?? '').length).toBeLessThanOrEqual(32_767);
      expect(String(cell.value ?? '')).not.toMatch(HARMFUL);
    }
    expect(sheet.getCell(2, 1).value).toBe(HOSTILE[0]);
    expect(sheet.getCell(15, 1).value).toBe('_x0041_');
    expect(sheet.getCell(19, 1).value).toHaveLength(32_766);
  });

  test('in JSON the value is as it was, and nothing in the text acts', async () => {
    const text = (await written(TABLE_FORMATS.json, hostile())).toString('utf8');
    expect(text).not.toContain('<');
    expect(text).not.toMatch(HARMFUL);
    expect((JSON.parse(text) as { rows: { words: string }[] }).rows.map((row) => row.words)).toEqual(HOSTILE);
  });

  test('in Arrow the value is as it was, but for what UTF-8 does not have', async () => {
    const words = tableFromIPC(await written(TABLE_FORMATS.arrow, hostile())).getChild('words');
    // The reader of the test drops a mark at the beginning; whether the others are there is compared one by one.
    const told = HOSTILE.map((text) =>
      Buffer.from(text)
        .toString()
        .replace(/^\ufeff/, ''),
    );
    for (const [i, text] of told.entries()) expect(words?.get(i) === text, `text ${i}`).toBe(true);
  });
});
