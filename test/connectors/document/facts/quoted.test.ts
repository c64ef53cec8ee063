import { statusCases } from './status-cases.ts';

statusCases(
  'a body quoted in the text of another',
  ['c12.', 'c06.', 'security.'],
  [
    ['C12 xác nhận đã kết nối hai chiều với C12.', 'c12.connection two_way said by c12'],
    ['C12 khẳng định đến nay chưa nhận được dữ liệu.', 'c12.sync none said by c12'],
    ['Trung tâm dữ liệu quốc gia thông báo chưa đồng bộ dữ liệu về C12.', 'c12.sync none said by c12'],
    ['Theo xác nhận của C06, đã làm sạch xong dữ liệu với dân cư.', 'c06.cleaning done said by c06'],
    ['A05 thông báo hệ thống đạt yêu cầu về an ninh, an toàn.', 'security.assessment passed said by a05'],
    ['Ngày 6/5/2030, C12 trả lời chưa kết nối với C12.', 'c12.connection none said by c12 on 2030-05-06'],
    ['Theo báo cáo của C12, chưa đồng bộ dữ liệu lên C12.', 'c12.sync none said by c12'],
    ['C12 có công văn thông báo đã kết nối với C12.', 'c12.connection connected said by c12'],
  ],
);

statusCases(
  'only its own words are its own',
  ['c12.'],
  [
    [
      'Đã kết nối với C12. C12 xác nhận chưa đồng bộ dữ liệu về C12.',
      'c12.connection connected',
      'c12.sync none said by c12',
    ],
    [
      'Bộ đã kết nối với C12; C12 khẳng định chưa đồng bộ dữ liệu về C12.',
      'c12.connection connected',
      'c12.sync none said by c12',
    ],
  ],
);

statusCases(
  'nobody is quoted',
  ['c12.', 'c06.'],
  [
    ['Đã kết nối với C12.', 'c12.connection connected'],
    ['Bộ báo cáo đã kết nối với C12.', 'c12.connection connected'],
    ['Đã phối hợp với C12 đồng bộ đầy đủ dữ liệu về C12.', 'c12.sync full'],
    ['Bộ đã gửi văn bản đề nghị C06 làm sạch dữ liệu với dân cư.', 'c06.cleaning planned'],
    ['C12 sẽ trả lời bằng văn bản. Chưa kết nối với C12.', 'c12.connection none'],
  ],
);
