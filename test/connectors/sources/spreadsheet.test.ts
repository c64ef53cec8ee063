import { symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import spreadsheet from '../../../connectors/sources/spreadsheet.ts';
import { folderWith } from '../../support/folders.ts';
import { type FilledSource, filledForm } from '../../support/form-files.ts';
import { A, B, CHANGED, config, labels } from '../../support/form-readings.ts';
import { collectFrom, documents, fact, facts, refusals, refusedByPipeline } from '../../support/spreadsheet-source.ts';
import { workbookFile } from '../../support/workbook-files.ts';

const form = (source: FilledSource): Buffer => filledForm(config, labels, source);

const FULL: FilledSource = {
  publication: 'r1',
  header: { prepared_by: 'Nguyễn Văn A', dispatch: '123/BNV-VP' },
  status: {
    [A]: {
      ...CHANGED,
      criteria_met: 2,
      software: 'Vận hành thử nghiệm',
      extent: 'Mới ở Trung ương',
      records: 1041000,
      unit: 'hồ sơ',
      precision: 'Hơn',
      stage: 'Đã nhập vào CSDL',
      expected: 2000000,
      c12_connection: 'Đã kết nối 1 chiều',
      c12_sync: 'Đang đồng bộ',
      synced_on: '20/6/2026',
      cleaning: 'Không có thông tin công dân',
      security: 'Chờ kết quả đánh giá',
      blocked_by: 'Chờ kết quả đánh giá an ninh, an toàn',
      waiting_for: 'A05',
      waiting_since: '2/2/2026',
    },
    [B]: { change: 'Không thay đổi', software: 'Đang xây dựng' },
  },
  criteria: {
    tc01: { [A]: 'Đã hoàn thành', [B]: 'Đã hoàn thành' },
    tc02: { [A]: 'Đã hoàn thành' },
    tc04: { [A]: 'Đề nghị không áp dụng' },
  },
  evidence: [
    {
      database: 'Cơ sở dữ liệu tai nạn lao động',
      topic: '4. Gắn với thủ tục hành chính, dịch vụ công',
      na_reason: 'Không có thủ tục hành chính',
    },
    {
      database: 'Cơ sở dữ liệu tai nạn lao động',
      topic: 'Tổng số phải có',
      document_kind: 'Quyết định',
      number: '12/QĐ-BNV',
      date: '5/1/2026',
      issuer: 'Bộ Nội vụ',
    },
  ],
  localities: [
    { database: 'Cơ sở dữ liệu tai nạn lao động', role: 'Cập nhật dữ liệu', done: 13, total: 34, unit: 'địa phương' },
  ],
  difficulties: [
    { database: 'Cơ sở dữ liệu tai nạn lao động', content: 'Chưa được bố trí kinh phí' },
    { database: 'Cơ sở dữ liệu tai nạn lao động', content: 'Cần phối hợp chia sẻ dữ liệu', authority: 'Bộ Tài chính' },
  ],
};

describe('a filled form', () => {
  test('facts of the owner, E1, of the cut-off of the period, each with sheet, row and address', async () => {
    const pieces = await collectFrom(folderWith({ 'a.xlsx': form(FULL) }));
    expect(refusals(pieces)).toEqual([]);
    expect(documents(pieces)).toMatchObject([
      {
        grade: 'E1',
        said_by: 'owner',
        stated_at: '2026-06-29T14:00:00+07:00',
        file: 'a.xlsx',
        series: 'form: bo-noi-vu',
        title: expect.stringContaining('Bộ Nội vụ'),
      },
    ]);
    // A number that was typed is no number of the document: it raises nothing until that document is here.
    expect(documents(pieces)[0]?.number).toBeUndefined();
    const own = facts(pieces).filter(({ subject_id: id }) => id === A);
    expect(own.map(({ attribute }) => attribute).sort()).toEqual(
      [
        'blocked_by',
        'blocked_by',
        'blocked_by',
        'c12.connection',
        'c12.sync',
        'checklist.met',
        'criterion.tc01',
        'criterion.tc02',
        'criterion.tc04',
        'records.count',
        'records.expected',
        'security.assessment',
        'software.state',
        'units.ratio',
        'update.last',
      ].sort(),
    );
    expect(fact(pieces, 'records.count')).toMatchObject({
      value_low: 1041000,
      value_high: 1042000,
      unit: 'hồ sơ',
      stage: 'nhap_csdl',
      flags: { hedge: 'hon' },
      evidence: { table: '1. Tình hình', column: expect.stringMatching(/^[A-Z]+\d+$/) },
    });
    expect(fact(pieces, 'software.state')).toMatchObject({ value_text: 'trial', extent: 'central_only' });
    expect(fact(pieces, 'checklist.met')).toMatchObject({ value_number: 2, value_total: 19 });
    expect(fact(pieces, 'update.last')).toMatchObject({ value_time: '2026-06-20' });
    expect(fact(pieces, 'criterion.tc04')).toMatchObject({
      value_text: 'na_requested',
      flags: { ground: 'Không có thủ tục hành chính' },
    });
    expect(fact(pieces, 'records.expected')).toMatchObject({
      value_number: 2000000,
      flags: { source: expect.stringContaining('12/QĐ-BNV') },
    });
    expect(fact(pieces, 'units.ratio')).toMatchObject({
      value_number: 13,
      value_total: 34,
      role: 'data_entered',
      unit: 'địa phương',
    });
    expect(own.filter(({ attribute }) => attribute === 'blocked_by').map(({ flags }) => flags)).toEqual([
      { holder: 'a05', since: '2026-02-02', reference: 'A05' },
      { holder: 'budget', reference: 'Chưa được bố trí kinh phí' },
      { holder: 'other_agency', reference: 'Cần phối hợp chia sẻ dữ liệu' },
    ]);
    expect(refusedByPipeline(pieces)).toEqual([]);
  });

  test('"nothing changed" re-dates nothing: only that somebody looked, said of the agency', async () => {
    const pieces = await collectFrom(folderWith({ 'a.xlsx': form(FULL) }));
    expect(facts(pieces).filter(({ subject_id: id }) => id === B)).toEqual([]);
    expect(facts(pieces).filter(({ attribute }) => attribute === 'report.unchanged')).toMatchObject([
      {
        subject_type: 'agency',
        subject_id: 'bo-noi-vu',
        target: 'Cơ sở dữ liệu về hội, quỹ, tổ chức phi chính phủ',
        value_time: '2026-06-29T14:00:00+07:00',
      },
    ]);
  });

  test('no name of a person is kept', async () => {
    const pieces = await collectFrom(folderWith({ 'a.xlsx': form(FULL) }));
    expect(JSON.stringify(pieces)).not.toContain('Nguyễn Văn A');
  });

  test('a total without a document has no source; a round number without a word is approximate', async () => {
    const pieces = await collectFrom(
      folderWith({
        'a.xlsx': form({
          status: {
            [A]: { ...CHANGED, records: 4800000, unit: 'hồ sơ', expected: 5000000 },
            [B]: { ...CHANGED, records: 80, unit: 'quỹ', precision: 'Chính xác' },
          },
        }),
      }),
    );
    expect(fact(pieces, 'records.expected')?.flags).toEqual({});
    expect(facts(pieces).filter(({ attribute }) => attribute === 'records.count')).toMatchObject([
      { value_low: 4750000, value_high: 4850000 },
      { value_number: 80 },
    ]);
  });

  test('refused cells are rejections with reason and remedy where they stand; the others are kept', async () => {
    const pieces = await collectFrom(
      folderWith({
        'a.xlsx': form({ status: { [A]: { ...CHANGED, records: '1.041', unit: 'hồ sơ', software: 'Đang xây dựng' } } }),
      }),
    );
    expect(facts(pieces).map(({ attribute }) => attribute)).toEqual(['software.state']);
    expect(refusals(pieces)).toMatchObject([
      {
        code: 'form/ambiguous_number',
        raw: '1.041',
        at: expect.stringMatching(/^a\.xlsx: 1\. Tình hình!J\d+$/),
        message: expect.stringContaining('1,041'),
      },
    ]);
    expect(documents(pieces)[0]?.rejections).toBe(1);
  });

  test('formulas and hostile words are neither run nor echoed', async () => {
    const pieces = await collectFrom(
      folderWith({
        'a.xlsx': form({
          status: {
            [A]: {
              ...CHANGED,
              software: {
                xml: (at) =>
                  `<c r="${at}" t="str"><f>HYPERLINK("http://example.com/x","y")</f><v>Đang xây dựng</v></c>`,
              },
              blocked_by: 'Lỗi kỹ thuật',
              waiting_for: "=cmd|' /C calc'!A0\u202e\u0007",
            },
          },
        }),
      }),
    );
    expect(JSON.stringify(pieces)).not.toMatch(/HYPERLINK|example\.com|\u202e/);
    expect(fact(pieces, 'blocked_by')?.flags.reference).toBe("=cmd|' /C calc'!A0");
    expect(refusals(pieces)).toMatchObject([{ code: 'form/formula', raw: 'Đang xây dựng' }]);
  });
});

describe('several files', () => {
  const at = (folder: string, name: string, day: string): void =>
    utimesSync(join(folder, name), new Date(day), new Date(day));

  test('of two forms of one agency and period the later one counts, the other is named', async () => {
    const folder = folderWith({
      'a.xlsx': form({ status: { [A]: { ...CHANGED, software: 'Đang xây dựng' } } }),
      'b.xlsx': form({ status: { [A]: { ...CHANGED, software: 'Đã xây dựng' } } }),
      'c.xlsx': form({ period: '2026-06-22', status: { [A]: { ...CHANGED, software: 'Có kế hoạch' } } }),
    });
    at(folder, 'a.xlsx', '2026-06-29T09:00:00Z');
    at(folder, 'b.xlsx', '2026-06-29T03:00:00Z');
    at(folder, 'c.xlsx', '2026-06-22T03:00:00Z');
    const pieces = await collectFrom(folder);
    expect(refusals(pieces)).toMatchObject([
      { code: 'form/superseded', at: 'b.xlsx', message: expect.stringContaining('a.xlsx') },
    ]);
    expect(
      facts(pieces)
        .map(({ value_text: state }) => state)
        .sort(),
    ).toEqual(['building', 'planned']);
    expect(new Set(documents(pieces).map(({ series }) => series)).size).toBe(1);
  });

  test('a form of a week that had not begun when it was received', async () => {
    const folder = folderWith({ 'a.xlsx': form({ period: '2026-07-13' }), 'b.xlsx': form({ period: '2026-07-06' }) });
    at(folder, 'a.xlsx', '2026-07-02T03:00:00Z');
    at(folder, 'b.xlsx', '2026-07-02T03:00:00Z');
    expect(refusals(await collectFrom(folder))).toMatchObject([{ code: 'form/future-period', at: 'a.xlsx' }]);
  });

  test('what cannot be read is reported with what to do, and the others are read', async () => {
    const folder = folderWith({
      '1.xlsx': '',
      '2.xlsx': 'STT,Tên\n1,a\n',
      '3.xlsx': workbookFile({ parts: { 'xl/vbaProject.bin': 'x' } }),
      '4.xlsx': workbookFile({ sheets: [{ rows: [['x']] }] }),
      '5.xlsx': form({ agencyId: 'bo-y-te' }),
      '~$5.xlsx': 'x',
    });
    symlinkSync('/etc/hosts', join(folder, '6.xlsx'));
    const pieces = await collectFrom(folder);
    expect(documents(pieces).map(({ file }) => file)).toEqual(['5.xlsx']);
    expect(refusals(pieces)).toMatchObject([
      { code: 'spreadsheet/no-file', at: '6.xlsx' },
      { code: 'spreadsheet/empty', at: '1.xlsx', message: expect.stringContaining('; ') },
      { code: 'spreadsheet/csv', at: '2.xlsx' },
      { code: 'spreadsheet/macro', at: '3.xlsx' },
      { code: 'spreadsheet/not-known', at: '4.xlsx', message: expect.stringContaining('--suggest-mapping') },
    ]);
  });

  test('a folder that is not there is a failure of the source, and a problem of the settings', async () => {
    const folder = folderWith({ a: 'x' });
    await expect(collectFrom(folder, { path: 'nowhere' })).rejects.toMatchObject({ code: 'source/missing-folder' });
    expect(spreadsheet.check?.(spreadsheet.options.parse({ path: 'nowhere' }), folder)).toContain('nowhere');
  });
});
