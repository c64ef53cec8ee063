import { describe, expect, test } from 'vitest';
import { refusalText } from '../../../connectors/spreadsheet/form/collected-form.ts';
import { readForm } from '../../../connectors/spreadsheet/form/read-form.ts';
import { filledForm } from '../../support/form-files.ts';
import { A, B, CHANGED, config, labels, read, reader, refused, row, verdicts } from '../../support/form-readings.ts';
import { type CellSource, formula, workbookFile } from '../../support/workbook-files.ts';

describe('sheet 1', () => {
  test('a whole row, each value as its column wants it', async () => {
    const reading = await row({
      criteria_met: '5/19',
      software: 'Vận hành thử nghiệm',
      extent: 'mới ở trung ương',
      records: '1.041.000',
      unit: 'Hồ sơ',
      precision: 'Hơn',
      stage: 'Đã nhập vào CSDL',
      expected: 2000000,
      c12_connection: 'Đã kết nối một chiều',
      c12_sync: 'Đang đồng bộ',
      synced_on: { day: 46022 },
      c06_connection: 'Chưa kết nối',
      cleaning: 'Không có thông tin công dân',
      security: 'Đang đánh giá',
      blocked_by: 'Chưa bố trí kinh phí',
      waiting_for: 'Bộ Tài chính',
      waiting_since: '1.3.2026',
    });
    expect(refused(reading)).toEqual([]);
    expect(verdicts(reading)).toEqual({
      criteria_met: 5,
      software: 'trial',
      extent: 'central_only',
      records: 1041000,
      unit: 'hồ sơ',
      precision: 'hon',
      stage: 'nhap_csdl',
      expected: 2000000,
      c12_connection: 'one_way',
      c12_sync: 'in_progress',
      synced_on: '2025-12-31',
      c06_connection: 'none',
      cleaning: 'no_persons',
      security: 'in_progress',
      blocked_by: 'budget',
      waiting_for: 'Bộ Tài chính',
      waiting_since: '2026-03-01',
    });
    expect(reading.rows.find(({ database }) => database === A)).toMatchObject({
      change: 'changed',
      values: { criteria_met: { number: 5 } },
    });
    expect(reading.counts.status).toEqual({ accepted: 18, refused: 0 });
  });

  test.each<[string, Record<string, CellSource>, Record<string, string | number>]>([
    [
      'a number that can be read twice',
      { records: '1.041', unit: 'hồ sơ' },
      { records: '! ambiguous_number', unit: 'hồ sơ' },
    ],
    ['a number without a unit', { records: 5000 }, { records: '! unit_missing' }],
    ['a total without a unit', { expected: 5000 }, { expected: '! unit_missing' }],
    [
      'a unit that is none of records',
      { records: 9672, unit: 'tài khoản' },
      { records: '! unit_missing', unit: '! unit_not_record' },
    ],
    ['a unit in the cell of the number', { records: 'khoảng 4,8 triệu hồ sơ' }, { records: 4800000 }],
    [
      'accounts in the cell of the number',
      { records: '9672 tài khoản', unit: 'hồ sơ' },
      { records: '! unit_not_record', unit: 'hồ sơ' },
    ],
    ['two units', { records: '5 người', unit: 'hồ sơ' }, { records: '! not_a_number', unit: 'hồ sơ' }],
    ['a unit without a number', { unit: 'hồ sơ' }, { unit: '! number_missing' }],
    [
      'how exact, of nothing',
      { precision: 'Khoảng', stage: 'Đã số hóa' },
      { precision: '! number_missing', stage: '! number_missing' },
    ],
    ['an extent of nothing', { extent: 'Toàn quốc' }, { extent: '! state_missing' }],
    [
      'waiting for nothing',
      { waiting_for: 'C12', waiting_since: '1/3/2026' },
      { waiting_for: '! state_missing', waiting_since: '! state_missing' },
    ],
    [
      'a refusal to connect without its document',
      { c12_connection: 'Từ chối kết nối' },
      { c12_connection: '! evidence_incomplete' },
    ],
    ['too many criteria', { criteria_met: 20 }, { criteria_met: '! out_of_range' }],
    ['of another number of criteria', { criteria_met: '5/15' }, { criteria_met: '! not_a_number' }],
    ['a day that is not', { synced_on: '31/02/2026' }, { synced_on: '! not_a_date' }],
    ['a day after the period', { synced_on: '30/6/2026' }, { synced_on: '! future_date' }],
    ['a day of 1900', { synced_on: { day: 5 } }, { synced_on: '! date_too_old' }],
    ['a word of no list', { software: 'xong' }, { software: '! unknown_word' }],
    ['a number where a word is asked', { security: 5 }, { security: '! unknown_word' }],
    [
      'a text too long',
      { blocked_by: 'Không nêu', waiting_for: 'x'.repeat(121) },
      { blocked_by: 'none_stated', waiting_for: '! too_long' },
    ],
    [
      'an error of Excel',
      { records: { xml: (at) => `<c r="${at}" t="e"><v>#DIV/0!</v></c>` } },
      { records: '! error_value' },
    ],
    [
      'a formula that reaches outside',
      { c12_sync: formula('HYPERLINK("http://example.com","Đã đồng bộ đầy đủ")', 'Đã đồng bộ đầy đủ') },
      { c12_sync: '! formula' },
    ],
    ['a formula never worked out', { criteria_met: formula('SUM(A1:A3)', null) }, { criteria_met: '! formula' }],
    ['a formula with its value', { criteria_met: formula('2+3', 5) }, { criteria_met: 5 }],
    ['a text like a formula', { blocked_by: "=cmd|' /C calc'!A0" }, { blocked_by: '! unknown_word' }],
    ['a dash', { records: '–', software: '-' }, {}],
    ['zero', { records: 0, unit: 'hồ sơ', criteria_met: 0 }, { records: 0, unit: 'hồ sơ', criteria_met: 0 }],
  ])('%s', async (_name, typed, expected) => {
    const reading = await row(typed);
    expect(verdicts(reading)).toEqual(expected);
    for (const cell of refused(reading)) {
      const said = refusalText(cell, labels);
      expect(said).not.toMatch(/[{}]|undefined|HYPERLINK|SUM\(/);
      expect(cell.address).toMatch(/^[A-Z]{1,2}\d+$/);
      expect(reading.rows[0]?.values[cell.column]).toBeUndefined();
    }
  });

  test('nothing changed: the word alone; what stands in the row is shown, and is no cell', async () => {
    const reading = await read({
      publication: 'r1',
      status: { [A]: { change: 'Không thay đổi', software: 'Đang xây dựng' } },
    });
    expect(reading.cells).toMatchObject([{ column: 'change', verdict: 'accepted', value: { id: 'unchanged' } }]);
    expect(reading.rows.find(({ database }) => database === A)).toMatchObject({
      change: 'unchanged',
      values: { software: { id: 'building' } },
    });
  });

  test('nobody said whether it changed', async () => {
    const status = { [A]: { software: 'Đang xây dựng' } };
    // Given out empty: what is typed is new.
    expect((await read({ status })).rows.find(({ database }) => database === A)?.change).toBe('changed');
    // Given out filled in, and not known with what.
    const unknown = await read({ status, publication: 'r1' });
    expect(refused(unknown)).toMatchObject([{ column: 'change', code: 'change_missing', database: A }]);
    // Known with what: it is as given, or not.
    const prefilled = [['status', A, 'software', 'Đang xây dựng']] as const;
    const same = await read({ status, publication: 'r1', prefilled });
    expect([same.cells, same.rows.find(({ database }) => database === A)?.change]).toEqual([[], null]);
    const other = await read({ status: { [A]: { software: 'Đã xây dựng' } }, publication: 'r1', prefilled });
    expect(verdicts(other)).toEqual({ software: 'built' });
  });

  test('nothing changed, and yet a cell differs from what was given out', async () => {
    const reading = await read({
      publication: 'r1',
      prefilled: [
        ['status', A, 'software', 'Đang xây dựng'],
        ['status', A, 'synced_on', 46022],
      ],
      status: { [A]: { change: 'Không thay đổi', software: 'Vận hành chính thức', synced_on: { day: 46022 } } },
    });
    expect(verdicts(reading)).toEqual({ software: '! changed_but_unchanged' });
  });

  test('rows sorted without their hidden key, rows copied, rows added, databases of others', async () => {
    const swapped = await read({
      status: {
        [A]: { ...CHANGED, name: 'Cơ sở dữ liệu về hội, quỹ, tổ chức phi chính phủ', software: 'Đang xây dựng' },
      },
    });
    expect(verdicts(swapped)).toEqual({ name: '! changed_marker' });
    const added = (cells: CellSource[]) => read({ change: (sheets) => void sheets.status?.push(cells) });
    expect(verdicts(await added([A, 99, 'Cơ sở dữ liệu tai nạn lao động', null, 'Có thay đổi']))).toEqual({
      name: '! duplicate_database',
    });
    const software = Array.from({ length: 7 }, () => null);
    expect(verdicts(await added([null, 99, 'Cơ sở dữ liệu đất đai', null, 'Có thay đổi', 5, ...software]))).toEqual({
      name: '! other_agency',
    });
    expect(verdicts(await added([null, 99, 'Cơ sở dữ liệu chim muông', null, 'Có thay đổi', 5, ...software]))).toEqual({
      name: '! unknown_database',
    });
    expect(
      verdicts(await added(['dat-dai', 99, 'Cơ sở dữ liệu đất đai', null, 'Có thay đổi', 5, ...software])),
    ).toEqual({ name: '! other_agency' });
  });

  test('a row above, columns in another order, a sheet with another name', async () => {
    const reading = await read({
      status: { [A]: { ...CHANGED, software: 'Đang xây dựng', criteria_met: 5 } },
      change: (sheets) => {
        sheets.status?.unshift(['x']);
        for (const cells of sheets.status ?? []) [cells[5], cells[7]] = [cells[7] ?? null, cells[5] ?? null];
      },
    });
    expect(verdicts(reading)).toEqual({ software: 'building', criteria_met: 5 });
  });
});

describe('forms that are none', () => {
  const WITHOUT =
    config.agencies.find(({ agency_id: id }) => !config.databases.some((d) => d.agency_id === id))?.agency_id ?? '';
  const code = async (bytes: Uint8Array): Promise<string> => {
    try {
      await readForm(bytes, reader);
      return 'read';
    } catch (error) {
      expect(error).toMatchObject({ hint: expect.stringMatching(/\S/) });
      return (error as { code: string }).code;
    }
  };
  const marked =
    (at: number, value: string) =>
    (sheets: Record<string, CellSource[][]>): void => {
      const fields = sheets.marker?.[at];
      if (fields !== undefined) fields[1] = value;
    };
  const changed = (at: number, value: string) => filledForm(config, labels, { change: marked(at, value) });

  test.each<[string, () => Uint8Array]>([
    ['form/not-a-form', () => workbookFile({ sheets: [{ rows: [['x']] }] })],
    ['form/no-marker', () => filledForm(config, labels, { without: ['marker'] })],
    ['form/no-status', () => filledForm(config, labels, { without: ['status'] })],
    ['form/unknown-agency', () => changed(3, 'bo-la')],
    [
      'form/too-many-rows',
      () =>
        filledForm(config, labels, { difficulties: Array.from({ length: 3_001 }, (_, i) => ({ content: `x${i}` })) }),
    ],
    ['form/no-databases', () => changed(3, WITHOUT)],
    ['form/wrong-period', () => changed(5, '31/02/2026')],
    [
      'form/other-edition',
      () =>
        filledForm(config, labels, {
          change: (sheets) => {
            for (const rows of Object.values(sheets))
              if (rows[0] !== undefined) rows[0][0] = String(rows[0][0]).replace('/1/', '/9/');
          },
        }),
    ],
  ])('%s', async (expected, bytes) => {
    expect(await code(bytes())).toBe(expected);
  });

  test('the form of one agency with the databases of another', async () => {
    const reading = await readForm(
      filledForm(config, labels, {
        status: { [B]: { ...CHANGED, criteria_met: 5 } },
        change: marked(3, 'bo-y-te'),
      }),
      reader,
    );
    expect(reading.agencyId).toBe('bo-y-te');
    expect(reading.cells).toMatchObject([{ column: 'name', code: 'other_agency' }]);
  });
});
