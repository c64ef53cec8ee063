import { describe, expect, test } from 'vitest';
import { read, statusCases, statusTodos } from './status-cases.ts';

statusCases(
  'legal basis',
  ['legal.basis'],
  [
    ['Đã ban hành Nghị định số 412/2030/NĐ-CP ngày 03/6/2030.', 'legal.basis 412-2030-nd-cp issued'],
    ['Đang xây dựng Thông tư hướng dẫn.', 'legal.basis van-ban drafting'],
    ['Đã trình Chính phủ dự thảo Nghị định mẫu.', 'legal.basis van-ban submitted'],
    ['Chưa ban hành Thông tư quy định mã số.', 'legal.basis van-ban none'],
    ['Sẽ ban hành Thông tư trong quý IV/2030.', 'legal.basis van-ban planned'],
    ['Đề nghị ban hành Nghị định.'],
    ['Thực hiện theo Nghị định số 412/2030/NĐ-CP.'],
  ],
);

statusCases(
  'plans',
  ['plan.issued'],
  [
    ['Đã ban hành Kế hoạch số 55/KH-BMD.', 'plan.issued 55-kh-bmd issued'],
    ['Chưa phê duyệt kế hoạch.', 'plan.issued ke-hoach none'],
    ['Sẽ phê duyệt kế hoạch trong quý III/2030.'],
  ],
);

statusCases(
  'data that is made and kept up',
  ['data.created', 'update.mode', 'data.definition'],
  [
    ['Đang thu thập dữ liệu tại các xã.', 'data.created collecting'],
    ['Đã hoàn thành tạo lập dữ liệu.', 'data.created full'],
    ['Chưa tạo lập dữ liệu.', 'data.created none'],
    ['Sẽ số hóa hồ sơ vào năm sau.', 'data.created planned'],
    ['Đã hoàn thành bước đầu việc tạo lập dữ liệu mẫu.', 'data.created initial'],
    ['Dữ liệu được tự động cập nhật hằng giờ.', 'update.mode auto'],
    ['Dữ liệu đang được cập nhật thủ công.', 'update.mode manual'],
    ['Cập nhật: định kỳ hằng tháng', 'update.mode periodic'],
    ['Sẽ tự động cập nhật dữ liệu.'],
    ['Đã xác định 35 trường thông tin dùng chung.', 'data.definition done'],
    ['Trước khi nhập dữ liệu cần tập huấn.'],
  ],
);

statusCases(
  'services, process and use',
  ['paper.', 'process.', 'service.', 'usage.', 'training.', 'progress'],
  [
    ['Đang rà soát thành phần hồ sơ có thể thay thế bằng dữ liệu.', 'paper.replacement reviewing'],
    ['Đang dự thảo văn bản tái cấu trúc quy trình cấp mã.', 'process.reengineering drafting'],
    ['Đã thí điểm 5 dịch vụ công trực tuyến', 'service.procedures dich-vu-cong-truc-tuyen pilot'],
    ['Người dân có thể tra cứu trên Cổng dịch vụ công quốc gia.', 'service.lookup available'],
    ['Sẽ cho phép tra cứu trên Cổng dịch vụ công quốc gia.'],
    ['Đã tập huấn cho cán bộ.', 'training.state done'],
    ['Chưa tổ chức tập huấn.', 'training.state none'],
    ['Bộ đang triển khai thực hiện.', 'progress in_progress'],
    ['Bảo đảm tiến độ đề ra.', 'progress in_progress'],
  ],
);

statusCases(
  'letters',
  ['dispatch.'],
  [
    ['Bộ đã gửi công văn số 7731/BMD-CNTT ngày 02/6/2030.', 'dispatch.sent 7731/BMD-CNTT on 2030-06-02'],
    ['Ngày 02/6/2030, Bộ có văn bản 7731/BMD-CNTT trả lời.', 'dispatch.sent 7731/BMD-CNTT on 2030-06-02'],
    ['Thực hiện theo công văn số 7731/BMD-CNTT, đơn vị đã báo cáo.'],
  ],
);

statusCases(
  'what stands in the way',
  ['blocked_by'],
  [
    ['Chưa được bố trí kinh phí.', 'blocked_by budget'],
    ['Thiếu nhân lực chuyên trách.', 'blocked_by staff'],
    ['Chưa có quy định pháp luật về chia sẻ.', 'blocked_by legal'],
    ['Đường truyền chưa ổn định.', 'blocked_by technical'],
    ['Đang chờ phản hồi của C12.', 'blocked_by c12'],
    ['Đang chờ văn bản của A05.', 'blocked_by a05'],
    ['Đã được bố trí đủ kinh phí.'],
  ],
);

statusCases(
  'what was promised',
  ['commitment'],
  [
    ['Hai bên thống nhất hoàn thành kết nối trước ngày 15/9/2030.', 'commitment 2030-09-15'],
    ['Dự kiến đưa vào vận hành trong tháng 10/2030.', 'commitment 2030-10-31'],
    ['Trong năm 2030, tiếp tục số hóa, hoàn thành cơ sở dữ liệu.', 'commitment 2030-12-31'],
    ['Đã hoàn thành trước ngày 15/5/2030.'],
  ],
);

describe('what goes with it', () => {
  const flagsOf = (text: string, attribute: string): unknown =>
    read(text).facts.find((fact) => fact.attribute === attribute)?.flags;

  test('a law counts from the day it is in force', () => {
    expect(
      flagsOf('Đã ban hành Nghị định số 412/2030/NĐ-CP ngày 03/6/2030, có hiệu lực từ ngày 01/01/2031.', 'legal.basis'),
    ).toMatchObject({ since: '2030-06-03', effective_from: '2031-01-01' });
  });

  test('who is waited for, since when', () => {
    expect(flagsOf('Ngày 09/3/2030 đã gửi hồ sơ, đang chờ phản hồi của C12.', 'blocked_by')).toEqual({
      holder: 'c12',
      since: '2030-03-09',
    });
  });

  test('a promise has the day it is due and the day it was made', () => {
    expect(
      flagsOf('Ngày 20/4/2030, hai bên thống nhất hoàn thành kết nối trước ngày 15/9/2030.', 'commitment'),
    ).toEqual({ due: '2030-09-15', said_on: '2030-04-20' });
  });

  test('how many services, how many fields', () => {
    expect(flagsOf('Đã thí điểm 5 dịch vụ công.', 'service.procedures')).toEqual({ n: 5 });
    expect(flagsOf('Đã xác định 35 trường thông tin dùng chung.', 'data.definition')).toEqual({ shared_fields: 35 });
  });
});

statusTodos(
  ['data.created', 'service.'],
  [
    ['Sẽ số hóa hồ sơ trong năm 2031.', 'data.created planned'],
    ['Đã thí điểm 5 dịch vụ công.', 'service.procedures dich-vu-cong pilot'],
  ],
);
