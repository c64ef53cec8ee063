/** What the pages show of the life of a finding: state and since when, who said what, the answer; resolved ones apart. */
import { describe, expect, test } from 'vitest';
import { fixture, pagesOf, siteOf, viewOf, visibleText } from './fixture-site.ts';

const json = (value: unknown): string => JSON.stringify(value);
type Given = ReturnType<typeof fixture>['finding'][number];

/** The pages of the fixture with its findings of a database changed. */
function pages(change: Partial<Given>): { conflicts: string; database: string; overview: string } {
  const data = fixture();
  const row = data.finding.find((one) => one.kind === 'conflict');
  if (row === undefined) throw new Error('the fixture has no conflict');
  Object.assign(row, change);
  const site = new Map(pagesOf(siteOf(viewOf(data))));
  const textOf = (path: string): string => visibleText(site.get(path) ?? '');
  return {
    conflicts: textOf('conflicts.html'),
    database: textOf(`databases/${row.database_id}.html`),
    overview: textOf('index.html'),
  };
}

describe('the life of a finding', () => {
  test('one that was seen before: since when, and how often it came back', () => {
    const shown = pages({ state: 'seen', open_since: '2026-06-01', times_seen: 2 });
    for (const page of [shown.database, shown.conflicts])
      expect(page).toContain('Đang theo dõi; nêu từ ngày 1/6/2026; lần thứ 2');
  });

  test('new ones are marked from the second night on', () => {
    // On the first, everything would be.
    expect(json(viewOf())).not.toContain('"Mới"');
    const data = fixture();
    Object.assign(data.finding[0] ?? {}, { state: 'seen', open_since: '2026-06-01' });
    expect(json(viewOf(data))).toContain('"Mới"');
  });

  test('a contested one: who, when and why, and what was answered', () => {
    const shown = pages({
      state: 'contested',
      open_since: '2026-06-01',
      author: 'Phòng Dữ liệu',
      decided_on: '2026-06-20',
      note: 'Đã có văn bản <b>số 5</b>',
      answer: 'Đã đối chiếu',
      answered_by: 'C12',
      answered_on: '2026-06-25',
    });
    for (const page of [shown.database, shown.conflicts]) {
      expect(page).toContain('Cơ quan chủ quản có ý kiến khác; nêu từ ngày 1/6/2026');
      expect(page).toContain('Phòng Dữ liệu, ngày 20/6/2026: Đã có văn bản <b>số 5</b>');
      expect(page).toContain('Trả lời của C12, ngày 25/6/2026: Đã đối chiếu');
    }
  });

  test('a resolved one is counted nowhere and listed at the end', () => {
    const before = pages({});
    const shown = pages({ state: 'resolved', open_since: '2026-06-01', resolved_on: '2026-06-20' });
    const count = (text: string): string | undefined => /\d+(?= nội dung)/.exec(text)?.[0];
    expect(count(shown.conflicts)).not.toBe(count(before.conflicts));
    expect(shown.conflicts.indexOf('Nội dung đã hết gần đây')).toBeGreaterThan(0);
    for (const page of [shown.conflicts, shown.database])
      expect(page).toContain('Đã hết; nêu ngày 1/6/2026, hết từ ngày 20/6/2026');
  });
});
