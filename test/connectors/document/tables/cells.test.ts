// Cells of agencies and titles of tasks: who and what is meant.
import { describe, expect, test } from 'vitest';
import { readAgencyCell } from '../../../../connectors/document/tables/agency-cell.ts';
import { databasesOf } from '../../../../connectors/document/tables/task-title.ts';
import { readTasks } from '../../../../connectors/document/tables/tasks.ts';
import { documentOf, names, table } from '../../../support/document-names.ts';

describe('a cell of agencies', () => {
  const ids = (text: string): string[] => readAgencyCell(text, names.agencies, '2026-06-29').ids;

  test.each([
    ['Bộ Nội vụ (của Bộ Y tế chuyển sang), Bộ Tài chính', ['bo-noi-vu', 'bo-tai-chinh']],
    ['Bộ Nội vụ (trước đây là Bộ Y tế)', ['bo-noi-vu']],
    ['Bộ Nội vụ (chủ trì), Bộ Y tế (phối hợp)', ['bo-noi-vu', 'bo-y-te']],
  ])('%j: who had the task before has it no more', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  test.each([
    ['Nội vụ, Tài chính, Tư pháp', ['bo-noi-vu', 'bo-tai-chinh', 'bo-tu-phap']],
    ['Bộ Khoa học, Công nghệ, Bộ Y tế', ['bo-khoa-hoc-va-cong-nghe', 'bo-y-te']],
    ['Chính phủ, bộ ngành, địa phương', []],
  ])('%j: names of common words, commas for "và"', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });
});

describe('the databases a task is about', () => {
  test.each([
    ['Làm sạch dữ liệu tôn giáo, báo cáo kết quả', ['bo-dan-toc-va-ton-giao'], ['ton-giao']],
    ['Làm sạch dữ liệu tôn giáo, báo cáo kết quả', ['bo-y-te'], []],
    ['Bảo đảm kết nối, khai thác hiệu quả Cơ sở dữ liệu về tôn giáo', ['ca-mau'], ['ton-giao']],
    ['Chia sẻ dữ liệu tàu cá với Cơ sở dữ liệu về tôn giáo', ['bo-y-te'], []],
    ['Kết nối hệ thống thông tin đất đai của tỉnh với Cơ sở dữ liệu quốc gia về đất đai', ['ca-mau'], ['dat-dai']],
    [
      `Xây dựng phòng họp trực tuyến cho các đơn vị ${'ở vùng xa, vùng cao '.repeat(8)}; cơ sở dữ liệu về tôn giáo; kho lưu trữ`,
      ['bo-dan-toc-va-ton-giao'],
      ['ton-giao'],
    ],
  ])('%j by %j', (title, agencies, expected) => {
    expect(databasesOf(title, agencies, names)).toEqual(expected);
  });
});

test('rows take over a merged text only as often as a document can mean it', () => {
  const header = 'TT|Nhiệm vụ|Văn bản giao|Cơ quan chủ trì|Thời hạn|Cơ quan quá hạn|Tình hình';
  const first = `1|Việc|QĐ 5|Bộ Y tế|31/5/2026|Bộ Y tế|${'Đã kết nối. '.repeat(50_000)}`;
  const more = Array.from({ length: 8 }, (_, at) => `${at + 2}|Việc khác||||`);
  const { tasks, statuses, rejections } = readTasks(
    documentOf(table(header, first, ...more)),
    names,
    { document: 'd', day: '2026-06-29' },
    [],
  );
  expect(tasks).toHaveLength(9);
  expect(statuses).toHaveLength(4);
  expect(rejections.map((one) => one.code)).toEqual(Array(5).fill('inherited_too_long'));
});
