/** The view: golden pages of a few databases, and the rules on what is never said. */
import { expect, test } from 'vitest';
import { siteView } from '../../reports/view.ts';
import { publicationData } from '../../scoring/contract.ts';
import { config, fixture, META, viewOf } from './fixture-site.ts';

const golden = (name: string): string => `../golden/reports/${name}`;
const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
const page = (view: ReturnType<typeof viewOf>, id: string) => {
  const found = view.database.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no page ${id}`);
  return found;
};

test('the first page, as agreed', async () => {
  const view = viewOf();
  await expect(json({ head: view.head, overview: view.overview })).toMatchFileSnapshot(golden('view-overview.json'));
});

test.each(['bao-hiem-that-nghiep', 'tai-nan-lao-dong', 'an-toan-thuc-pham', 'dat-dai'])(
  'the page of %s, as agreed',
  async (id) => {
    await expect(json(page(viewOf(), id))).toMatchFileSnapshot(golden(`view-${id}.json`));
  },
);

test('the same rows in any order of tables give the same view', () => {
  const turned = Object.fromEntries(Object.entries(fixture()).reverse()) as ReturnType<typeof fixture>;
  expect(json(viewOf(turned))).toBe(json(viewOf()));
});

test('the schema refuses a page with a field too many or too few', () => {
  const { database: _pages, ...view } = viewOf();
  expect(siteView.safeParse(view).success).toBe(true);
  expect(siteView.safeParse({ ...view, more: 1 }).success).toBe(false);
  const { headline: _, ...less } = view;
  expect(siteView.safeParse(less).success).toBe(false);
});

test.each(Object.keys(publicationData.shape) as (keyof typeof publicationData.shape)[])(
  'a missing column of %s is named',
  (table) => {
    const data = fixture();
    const first = data[table][0] as Record<string, unknown> | undefined;
    if (first === undefined) return;
    const column = Object.keys(publicationData.shape[table].element.shape)[0] ?? '';
    delete first[column];
    expect(() => viewOf(data)).toThrow(column);
  },
);

test('a database nobody spoke of has no level, no number and no indicators', () => {
  const empty = page(viewOf(), 'dat-dai');
  expect(empty.has_status).toBe(false);
  expect(empty.reported).toEqual({ level: null, name: 'Chưa có thông tin', short: 'Chưa có thông tin', note: null });
  expect([empty.level, empty.pillars, empty.criteria, empty.facts]).toEqual([null, null, null, null]);
  expect(empty.criteria_text).toBe('–');
});

test('an umbrella row is a heading with its parts and is not scored', () => {
  const umbrella = page(viewOf(), 'giao-duc-nghe-nghiep');
  expect(umbrella.umbrella).toContain('không chấm');
  expect(umbrella.parts.map((one) => one.anchor)).toEqual(['co-so-giao-duc-nghe-nghiep']);
  expect(umbrella.level).toBeNull();
});

test('a request for not-applicable stays in the total, with what it would be', () => {
  const one = page(viewOf(), 'tai-nan-lao-dong');
  expect(one.criteria_text).toBe('5/19');
  expect(one.criteria_note).toBe('đề nghị không áp dụng 03 tiêu chí; nếu được chấp thuận: 5/16');
});

test('the composite is printed only from the coverage asked for, beside the lowest dimension', () => {
  expect(page(viewOf(), 'bao-hiem-that-nghiep').pillars).toMatchObject({
    composite: null,
    insufficient: 'Chưa đủ căn cứ để chấm',
  });
  const data = fixture();
  const row = data.readiness.find((one) => one.database_id === 'bao-hiem-that-nghiep');
  if (row === undefined) throw new Error('no row');
  Object.assign(row, { coverage: config.scoring.min_coverage, floor: 52.4, ceiling: 92.4 });
  const { pillars } = page(viewOf(data), 'bao-hiem-that-nghiep');
  expect(pillars?.insufficient).toBeNull();
  expect(pillars?.composite).toMatchObject({
    value: '52,4',
    range: { range: '52,4–92,4' },
    lowest: 'Nội dung thấp nhất: Đúng (0)',
  });
});

test.each(['restricted', 'unknown'])(
  'record counts of a database with classification %s are hidden everywhere',
  (classification) => {
    const data = fixture();
    const database = data.database.find((one) => one.database_id === 'bao-hiem-that-nghiep');
    if (database === undefined) throw new Error('no row');
    database.classification = classification;
    const view = viewOf(data);
    const text = JSON.stringify(page(view, 'bao-hiem-that-nghiep'));
    expect(text).not.toMatch(/4,8 triệu|4\.750\.000|4\.850\.000/);
    expect(page(view, 'bao-hiem-that-nghiep').facts?.amounts_hidden).toBe(
      'Số bản ghi không hiển thị theo phân loại của CSDL.',
    );
  },
);

test('an approximate amount is printed as said, with its interval', () => {
  expect(page(viewOf(), 'bao-hiem-that-nghiep').facts?.amounts[0]).toMatchObject({
    said: 'khoảng 4,8 triệu',
    unit: 'dữ liệu hồ sơ',
    interval: '4.750.000–4.850.000',
    stage: 'đã thu thập',
  });
});

test('a statement shared by nine databases is marked', () => {
  expect(page(viewOf(), 'an-toan-thuc-pham').shared).toBe('Nội dung chung của 09 CSDL');
});

test('results of the security assessment stay in the internal edition', () => {
  const shared = viewOf(fixture(), { ...META, edition: 'chia_se' });
  const rows = page(shared, 'an-toan-thuc-pham').evidence.concat(page(shared, 'bao-hiem-that-nghiep').evidence);
  for (const fact of rows.filter((one) => one.what.startsWith('Đánh giá an ninh')))
    expect(fact.value).toBe('Nội dung không có trong bản chia sẻ');
});

test('agencies stand in protocol order', () => {
  expect(viewOf().overview.ministries.map((one) => one.agency.text)).toEqual([
    'Bộ Công an',
    'Bộ Nội vụ',
    'Bộ Nông nghiệp và Môi trường',
    'Bộ Giáo dục và Đào tạo',
    'Bộ Y tế',
    'Tập đoàn Điện lực Việt Nam',
  ]);
});
