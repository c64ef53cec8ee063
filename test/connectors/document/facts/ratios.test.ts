import { describe, expect, test } from 'vitest';
import { read, statusCases, statusTodos } from './status-cases.ts';

const FAMILY = ['units.'];

statusCases('units that have done their part', FAMILY, [
  ['Đã có 21/34 tỉnh, thành phố nhập dữ liệu vào hệ thống.', 'units.ratio 21/34 tỉnh data_entered'],
  ['29/34 địa phương đã được cấp tài khoản.', 'units.ratio 29/34 địa phương access_granted'],
  ['Đã tập huấn cho 28/34 tỉnh.', 'units.ratio 28/34 tỉnh trained'],
  ['34/34 địa phương đã báo cáo kết quả rà soát.', 'units.ratio 34/34 địa phương reported'],
  ['19 trên 34 tỉnh đã triển khai phần mềm.', 'units.ratio 19/34 tỉnh deployed'],
  ['Có 1.204/3.321 xã đã nhập liệu xong.', 'units.ratio 1204/3321 xã data_entered'],
  ['12/34 tỉnh đang khai thác dữ liệu.', 'units.ratio 12/34 tỉnh exploiting'],
  ['Đã cài đặt cho 9 trong tổng số 17 đơn vị.', 'units.ratio 9/17 đơn vị deployed'],
  [
    '34/34 tỉnh nhận tài khoản; 22/34 tỉnh cập nhật dữ liệu.',
    'units.ratio 34/34 tỉnh access_granted',
    'units.ratio 22/34 tỉnh data_entered',
  ],
  ['Có 512/1.740 hội đã cập nhật thông tin lên hệ thống.', 'units.ratio 512/1740 hội data_entered'],
]);

statusCases('units that have not count against the total', FAMILY, [
  ['Còn 6/34 tỉnh chưa nhập dữ liệu.', 'units.ratio 28/34 tỉnh data_entered'],
  ['5/34 địa phương chưa gửi báo cáo.', 'units.ratio 29/34 địa phương reported'],
]);

statusCases('only a part of each unit', FAMILY, [
  ['11/34 tỉnh đã triển khai đến cấp xã.', 'units.ratio 11/34 tỉnh deployed (component)'],
]);

statusCases('units without a total', FAMILY, [
  ['Đã cấp 8.214 tài khoản cho cán bộ.', 'units.count 8214 tài khoản access_granted'],
  ['Đã triển khai đến 87 quỹ cấp tỉnh.', 'units.count 87 quỹ cấp tỉnh deployed'],
]);

statusCases('no share of units', FAMILY, [
  ['Phấn đấu 34/34 tỉnh nhập dữ liệu trong quý III/2030.'],
  ['Đề nghị 34/34 tỉnh báo cáo trước ngày 30/9/2030.'],
  ['Sẽ tập huấn cho 34/34 tỉnh.'],
  ['Nếu 34/34 tỉnh nhập dữ liệu thì hoàn thành.'],
  ['Đạt 8/15 tiêu chí.'],
  ['Đã làm sạch 845.000/1.203.000 hồ sơ.'],
  ['Quyết định số 15/20 đã được triển khai.'],
  ['Đã triển khai từ ngày 12/6 đến 30/6/2030.'],
  ['40/34 tỉnh đã báo cáo.'],
  ['Phần mềm đã hoàn thành 5/8 chức năng.'],
]);

describe('what is not taken is told', () => {
  test.each([
    ['40/34 tỉnh đã báo cáo.', 'impossible_ratio'],
    ['Sẽ tập huấn cho 34/34 tỉnh.', 'intended'],
    ['Nếu 34/34 tỉnh nhập dữ liệu thì hoàn thành.', 'hypothetical'],
  ])('%s', (text, code) => {
    expect(read(text).refusals.map(({ refusal }) => refusal.code)).toContain(code);
  });
});

statusCases('read since', FAMILY, [['21/34 tỉnh đã và đang nhập dữ liệu.', 'units.ratio 21/34 tỉnh data_entered']]);

statusTodos(FAMILY, [
  ['Có 21 tỉnh trên tổng số 34 tỉnh đã nhập dữ liệu.', 'units.ratio 21/34 tỉnh data_entered'],
  ['Số tỉnh đã nhập dữ liệu: 21/34.', 'units.ratio 21/34 tỉnh data_entered'],
]);
