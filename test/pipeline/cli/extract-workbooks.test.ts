import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { source } from '../../../config/schema/operation.ts';
import spreadsheet from '../../../connectors/sources/spreadsheet.ts';
import { csdl } from '../../support/cli.ts';
import { folderWith } from '../../support/folders.ts';
import { filledForm } from '../../support/form-files.ts';
import { config, labels } from '../../support/form-readings.ts';
import { workbookFile } from '../../support/workbook-files.ts';

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
const folder = folderWith({
  'annex.xlsx': workbookFile({
    sheets: [
      {
        name: 'Phụ lục',
        merged: ['A1:H1', 'G6:G7'],
        hiddenRows: [9],
        rows: [
          ['DANH MỤC NHIỆM VỤ QUÁ HẠN'],
          ['(cập nhật 14h ngày 29/6/2026)'],
          [],
          TITLES,
          ['I. Bộ Nội vụ'],
          [
            1,
            'Xây dựng CSDL tai nạn lao động',
            'Nghị quyết số 11/NQ-CP',
            'Bộ Nội vụ',
            { day: 46022 },
            'Bộ Nội vụ',
            'Đã hoàn thành 5/19 tiêu chí.',
            'Chưa được bố trí kinh phí',
          ],
          [
            2,
            'Xây dựng CSDL về hội, quỹ, tổ chức phi chính phủ',
            'Nghị quyết số 11/NQ-CP',
            'Bộ Nội vụ',
            '31/12/2025',
            'Bộ Nội vụ',
          ],
          [],
          [3, 'Xây dựng CSDL đất đai', 'x', 'Bộ Nội vụ', '31/12/2025', 'Bộ Nội vụ', 'Đã hoàn thành 1/19 tiêu chí.'],
        ],
      },
      {
        name: 'Nháp',
        state: 'hidden',
        rows: [
          TITLES,
          [1, 'Xây dựng CSDL đất đai', 'x', 'Bộ Y tế', '31/12/2025', 'Bộ Y tế', 'Đã hoàn thành 1/19 tiêu chí.'],
        ],
      },
    ],
  }),
  'own.xlsx': workbookFile({
    sheets: [
      { name: 'Ghi chú', rows: [['Lưu ý']] },
      {
        name: 'Theo dõi',
        rows: [
          ['TÌNH HÌNH'],
          ['STT', 'Tên CSDL', 'Số tiêu chí đạt', 'Số lượng hồ sơ', 'Kết nối C12', 'Tình hình thực hiện', 'Trang'],
          [1, 'CSDL tai nạn lao động', '5/19', '1.041', 'Đã kết nối 1 chiều', 'Đang triển khai', 3],
        ],
      },
    ],
  }),
  'form.xlsx': filledForm(config, labels),
  'old.xlsx': Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(4_000),
    Buffer.from('Workbook\0', 'utf16le'),
  ]),
  'plain.xlsx': workbookFile({ sheets: [{ rows: [['x', 'y']] }] }),
});
const extract = (...argv: string[]) => csdl(['extract', ...argv]);
const path = (name: string): string => join(folder, name);

describe('csdl extract FILE.xlsx', () => {
  test('a copy of a table of tasks: merged cells reach down, days are days, hidden rows and sheets are not read', async () => {
    const said = await extract(path('annex.xlsx'), '--json');
    expect(said.exit).toBe(0);
    const lines = said.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ type: 'document', date: '2026-06-29', title: 'DANH MỤC NHIỆM VỤ QUÁ HẠN' });
    expect(lines.filter(({ type }) => type === 'task')).toMatchObject([
      { no: 1, deadline: '2025-12-31', group: 'I. Bộ Nội vụ', database_ids: ['tai-nan-lao-dong'] },
      { no: 2, deadline: '2025-12-31', database_ids: ['hoi-quy-to-chuc-phi-chinh-phu'] },
    ]);
    expect(lines.filter(({ attribute }) => attribute === 'checklist.met')).toMatchObject([
      { subject_id: 'tai-nan-lao-dong', value_number: 5, shared_n: 2 },
      { subject_id: 'hoi-quy-to-chuc-phi-chinh-phu', value_number: 5, shared_n: 2 },
    ]);
  });

  test('what is none: each with its reason and what to do', async () => {
    const said = await extract(path('form.xlsx'), path('old.xlsx'), '--json');
    expect(said.exit).toBe(2);
    expect(
      said.stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { code: string }).code),
    ).toEqual(['document/form', 'document/legacy-xls']);
    expect(said.stderr).toContain('csdl reply');
  });
});

describe('csdl extract --suggest-mapping', () => {
  test('prints a source to paste that the connector takes, with how many cells are read that way', async () => {
    const said = await extract(path('own.xlsx'), '--suggest-mapping');
    expect([said.exit, said.stderr]).toEqual([0, '']);
    expect(said.stdout).toContain('# D "Số lượng hồ sơ": records.count; 0 of 1 cells are read');
    expect(said.stdout).toContain('# G "Trang": not known, left out');
    const [one] = (parse(said.stdout) as { sources: unknown[] }).sources;
    const read = source.parse(one);
    expect(spreadsheet.options.parse(read.options)).toMatchObject({
      mapping: [
        {
          sheet: 'Theo dõi',
          header_row: 2,
          database: 'B',
          columns: [
            { column: 'C', attribute: 'checklist.met', total: 19 },
            { column: 'D', attribute: 'records.count', unit: 'hồ sơ' },
            { column: 'E', attribute: 'c12.connection' },
            { column: 'F', status_text: true },
          ],
        },
      ],
    });
  });

  test('as one JSON value', async () => {
    expect(JSON.parse((await extract(path('own.xlsx'), '--suggest-mapping', '--json')).stdout)).toMatchObject({
      file: 'own.xlsx',
      header_row: 2,
    });
  });

  test.each([
    ['form.xlsx', 'usage/form'],
    ['plain.xlsx', 'usage/no-titles'],
    ['old.xlsx', 'spreadsheet/legacy-xls'],
    ['none.xlsx', 'usage/no-file'],
  ])('%s is refused: %s', async (name, code) => {
    const said = await extract(path(name), '--suggest-mapping');
    expect(said.exit).not.toBe(0);
    expect(said.stderr).toContain(code);
  });
});
