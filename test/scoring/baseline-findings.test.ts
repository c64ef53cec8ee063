/** What the five shipped documents make the program say on 29/6/2026: every finding by number, the telling ones by sentence. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AS_OF, type Night } from '../support/night.ts';
import { shippedNight } from '../support/shipped-facts.ts';

let night: Night;
let told: { kind: string; severity: string; database_id: string | null; agency_id: string | null; text: string }[];

beforeAll(async () => {
  night = await shippedNight(AS_OF);
  await night.findings();
  told = (await night.query(
    'SELECT kind, severity, database_id, agency_id, text FROM publication.finding',
  )) as unknown as typeof told;
}, 60_000);
afterAll(() => night.close());

const of = (kind: string) => told.filter((one) => one.kind === kind);
const about = (kind: string, database: string): string[] =>
  of(kind)
    .filter((one) => one.database_id === database)
    .map((one) => one.text);

test('how many of each kind, and nothing else', () => {
  const counts: Record<string, number> = {};
  for (const { kind } of told) counts[kind] = (counts[kind] ?? 0) + 1;
  expect(counts).toEqual({
    arithmetic: 1,
    auto_update_but_preparing_entry: 1,
    blank_status: 4,
    commitment_missed: 1,
    confirmation_to_obtain: 1,
    conflict: 2,
    deadline_passed: 23,
    identical_numbers: 1,
    level_without_security: 9,
    list_count: 7,
    no_breakdown: 9,
    no_record_count: 12,
    odd_date: 2,
    on_time_but_overdue: 1,
    parts_share_count: 1,
    shared_statement: 1,
    waiting: 3,
  });
});

describe('word for word', () => {
  test.each([
    ['waiting', 'nguoi-co-cong', 'CSDL người hưởng chính sách ưu đãi người có công: chờ A05 từ 2/2/2026 (147 ngày).'],
    ['waiting', 'bao-hiem-that-nghiep', 'CSDL giải quyết hưởng bảo hiểm thất nghiệp: chờ C12 từ 7/11/2025 (234 ngày).'],
    [
      'waiting',
      'nguoi-lao-dong-nuoc-ngoai-tai-viet-nam',
      'CSDL người lao động nước ngoài làm việc tại Việt Nam: chờ C12 từ 9/3/2026 (112 ngày).',
    ],
    [
      'commitment_missed',
      'bao-hiem-that-nghiep',
      'CSDL giải quyết hưởng bảo hiểm thất nghiệp: cam kết “hoàn thành trước ngày 29/12/2025”; đến 29/6/2026 đã qua mốc 29/12/2025 là 182 ngày, chưa có thông tin hoàn thành.',
    ],
    [
      'conflict',
      'bao-hiem-that-nghiep',
      'CSDL giải quyết hưởng bảo hiểm thất nghiệp, Kết nối với CSDL, hệ thống thông tin khác: hàng 5 (dòng 70) nêu “Đã kết nối (chưa nêu chiều)”; hàng 5 (dòng 64) nêu “Đã đề nghị kết nối”. Đề nghị Bộ Nội vụ xác nhận.',
    ],
    [
      'conflict',
      'nguoi-lao-dong-viet-nam-o-nuoc-ngoai',
      'CSDL người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng, Thay thế thành phần hồ sơ bằng dữ liệu: hàng 9 (dòng 92) nêu “Đã có quy định cho phép thay thế”; hàng 9 (dòng 98) nêu “Đã rà soát”. Đề nghị Bộ Nội vụ xác nhận.',
    ],
    [
      'parts_share_count',
      'nguoi-lao-dong-viet-nam-o-nuoc-ngoai',
      'CSDL người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng: gồm 02 CSDL thành phần, báo cáo chung 13/19 tiêu chí. Đề nghị báo cáo riêng từng CSDL.',
    ],
    [
      'on_time_but_overdue',
      'tai-nan-lao-dong',
      'CSDL tai nạn lao động: nêu “bảo đảm tiến độ” trong khi đã quá hạn 180 ngày.',
    ],
    [
      'no_breakdown',
      'bao-hiem-that-nghiep',
      'CSDL giải quyết hưởng bảo hiểm thất nghiệp: 13/19, chưa nêu các tiêu chí đã hoàn thành.',
    ],
    [
      'no_record_count',
      'nguoi-lao-dong-nuoc-ngoai-tai-viet-nam',
      'CSDL người lao động nước ngoài làm việc tại Việt Nam: có nêu dữ liệu đã tạo lập hoặc đã thu thập, chưa nêu số bản ghi.',
    ],
  ])('%s, %s', (kind, database, text) => {
    expect(about(kind, database)).toEqual([text]);
  });

  test.each([
    ['identical_numbers', '05 CSDL của Bộ Nội vụ cùng báo cáo 13/19, trong số 09 CSDL đã báo cáo số tiêu chí.'],
    ['shared_statement', '09 CSDL dùng chung một nội dung báo cáo (hàng 15 đến 23). Đề nghị tách riêng từng CSDL.'],
    ['arithmetic', 'Văn phòng Trung ương Đảng: 154 + 71 + 3 = 228, văn bản ghi 229.'],
    [
      'auto_update_but_preparing_entry',
      'CSDL về chính quyền địa phương và địa giới hành chính: nêu cập nhật “Tự động” trong khi “Bước đầu tạo lập”. Đề nghị Bộ Nội vụ xác nhận.',
    ],
    ['confirmation_to_obtain', 'Bộ Nội vụ: Bộ Nội vụ nêu “Đã cài đặt AgentNode” theo C12; chưa có văn bản của C12.'],
  ])('the one %s', (kind, text) => {
    expect(of(kind).map((one) => one.text)).toEqual([text]);
  });
});

describe('in numbers', () => {
  test('nine databases reported connected while ten of the ministry have no approved security level', () => {
    const found = of('level_without_security');
    expect(new Set(found.map((one) => one.agency_id))).toEqual(new Set(['bo-y-te']));
    expect(found[0]?.text).toBe(
      'CSDL về an toàn thực phẩm: nêu “Đã kết nối (chưa nêu chiều)”; Bộ Y tế nêu “Chưa hoàn thành hồ sơ cấp độ” đối với hồ sơ cấp độ an toàn của 10 CSDL. Đề nghị Bộ Y tế xác nhận.',
    );
  });

  test('blank or empty of content, 180 days late', () => {
    const found = of('blank_status');
    expect(found.map((one) => one.agency_id).sort()).toEqual([
      'bo-giao-duc-va-dao-tao',
      'bo-giao-duc-va-dao-tao',
      'bo-giao-duc-va-dao-tao',
      'tap-doan-dien-luc-viet-nam',
    ]);
    for (const { text } of found) expect(text).toMatch(/: quá hạn 180 ngày, không nêu tình hình thực hiện\.$/);
  });

  test('23 deadlines passed, each with its day and its ground', () => {
    for (const { text } of of('deadline_passed'))
      expect(text).toMatch(/: quá hạn \d+ ngày \(thời hạn \d+\/\d+\/20\d\d, .{5,}\)\.$/);
  });

  test('headings of a document that count otherwise than its list', () => {
    expect(
      of('list_count')
        .map((one) => /ghi (\d+), danh sách có (\d+)/.exec(one.text)?.slice(1).join('/'))
        .sort(),
    ).toEqual(['19/16', '29/28', '4/1', '5/1', '5/3', '57/56', '8/5']);
  });

  test('graver ones first', () => {
    const order = ['error', 'warning', 'info'];
    const places = told.map((one) => order.indexOf(one.severity));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(told.filter((one) => one.severity === 'warning')[0]?.kind).toBe('conflict');
  });
});
