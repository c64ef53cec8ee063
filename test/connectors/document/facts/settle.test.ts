import { statusCases } from './status-cases.ts';

statusCases(
  'a thing said twice is said once',
  ['c12.', 'c06.', 'checklist.', 'records.'],
  [
    ['Đã kết nối với C12. Đến nay đã kết nối với C12.', 'c12.connection connected'],
    ['Đạt 8/15 tiêu chí. Như vậy, đã đạt 8/15 tiêu chí.', 'checklist.met 8/15'],
    ['Đã nhập 36.412 hồ sơ vào CSDL. Đã nhập 36.412 hồ sơ vào CSDL.', 'records.count 36412 hồ sơ nhap_csdl'],
    ['Chưa đồng bộ dữ liệu về C12; chưa đồng bộ dữ liệu về C12.', 'c12.sync none'],
  ],
);

statusCases(
  'the software is at the furthest stage',
  ['software.state'],
  [
    ['Đã xây dựng xong phần mềm. Phần mềm đã vận hành chính thức.', 'software.state operating'],
    ['Đã hoàn thành xây dựng phần mềm. Đang vận hành thử nghiệm phần mềm.', 'software.state trial'],
    ['Đã xây dựng cơ sở dữ liệu. Đang xây dựng bộ công cụ.', 'software.state building'],
  ],
);

statusCases(
  'cleaning and synchronising are at the weakest',
  ['c12.sync', 'c06.cleaning'],
  [
    ['Đang làm sạch dữ liệu với dân cư. Đã đối soát xong với dân cư.', 'c06.cleaning in_progress'],
    ['Đã làm sạch nội bộ. Hiện chưa làm sạch dữ liệu với dân cư.', 'c06.cleaning own_only'],
    ['Đã đồng bộ đầy đủ dữ liệu về C12. Đang đồng bộ dữ liệu về C12.', 'c12.sync in_progress'],
    ['Đang đồng bộ dữ liệu về C12. Sẽ đồng bộ dữ liệu về C12 đầy đủ trong quý IV/2030.', 'c12.sync in_progress'],
  ],
);

statusCases(
  'steps on the way are history, contradictions stand',
  ['c12.connection'],
  [
    ['Đã kết nối với C12. CSDL đã kết nối hai chiều với C12.', 'c12.connection two_way'],
    ['Đang kết nối thử nghiệm với C12. Đã kết nối một chiều với C12.', 'c12.connection one_way'],
    ['Đã kết nối với C12. Chưa kết nối với C12.', 'c12.connection connected', 'c12.connection none'],
    ['Chưa kết nối với C12. Sẽ kết nối với C12 trong quý III/2030.', 'c12.connection none'],
    ['Đang sẵn sàng kết nối với C12. Đang triển khai kết nối với C12.', 'c12.connection in_progress'],
  ],
);

statusCases(
  'security is at what was said last',
  ['security.'],
  [
    ['Đã đánh giá an ninh, an toàn hệ thống. Đã đạt yêu cầu về an ninh, an toàn.', 'security.assessment passed'],
    [
      'Đã khắc phục xong các lỗ hổng bảo mật. Đang chờ kết quả đánh giá an ninh, an toàn.',
      'security.assessment awaiting_result',
    ],
    [
      'Ngày 10/2/2030, A05 đã đánh giá an toàn thông tin. Ngày 5/6/2030, A05 đánh giá an toàn thông tin đạt yêu cầu.',
      'security.assessment assessed on 2030-02-10',
      'security.assessment passed on 2030-06-05',
    ],
    ['Đã trình thẩm định hồ sơ cấp độ. Hồ sơ cấp độ chưa được phê duyệt.', 'security.level_approval submitted'],
  ],
);

statusCases(
  'a body quoted stands beside the owner',
  ['c12.'],
  [
    [
      'Đã đồng bộ đầy đủ dữ liệu về C12. C12 khẳng định chưa đồng bộ dữ liệu về C12.',
      'c12.sync full',
      'c12.sync none said by c12',
    ],
  ],
);
