import { statusCases } from './status-cases.ts';

const FAMILY = ['c06.cleaning', 'c06.reconciliation'];

statusCases('cleaned against the population database', FAMILY, [
  ['Đã hoàn thành làm sạch dữ liệu với CSDL quốc gia về dân cư.', 'c06.cleaning done'],
  ['Dữ liệu đã được đối soát xong với C06.', 'c06.cleaning done'],
  ['Đang làm sạch dữ liệu với dữ liệu dân cư.', 'c06.cleaning in_progress'],
  ['Đang phối hợp với C06 đối soát, làm sạch dữ liệu với dân cư.', 'c06.cleaning in_progress'],
  ['Đã làm sạch 60% dữ liệu với CSDL dân cư.', 'c06.cleaning in_progress'],
  ['Chưa hoàn thành làm sạch dữ liệu với dân cư.', 'c06.cleaning in_progress'],
  ['Làm sạch với dân cư: đã xong.', 'c06.cleaning done'],
  ['Đã đối soát xong với dân cư một phần, số còn lại đang tiếp tục.', 'c06.cleaning in_progress'],
  [
    'Đã làm sạch 845.213/1.203.400 hồ sơ với CSDL quốc gia về dân cư.',
    'c06.cleaning in_progress',
    'c06.reconciliation 845213/1203400',
  ],
  ['Đã bổ sung số định danh và làm sạch toàn bộ hồ sơ.', 'c06.cleaning done'],
]);

statusCases('cleaned by itself', FAMILY, [
  ['Đơn vị đang tiếp tục làm sạch dữ liệu.', 'c06.cleaning own_only'],
  ['Đơn vị đã tự làm sạch dữ liệu nội bộ.', 'c06.cleaning own_only'],
  ['Đã tự làm sạch dữ liệu; chưa đối soát với CSDL dân cư.', 'c06.cleaning own_only'],
]);

statusCases('not cleaned', FAMILY, [
  ['Hiện chưa làm sạch dữ liệu với dân cư.', 'c06.cleaning none'],
  ['Việc đối soát với CSDL quốc gia về dân cư chưa thực hiện.', 'c06.cleaning none'],
  ['Làm sạch dữ liệu với C06: chưa.', 'c06.cleaning none'],
]);

statusCases('intended', FAMILY, [
  ['Sẽ làm sạch dữ liệu với CSDL quốc gia về dân cư trong tháng 9/2030.', 'c06.cleaning planned'],
  ['Dự kiến đối soát với dân cư vào quý IV/2030.', 'c06.cleaning planned'],
  ['Đã gửi văn bản đề nghị C06 hỗ trợ làm sạch dữ liệu với dân cư.', 'c06.cleaning planned'],
  ['Kết nối C06 để làm sạch dữ liệu.', 'c06.cleaning planned'],
]);

statusCases('no state of cleaning', FAMILY, [
  ['Trường hợp có dữ liệu công dân thì làm sạch với dân cư.'],
  ['Không có dữ liệu công dân nên không phải làm sạch với dân cư.'],
  ['Đã đối chiếu với 15 tiêu chí.'],
  ['Đã đối soát công nợ với nhà thầu.'],
  ['Các bộ, ngành cần khẩn trương làm sạch dữ liệu.'],
  ['Hệ thống có chức năng xác thực người dùng.'],
  ['Đã chữa cháy kịp thời, làm rõ nguyên nhân.'],
]);

statusCases('read since', FAMILY, [
  ['Đã làm sạch dữ liệu nhưng chưa đối soát với CSDL dân cư.', 'c06.cleaning own_only'],
  ['Đã làm sạch được 1.203.400 hồ sơ, còn 12.000 hồ sơ chưa làm sạch với dân cư.', 'c06.cleaning in_progress'],
]);
