/** The page of changes: parts that add up, links to the evidence, and what is said where there is no night before. */
import { expect, test } from 'vitest';
import type { PublicationInput } from '../../scoring/contract.ts';
import { fixture, siteOf, viewOf } from './fixture-site.ts';

const { changes } = viewOf();

test('levels, criteria and figures lead to their evidence', () => {
  expect(changes.intro).toBe('So với kỳ ngày 28/6/2026: 02 CSDL có thay đổi.');
  expect(changes.levels).toMatchObject([
    {
      database: { href: 'databases/bao-hiem-that-nghiep.html#muc' },
      reported: { before: { level: 2 }, after: { level: 3 } },
      confirmed: { before: { level: null }, after: { level: null } },
      cause: 'Do số liệu thay đổi',
    },
  ]);
  expect(changes.criteria).toMatchObject([
    { database: { href: 'databases/bao-hiem-that-nghiep.html#tieu-chi' }, count: 'Chưa báo cáo → 13/19', items: [] },
    {
      count: '4/19 → 5/19',
      items: [
        {
          href: 'criteria.html#tieu-chi-2',
          before: 'Chưa có thông tin',
          after: { shape: 'done', word: 'Đã hoàn thành' },
        },
        { href: 'criteria.html#tieu-chi-8', before: 'Đang thực hiện' },
      ],
    },
  ]);
});

test('the parts of a change add up to it, and the composite below the coverage asked for is not shown', () => {
  const [first, second] = changes.scores;
  expect(
    first?.rows.map((row) => [row.pillar.text, row.before, row.after, row.by, row.parts.map((p) => p.text)]),
  ).toEqual([['Kết nối, đồng bộ', '10–61', '26–61', '+16', ['+21', '−5']]]);
  expect(second?.rows[1]).toMatchObject({
    by: '−3,5',
    note: 'điểm cao nhất có thể',
    before: '20–100',
    after: '20–96,5',
  });
  expect(changes.factors).toEqual(['Do số liệu', 'Do minh chứng']);
  expect(changes.scores_more).toBeNull();
});

test('databases that are not set out are counted', () => {
  const data = fixture();
  for (const row of data.move_total) row.databases = 400;
  expect(viewOf(data).changes.scores_more).toContain('Trình bày 2 CSDL thay đổi nhiều nhất trong 400 CSDL');
});

test('a night without changes, a change of method and a first night are told apart', () => {
  const quiet = fixture();
  Object.assign(quiet, { move: [], criterion_change: [] });
  for (const row of quiet.move_total) Object.assign(row, { databases: 0, levels: 0, up: 0, down: 0 });
  expect(viewOf(quiet).changes.intro).toBe('So với kỳ ngày 28/6/2026: không có thay đổi.');
  const method = fixture();
  for (const row of method.move_total) row.is_method_change = row.factor === null;
  expect(viewOf(method).changes.method_note).toContain('(1.0.0 thành 1.1.0)');
  const first = fixture();
  Object.assign(first, { move: [], move_total: [], criterion_change: [] });
  const page = viewOf(first).changes;
  expect([page.intro, page.fresh, page.resolved]).toEqual(['Kỳ đầu tiên, chưa có kỳ trước để so sánh.', [], []]);
});

test('findings that are new, and those that went since, are listed apart', () => {
  const data: PublicationInput = fixture();
  const [one, two, three, ...rest] = data.finding;
  Object.assign(one ?? {}, { state: 'new' });
  Object.assign(two ?? {}, { state: 'resolved', resolved_on: '2026-06-29' });
  Object.assign(three ?? {}, { state: 'resolved', resolved_on: '2026-06-20' });
  for (const row of rest) row.state = 'seen';
  const page = viewOf(data).changes;
  expect(page.fresh.map((row) => row.text)).toEqual([one?.text]);
  expect(page.resolved.map((row) => row.text)).toEqual([two?.text]);
});

test('a database that is not in the catalogue any more is named without a link', () => {
  const data = fixture();
  for (const row of data.move) Object.assign(row, { database_id: 'da-ket-thuc', presence: 'vanished' });
  data.database_succession.push({
    from_id: 'da-ket-thuc',
    from_name: 'Cơ sở dữ liệu đã kết thúc',
    to_id: null,
    kind: 'ended',
    date: '2026-06-29',
    basis: null,
  });
  const view = viewOf(data);
  expect(view.changes.scores[0]).toMatchObject({
    database: { text: 'CSDL đã kết thúc', href: null },
    presence: 'không còn kết quả',
  });
  expect(siteOf(view).get('changes.html')).toContain('CSDL đã kết thúc');
});
