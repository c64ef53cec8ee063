/** The interval bar and the squares of a possible range. */
import { expect, test } from 'vitest';
import { intervalBar } from '../../reports/charts/interval-bar.ts';
import { rangeCells } from '../../reports/charts/range-cells.ts';

const escapeHtml = (text: string): string => text.replaceAll('"', '&quot;');
const bar = {
  floor: 34,
  confirmed: 10,
  ceiling: 78,
  coverage: 46,
  threshold: 90,
  range: '34–78',
  coverage_text: 'căn cứ 46%',
  alt: 'a "b"',
};

test('solid to the floor, darker where confirmed, hatched to the ceiling, a tick at the threshold', () => {
  const svg = intervalBar(bar, 100, escapeHtml);
  expect(svg).toContain('class="b-floor" x="0.0" y="2" width="34.0"');
  expect(svg).toContain('class="b-confirmed" x="0.0" y="2" width="10.0"');
  expect(svg).toContain('class="b-open" x="34.0" y="2" width="44.0"');
  expect(svg).toContain('M90.0 0V14');
  expect(svg).toContain('role="img" aria-label="a &quot;b&quot;"');
});

test('an exact figure has no hatching, nothing confirmed no dark part, no threshold no tick', () => {
  const svg = intervalBar({ ...bar, floor: 80, ceiling: 80, confirmed: 0, threshold: null }, 120, escapeHtml);
  expect(svg).not.toMatch(/b-open|b-confirmed|b-tick/);
});

test('one square per criterion: sure, possible, neither', () => {
  const svg = rangeCells({ size: 5, at_least: 1, at_most: 4, alt: '' }, escapeHtml);
  expect([svg.match(/b-track/g)?.length, svg.match(/b-floor/g)?.length, svg.match(/b-open/g)?.length]).toEqual([
    5, 1, 3,
  ]);
});
