import { describe, expect, test } from 'vitest';
import { read, statusCases, statusTodos } from './status-cases.ts';

const FAMILY = ['checklist.'];

statusCases('criteria that are met', FAMILY, [
  ['Đã hoàn thành 8/15 tiêu chí.', 'checklist.met 8/15'],
  ['Đến nay đạt 12 trên 15 tiêu chí của bộ tiêu chí sẵn sàng.', 'checklist.met 12/15'],
  ['Đáp ứng được 07 tiêu chí trên tổng số 15 tiêu chí.', 'checklist.met 7/15'],
  ['Tiêu chí: 6/15', 'checklist.met 6/15'],
  ['Số tiêu chí đã hoàn thành: 14/15.', 'checklist.met 14/15'],
  ['Kết quả thực hiện bộ tiêu chí là 10/15.', 'checklist.met 10/15'],
  ['Hoàn thành 15/15 chỉ tiêu đánh giá, đủ điều kiện công bố.', 'checklist.met 15/15'],
  ['Cơ quan chủ quản tự đánh giá được 3 trong số 15 tiêu chí.', 'checklist.met 3/15'],
  ['Chưa tiêu chí nào đạt (0/15 tiêu chí).', 'checklist.met 0/15'],
  ['TC đạt 9/15; phần mềm đang thử nghiệm.', 'checklist.met 9/15'],
  ['Ngày 31/3/2030 đạt 5/15 tiêu chí, đến nay đạt 8/15.', 'checklist.met 5/15 on 2030-03-31', 'checklist.met 8/15'],
  ['Kỳ trước đạt 5/15 tiêu chí, đến nay đạt 8/15.', 'checklist.met 8/15'],
  ['Rà soát 15/15 tiêu chí, trong đó hoàn thành 11 tiêu chí.', 'checklist.met 11/15'],
  ['Đã xong 13 tiêu chí, 2 tiêu chí còn lại đang làm.', 'checklist.met 13/15'],
]);

statusCases('criteria that are missing count against the total', FAMILY, [
  ['Còn 4/15 tiêu chí chưa hoàn thành.', 'checklist.met 11/15'],
  ['Trong 15 tiêu chí, còn 5 tiêu chí chưa đạt.', 'checklist.met 10/15'],
  ['3/15 tiêu chí chưa đạt.', 'checklist.met 12/15'],
  ['Mới thiếu 1/15 tiêu chí.', 'checklist.met 14/15'],
]);

statusCases('a day that the sentence names', FAMILY, [
  ['Ngày 12/5/2030, đơn vị đạt 4/15 tiêu chí.', 'checklist.met 4/15 on 2030-05-12'],
  ['Hoàn thành 4/15 tiêu chí trước ngày 30/9/2030.', 'checklist.met 4/15'],
]);

statusCases('no criteria are met by', FAMILY, [
  ['Phấn đấu hoàn thành 15/15 tiêu chí trong quý IV/2030.'],
  ['Sẽ đạt 12/15 tiêu chí vào cuối năm.'],
  ['Đề nghị các bên hỗ trợ để hoàn thành 15/15 tiêu chí.'],
  ['Trường hợp đạt 15/15 tiêu chí thì được công bố.'],
  ['Trong thời gian tới, tập trung hoàn thành 15/15 tiêu chí.'],
  ['Đã đạt 17/19 tiêu chí nông thôn mới.'],
  ['Đạt 20/15 tiêu chí.'],
  ['Đã rà soát đủ 15/15 tiêu chí.'],
  ['Đã họp 3/5 buổi theo kế hoạch số 12/15.'],
  ['Hoàn thành 8/15 phân hệ phần mềm.'],
]);

describe('what is not taken is told', () => {
  test.each([
    ['Đạt 20/15 tiêu chí.', 'impossible_ratio'],
    ['Phấn đấu hoàn thành 15/15 tiêu chí trong quý IV/2030.', 'intended'],
    ['Trường hợp đạt 15/15 tiêu chí thì được công bố.', 'hypothetical'],
    ['Còn thiếu 3 tiêu chí.', 'no_total'],
  ])('%s', (text, code) => {
    expect(read(text).refusals.map(({ refusal }) => refusal.code)).toEqual([code]);
  });
});

statusCases('read since', FAMILY, [['Đạt được 8/15 (53%) tiêu chí.', 'checklist.met 8/15']]);

statusTodos(FAMILY, [['8 tiêu chí đạt, 7 tiêu chí chưa đạt.', 'checklist.met 8/15']]);
