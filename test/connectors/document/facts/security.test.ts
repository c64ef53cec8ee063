import { describe, expect, test } from 'vitest';
import { read, statusCases, statusTodos } from './status-cases.ts';

const FAMILY = ['security.'];

statusCases('assessed', FAMILY, [
  ['Đã được đánh giá an ninh, an toàn.', 'security.assessment assessed'],
  ['Hệ thống đã được A05 đánh giá đạt yêu cầu về an ninh, an toàn.', 'security.assessment passed said by a05'],
  ['Kết quả đánh giá an toàn thông tin: đã đạt.', 'security.assessment passed'],
  ['Đang thực hiện đánh giá an ninh mạng, an toàn thông tin.', 'security.assessment in_progress'],
  ['Đang chờ kết quả đánh giá an ninh, an toàn của A05.', 'security.assessment awaiting_result'],
  ['Đã hoàn thành khắc phục các lỗ hổng bảo mật.', 'security.assessment remediated'],
  ['Kết quả đánh giá an toàn thông tin chưa đạt.', 'security.assessment failed'],
  ['Đang khắc phục các lỗ hổng bảo mật sau kiểm tra.', 'security.assessment failed'],
  ['Hệ thống chưa được đánh giá an ninh, an toàn.', 'security.assessment none'],
  ['Chưa thực hiện kiểm tra, đánh giá ANAT.', 'security.assessment none'],
  ['Đã gửi hồ sơ đề nghị A05 kiểm tra, đánh giá an ninh, an toàn.', 'security.assessment requested'],
  ['Sẽ đánh giá an ninh, an toàn trong tháng 8/2030.', 'security.assessment planned'],
  ['Ngày 18/5/2030, A05 đã đánh giá an toàn thông tin hệ thống.', 'security.assessment assessed on 2030-05-18'],
  ['ANAT: đang đánh giá.', 'security.assessment in_progress'],
  [
    'Đã có báo cáo khắc phục các lỗ hổng, hiện đang chờ kết quả đánh giá an ninh của A05.',
    'security.assessment awaiting_result',
  ],
]);

statusCases('security level', FAMILY, [
  ['Đã phê duyệt hồ sơ đề xuất cấp độ 3.', 'security.level_approval approved'],
  ['Đã trình thẩm định hồ sơ cấp độ.', 'security.level_approval submitted'],
  ['Chưa hoàn thành hồ sơ đề xuất cấp độ.', 'security.level_approval none'],
  ['Đến nay quyết định phê duyệt cấp độ đã hết hạn.', 'security.level_approval expired'],
  ['Hồ sơ cấp độ: đang chờ phê duyệt.', 'security.level_approval submitted'],
  ['Sẽ trình phê duyệt hồ sơ cấp độ trong quý III/2030.', 'security.level_approval none'],
]);

statusCases('no state of security', FAMILY, [
  ['Trường hợp được A05 đánh giá an ninh đạt yêu cầu sẽ kết nối.'],
  ['Các bộ, ngành cần chủ động đánh giá an toàn thông tin.'],
  ['Đánh giá chất lượng dữ liệu đạt 90%.'],
  ['Đã nâng cấp hệ thống để đánh giá an ninh, an toàn.'],
  ['Nội dung về an toàn thực phẩm đã được cập nhật.'],
  ['Khắc phục khó khăn về kinh phí.'],
]);

describe('what goes with it', () => {
  const flags = (text: string): unknown[] =>
    read(text)
      .facts.filter((fact) => fact.attribute === 'security.assessment')
      .map((fact) => fact.flags);

  test('the round', () => {
    expect(flags('Đang đánh giá an ninh, an toàn lần 2.')).toEqual([{ round: 2 }]);
  });

  test('who is waited for, since when, and that the faults are mended', () => {
    expect(
      flags('Ngày 12/3/2030, đơn vị đã có báo cáo khắc phục xong các lỗ hổng, đang chờ kết quả đánh giá của A05.'),
    ).toContainEqual({ since: '2030-03-12', holder: 'a05', remediated: true });
  });
});

statusCases('read since', FAMILY, [
  ['Đã đánh giá an toàn thông tin nhưng chưa đạt.', 'security.assessment failed'],
  ['Hồ sơ cấp độ đã trình thẩm định.', 'security.level_approval submitted'],
  ['Hồ sơ đề xuất cấp độ đã hết hiệu lực.', 'security.level_approval expired'],
  ['Đã khắc phục 3/5 lỗ hổng bảo mật.', 'security.assessment failed'],
]);

statusTodos(FAMILY, [
  ['A05 kết luận hệ thống chưa đủ điều kiện an toàn.', 'security.assessment failed said by a05'],
  ['Không thực hiện đánh giá an toàn do chưa có phần mềm.', 'security.assessment none'],
]);
