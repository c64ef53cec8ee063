import { describe, expect, test } from 'vitest';
import type { Extraction } from '../../../connectors/document/extraction.ts';
import { seriesOf } from '../../../connectors/document/series.ts';
import {
  firstWords,
  gradedByConfidence,
  pieces,
  statements,
  withoutTexts,
} from '../../../connectors/document/statements.ts';

const LONG = 'Xây dựng, hoàn thiện phần mềm và triển khai tại tất cả các địa phương trong toàn quốc';
const extraction: Extraction = {
  document: {
    type: 'document',
    id: 'd',
    title: 'Danh mục',
    stated_at: '2026-06-15',
    grade: 'E2',
    said_by: 'owner',
    sha256: 'a'.repeat(64),
  },
  observations: [
    {
      statement: {
        type: 'observation',
        document: 'd',
        subject_type: 'database',
        subject_id: 'ho-so-mot',
        attribute: 'commitment',
        value_text: LONG,
        modality: 'done',
        extent: 'whole',
        shared_n: 1,
        flags: { with: LONG, n: 3 },
        evidence: { line: 9, quote: LONG },
      },
      confidence: 0.7,
    },
    {
      statement: {
        type: 'observation',
        document: 'd',
        subject_type: 'database',
        subject_id: 'ho-so-mot',
        attribute: 'c12.connection',
        value_text: 'one_way',
        modality: 'done',
        extent: 'whole',
        shared_n: 1,
        flags: {},
        grade: 'E1',
        evidence: { line: 5, quote: 'x' },
      },
      confidence: 0.95,
    },
  ],
  tasks: [
    {
      statement: {
        type: 'task',
        document: 'd',
        no: 1,
        title: LONG,
        legal_basis: 'Nghị quyết số 52/NQ-CP',
        lead_agencies: [],
        deadline: null,
        deadline_raw: '',
        overdue_agencies: ['bo-y-te'],
        statuses: [{ agency: 'bo-y-te', status: 'Đang làm', difficulty: ' ' }, { agency: 'bo-noi-vu' }],
        database_ids: ['ho-so-mot'],
        evidence: { line: 5 },
      },
      confidence: 1,
    },
  ],
  agencyCounts: [],
  checks: [
    {
      statement: {
        type: 'document_check',
        document: 'd',
        kind: 'list_count',
        where: LONG,
        printed: 3,
        counted: 2,
        evidence: { page: 2, line: 1 },
      },
      confidence: 1,
    },
  ],
  rejections: [{ code: 'requested', message: 'only asked for', raw: LONG, evidence: { line: 7, quote: LONG } }],
};
const registry = {
  databases: [{ database_id: 'ho-so-mot', name: 'Cơ sở dữ liệu hồ sơ một' }],
  attributes: {
    attributes: { commitment: { type: 'text' }, 'c12.connection': { type: 'state', scale: 'connection' } },
  },
} as never;

describe('the order', () => {
  test('the document first, then by page and line; a task before what is said of it', () => {
    const said = pieces(extraction).map((piece) =>
      piece.kind === 'rejection'
        ? 'rejection'
        : piece.statement.type === 'observation'
          ? piece.statement.attribute
          : piece.statement.type,
    );
    expect(said).toEqual(['document', 'task', 'c12.connection', 'rejection', 'commitment', 'document_check']);
    expect(statements(extraction)).toHaveLength(5);
    expect(statements(extraction)[0]).toMatchObject({ rejections: 1 });
    expect(statements(extraction).at(-2)).toMatchObject({ confidence: 0.7 });
  });
});

describe('by confidence', () => {
  test('less sure facts are claims; none is raised', () => {
    const grades = (least: number) =>
      gradedByConfidence(extraction, least).observations.map((one) => one.statement.grade);
    expect(grades(0.8)).toEqual(['E1', 'E1']);
    expect(grades(0.7)).toEqual([undefined, 'E1']);
    expect(extraction.observations[0]?.statement.grade).toBeUndefined();
  });
});

describe('without texts', () => {
  const bare = withoutTexts(extraction, registry);

  test('no quote, no report and no passage is left; states are', () => {
    expect(JSON.stringify(bare)).not.toContain('quote');
    expect(JSON.stringify(bare)).not.toContain('toàn quốc');
    expect(bare.observations[1]?.statement.value_text).toBe('one_way');
    expect(bare.observations[0]?.statement.flags.n).toBe(3);
    expect(bare.tasks[0]?.statement.statuses).toEqual([
      { agency: 'bo-y-te', status: 'reported', difficulty: 'blank' },
      { agency: 'bo-noi-vu' },
    ]);
    expect(bare.rejections[0]?.raw).toBe('');
  });

  test('a task is named after its one database, else by its first words', () => {
    expect(bare.tasks[0]?.statement.title).toBe('Cơ sở dữ liệu hồ sơ một');
    const [found] = extraction.tasks;
    if (found === undefined) throw new Error('no task');
    const two = { ...found, statement: { ...found.statement, database_ids: ['ho-so-mot', 'ho-so-hai'] } };
    const title = withoutTexts({ ...extraction, tasks: [two] }, registry).tasks[0]?.statement.title ?? '';
    expect(LONG.startsWith(title.slice(0, -1))).toBe(true);
    expect(title.length).toBeLessThanOrEqual(61);
  });

  test.each([
    ['ngắn gọn', 'ngắn gọn'],
    ['a b c d', 'a b c d'],
    ['aaaa bbbb, cccc', 'aaaa bbbb…'],
    ['aaaaa bbbbb cc', 'aaaaa…'],
    ['aaaaaaaaaaaaaaaa', 'aaaaaaaaaa…'],
    [' hai\n dòng ', 'hai dòng'],
  ])('%j in ten characters', (text, words) => {
    expect(firstWords(text, 10)).toBe(words);
  });
});

describe('the series of a report', () => {
  const of = (title: string, number?: string) => seriesOf({ title, ...(number === undefined ? {} : { number }) });

  test('is the same for another day, month and number', () => {
    const may = of('BÁO CÁO Tình hình thực hiện nhiệm vụ tháng 5 năm 2026 (đến ngày 31/5/2026)', '12/BC-BNV');
    expect(of('Báo cáo tình hình thực hiện nhiệm vụ tháng 6 năm 2026', '190/BC-BNV')).toBe(may);
    expect(of('Báo cáo tình hình thực hiện nhiệm vụ quý II/2026', '190/BC-BNV')).toBe(may);
  });

  test('is another for another title, another issuer or another kind of document; short titles have none', () => {
    const one = of('Danh mục nhiệm vụ quá hạn', '1/BC-BNV');
    expect(of('Danh mục nhiệm vụ được giao', '1/BC-BNV')).not.toBe(one);
    expect(of('Danh mục nhiệm vụ quá hạn', '1/BC-BYT')).not.toBe(one);
    expect(of('Danh mục nhiệm vụ quá hạn', '1/CV-BNV')).not.toBe(one);
    expect(of('Báo cáo', '1/BC-BNV')).toBe('');
  });
});
