import { describe, expect, test } from 'vitest';
import { read, statusCases } from './status-cases.ts';

const FAMILY = ['c12.sync'];

statusCases('synchronised', FAMILY, [
  ['Đã đồng bộ đầy đủ dữ liệu gốc về Trung tâm dữ liệu quốc gia.', 'c12.sync full'],
  ['Toàn bộ dữ liệu đã được đồng bộ lên CSDL tổng hợp quốc gia.', 'c12.sync full'],
  ['Đã chuyển 100% dữ liệu về C12.', 'c12.sync full'],
  ['Đã đồng bộ một phần dữ liệu về C12.', 'c12.sync partial'],
  ['Đã đồng bộ 62% dữ liệu lên Trung tâm dữ liệu quốc gia.', 'c12.sync partial'],
  ['Mới đồng bộ được dữ liệu của 3 tỉnh về C12.', 'c12.sync partial'],
  ['Đang đồng bộ dữ liệu về C12.', 'c12.sync in_progress'],
  ['Dữ liệu đang được đồng bộ dần lên Trung tâm dữ liệu quốc gia.', 'c12.sync in_progress'],
  ['Tiến độ đồng bộ dữ liệu về C12: đã hoàn thành.', 'c12.sync full'],
  ['Đồng bộ C12: đang thực hiện.', 'c12.sync in_progress'],
  ['Ngày 20/5/2030, đã đồng bộ đầy đủ dữ liệu về C12.', 'c12.sync full on 2030-05-20'],
]);

statusCases('not synchronised', FAMILY, [
  ['Chưa đồng bộ dữ liệu về C12.', 'c12.sync none'],
  ['Dữ liệu chưa được đồng bộ lên Trung tâm dữ liệu quốc gia.', 'c12.sync none'],
  ['Chưa đồng bộ dữ liệu.', 'c12.sync none'],
  ['Việc đồng bộ dữ liệu về C12 chưa thực hiện.', 'c12.sync none'],
  ['Chưa đồng bộ hết dữ liệu về C12.', 'c12.sync partial'],
  ['Đã kết nối C12 nhưng chưa đồng bộ dữ liệu.', 'c12.sync none'],
]);

statusCases('intended, asked for, aimed at', FAMILY, [
  ['Sẽ đồng bộ dữ liệu về C12 trong quý III/2030.', 'c12.sync planned'],
  ['Dự kiến đồng bộ dữ liệu lên Trung tâm dữ liệu quốc gia trước ngày 30/9/2030.', 'c12.sync planned'],
  ['Đang nâng cấp hạ tầng để đồng bộ đầy đủ dữ liệu về C12.', 'c12.sync aimed_full'],
  ['Đã có văn bản đề nghị C12 đồng bộ dữ liệu.', 'c12.sync requested'],
  ['Ngày 14/4/2030, Bộ gửi C12 công văn đề nghị hỗ trợ đồng bộ dữ liệu.', 'c12.sync requested'],
]);

statusCases('another thing', FAMILY, [
  ['Triển khai đồng bộ nhiều giải pháp.'],
  ['Bảo đảm tính đồng bộ của hệ thống.'],
  ['Đã đồng bộ dữ liệu từ hệ thống hộ tịch của tỉnh.'],
  ['Nếu đủ điều kiện thì đồng bộ dữ liệu về C12.'],
  ['Hệ thống giải quyết thủ tục hành chính đã đồng bộ dữ liệu về C12.'],
  ['Đã đồng bộ dữ liệu với CSDL quốc gia về dân cư.'],
]);

describe('what goes with it', () => {
  test('a request runs from the day it was sent, and its answer is awaited of the centre', () => {
    const [fact] = read('Ngày 14/4/2030, Bộ gửi C12 công văn đề nghị hỗ trợ đồng bộ dữ liệu.').facts.filter(
      ({ attribute }) => attribute === 'c12.sync',
    );
    expect(fact?.flags).toEqual({ since: '2030-04-14', holder: 'c12' });
  });

  test('a supposed one is refused', () => {
    const { refusals } = read('Nếu đủ điều kiện thì đồng bộ dữ liệu về C12.');
    expect(refusals.map(({ refusal }) => refusal.code)).toContain('hypothetical');
  });
});

statusCases('read since', FAMILY, [
  ['Đã đồng bộ dữ liệu từ hệ thống một cửa của tỉnh.'],
  ['Đã đồng bộ dữ liệu với hệ thống của địa phương.'],
  ['Đã đồng bộ dữ liệu sang kho dữ liệu của Bộ.'],
  ['Đã đồng bộ dữ liệu về C12 nhưng chưa đầy đủ.', 'c12.sync partial'],
  ['Đã đồng bộ thử dữ liệu về C12.'],
  ['Ngày 14/4/2030, Bộ gửi công văn đề nghị C12 hỗ trợ đồng bộ dữ liệu.', 'c12.sync requested'],
  ['Đồng bộ về C12: 120.431/130.000 hồ sơ.', 'c12.sync partial'],
]);
