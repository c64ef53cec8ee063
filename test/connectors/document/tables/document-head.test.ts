import { describe, expect, test } from 'vitest';
import { readHead } from '../../../../connectors/document/tables/document-head.ts';
import { documentOf, table } from '../../../support/document-names.ts';

describe('what a document says of itself', () => {
  test('a signed document: number, place and day', () => {
    expect(
      readHead(
        documentOf(
          'Số: 45/QĐ-ABC',
          'Hà Nội, ngày 07 tháng 3 năm 2026',
          'QUYẾT ĐỊNH',
          'VỀ MỘT VIỆC',
          'Căn cứ Luật số 1 ngày 2/2/2020.',
        ),
      ),
    ).toEqual({
      title: 'QUYẾT ĐỊNH VỀ MỘT VIỆC',
      number: '45/QĐ-ABC',
      date: '2026-03-07',
      stated_at: '2026-03-07T00:00:00+07:00',
      day_known: true,
    });
  });

  test('an annex with the moment of its data', () => {
    expect(
      readHead(documentOf('Phụ lục II', 'DANH MỤC NHIỆM VỤ QUÁ HẠN', '(cập nhật 9h30 ngày 1/7/2026 trên Hệ thống)')),
    ).toEqual({
      title: 'DANH MỤC NHIỆM VỤ QUÁ HẠN',
      date: '2026-07-01',
      stated_at: '2026-07-01T09:30:00+07:00',
      day_known: true,
    });
  });

  test('an annex of a numbered report; other numbers and days in it are not its own', () => {
    expect(
      readHead(
        documentOf(
          'PHỤ LỤC 01:',
          'DANH MỤC NHIỆM VỤ ĐẾN HẾT THÁNG 7/2026',
          '(Kèm theo Báo cáo số: 99/BC-XYZ ngày 05 tháng 8 năm 2026 của Bộ Nội vụ về việc thực hiện Nghị quyết số 1/NQ-CP ngày 2/1/2026)',
        ),
      ),
    ).toEqual({
      title: 'DANH MỤC NHIỆM VỤ ĐẾN HẾT THÁNG 7/2026',
      number: '99/BC-XYZ',
      date: '2026-08-05',
      stated_at: '2026-08-05T00:00:00+07:00',
      day_known: true,
      issuer: 'Bộ Nội vụ',
    });
  });

  test('a day left blank is the last of its month, and said to be unknown', () => {
    const head = readHead(
      documentOf('NHIỆM VỤ QUÁ HẠN', '(Kèm theo Báo cáo      /BC-XYZ ngày     /2/2026 của Bộ Nội vụ về một việc)'),
    );
    expect(head).toEqual({
      title: 'NHIỆM VỤ QUÁ HẠN',
      stated_at: '2026-02-28T00:00:00+07:00',
      day_known: false,
      issuer: 'Bộ Nội vụ',
    });
    expect(
      readHead(documentOf('BÁO CÁO VIỆC A', '(Kèm theo Công văn số     /BNV ngày     tháng 8 năm 2026)')),
    ).toMatchObject({
      stated_at: '2026-08-31T00:00:00+07:00',
      day_known: false,
    });
  });

  test('a day in the title counts where the paper has none', () => {
    expect(
      readHead(
        documentOf('DANH SÁCH NHIỆM VỤ CHẬM MUỘN ĐẾN NGÀY 15/9/2025', '(Kèm theo văn bản số /XYZ ngày /9/2025)'),
      ),
    ).toMatchObject({
      date: '2025-09-15',
      stated_at: '2025-09-15T00:00:00+07:00',
      day_known: true,
    });
  });

  test('a letterhead set as a table, and a title in small letters under its kind', () => {
    const head = readHead(
      documentOf(
        table('BỘ NỘI VỤ|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Số: 77/BC-BNV|Hà Nội, ngày 9 tháng 4 năm 2026'),
        'BÁO CÁO',
        'Tình hình xây dựng các cơ sở dữ liệu',
        'Kính gửi: Văn phòng Chính phủ',
      ),
    );
    expect(head).toMatchObject({
      title: 'BÁO CÁO Tình hình xây dựng các cơ sở dữ liệu',
      number: '77/BC-BNV',
      date: '2026-04-09',
    });
    expect(
      readHead(documentOf('Số: 8/BC-BNV Hà Nội, ngày 9 tháng 4 năm 2026', 'BỘ NỘI VỤ', 'BÁO CÁO VIỆC B')),
    ).toMatchObject({
      number: '8/BC-BNV',
      date: '2026-04-09',
    });
  });

  test('nothing of the kind: null', () => {
    expect(readHead(documentOf())).toBeNull();
    expect(readHead(documentOf('một dòng chữ'))).toBeNull();
    expect(readHead(documentOf('TIÊU ĐỀ KHÔNG CÓ NGÀY'))).toBeNull();
  });
});
