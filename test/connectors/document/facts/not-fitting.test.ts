import { describe, expect, test } from 'vitest';
import { read, statusCases } from './status-cases.ts';

const FAMILY = ['criterion.'];

statusCases('criteria that are said not to fit', FAMILY, [
  [
    'Không phát sinh thủ tục hành chính nên không xây dựng dịch vụ công theo tiêu chí đề ra.',
    'criterion.tc04 na_requested',
  ],
  ['Về tiêu chí còn lại, không có giao dịch nên không áp dụng chữ ký số.', 'criterion.tc07 na_requested'],
  ['Không có đối tượng do chưa đến thời điểm cấp mã nên không có căn cứ làm sạch.', 'criterion.tc10 deferred'],
  [
    'Nhiều tiêu chí chưa phù hợp; không có địa phương tham gia nên không thực hiện tập huấn cho địa phương; không có giao dịch nên không thực hiện ký số.',
    'criterion.tc13 na_requested',
    'criterion.tc07 na_requested',
  ],
]);

statusCases('nothing is said not to fit', FAMILY, [
  ['Chưa hoàn thành tiêu chí về chữ ký số.'],
  ['Không có kinh phí nên không tổ chức họp.'],
  ['Không có dữ liệu nên chưa làm sạch.'],
  ['Đã đạt 8/15 tiêu chí.'],
  ['Đề nghị không áp dụng hình thức họp trực tiếp.'],
  ['Đã hoàn thành làm sạch nên không còn vướng mắc.'],
]);

describe('what goes with it', () => {
  const flags = (text: string): unknown[] =>
    read(text)
      .facts.filter(({ attribute }) => attribute.startsWith('criterion.'))
      .map((fact) => fact.flags.open_list);

  test('a list that is open: how many fit cannot be told', () => {
    expect(flags('Nhiều tiêu chí chưa phù hợp; không có giao dịch nên không thực hiện ký số.')).toEqual([true]);
    expect(flags('Một tiêu chí chưa phù hợp; không có giao dịch nên không thực hiện ký số.')).toEqual([undefined]);
  });

  test('is never an approval', () => {
    const facts = read('Tiêu chí này không có giao dịch nên không áp dụng chữ ký số.').facts;
    expect(facts.map(({ value_text }) => value_text)).not.toContain('not_applicable');
  });
});
