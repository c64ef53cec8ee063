import { describe, expect, test } from 'vitest';
import { read, statusCases, statusTodos } from './status-cases.ts';

const FAMILY = ['records.'];

statusCases('how many records, at which stage', FAMILY, [
  ['Đã cập nhật vào cơ sở dữ liệu 36.412 hồ sơ.', 'records.count 36412 hồ sơ nhap_csdl'],
  ['Đã thu thập được khoảng 2,6 triệu hồ sơ.', 'records.count 2550000–2650000 hồ sơ thu_thap'],
  ['Số hóa được hơn 731,000 bản ghi.', 'records.count 731000–732000 bản ghi so_hoa'],
  ['Tổng hợp được gần 5,2 triệu bản ghi từ các trung tâm.', 'records.count 5100000–5200000 bản ghi thu_thap'],
  ['Đã làm sạch 84.127 hồ sơ.', 'records.count 84127 hồ sơ lam_sach'],
  ['Đã đồng bộ 45.231 hồ sơ về Trung tâm dữ liệu quốc gia.', 'records.count 45231 hồ sơ dong_bo'],
  ['Dữ liệu đã tạo lập: 3 triệu bản ghi', 'records.count 2850000–3150000 bản ghi nhap_csdl'],
  ['Số lượng bản ghi: 92.347.', 'records.count 92347 bản ghi nhap_csdl'],
  ['Hệ thống đang quản lý 18.305 doanh nghiệp.', 'records.count 18305 doanh nghiệp nhap_csdl'],
  ['Tổng hợp được dữ liệu của 6.318 doanh nghiệp.', 'records.count 6318 doanh nghiệp thu_thap'],
  ['SL: 27.118 hs đã nhập.', 'records.count 27118 hồ sơ nhap_csdl'],
  ['Đã nhập 12.345/20.000 hồ sơ.', 'records.count 12345 hồ sơ nhap_csdl'],
  [
    'Đã thu thập 52.314 hồ sơ, trong đó đã làm sạch 41.206 hồ sơ.',
    'records.count 52314 hồ sơ thu_thap',
    'records.count 41206 hồ sơ lam_sach',
  ],
  ['Đã số hóa trên 640 nghìn thửa đất.', 'records.count 640000–650000 thửa đất so_hoa'],
]);

statusCases('not records', FAMILY, [
  ['Đã cấp 8.214 tài khoản cho cán bộ.'],
  ['Rà soát được 47 trường thông tin dùng chung.'],
  ['Kinh phí đã bố trí 12,5 tỷ đồng.'],
  ['Đã tập huấn cho 4.120 người.'],
  ['Hệ thống có 15.300 lượt truy cập mỗi ngày.'],
  ['Đã triển khai đến 3.321 xã, phường.'],
  ['Cung cấp 26 dịch vụ công trực tuyến.'],
  ['Ban hành 14 văn bản hướng dẫn.'],
  ['Thực hiện Nghị định số 318/2030/NĐ-CP ngày 12/6/2030.'],
  ['Đã loại bỏ 5.218 hồ sơ trùng.'],
  ['Phát hiện 2.115 hồ sơ sai thông tin.'],
  ['Cập nhật dữ liệu ngày 15/6/2030.'],
]);

statusCases('not there yet', FAMILY, [
  ['Dự kiến nhập 60.200 hồ sơ trong quý III/2030.'],
  ['Sẽ số hóa khoảng 2 triệu hồ sơ.'],
  ['Đề nghị địa phương nhập bổ sung 7.310 hồ sơ.'],
  ['Nếu bổ sung đủ 9.000 hồ sơ thì hoàn thành.'],
  ['Chưa nhập 6.240 hồ sơ.'],
  ['Phấn đấu đến hết năm 2030 có 3 triệu hồ sơ.'],
]);

statusCases('what there must be', FAMILY, [
  [
    'Đã nhập 45.121 hồ sơ trên tổng số 60.342 hồ sơ.',
    'records.count 45121 hồ sơ nhap_csdl',
    'records.expected 60342 hồ sơ',
  ],
  ['Tổng số phải có 120.400 hồ sơ.', 'records.expected 120350–120450 hồ sơ'],
]);

describe('hedges are kept', () => {
  test.each([
    ['Đã nhập khoảng 3,4 triệu hồ sơ.', 'khoang'],
    ['Đã nhập hơn 34.500 hồ sơ.', 'hon'],
    ['Đã nhập trên 34.500 hồ sơ.', 'tren'],
    ['Đã nhập gần 34.500 hồ sơ.', 'gan'],
    ['Đã nhập 34.500 hồ sơ.', 'tron'],
    ['Đã nhập 34.501 hồ sơ.', undefined],
  ])('%s', (text, hedge) => {
    expect(read(text).facts.map((fact) => fact.flags.hedge)).toEqual([hedge]);
  });
});

statusTodos(FAMILY, [
  ['Tổng hợp được dữ liệu của 6.318 người lao động.', 'records.count 6318 người lao động thu_thap'],
  ['Đã nhập 1 triệu 200 nghìn hồ sơ.', 'records.count 1150000–1250000 hồ sơ nhap_csdl'],
]);
