import { describe, expect, test } from 'vitest';
import { Labels } from '../../config/labels.ts';
import { loadConfig } from '../../config/load.ts';
import { renderReview } from '../../reports/review.ts';
import type { ReviewCell, ReviewDocument, ReviewFact } from '../../reports/review-input.ts';
import { Places } from '../../reports/review-places.ts';
import { buildReview } from '../../reports/review-view.ts';

const labels = new Labels(loadConfig(undefined, {}).config.labels);
const cell = (text: string, line: number, ...more: [offset: number, line: number][]): ReviewCell => ({
  text,
  marks: [{ offset: 0, line }, ...more.map(([offset, at]) => ({ offset, line: at }))],
});

const STATUS = 'Đã hoàn thành 7/19 tiêu chí. Đã kết nối một chiều với C12.\nChưa làm sạch dữ liệu.';
const fact = (rest: Partial<ReviewFact>): ReviewFact => ({
  id: 'a'.repeat(32),
  refusal: null,
  subject: 'Cơ sở dữ liệu hồ sơ một',
  attribute: 'c12.connection',
  scale: 'connection',
  modality: 'done',
  extent: 'whole',
  shared_n: 1,
  flags: {},
  grade: 'E2',
  confidence: 0.9,
  is_low: false,
  place: {},
  ...rest,
});
const connection = fact({
  value_text: 'one_way',
  place: { table: '1', row: 1, line: 5, quote: 'Đã kết nối một chiều với C12.' },
});
const checklist = fact({
  id: 'b'.repeat(32),
  attribute: 'checklist.met',
  scale: null,
  value_number: 7,
  value_total: 19,
  confidence: 0.6,
  is_low: true,
  place: { table: '1', row: 1, line: 5, quote: 'Đã hoàn thành 7/19 tiêu chí.' },
});

const document = (rest: Partial<ReviewDocument> = {}): ReviewDocument => ({
  title: 'Báo cáo thử',
  file: 'bao-cao.txt',
  number: '12/BC',
  day: '2026-06-15',
  day_known: true,
  blocks: [
    { kind: 'paragraph', text: cell('Kính gửi: Bộ Nội vụ', 1) },
    {
      kind: 'table',
      header: [cell('STT', 4), cell('Tình hình', 4)],
      rows: [
        { kind: 'heading', text: cell('Nhóm 1', 4) },
        { kind: 'cells', cells: [cell('1', 5), cell(STATUS, 5, [STATUS.indexOf('Chưa'), 6])] },
      ],
    },
  ],
  facts: [connection, checklist],
  rejections: [
    { code: 'requested', message: 'only asked for', raw: 'x', place: { line: 6, quote: 'Chưa làm sạch dữ liệu.' } },
  ],
  tasks: [],
  counts: [],
  checks: [],
  ...rest,
});
const input = (...documents: ReviewDocument[]) => ({ documents, today: '2026-06-30', least_confidence: 0.8 });
const page = (...documents: ReviewDocument[]) => renderReview(input(...documents), labels);

describe('places', () => {
  const { blocks } = document();
  const places = new Places(blocks);
  const words = (place: Parameters<Places['find']>[0], exact?: { start: number; end: number }) => {
    const span = places.find(place, exact);
    return span === null ? null : [span.at.row, span.at.column, span.at.cell.text.slice(span.start, span.end)];
  };

  test('a quote is found in the cell of its line', () => {
    expect(words(connection.place)).toEqual([1, 1, 'Đã kết nối một chiều với C12.']);
  });

  test('words that the reader points at are marked alone', () => {
    const start = STATUS.indexOf('7/19');
    expect(words(checklist.place, { start, end: start + 4 })).toEqual([1, 1, '7/19']);
    expect(words(checklist.place, { start: 50_000, end: 50_004 })?.[2]).toBe('Đã hoàn thành 7/19 tiêu chí.');
  });

  test('without its quote, what stands on the line; without a line of the document, nothing', () => {
    expect(words({ line: 6 })).toEqual([1, 1, 'Chưa làm sạch dữ liệu.']);
    expect(words({ line: 5, quote: 'không có trong văn bản' })).toEqual([1, 0, '1']);
    expect(words({ line: 77, quote: STATUS })).toBeNull();
    expect(words({})).toBeNull();
  });

  test('of a quote that stands twice, the one on the line', () => {
    const twice = 'Chưa có.\nChưa có.';
    const found = new Places([{ kind: 'paragraph', text: cell(twice, 1, [9, 2]) }]).find({
      line: 2,
      quote: 'Chưa có.',
    });
    expect(found?.start).toBe(9);
  });
});

