import { describe, expect, test } from 'vitest';
import { isShifted, misfit, readColumns } from '../../../../connectors/document/tables/columns.ts';
import { table } from '../../../support/document-names.ts';

const roles = (header: string): string => {
  const { kind, roles: found } = readColumns(table(header).header);
  return `${kind}: ${found.map((role) => role ?? '-').join(' ')}`;
};

describe('the meaning of column titles', () => {
  test.each([
    ['TT|Nội dung|Căn cứ|Đơn vị chủ trì|Hạn hoàn thành', 'tasks: number task legal_basis lead deadline'],
    [
      'STT|Nhiệm vụ|Văn bản giao|Cơ quan thực hiện|THỜI HẠN|Các đơn vị quá hạn|Tình hình|Vướng mắc, nguyên nhân',
      'tasks: number task legal_basis executing deadline overdue_agencies status difficulty',
    ],
    ['Số TT|Tên CSDL|Cơ quan chủ quản|Tiến độ|Ghi chú', 'tasks: number task lead progress note'],
    [
      'TT|Cơ quan|Tổng số|Đã hoàn thành|Đang thực hiện|Quá hạn|Tỷ lệ',
      'counts: number agency assigned done in_progress overdue rate',
    ],
    ['TT|Tên đơn vị|Giao riêng|Giao chung|Tổng', 'counts: number agency own_tasks shared_tasks total'],
    ['Năm|Kinh phí', 'other: - -'],
  ])('%s', (header, expected) => {
    expect(roles(header)).toBe(expected);
  });
});

describe('cells under wrong titles', () => {
  test.each([
    ['deadline', '31/12/2025', false],
    ['deadline', 'Thường xuyên', false],
    ['deadline', 'Theo lộ trình được giao tại một kế hoạch rất dài của cơ quan có thẩm quyền', false],
    ['deadline', 'Bộ Tài chính', true],
    ['deadline', 'Quyết định số 12/QĐ-ABC', true],
    ['lead', '31/12/2025', true],
    ['lead', 'Các bộ, ngành', false],
    ['overdue_agencies', '04/51', false],
    ['number', 'Bộ Y tế', true],
    ['number', 'IV', false],
    ['done', 'Bộ Y tế', true],
    ['done', '', false],
  ] as const)('%s: %j', (role, text, odd) => {
    expect(misfit(role, text)).toBe(odd);
  });

  test('a table of which most cells are under wrong titles is shifted; one odd row does not shift it', () => {
    const header = 'TT|Nhiệm vụ|Văn bản giao|Cơ quan chủ trì|Thời hạn';
    const good = '1|Việc A|Quyết định số 1/QĐ-X|Bộ Y tế|31/12/2025';
    const odd = '2|Việc B|Bộ Y tế|31/12/2025|Quyết định số 1/QĐ-X';
    const isBad = (...rows: string[]): boolean => {
      const made = table(header, ...rows);
      return isShifted(made, readColumns(made.header));
    };
    expect(isBad(good, good, odd)).toBe(false);
    expect(isBad(odd, odd, good)).toBe(true);
  });
});
