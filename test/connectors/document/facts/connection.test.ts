import { describe, expect, test } from 'vitest';
import { read, statusCases, statusTodos } from './status-cases.ts';

const C12 = ['c12.connection'];
const C06 = ['c06.connection'];

statusCases('connected with the national data centre', C12, [
  ['Đến nay, đã kết nối với Trung tâm dữ liệu quốc gia.', 'c12.connection connected'],
  ['CSDL đã kết nối 2 chiều với C12.', 'c12.connection two_way'],
  ['Đã liên thông một chiều lên CSDL tổng hợp quốc gia.', 'c12.connection one_way'],
  ['Kết nối C12: đã hoàn thành.', 'c12.connection connected'],
  ['K/n C12: đã nối 2 chiều', 'c12.connection two_way'],
  ['Đã thực hiện một phần kết nối với C12.', 'c12.connection partial'],
  ['Đang kết nối thử nghiệm với C12.', 'c12.connection test'],
  ['Đang triển khai kết nối với Trung tâm dữ liệu quốc gia.', 'c12.connection in_progress'],
  ['Đang làm thủ tục để kết nối với C12.', 'c12.connection in_progress'],
  ['Hạ tầng đã sẵn sàng kết nối với C12.', 'c12.connection ready'],
  ['Kết nối với C12 đang bị gián đoạn.', 'c12.connection interrupted'],
  ['Tại Trung ương đã kết nối với C12.', 'c12.connection connected (central_only)'],
  ['Ngày 11/5/2030, đã kết nối với C12.', 'c12.connection connected on 2030-05-11'],
]);

statusCases('not connected with the national data centre', C12, [
  ['Hiện chưa kết nối với Trung tâm dữ liệu quốc gia.', 'c12.connection none'],
  ['Việc kết nối với C12 chưa thực hiện.', 'c12.connection none'],
  ['Kết nối với C12: chưa.', 'c12.connection none'],
  ['Sẽ kết nối với C12 trong quý III/2030.', 'c12.connection planned'],
  ['Đang hoàn thiện hạ tầng để kết nối với C12.', 'c12.connection planned'],
  ['Ngày 14/4/2030, Bộ đã gửi công văn đề nghị kết nối với C12.', 'c12.connection requested'],
  ['Bộ gửi công văn đề nghị C12 kết nối.', 'c12.connection requested'],
  ['Bộ Công an đã từ chối kết nối với C12.', 'c12.connection refused'],
]);

statusCases('no state of the connection with the centre', C12, [
  ['Trường hợp hạ tầng đáp ứng thì kết nối với C12.'],
  ['Hệ thống giải quyết thủ tục hành chính đã kết nối với C12.'],
  ['Đã phối hợp với C12 rà soát dữ liệu.'],
  ['CSDL nhà ở của Bộ Xây dựng đã kết nối với C12.'],
  ['Các bộ, ngành cần khẩn trương kết nối với C12.'],
  ['Đã kết nối với hệ thống một cửa của tỉnh.'],
]);

statusCases('connected with the population database', C06, [
  ['Đã kết nối hai chiều với CSDL quốc gia về dân cư.', 'c06.connection two_way'],
  ['Đã kết nối với C06.', 'c06.connection connected'],
  ['Chưa kết nối với CSDL dân cư.', 'c06.connection none'],
  ['Đang tích hợp với dữ liệu dân cư.', 'c06.connection in_progress'],
  ['Thu thập hồ sơ gắn với dữ liệu dân cư.', 'c06.connection linked'],
  ['Sẽ liên thông với CSDL quốc gia về dân cư.', 'c06.connection planned'],
  ['Nếu liên thông với CSDL quốc gia về dân cư thì giảm giấy tờ.'],
]);

statusCases(
  'two sides in one sentence',
  ['c12.connection', 'c06.connection'],
  [
    ['Đã kết nối với C06, chưa kết nối với C12.', 'c06.connection connected', 'c12.connection none'],
    ['Đã kết nối với C12 và C06.', 'c12.connection connected', 'c06.connection connected'],
    ['Với C12: đã kết nối một chiều. Với C06: chưa kết nối.', 'c12.connection one_way', 'c06.connection none'],
  ],
);

statusCases(
  'connected with others',
  ['other_db.'],
  [
    ['Đã kết nối với LGSP của tỉnh.', 'other_db.connection lgsp connected'],
    ['Chưa liên thông với Bảo hiểm xã hội Việt Nam.', 'other_db.connection bao-hiem-xa-hoi none'],
    ['Đã kết nối với VNeID.', 'other_db.connection vneid connected'],
    ['Sẵn sàng kết nối với CSDL hộ tịch điện tử.', 'other_db.connection ho-tich-dien-tu ready'],
    ['Cung cấp 8 dịch vụ công trên Cổng dịch vụ công quốc gia.'],
  ],
);

describe('what goes with it', () => {
  test('a request runs from the day it was sent', () => {
    const facts = read('Ngày 14/4/2030, Bộ đã gửi công văn đề nghị kết nối với C12.').facts;
    expect(facts.find(({ attribute }) => attribute === 'c12.connection')?.flags).toMatchObject({ since: '2030-04-14' });
  });

  test('data that comes from the other side', () => {
    const facts = read('Đã kết nối, nhận dữ liệu từ CSDL hộ tịch điện tử.').facts;
    expect(facts.find(({ attribute }) => attribute === 'other_db.connection')?.flags).toMatchObject({
      direction: 'in',
    });
  });

  test.each([
    ['Trường hợp hạ tầng đáp ứng thì kết nối với C12.', 'hypothetical'],
    ['CSDL nhà ở của Bộ Xây dựng đã kết nối với C12.', 'other_subject'],
    ['Các bộ, ngành cần khẩn trương kết nối với C12.', 'instruction'],
  ])('%s is refused as %s', (text, code) => {
    expect(read(text).refusals.map(({ refusal }) => refusal.code)).toContain(code);
  });
});

statusCases('read since', C12, [
  ['CSDL của Bộ Xây dựng đã kết nối với C12.'],
  ['Bộ đã có công văn đề nghị C12 cho phép kết nối.', 'c12.connection requested'],
  ['Đã dừng kết nối với C12 từ ngày 12/5/2030.', 'c12.connection interrupted'],
  ['Trước đây đã kết nối với C12, hiện đã ngắt.', 'c12.connection interrupted'],
]);

statusTodos(C12, [['Không để xảy ra tình trạng chưa kết nối với C12.']]);