describe('the view', () => {
  test('less sure facts come first in the list; rejections last', () => {
    const [view] = buildReview(input(document()), labels).documents;
    expect(view?.list.map((note) => note.kind)).toEqual(['low', 'sure', 'rejected']);
    expect(view?.list.map((note) => note.value)).toEqual(['7/19', 'Đã kết nối 1 chiều', '']);
  });

  test('overlapping words are cut into pieces that together are the text', () => {
    const whole = fact({ place: { line: 5, quote: STATUS.slice(0, 58) }, value_text: 'none' });
    const [view] = buildReview(input(document({ facts: [connection, checklist, whole] })), labels).documents;
    const pieces = view?.blocks[1]?.rows[1]?.cells[1]?.pieces ?? [];
    expect(pieces.map((piece) => piece.text).join('')).toBe(STATUS);
    expect(pieces.find((piece) => piece.text.includes('7/19'))?.notes.split(' ')).toHaveLength(2);
    expect(pieces.find((piece) => piece.text.includes('7/19'))?.kind).toBe('low');
  });

  test('a fact without a place in the text stands above it', () => {
    const [view] = buildReview(input(document({ facts: [fact({ place: {} })] })), labels).documents;
    expect(view?.elsewhere).toHaveLength(1);
  });
});

describe('the page', () => {
  test('is one file that asks for nothing, with the lines for decisions.yaml', () => {
    const html = page(document());
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    expect(html).not.toMatch(/url\(|@import|https?:/);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain(
      `  - {id: confirm-${'b'.repeat(8)}, kind: confirm, observation: &quot;${'b'.repeat(32)}&quot;, who: &quot;&quot;, when: 2026-06-30, ground: &quot;&quot;}`,
    );
    expect(html).toContain('Mới là đề nghị');
  });

  test('what a stranger wrote stays text', () => {
    const bad = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>\u202e';
    const html = page(
      document({
        title: bad,
        file: bad,
        blocks: [{ kind: 'paragraph', text: cell(bad, 5) }],
        facts: [
          fact({
            subject: bad,
            target: bad,
            value_text: bad,
            scale: null,
            refusal: bad,
            flags: { [bad]: bad },
            place: { line: 5, quote: bad },
          }),
        ],
        rejections: [{ code: bad, message: bad, raw: bad, place: { line: 5 } }],
      }),
    );
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('\u202e');
  });

  test('a delivery too large for a browser is shown in part: the least sure facts, and the page says so', () => {
    const rows = Array.from({ length: 6000 }, (_, i) => ({ kind: 'cells' as const, cells: [cell('x', i + 1)] }));
    const facts = rows.map((_, i) =>
      fact({ id: String(i).padStart(32, '0'), confidence: (i % 100) / 100, place: { line: i + 1 } }),
    );
    const large = document({ blocks: [{ kind: 'table', header: [cell('a', 0)], rows }], facts, rejections: [] });
    const view = buildReview(input(large), labels);
    const shown = view.documents[0]?.list ?? [];
    expect(shown).toHaveLength(2500);
    expect(Math.max(...shown.map((note) => note.order))).toBeLessThan(1.5);
    expect([view.facts, view.documents[0]?.blocks[0]?.rows.length]).toEqual([6000, 2500]);
    expect(page(large)).toContain(view.notice);
    expect(buildReview(input(document()), labels).notice).toBeNull();
  });

  test('a refused fact says why and has no line; no document gives a page all the same', () => {
    const html = page(document({ facts: [fact({ id: null, refusal: 'unknown state', value_text: 'odd' })] }));
    expect(html).toContain('unknown state');
    expect(html).not.toContain('kind: confirm');
    expect(page()).toContain('</html>');
  });
});
