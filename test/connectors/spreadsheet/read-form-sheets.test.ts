import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalText } from '../../../connectors/spreadsheet/form/collected-form.ts';
import { columnKeys } from '../../support/form-files.ts';
import { A, CHANGED, config, labels, read, refused, verdicts } from '../../support/form-readings.ts';
import type { CellSource } from '../../support/workbook-files.ts';

describe('sheet 2 against sheet 1', () => {
  const all = (state: string, but: Record<string, string> = {}) =>
    Object.fromEntries(config.criteria.criteria.map(({ id }) => [id, { [A]: but[id] ?? state }]));

  test('single states and a number that agrees', async () => {
    const reading = await read({
      status: { [A]: { ...CHANGED, criteria_met: 17 } },
      criteria: all('Đã hoàn thành', { tc01: 'Đang thực hiện', tc02: 'chưa thực hiện' }),
    });
    expect(refused(reading)).toEqual([]);
    expect(reading.counts.criteria.accepted).toBe(19);
  });

  test('the number is refused where they differ; the states stand', async () => {
    const reading = await read({
      status: { [A]: { ...CHANGED, criteria_met: 13 } },
      criteria: all('Đã hoàn thành', { tc01: 'Chưa thực hiện' }),
    });
    expect(refused(reading)).toMatchObject([
      { column: 'criteria_met', code: 'count_differs', params: { counted: 18, raw: '13' } },
    ]);
    expect(reading.rows.find(({ database }) => database === A)?.values.criteria_met).toBeUndefined();
    expect(reading.counts.criteria).toEqual({ accepted: 19, refused: 0 });
  });

  test('a sheet filled in part bounds the number only', async () => {
    const part = { tc01: { [A]: 'Đã hoàn thành' }, tc02: { [A]: 'Đã hoàn thành' } };
    expect(refused(await read({ status: { [A]: { ...CHANGED, criteria_met: 5 } }, criteria: part }))).toEqual([]);
    expect(refused(await read({ status: { [A]: { ...CHANGED, criteria_met: 1 } }, criteria: part }))).toMatchObject([
      { code: 'count_differs' },
    ]);
  });

  test('not applicable is granted, never typed; asking for it needs a reason', async () => {
    const asked = { tc04: { [A]: 'Đề nghị không áp dụng' }, tc05: { [A]: 'Không áp dụng' } };
    const reading = await read({ status: { [A]: CHANGED }, criteria: asked });
    expect(refused(reading)).toMatchObject([{ sheet: 'criteria', column: A, code: 'reason_missing' }]);
    const topic = `4. ${config.criteria.criteria[3]?.title}`;
    const given = await read({
      status: { [A]: CHANGED },
      criteria: asked,
      evidence: [{ database: 'Cơ sở dữ liệu tai nạn lao động', topic, na_reason: 'Không có thủ tục hành chính' }],
    });
    expect(refused(given)).toEqual([]);
  });

  test('what was asked before and is given out filled in needs its reason no second time', async () => {
    const asked = { status: { [A]: CHANGED }, criteria: { tc04: { [A]: 'Đề nghị không áp dụng' } }, publication: 'r1' };
    const reading = await read({ ...asked, prefilled: [['criteria', 'tc04', A, 'Đề nghị không áp dụng']] });
    expect(reading.cells.filter(({ sheet }) => sheet === 'criteria')).toMatchObject([{ verdict: 'accepted' }]);
    expect(refused(await read({ ...asked, prefilled: [] }))).toMatchObject([{ code: 'reason_missing' }]);
  });

  test('of a database that did not change nothing is said anew', async () => {
    const reading = await read({
      publication: 'r1',
      status: { [A]: { change: 'Không thay đổi' } },
      criteria: all('Đã hoàn thành'),
    });
    expect(reading.counts.criteria).toEqual({ accepted: 0, refused: 0 });
    const prefilled = config.criteria.criteria.map(({ id }) => ['criteria', id, A, 'Đã hoàn thành'] as const);
    const touched = await read({
      publication: 'r1',
      prefilled,
      status: { [A]: { change: 'Không thay đổi' } },
      criteria: all('Đã hoàn thành', { tc03: 'Chưa thực hiện' }),
    });
    expect(refused(touched)).toMatchObject([{ sheet: 'criteria', code: 'changed_but_unchanged' }]);
  });
});

