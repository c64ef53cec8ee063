import { describe, expect, test } from 'vitest';
import { agencyNames } from '../../../../connectors/document/names/agencies.ts';
import { names, registry } from '../../../support/document-names.ts';

const { agencies } = names;
const found = (text: string, day = '2026-06-29'): string[] => agencies.find(text, day).map((match) => match.id);

describe('agencies in a text', () => {
  test.each([
    ['Bộ Y tế', ['bo-y-te']],
    ['BỘ TÀI CHÍNH và bộ nội vụ', ['bo-tai-chinh', 'bo-noi-vu']],
    ['Bộ Văn hoá Thể thao và Du lịch, Bộ Y tế', ['bo-van-hoa-the-thao-va-du-lich', 'bo-y-te']],
    ['Bộ Khoa học Công nghệ; Ban cơ yếu Chính phủ', ['bo-khoa-hoc-va-cong-nghe', 'ban-co-yeu-chinh-phu']],
    ['Uỷ ban nhân dân tỉnh Vinh Long, UBND TP. Hải PHòng', ['vinh-long', 'thanh-pho-hai-phong']],
    ['Bộ Tư\npháp', ['bo-tu-phap']],
    ['EVN', ['tap-doan-dien-luc-viet-nam']],
    ['Toà án Nhân dân tối cao', ['toa-an-nhan-dan-toi-cao']],
  ])('%j names them through names and aliases', (text, ids) => {
    expect(found(text)).toEqual(ids);
  });

  test.each([
    [
      'Các bộ: Quốc phòng, Văn hóa, Thể thao và Du lịch, Công an và Xây dựng',
      ['bo-quoc-phong', 'bo-van-hoa-the-thao-va-du-lich', 'bo-cong-an', 'bo-xay-dung'],
    ],
    ['Các Bộ, cơ quan: Tư pháp, Văn phòng Chính phủ, Nội vụ', ['bo-tu-phap', 'van-phong-chinh-phu', 'bo-noi-vu']],
    ['các Bộ Tài chính, Y tế và Nội vụ xây dựng đề án', ['bo-tai-chinh', 'bo-y-te', 'bo-noi-vu']],
    ['Đảng uỷ các Bộ: Tài chính; Xây dựng', ['dang-uy-bo-tai-chinh']],
    ['Chủ tịch UBND các Thành phố: Huế, Hồ Chí Minh', ['thanh-pho-hue', 'thanh-pho-ho-chi-minh']],
    ['2 thành uỷ: Hồ Chí Minh và Cần Thơ', ['thanh-pho-ho-chi-minh', 'thanh-pho-can-tho']],
  ])('%j is read as a list that gave the kind once', (text, ids) => {
    expect(found(text)).toEqual(ids);
  });

  test.each([
    'Các bộ, ngành, địa phương',
    'UBND các tỉnh, thành phố trực thuộc Trung ương',
    'Công an tỉnh Sơn La',
    'Sở Nội vụ Hà Nội',
    'Trường Đại học Quốc gia Hà Nội',
    'VNPT Lào Cai',
    'xây dựng, y tế, nội vụ và tài chính',
    'tư tưởng Hồ Chí Minh',
    'Công văn số 12/BTC-ABC và 34/C12-XY',
    'Hà Nội, ngày 3 tháng 2 năm 2026',
    'Đảng ủy Bộ Y tế',
    '',
  ])('%j names no agency', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('a misread letter lowers the score', () => {
    const [match] = agencies.find('Bộ Xâv dựng');
    expect(match?.id).toBe('bo-xay-dung');
    expect(match?.score).toBeLessThan(1);
    expect(match?.score).toBeGreaterThan(0.82);
  });

  test('places of the matches are places of the text', () => {
    const text = 'Gửi UBND tỉnh Sơn La và Bộ Y tế.';
    expect(agencies.find(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'UBND tỉnh Sơn La',
      'Bộ Y tế',
    ]);
  });

  test('rows of one name are chosen by day', () => {
    expect(found('Đồng Nai', '2025-08-01')).toEqual(['dong-nai']);
    expect(found('Đồng Nai', '2026-06-29')).toEqual(['thanh-pho-dong-nai']);
    expect(found('UBND tỉnh Đồng Nai', '2026-06-29')).toEqual(['thanh-pho-dong-nai']);
  });

  test('a megabyte is read in a bounded time', () => {
    const text = 'Bộ Y tế phối hợp các bộ ngành, Bộ Xảy dụng và Thanh Hoá thực hiện nhiệm vụ được giao. '.repeat(
      11_000,
    );
    const start = performance.now();
    expect(agencies.find(text).length).toBeGreaterThan(20_000);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});

describe('one whole name', () => {
  const id = (name: string, day = '2026-06-29'): string | null => agencies.resolve(name, day).id;

  test.each([
    ['Hung Yên', 'hung-yen'],
    ['Đăk Lăk', 'dak-lak'],
    ['TP. Hồ Chí Minh', 'thanh-pho-ho-chi-minh'],
    ['Bộ trưởng Bộ Tư pháp', 'bo-tu-phap'],
    ['Bộ Quốc phòng (Ban Cơ yếu Chính phủ)', 'bo-quoc-phong'],
    ['Bộ Lao động – Thương binh và Xã hội', 'bo-lao-dong-thuong-binh-va-xa-hoi'],
    ['Bộ Nong nghiệp và Mỏi truong', 'bo-nong-nghiep-va-moi-truong'],
  ])('%j is %s', (name, expected) => {
    expect(id(name)).toBe(expected);
  });

  test.each(['Sở Y tế', 'Bộ', 'Công an tỉnh Sơn La', 'Các bộ, ngành', '', 'Tỉnh'])('%j is nobody', (name) => {
    expect(id(name)).toBeNull();
  });

  test('two agencies that fit about as well are refused, and named', () => {
    const row = registry.agencies[0];
    if (row === undefined) throw new Error('no agencies');
    const made = (agency_id: string, name: string) => ({ ...row, agency_id, name, short_name: null, aliases: [] });
    const two = agencyNames({ agencies: [made('one', 'Cục Quản lý Xa'), made('two', 'Cục Quản lý Xb')] });
    const { id: chosen, candidates } = two.resolve('Cục Quản lý Xc');
    expect(chosen).toBeNull();
    expect(candidates.map((candidate) => candidate.id).sort()).toEqual(['one', 'two']);
  });
});
