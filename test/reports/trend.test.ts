/** The course of a database: what is drawn, what is told in words instead, and the table behind it. */
import { expect, test } from 'vitest';
import { fixture, siteOf, viewOf, visibleText } from './fixture-site.ts';

const view = viewOf();
const site = siteOf(view);
const trend = (id: string, of = view) => of.database.find((one) => one.id === id)?.trend ?? null;
const course = trend('bao-hiem-that-nghiep');

test('levels, composite and pillars each have a panel, with the change of method', () => {
  expect(course?.few).toBeNull();
  expect(course?.panels.map((one) => one.title)).toEqual([
    'Mức',
    'Điểm tổng hợp',
    'Tiêu chí',
    'Kết nối, đồng bộ',
    'Đúng',
    'Đủ',
    'Sạch',
    'Sống',
  ]);
  expect(course?.frame).toEqual({
    days: 90,
    from: '31/3/2026',
    to: '29/6/2026',
    breaks: [{ ago: 40, text: 'Bản 1.1.0' }],
  });
});

test('the composite is drawn only for nights that reach the coverage asked for', () => {
  const composite = course?.panels[1];
  expect(composite?.layers.map((layer) => layer.values)).toEqual([
    [null, 84, 80, null],
    [null, 28.4, 30, null],
    [null, 0, 0, null],
  ]);
  expect(composite?.none).toBe('Chưa đủ căn cứ để chấm');
  const html = site.get('databases/bao-hiem-that-nghiep.html') ?? '';
  const section = /id="dien-bien"[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
  expect(visibleText(section)).not.toContain('33,2');
  // The key says so in words, and so does each drawing.
  expect(section.match(/<svg class="trend" role="img" aria-label="[^"]+"/g)).toHaveLength(8);
});

test('the table holds ends of months, changes of level and of method', () => {
  expect(course?.rows.map((row) => row.day)).toEqual([
    '29/6/2026',
    '17/6/2026',
    '31/5/2026',
    '20/5/2026',
    '5/5/2026',
    '30/4/2026',
    '31/3/2026',
  ]);
  expect(course?.rows[3]).toMatchObject({ note: 'phương pháp tính phiên bản 1.1.0' });
  expect(course?.rows[4]?.cells.slice(0, 4)).toEqual(['2', '–', '28,4–84', '63,2']);
});

test('few nights are told in words, and a database nobody spoke of has no course', () => {
  const few = trend('tai-nan-lao-dong');
  expect(few?.few).toBe('Chưa đủ số liệu nhiều kỳ để vẽ diễn biến: mới có 02 kỳ, cần ít nhất 05 kỳ.');
  expect(few?.panels).toEqual([]);
  expect(site.get('databases/tai-nan-lao-dong.html')).not.toContain('<svg class="trend"');
  expect(trend('dat-dai')).toBeNull();
});

test('a publication of before there were such selections still makes every page', () => {
  const data = fixture();
  for (const table of ['score_trend', 'level_trend', 'method_trend', 'move', 'move_total', 'criterion_change'] as const)
    data[table] = [];
  const older = viewOf(data);
  expect(trend('bao-hiem-that-nghiep', older)).toBeNull();
  expect(older.changes.intro).toBe('Kỳ đầu tiên, chưa có kỳ trước để so sánh.');
});

test('small panels of owners stand in protocol order, on one scale', () => {
  const { panels } = view.agencies.levels;
  expect(panels.map((one) => one.name.text)).toEqual(view.agencies.rows.map((row) => row.name.text));
  expect(new Set(panels.map((one) => one.most))).toEqual(new Set([2]));
  expect(panels[1]?.alt).toMatch(/^Bộ Nội vụ: mức 1: 2 CSDL theo báo cáo, 0 CSDL đã được xác nhận;/);
});

test('the countdown counts what is connected, and deadlines by what became of them', () => {
  const { countdown } = view.actions;
  expect(countdown.title).toBe(
    'Còn 185 ngày đến thời hạn hoàn thành kết nối bắt buộc (31/12/2026, Nghị định số 278/2025/NĐ-CP)',
  );
  expect(countdown.strip.parts.reduce((sum, part) => sum + part.count, 0)).toBe(fixture().readiness.length);
  const late = countdown.line?.dues.reduce((sum, due) => sum + due.overdue, 0);
  expect(late).toBe(new Set(fixture().overdue.map((row) => `${row.database_id} ${row.deadline}`)).size);
});

test('the matrix has a shape and a word in each cell, and one line where nothing is known', () => {
  const rows = view.matrix.groups.flatMap((group) => group.rows);
  expect(rows).toHaveLength(fixture().readiness.length);
  const silent = rows.find((row) => row.database.href === 'databases/dat-dai.html');
  expect(silent).toMatchObject({ cells: [], none: 'Chưa có thông tin', evidence: 'databases/dat-dai.html' });
  const html = site.get('matrix.html') ?? '';
  expect(html).toMatch(
    /<td class="cell cell-done"><a href="databases\/[a-z-]+\.html#tieu-chi"><svg[^>]*><use href="#m-done"\/><\/svg>xong<\/a>/,
  );
  expect(html).not.toMatch(/<td class="cell cell-[a-z]+"><a[^>]*><svg[^>]*>(?:<use[^>]*>)<\/svg><\/a>/);
});

test('the worked example adds up and shows no composite that is not to be printed', () => {
  const example = view.method.example;
  expect(example?.sums.map((one) => one.total.part)).toEqual(['21', '54,2']);
  for (const { rows, total } of example?.sums ?? []) {
    const tenths = (text: string): number => (text === '–' ? 0 : Math.round(Number(text.replace(',', '.')) * 10));
    expect(rows.reduce((sum, row) => sum + tenths(row.part), 0)).toBe(tenths(total.part));
  }
  expect(example?.insufficient).toContain('chưa đủ căn cứ để chấm');
});
