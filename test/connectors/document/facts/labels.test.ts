import { expect, test } from 'vitest';
import { read } from './status-cases.ts';

/** Telegraphic reports answer a label with a word or two; whether that is marked as done is left to the rules. */
test.each([
  ['ANAT: đạt', 'security.assessment', 'passed'],
  ['Kết quả đánh giá an toàn thông tin: đạt.', 'security.assessment', 'passed'],
  ['ANTT: đang ĐG', 'security.assessment', 'in_progress'],
  ['K/n C12: 2 chiều', 'c12.connection', 'two_way'],
  ['K/n C12: chưa', 'c12.connection', 'none'],
  ['Kết nối C06: rồi, một chiều', 'c06.connection', 'one_way'],
  ['ĐB C12: chưa', 'c12.sync', 'none'],
  ['Đồng bộ C12: đầy đủ', 'c12.sync', 'full'],
  ['PM: đã nghiệm thu', 'software.state', 'built'],
  ['PM: đang chạy thử', 'software.state', 'trial'],
  ['PM: chưa có', 'software.state', 'none'],
  ['LS với dân cư: xong', 'c06.cleaning', 'done'],
  ['LS với dân cư: chưa', 'c06.cleaning', 'none'],
  ['Cấp độ ATTT: đã phê duyệt', 'security.level_approval', 'approved'],
  ['Cập nhật: hằng tuần', 'update.mode', 'periodic'],
])('%s → %s %s', (text, attribute, value) => {
  const facts = read(text).facts.filter((fact) => fact.attribute === attribute);
  expect(facts.map((fact) => fact.value_text)).toEqual([value]);
});