describe('sheets 3 to 5', () => {
  const status = { [A]: { ...CHANGED, software: 'Vận hành chính thức' } };
  const database = 'Cơ sở dữ liệu tai nạn lao động';
  const topic = 'Phần mềm, bộ công cụ';
  const document = { document_kind: 'Quyết định', number: '12/QĐ-BNV', date: '5/1/2026', issuer: 'Bộ Nội vụ' };

  test.each<[string, Record<string, CellSource>, Record<string, string | number>]>([
    [
      'a document for what is reported',
      { database, topic, ...document },
      {
        database: A,
        topic: 'software.state',
        document_kind: 'quyet_dinh',
        number: '12/QĐ-BNV',
        date: '2026-01-05',
        issuer: 'Bộ Nội vụ',
      },
    ],
    [
      'for what is not reported',
      { database, topic: 'Đồng bộ về Cơ sở dữ liệu tổng hợp quốc gia', ...document },
      { topic: '! evidence_supports_nothing' },
    ],
    [
      'for a criterion without a state',
      { database, topic: '1. Cơ sở pháp lý của cơ sở dữ liệu', ...document },
      { topic: '! evidence_supports_nothing' },
    ],
    ['for nothing', { database, ...document }, { topic: '! evidence_supports_nothing' }],
    [
      'a reason where nothing is asked',
      { database, topic, ...document, na_reason: 'x' },
      { na_reason: '! evidence_supports_nothing' },
    ],
    ['without number, day and issuer', { database, topic, summary: 'x' }, { number: '! evidence_incomplete' }],
    ['without a database', { topic, ...document }, { database: '! no_database' }],
    [
      'with a database of another agency',
      { database: 'CSDL đất đai', topic, ...document },
      { database: '! other_agency' },
    ],
    [
      'with a database of nobody',
      { database: 'CSDL chim muông', topic, ...document },
      { database: '! unknown_database' },
    ],
    ['with a day that is yet to come', { database, topic, ...document, date: '1/7/2026' }, { date: '! future_date' }],
  ])('evidence %s', async (_name, typed, expected) => {
    const reading = await read({ status, evidence: [typed] });
    expect(verdicts(reading, 'evidence')).toMatchObject(expected);
    expect(refused(reading)).toHaveLength(Object.values(expected).filter((one) => String(one).startsWith('!')).length);
  });

  test.each<[string, Record<string, CellSource>, Record<string, string | number>]>([
    [
      'both numbers',
      { database, role: 'Cập nhật dữ liệu', done: 13, total: 34, unit: 'địa phương' },
      { done: 13, total: 34, role: 'data_entered' },
    ],
    ['a ratio in one cell', { database, role: 'Báo cáo', done: '13/34', unit: 'địa phương' }, { done: 13 }],
    ['no total', { database, role: 'Báo cáo', done: 13, unit: 'địa phương' }, { total: '! ratio_incomplete' }],
    ['no part', { database, role: 'Báo cáo', total: 34, unit: 'địa phương' }, { done: '! ratio_incomplete' }],
    [
      'more than all',
      { database, role: 'Báo cáo', done: 35, total: 34, unit: 'địa phương' },
      { done: '! ratio_over_one' },
    ],
    ['of none', { database, role: 'Báo cáo', done: 0, total: 0, unit: 'địa phương' }, { total: '! out_of_range' }],
    ['no unit', { database, role: 'Báo cáo', done: 1, total: 2 }, { unit: '! unit_missing' }],
    ['nothing said of what', { database, done: 1, total: 2, unit: 'xã' }, { role: '! ratio_incomplete' }],
  ])('localities: %s', async (_name, typed, expected) => {
    expect(verdicts(await read({ status, localities: [typed] }), 'localities')).toMatchObject(expected);
  });

  test('one thing of one database is said once', async () => {
    const one = { database, role: 'Báo cáo', done: 1, total: 34, unit: 'xã' };
    expect(refused(await read({ status, localities: [one, { ...one, done: 2 }] }))).toMatchObject([
      { column: 'database', code: 'duplicate_database' },
    ]);
  });

  test('difficulties: the content counts', async () => {
    const reading = await read({
      difficulties: [
        { database, content: 'Chưa được bố trí kinh phí', asked_by: '31/12/2026' },
        { database, cause: 'x' },
      ],
    });
    expect(refused(reading)).toMatchObject([{ column: 'content', code: 'state_missing' }]);
  });

  test('headings printed again and numbers of columns are no rows', async () => {
    const headings = { database: 'CSDL', content: 'Nội dung khó khăn, vướng mắc', cause: 'Nguyên nhân' };
    expect((await read({ difficulties: [headings, { database: 2, content: 3, cause: 4 }] })).cells).toEqual([]);
  });
});

describe('whatever is typed', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd]/gu, '')),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.record({ day: fc.integer({ min: -10, max: 3_000_000 }) }),
    fc.constantFrom(
      'Có thay đổi',
      'Không thay đổi',
      '13/19',
      '1.041',
      'Đã hoàn thành',
      'Cơ sở dữ liệu tai nạn lao động',
      'hồ sơ',
      '31/12/2025',
    ),
  );
  const typed = (sheet: Parameters<typeof columnKeys>[0]) =>
    fc.dictionary(fc.constantFrom(...columnKeys(sheet).filter((key) => key !== 'no' && key !== 'name')), anything, {
      maxKeys: 12,
    });

  test('every cell has one verdict, every refusal its sentences, and what is refused is in no row', async () => {
    await fc.assert(
      fc.asyncProperty(
        typed('status'),
        fc.array(typed('evidence'), { maxLength: 3 }),
        fc.array(typed('localities'), { maxLength: 3 }),
        fc.array(typed('difficulties'), { maxLength: 3 }),
        anything,
        async (status, evidence, localities, difficulties, criterion) => {
          const reading = await read({
            status: { [A]: { change: 'Có thay đổi', ...status } },
            criteria: { tc01: { [A]: criterion } },
            evidence,
            localities,
            difficulties,
          });
          const places = reading.cells.map((cell) => `${cell.sheet} ${cell.row} ${cell.column}`);
          expect(new Set(places).size).toBe(places.length);
          const total = Object.values(reading.counts).reduce(
            (sum, { accepted, refused: no }) => sum + accepted + no,
            0,
          );
          expect(total).toBe(reading.cells.length);
          for (const cell of refused(reading)) {
            expect(refusalText(cell, labels)).not.toMatch(/\{[a-z]+\}/);
            if (cell.sheet === 'status')
              expect(reading.rows.find(({ row }) => row === cell.row)?.values[cell.column]).toBeUndefined();
          }
        },
      ),
      {
        numRuns: 150,
        // Said to be unchanged, and changed: the refused value stood in the row once.
        examples: [[{ waiting_for: 0, change: 'Không thay đổi' }, [], [], [], 0] as never],
      },
    );
  });
});
