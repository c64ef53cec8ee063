import { describe, expect, test } from 'vitest';
import { observationStatement } from '../../../../connectors/contract.ts';
import { type Observed, observeStatus } from '../../../../connectors/document/facts/observe.ts';
import { type Cell, cellAt } from '../../../../connectors/document/model.ts';
import type { StatusText } from '../../../../connectors/document/tables/task-reading.ts';
import { reader, STATED } from './status-cases.ts';

function observed(text: string | Cell, more: Partial<StatusText> = {}): Observed {
  return observeStatus(
    {
      cell: typeof text === 'string' ? cellAt(text, { line: 40 }) : text,
      table: 'danh-muc',
      row: 3,
      task_no: 3,
      column: 'tinh_hinh',
      agency: 'bo-y-te',
      database_ids: ['tre-em'],
      shared_n: 1,
      ...more,
    },
    { ...reader, document: 'mau-2030', stated: STATED },
  );
}

const subjects = ({ observations }: Observed): string[] =>
  observations.map(({ statement: s }) =>
    `${s.subject_type} ${s.subject_id} ${s.attribute} ${s.value_text ?? ''}`.trim(),
  );

describe('to whom a fact is given', () => {
  test('to the database the row is about', () => {
    expect(subjects(observed('Đã kết nối với C12.'))).toEqual(['database tre-em c12.connection connected']);
  });

  test('to each of several, marked as shared', () => {
    const both = observed('Đã kết nối với C12.', { database_ids: ['tre-em', 'nguoi-khuyet-tat'], shared_n: 2 });
    expect(subjects(both)).toEqual([
      'database tre-em c12.connection connected',
      'database nguoi-khuyet-tat c12.connection connected',
    ]);
    expect(both.observations.map(({ statement }) => statement.shared_n)).toEqual([2, 2]);
  });

  test('to the one a sentence names, not shared', () => {
    const one = observed('CSDL người khuyết tật đã kết nối với C12.', {
      database_ids: ['tre-em', 'nguoi-khuyet-tat'],
      shared_n: 2,
    });
    expect(subjects(one)).toEqual(['database nguoi-khuyet-tat c12.connection connected']);
    expect(one.observations[0]?.statement.shared_n).toBe(1);
  });

  test('what stands in the way of a task without a database is the agency’s', () => {
    expect(subjects(observed('Chưa được bố trí kinh phí xây dựng cơ sở dữ liệu.', { database_ids: [] }))).toEqual([
      'agency bo-y-te blocked_by budget',
    ]);
  });

  test('an agent installed is the agency’s, also in the row of a database', () => {
    expect(subjects(observed('Đã cài đặt AgentNode tại trụ sở.'))).toEqual(['agency bo-y-te c12.agent installed']);
  });

  test('without database and agency nothing is observed', () => {
    const nobody = observed('Đã kết nối với C12. Chưa được bố trí kinh phí.', { database_ids: [], agency: null });
    expect(nobody.observations).toEqual([]);
  });

  test('the state of a database is not given to an agency', () => {
    expect(subjects(observed('Đã kết nối với C12. Đạt 8/15 tiêu chí.', { database_ids: [] }))).toEqual([]);
  });
});

describe('the statement', () => {
  test('has the form of the contract, and says where its words stand', () => {
    const [found] = observed('Đã nhập khoảng 3,7 triệu hồ sơ.').observations;
    const statement = observationStatement.parse(found?.statement);
    expect(statement).toMatchObject({
      document: 'mau-2030',
      attribute: 'records.count',
      value_low: 3_650_000,
      value_high: 3_750_000,
      said_by: 'owner',
      evidence: {
        table: 'danh-muc',
        row: 3,
        column: 'tinh_hinh',
        line: 40,
        quote: 'Đã nhập khoảng 3,7 triệu hồ sơ.',
      },
    });
    expect(found?.confidence).toBe(statement.confidence);
  });

  test('the words are those of the cell', () => {
    const text = 'Phần mềm đã xong. Đến nay K/n với C12 đã thông.';
    const found = observed(text).observations.find(({ statement }) => statement.attribute === 'c12.connection');
    const { start, end } = found?.words ?? { start: 0, end: 0 };
    expect(text.slice(start, end)).toContain('K/n');
  });

  test('line and page are those of the words, the quote is cut at 300 letters', () => {
    const before = `Đã họp ${'nhiều lần, '.repeat(40)}.`;
    const cell: Cell = {
      text: `${before}\nĐã kết nối với C12 ${'qua đường truyền mẫu '.repeat(30)}`,
      marks: [
        { offset: 0, line: 7, page: 2 },
        { offset: before.length + 1, line: 1, page: 3 },
      ],
    };
    const [found] = observed(cell).observations;
    expect(found?.statement.evidence).toMatchObject({ line: 1, page: 3 });
    expect(found?.statement.evidence.quote?.length).toBe(300);
  });

  test('a cell that a row inherits is told', () => {
    const [found] = observed('Đã kết nối với C12.', { inherited_from: 1 }).observations;
    expect(found?.statement.evidence.inherited_from).toBe(1);
  });
});

describe('what is not taken', () => {
  test('stands among the rejections, with its place', () => {
    const { observations, rejections } = observed('Trường hợp hạ tầng đáp ứng thì kết nối với C12.');
    expect(observations).toEqual([]);
    expect(rejections).toMatchObject([
      { code: 'hypothetical', evidence: { row: 3, line: 40 }, raw: 'Trường hợp hạ tầng đáp ứng thì kết nối với C12.' },
    ]);
  });

  test('is of no interest where no database is spoken of', () => {
    expect(observed('Các bộ, ngành cần kết nối với C12.', { database_ids: [] }).rejections).toEqual([]);
  });
});

describe('odd dates', () => {
  const checks = (text: string, more: Partial<StatusText> = {}): unknown[] =>
    observed(text, more).checks.map(({ statement }) => [statement.printed, statement.counted]);

  test('a letter dated after the text', () => {
    expect(checks('Đã có công văn số 7731/BMD-CNTT ngày 15/8/2030.')).toEqual([['15/8/2030', '30/6/2030']]);
  });

  test('a story that goes on in January of the year before', () => {
    expect(checks('Ngày 20/12/2029, hai bên họp; ngày 14/1/2029, C12 trả lời.')).toEqual([['14/1/2029', '20/12/2029']]);
  });

  test.each([
    'Hoàn thành trước ngày 15/8/2030.',
    'Ngày 10/5/2030, hai bên họp; ngày 14/5/2030, C12 trả lời.',
    'Nghị định có hiệu lực từ ngày 01/01/2031.',
    'Không có ngày nào.',
  ])('%s: none', (text) => {
    expect(checks(text)).toEqual([]);
  });

  test('of a cell that several rows inherit once only', () => {
    expect(checks('Đã có công văn số 7731/BMD-CNTT ngày 15/8/2030.', { inherited_from: 1 })).toEqual([]);
  });
});
