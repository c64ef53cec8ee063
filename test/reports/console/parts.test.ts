/** The parts of the console that need no browser: lines of CSV, cells, what is drawn, plain words for errors. */
import { describe, expect, test } from 'vitest';
import { Labels } from '../../../config/labels.ts';
import { loadConfig } from '../../../config/load.ts';
import { type Column, readColumn } from '../../../reports/console/page/cell.ts';
import { chartChoice, MAX_BARS, planChart } from '../../../reports/console/page/chart-plan.ts';
import { plainError } from '../../../reports/console/page/plain-error.ts';
import { renderConsole } from '../../../reports/console/render-page.ts';
import { csvLine } from '../../../reports/csv-line.ts';

const labels = new Labels(loadConfig(undefined, {}).config.labels);

describe('a line of CSV', () => {
  test.each(['=1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\rx', '\uff1d1', '\u00a0=1'])(
    '%j becomes no formula when that is asked for',
    (text) => {
      expect(csvLine([text], true).replace(/^"/, '')).toMatch(/^'/);
      expect(csvLine([text], false).replace(/^"/, '')).not.toMatch(/^'/);
    },
  );

  test('numbers stay numbers, texts are quoted where they must be, nothing is an empty field', () => {
    expect(csvLine([-5, 12n, true, null, undefined, 'a,b', 'a"b', 'a\nb', ' a', 'đ'], true)).toBe(
      '-5,12,true,,,"a,b","a""b","a\nb"," a",đ',
    );
  });
});

describe('a cell', () => {
  const read = (typeId: number, value: unknown, scale = 0) => {
    const { column, read } = readColumn({ name: 'x', type: { typeId, scale } });
    return [column.kind, read(value)];
  };

  test('is a plain value whatever Arrow gives', () => {
    expect(read(2, 5)).toEqual(['number', 5]);
    expect(read(2, 9007199254740993n)).toEqual(['number', 9007199254740993n]);
    expect(read(6, false)).toEqual(['truth', false]);
    expect(read(8, Date.UTC(2026, 0, 5))).toEqual(['day', '2026-01-05']);
    expect(read(10, Date.UTC(2026, 0, 5, 17, 5))).toEqual(['time', '2026-01-05T17:05:00Z']);
    expect(read(7, 1230n, 2)).toEqual(['number', 12.3]);
    expect(read(7, '-5', 2)).toEqual(['number', -0.05]);
    expect(read(7, '12345678901234567890', 2)).toEqual(['number', '123456789012345678.90']);
    expect(read(5, 'Ữ')).toEqual(['text', 'Ữ']);
    expect(read(12, { a: 1n })).toEqual(['text', '{"a":"1"}']);
    expect(read(11, {})).toEqual(['text', '::VARCHAR']);
    expect(read(2, null)).toEqual(['number', null]);
  });
});

describe('what is drawn', () => {
  const columns: Column[] = [
    { name: 'ten', kind: 'text' },
    { name: 'ngay', kind: 'day' },
    { name: 'so', kind: 'number' },
  ];
  const plan = (rows: (string | number | null)[][], label: number) =>
    planChart(columns, rows, label, 2, (cell) => String(cell));

  test('names and days at the side, numbers as length; zero always in the scale', () => {
    expect(chartChoice(columns)).toEqual({ labels: [0, 1], values: [2] });
    expect(
      plan(
        [
          ['a', '2026-01-01', 5],
          ['b', '2026-01-02', 8],
        ],
        0,
      ),
    ).toMatchObject({ kind: 'bars', low: 0, high: 8 });
  });

  test('days become steps in order of time, unless one stands twice', () => {
    const rows = [
      ['a', '2026-01-03', 3],
      ['a', '2026-01-01', 1],
      ['a', '2026-01-02', -2],
    ];
    expect(plan(rows, 1)).toMatchObject({
      kind: 'steps',
      low: -2,
      points: [{ value: 1 }, { value: -2 }, { value: 3 }],
    });
    expect(plan([...rows, ['b', '2026-01-03', 4]], 1).kind).toBe('bars');
  });

  test('what is left out is counted', () => {
    const rows = Array.from({ length: MAX_BARS + 5 }, (_, i) => [`${i}`, null, i === 0 ? null : i]);
    expect(plan(rows, 0)).toMatchObject({ leftOut: 5 });
  });
});

test('errors have a kind with a sentence in the label file', () => {
  for (const [text, kind] of [
    ['{"exception_type":"Parser","exception_message":"syntax error"}', 'parser'],
    ['Catalog Error: Table with name x does not exist!', 'catalog'],
    [
      'Catalog Error: Scalar Function with name "json" is not in the catalog, but it exists in the json extension.',
      'extension',
    ],
    ['Binder Error: x', 'binder'],
    ['Out of Memory Error: x', 'memory'],
    ['Permission Error: x', 'refused'],
    ['HTTP 503', 'load'],
    ['{broken', 'other'],
  ] as const) {
    expect(plainError(new Error(text)).kind).toBe(kind);
    expect(labels.has('pages', 'console', 'errors', kind)).toBe(true);
  }
});

test('the page has no hole, asks nobody else, and its data cannot end their element', () => {
  const html = renderConsole(
    { run_id: '</script>', as_of: '2026-06-29', edition: 'noi_bo', etag: '"</script>"' },
    labels,
  );
  expect(html).not.toMatch(/undefined|\[object|https?:|style=|onclick|<script(?![^>]*(type="application\/json"|src=))/);
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(html).toContain('29/6/2026');
});
