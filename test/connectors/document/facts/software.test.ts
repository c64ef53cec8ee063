import { describe, expect, test } from 'vitest';
import { read, statusCases } from './status-cases.ts';

const FAMILY = ['software.state'];

statusCases('how far the software is', FAMILY, [
  ['Phần mềm đã vận hành chính thức trên toàn quốc.', 'software.state operating'],
  ['Hệ thống đang được vận hành ổn định.', 'software.state operating'],
  ['Phần mềm đã được đưa vào khai thác từ đầu năm.', 'software.state operating'],
  ['Đã triển khai phần mềm đến tất cả các tỉnh.', 'software.state deployed'],
  ['Đang triển khai phần mềm tại các tỉnh.', 'software.state deploying (some_units)'],
  ['Phần mềm đang vận hành thử nghiệm.', 'software.state trial'],
  ['Đã thí điểm phần mềm tại 3 tỉnh.', 'software.state trial (some_units)'],
  ['Đang kiểm thử phần mềm.', 'software.state under_test'],
  ['Đã xây dựng xong phần mềm.', 'software.state built'],
  ['Đã hoàn thành xây dựng phần mềm, đang kiểm thử.', 'software.state under_test'],
  ['Đang xây dựng phần mềm.', 'software.state building'],
  ['Phần mềm: đang xây dựng', 'software.state building'],
  ['PM: đang XD', 'software.state building'],
  ['Chưa hoàn thành xây dựng phần mềm.', 'software.state building'],
  ['Chưa xây dựng phần mềm.', 'software.state none'],
  ['Chưa có phần mềm quản lý.', 'software.state none'],
  ['Phần mềm: chưa có.', 'software.state none'],
  ['Đang lựa chọn nhà thầu để xây dựng phần mềm.', 'software.state planned'],
  ['Sẽ xây dựng phần mềm trong năm 2031.', 'software.state planned'],
  ['Dự kiến triển khai phần mềm vào quý IV/2030.', 'software.state planned'],
  ['Ngày 5/5/2030, phần mềm chính thức vận hành.', 'software.state operating on 2030-05-05'],
]);

statusCases('for which part', FAMILY, [
  ['Phần mềm đã vận hành chính thức tại Trung ương.', 'software.state operating (central_only)'],
  ['Đang nâng cấp chức năng báo cáo của phần mềm.'],
  ['Đã xây dựng chức năng tra cứu của phần mềm.'],
]);

statusCases('no state of the software', FAMILY, [
  ['Đề nghị bố trí kinh phí xây dựng phần mềm.'],
  ['Trường hợp phần mềm được nghiệm thu thì triển khai.'],
  ['Xây dựng kế hoạch triển khai năm 2031.'],
  ['Đang xây dựng Nghị định về quản lý dữ liệu.'],
  ['Bộ đang triển khai thực hiện.'],
  ['Các đơn vị cần khẩn trương hoàn thành phần mềm.'],
  ['Hệ thống thông tin giải quyết thủ tục hành chính đã vận hành chính thức.'],
]);

describe('what goes with it', () => {
  const flags = (text: string): unknown[] =>
    read(text)
      .facts.filter((fact) => fact.attribute === 'software.state')
      .map((fact) => fact.flags);
  test.each([
    ['Xây dựng cơ bản xong phần mềm.', { degree: 'co_ban' }],
    ['Phần mềm đã vận hành chính thức tại Trung ương.', { central_only: true }],
    ['Đang nâng cấp phần mềm.', { upgrading: true }],
    ['Nhà thầu đang kiểm thử phần mềm.', { vendor_not_accepted: true }],
    ['Tạm thời vận hành chính thức phần mềm trên hạ tầng cũ.', { temporary: true }],
  ])('%s', (text, expected) => {
    expect(flags(text)).toEqual([expected]);
  });
});

statusCases('read since', FAMILY, [
  ['Đã đưa phần mềm vào khai thác từ đầu năm.', 'software.state operating'],
  ['Đã đưa hệ thống vào vận hành.', 'software.state operating'],
  ['Đã bàn giao tài khoản phần mềm.'],
]);
