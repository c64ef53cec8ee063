/** The period before: sentences, signs and tables of what differs from one list to the next. */
import { expect, test } from 'vitest';
import { bareText } from '../../reports/rich-text.ts';
import type { PublicationInput } from '../../scoring/contract.ts';
import { fixture, siteOf, viewOf, visibleText } from './fixture-site.ts';

const previous = (data: PublicationInput): string => bareText(viewOf(data).overview.previous);

/** The fixture with other changes from the list before. */
function changed(change: (row: PublicationInput['overdue_change'][number]) => string): PublicationInput {
  const data = fixture();
  for (const row of data.overdue_change) row.change = change(row) as never;
  return data;
}

test('the first page names the period before and who is not listed any more', () => {
  expect(previous(fixture())).toMatch(
    /^\(kỳ tháng 5\/2026: 07 CSDL của 03 cơ quan; giảm 01: CSDL căn cước công dân; tăng 01: CSDL về cơ sở .+\)$/,
  );
});

test('a list whose day is known is named by its day', () => {
  const data = fixture();
  for (const row of data.list_edition) row.day_known = true;
  expect(previous(data)).toContain('(kỳ ngày 31/5/2026: ');
});

test('no change and no period before are told apart', () => {
  expect(previous(changed(() => 'stayed'))).toContain('; không thay đổi)');
  const first = fixture();
  first.list_edition = first.list_edition.filter((row) => row.place === 1);
  first.overdue_change = [];
  first.overdue_edition = first.overdue_edition.filter((row) => row.place === 1);
  for (const row of first.agency_summary)
    Object.assign(row, { overdue_before: null, overdue_left: null, overdue_entered: null });
  expect(previous(first)).toBe('(chưa có số liệu kỳ trước để so sánh)');
  const view = viewOf(first);
  expect(view.overview.ministries.map((row) => row.change.text)).toEqual(view.overview.ministries.map(() => '–'));
  expect(view.overview.total.change.text).toBe('–');
  expect(view.tasks.editions.changes).toEqual([]);
  expect(view.tasks.agencies.map((row) => row.change)).toEqual(view.tasks.agencies.map(() => '–'));
});

test('many names are cut and counted', () => {
  const data = fixture();
  const [model] = data.overdue_change;
  if (model === undefined) throw new Error('no change');
  data.overdue_change = data.database.map((row) => ({
    ...model,
    database_id: row.database_id,
    agency_id: row.agency_id,
    change: 'left' as const,
  }));
  expect(previous(data)).toMatch(/giảm 10: .+ và 04 CSDL khác\)$/);
});

test('a ministry has its signs, each a link to the table of changes', () => {
  const changes = Object.fromEntries(
    viewOf().overview.ministries.map((row) => [row.agency.text, `${row.change.text} ${row.change.href}`]),
  );
  expect(changes['Bộ Công an']).toBe('−1 tasks.html#bien-dong');
  expect(changes['Bộ Giáo dục và Đào tạo']).toBe('+1 tasks.html#bien-dong');
  expect(changes['Bộ Nội vụ']).toBe('0 tasks.html#bien-dong');
  expect(viewOf().overview.total.change.text).toBe('+1, −1');
});

test('the page of tasks lists who left and who came, and every edition', () => {
  const { editions } = viewOf().tasks;
  expect(editions.intro).toBe(
    'Danh sách kỳ ngày 29/6/2026 so với kỳ tháng 5/2026: 01 CSDL không còn tên trong danh sách quá hạn, 01 CSDL mới có tên, 06 CSDL tiếp tục có tên.',
  );
  expect(editions.changes.map((row) => `${row.name.text}: ${row.before}, ${row.now}, ${row.change}`)).toEqual([
    'CSDL căn cước công dân: Có tên, Không có tên, Không còn tên trong danh sách',
    expect.stringMatching(/: Không có tên, Có tên, Mới có tên trong danh sách$/),
  ]);
  expect(editions.editions.map((row) => `${row.period}: ${row.databases}/${row.owners}`)).toEqual([
    'ngày 29/6/2026: 7/3',
    'tháng 5/2026: 7/3',
  ]);
});

test('tasks of an agency are compared by the rows of both lists', () => {
  const rows = Object.fromEntries(viewOf().tasks.agencies.map((row) => [row.name.text, row.change]));
  expect(rows['Bộ Y tế']).toBe('−1');
  expect(rows['Bộ Nội vụ']).toBe('0');
});

test.each([
  [
    'tai-nan-lao-dong',
    /^Có tên trong danh sách quá hạn các kỳ tháng 5\/2026, ngày 29\/6\/2026; liên tục từ kỳ tháng 5\/2026;/,
  ],
  ['can-cuoc-cong-dan', /không còn tên trong danh sách kỳ ngày 29\/6\/2026, chưa phải là căn cứ đã hoàn thành\.$/],
  ['co-so-giao-duc-nghe-nghiep', /^Có tên trong danh sách quá hạn kỳ ngày 29\/6\/2026; thời hạn/],
])('the page of %s says in which lists it was named', (id, words) => {
  expect(viewOf().database.find((page) => page.id === id)?.listed).toMatch(words);
});

test('not being listed is nowhere worded as done', () => {
  const page = siteOf().get('tasks.html') ?? '';
  const text = visibleText(page.slice(page.indexOf('<main')));
  const part = text.slice(text.indexOf('Biến động so với kỳ trước'), text.indexOf('Các kỳ danh sách đã nạp'));
  expect(part.replaceAll('chưa phải là căn cứ đã hoàn thành', '')).not.toMatch(/hoàn thành/i);
});
