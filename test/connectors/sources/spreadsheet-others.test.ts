import { describe, expect, test } from 'vitest';
import spreadsheet from '../../../connectors/sources/spreadsheet.ts';
import { folderWith } from '../../support/folders.ts';
import { A, B } from '../../support/form-readings.ts';
import { collectFrom, documents, facts, refusals, refusedByPipeline, said } from '../../support/spreadsheet-source.ts';
import { workbookFile } from '../../support/workbook-files.ts';

describe('other sheets', () => {
  const TITLES = [
    'STT',
    'Tên nhiệm vụ',
    'Văn bản giao',
    'Cơ quan chủ trì',
    'Thời hạn',
    'Cơ quan đang thực hiện quá hạn',
    'Tình hình thực hiện',
    'Khó khăn',
  ];
  const annex = workbookFile({
    sheets: [
      {
        name: 'Phụ lục',
        merged: ['A1:H1'],
        rows: [
          ['DANH MỤC NHIỆM VỤ QUÁ HẠN'],
          ['(cập nhật 14h ngày 29/6/2026)'],
          [],
          TITLES,
          [
            1,
            'Xây dựng CSDL tai nạn lao động',
            'Nghị quyết số 11/NQ-CP',
            'Bộ Nội vụ',
            { day: 46022 },
            'Bộ Nội vụ',
            'Đã hoàn thành 5/19 tiêu chí',
            'Chưa được bố trí kinh phí',
          ],
        ],
      },
    ],
  });

  test('a copy of a table of tasks is read as documents are, and is the owner’s word', async () => {
    const pieces = await collectFrom(folderWith({ 'a.xlsx': annex }));
    expect(said(pieces).map(({ type }) => type)).toEqual(['document', 'task', 'observation', 'observation']);
    expect(documents(pieces)).toMatchObject([{ grade: 'E1', stated_at: '2026-06-29T14:00:00+07:00', file: 'a.xlsx' }]);
    expect(said(pieces)[1]).toMatchObject({ deadline: '2025-12-31', database_ids: [A], evidence: { line: 5 } });
    expect(refusedByPipeline(pieces)).toEqual([]);
  });

  const free = workbookFile({
    sheets: [
      {
        name: 'Theo dõi',
        rows: [
          ['x'],
          ['STT', 'Tên CSDL', 'Số tiêu chí', 'Phần mềm', 'Số hồ sơ', 'Tình hình'],
          [1, 'CSDL tai nạn lao động', '5/19', 'Xong', 'khoảng 4,8 triệu hồ sơ', 'Đã kết nối 1 chiều với C12.'],
          [2, 'CSDL về hội, quỹ, tổ chức phi chính phủ', 13, 'Đang xây dựng', '1.041', null],
          [3, 'CSDL đất đai', 1, null, null, null],
          [null, 'Tổng cộng', 18, null, null, null],
        ],
      },
    ],
  });
  const mapping = {
    sheet: 'theo*',
    header_row: 2,
    last_row: 5,
    database: 'B',
    agency: 'bo-noi-vu',
    as_of: '2026-06-29',
    columns: [
      { column: 'số tiêu chí', attribute: 'checklist.met', total: 19 },
      { column: 'D', attribute: 'software.state', words: { Xong: 'operating' } },
      { column: 'E', attribute: 'records.count', unit: 'hồ sơ', stage: 'nhap_csdl' },
      { column: 'F', status_text: true },
    ],
  };

  test('a sheet of one’s own, as its mapping says', async () => {
    const pieces = await collectFrom(folderWith({ 'a.xlsx': free }), { mapping: [mapping] });
    expect(
      facts(pieces).map((one) => [one.subject_id, one.attribute, one.value_text ?? one.value_number ?? one.value_low]),
    ).toEqual([
      [A, 'checklist.met', 5],
      [A, 'software.state', 'operating'],
      [A, 'records.count', 4750000],
      [A, 'c12.connection', 'one_way'],
      [B, 'checklist.met', 13],
      [B, 'software.state', 'building'],
    ]);
    expect(facts(pieces)[0]).toMatchObject({ evidence: { table: 'Theo dõi', row: 3, column: 'C3' } });
    expect(refusals(pieces).map(({ code, at }) => [code, at])).toEqual([
      ['cell/ambiguous_number', expect.stringContaining('Theo dõi')],
      ['cell/other_agency', expect.stringContaining('Theo dõi')],
    ]);
    expect(refusedByPipeline(pieces)).toEqual([]);
  });

  test('a mapping with a column that is not there refuses the file and says which', async () => {
    const wrong = { ...mapping, columns: [{ column: 'Số trang', attribute: 'checklist.met', total: 19 }] };
    expect(refusals(await collectFrom(folderWith({ 'a.xlsx': free }), { mapping: [wrong] }))).toMatchObject([
      { code: 'source/mapping', message: expect.stringContaining('Số trang') },
    ]);
    expect(
      spreadsheet.options.safeParse({ path: '.', mapping: [{ header_row: 1, columns: [{ column: 'A' }] }] }).success,
    ).toBe(false);
  });
});
