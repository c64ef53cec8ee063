import { describe, expect, test } from 'vitest';
import { agencyCountStatement, documentCheckStatement } from '../../../../connectors/contract.ts';
import { readAgencyCounts } from '../../../../connectors/document/tables/agency-counts.ts';
import { readListCounts } from '../../../../connectors/document/tables/list-counts.ts';
import { documentOf, names, table } from '../../../support/document-names.ts';

function counts(...blocks: Parameters<typeof documentOf>) {
  const { counts: found, rejections } = readAgencyCounts(documentOf(...blocks), names, {
    document: 'd',
    asOf: '2026-06-29',
  });
  for (const { statement } of found) agencyCountStatement.parse(statement);
  return { found: found.map((one) => one.statement), rejections };
}

describe('counts by agency', () => {
  const header =
    'TT|Đơn vị|Số nhiệm vụ được giao|Số nhiệm vụ đã hoàn thành|Số nhiệm vụ đang thực hiện|Số nhiệm vụ quá hạn|Tỷ lệ';

  test('as printed, with the arithmetic', () => {
    const { found, rejections } = counts(
      table(
        header,
        '1.|Bộ Y tế|10|4|5|1|10,0%',
        '2.|Hung Yên|1.020|500|519|2|0,2%',
        '|Tổng cộng|1.030|504|524|3|',
        '3|Hội Nhà văn|1|1|-|0|',
      ),
    );
    expect(found[0]).toEqual({
      type: 'agency_count',
      document: 'd',
      agency: 'bo-y-te',
      assigned: 10,
      done: 4,
      in_progress: 5,
      overdue: 1,
      rate_raw: '10,0%',
      adds_up: true,
      as_of: '2026-06-29',
      evidence: { table: '1', row: 1, line: 2 },
    });
    expect(found[1]).toMatchObject({ agency: 'hung-yen', assigned: 1020, adds_up: false });
    expect(found).toHaveLength(2);
    expect(rejections.map((rejected) => rejected.code)).toEqual(['unknown_agency']);
  });

  test('own, shared and total; the title says up to when', () => {
    const { found } = counts(
      'DANH MỤC NHIỆM VỤ QUÁ HẠN ĐẾN HẾT THÁNG 9/2025',
      table(
        'TT|Tên cơ quan|Số nhiệm vụ giao riêng|Số nhiệm vụ giao chung|Tổng số nhiệm vụ quá hạn',
        '|Các Bộ:|||',
        '1|Bộ Tư pháp||4|4',
        '2|Bộ Quốc phòng|2 (một đơn vị)|4|7',
      ),
    );
    expect(
      found.map(({ agency, own, shared, overdue, adds_up, as_of }) => [agency, own, shared, overdue, adds_up, as_of]),
    ).toEqual([
      ['bo-tu-phap', 0, 4, 4, true, '2025-09-30'],
      ['bo-quoc-phong', 2, 4, 7, false, '2025-09-30'],
    ]);
    expect(found[0]).not.toHaveProperty('assigned');
  });

  test('shifted columns give no counts', () => {
    const { found, rejections } = counts(table(header, '1|10|4|5|1|Bộ Y tế|', '2|9|4|5|0|Sơn La|'));
    expect(found).toEqual([]);
    expect(rejections.map((rejected) => rejected.code)).toEqual(['shifted_columns']);
    expect(counts(table(header, '1|Bộ Y tế|1|10|4|5|', '2|Sơn La|0|9|4|5|')).found).toEqual([]);
  });
});

describe('counts in headings', () => {
  test('only those that differ from their list', () => {
    const checks = readListCounts(
      documentOf(
        '1. Danh sách cơ quan (2 cơ quan)',
        table('TT|Đơn vị|Được giao|Quá hạn', '1|Bộ Y tế|2|1', '2|Sơn La|2|1'),
        '2. Danh sách nhiệm vụ (04 nhiệm vụ)',
        table(
          'TT|Nhiệm vụ|Thời hạn',
          '#Nguồn A (3 nhiệm vụ)',
          '#Nhóm 1 (2 nhiệm vụ)',
          '1|A|1/1/2026',
          '#Nhóm 2 (2 nhiệm vụ)',
          '2|B|1/1/2026',
          '3|C|1/1/2026',
        ),
      ),
      'd',
    ).map(({ statement }) => documentCheckStatement.parse(statement));
    expect(checks.map(({ where, printed, counted }) => [where, printed, counted])).toEqual([
      ['bảng 2', 4, 3],
      ['Nhóm 1 (2 nhiệm vụ)', 2, 1],
    ]);
  });
});
