import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSentences } from '../../../../connectors/document/language/sentences.ts';
import { SEED } from '../../../support/generated.ts';
import { anyText } from './texts.ts';

const texts = (text: string): string[] => readSentences(text).map((sentence) => sentence.text);
const labels = (text: string): [string, string][] =>
  readSentences(text).map((sentence) => [sentence.labelText, sentence.text]);
const clauses = (text: string): string[] =>
  readSentences(text).flatMap((sentence) => sentence.clauses.map((clause) => clause.text.trim()));

describe('sentences', () => {
  test.each([
    ['Đã nhập dữ liệu. Chưa kết nối.', ['Đã nhập dữ liệu.', 'Chưa kết nối.']],
    ['Đã nhập dữ liệu.\nChưa kết nối', ['Đã nhập dữ liệu.', 'Chưa kết nối']],
    ['- Đã nhập dữ liệu;\n- Chưa kết nối.', ['Đã nhập dữ liệu;', 'Chưa kết nối.']],
    [
      '+ Một việc.\n• Hai việc.\n1. Ba việc.\n(2) Bốn việc.\na) Năm việc.',
      ['Một việc.', 'Hai việc.', 'Ba việc.', 'Bốn việc.', 'Năm việc.'],
    ],
    ['Đã xong phần mềm.- Chưa kết nối.', ['Đã xong phần mềm.', 'Chưa kết nối.']],
    ['Đã làm việc với TP. Hà Nội và TP. Huế.', ['Đã làm việc với TP. Hà Nội và TP. Huế.']],
    ['Họp do TS. Ví Dụ chủ trì.', ['Họp do TS. Ví Dụ chủ trì.']],
    ['Đã nhập 1.234.567 bản ghi. Còn 4,5 triệu.', ['Đã nhập 1.234.567 bản ghi.', 'Còn 4,5 triệu.']],
    ['Đã kết nối với\nhệ thống mẫu của tỉnh.', ['Đã kết nối với hệ thống mẫu của tỉnh.']],
    ['Đã nhập dữ liệu,\nchưa kết nối.', ['Đã nhập dữ liệu, chưa kết nối.']],
    ['', []],
    [' \n \n', []],
    ['...', ['...']],
  ])('%j', (text, sentences) => {
    expect(texts(text)).toEqual(sentences);
  });
});

test.each([
  ['Đã nhập 12 hồ sơ. Còn 3 hồ sơ.', ['Đã nhập 12 hồ sơ.', 'Còn 3 hồ sơ.']],
  ['Đã triển khai tại các cơ sở. Đã tập huấn.', ['Đã triển khai tại các cơ sở.', 'Đã tập huấn.']],
])('%j ends at the point', (text, sentences) => {
  expect(texts(text)).toEqual(sentences);
});

describe('labels', () => {
  test('"lúc 15:30" is no label', () => {
    expect(readSentences('Họp lúc 15:30 ngày 12/5/2030.').map(({ label }) => label)).toEqual(['']);
  });
  test.each([
    ['Phần mềm: đang xây dựng', [['Phần mềm', 'đang xây dựng']]],
    ['- Tiến độ nối mạng C12: chưa thông.', [['Tiến độ nối mạng C12', 'chưa thông.']]],
    [
      'Phần mềm: đã xong. Đang nhập dữ liệu.',
      [
        ['Phần mềm', 'đã xong.'],
        ['Phần mềm', 'Đang nhập dữ liệu.'],
      ],
    ],
    [
      'Phần mềm: đã xong.\nKết nối: chưa.',
      [
        ['Phần mềm', 'đã xong.'],
        ['Kết nối', 'chưa.'],
      ],
    ],
    ['Kết quả cụ thể: đã xong.', [['', 'Kết quả cụ thể: đã xong.']]],
    [
      'Đã xong. Hiện đơn vị đang làm một việc khác nữa là: nhập dữ liệu.',
      [
        ['', 'Đã xong.'],
        ['', 'Hiện đơn vị đang làm một việc khác nữa là: nhập dữ liệu.'],
      ],
    ],
  ])('%j', (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  test('a label is marked on the sentence it stands before, and holds for the next', () => {
    expect(readSentences('Phần mềm: đã xong. Đang nhập.').map(({ labelled, label }) => [labelled, label])).toEqual([
      [true, 'phan mem'],
      [false, 'phan mem'],
    ]);
  });
});

describe('clauses', () => {
  test.each([
    ['Đã nhập dữ liệu, chưa kết nối.', ['Đã nhập dữ liệu', 'chưa kết nối.']],
    ['Đã nhập dữ liệu; đang làm sạch.', ['Đã nhập dữ liệu', 'đang làm sạch.']],
    ['Đã nhập dữ liệu nhưng chưa kết nối.', ['Đã nhập dữ liệu', 'nhưng chưa kết nối.']],
    ['Đã nhập dữ liệu (đến nay đã làm sạch một nửa).', ['Đã nhập dữ liệu', 'đến nay đã làm sạch một nửa).']],
    ['Nhập hồ sơ, văn bản, tài liệu.', ['Nhập hồ sơ, văn bản, tài liệu.']],
    ['Đã phối hợp với các tỉnh, thành phố nhập dữ liệu.', ['Đã phối hợp với các tỉnh, thành phố nhập dữ liệu.']],
    ['Bệnh viện chữa bệnh, chữa cháy.', ['Bệnh viện chữa bệnh, chữa cháy.']],
    ['Hệ thống đã xong, tuy nhiên dữ liệu còn thiếu.', ['Hệ thống đã xong', 'tuy nhiên dữ liệu còn thiếu.']],
  ])('%j', (text, expected) => {
    expect(clauses(text)).toEqual(expected);
  });
});

test('any text: sentences and clauses stand where they say, in order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      // A line that was cut in mid-sentence is joined by a blank: everything else is as it was.
      const same = (at: number, piece: string): boolean =>
        text.slice(at, at + piece.length).replaceAll('\n', ' ') === piece.replaceAll('\n', ' ');
      let last = -1;
      for (const sentence of readSentences(text)) {
        expect(same(sentence.start, sentence.text)).toBe(true);
        expect(sentence.folded.length).toBe(sentence.text.length);
        expect(sentence.start).toBeGreaterThanOrEqual(last);
        last = sentence.start;
        sentence.clauses.forEach((clause, index) => {
          expect(same(clause.start, clause.text)).toBe(true);
          expect(clause.folded.length).toBe(clause.text.length);
          expect(clause.index).toBe(index);
          expect(clause.start).toBeGreaterThanOrEqual(sentence.start);
          expect(clause.start + clause.text.length).toBeLessThanOrEqual(sentence.start + sentence.text.length);
        });
      }
    }),
    { seed: SEED, numRuns: 500 },
  );
});
