/** Drawings of steps over the nights: what they tell, in how few bytes, and that nothing of a text acts in them. */
import { expect, test } from 'vitest';
import { apportion } from '../../reports/apportion.ts';
import { type StepFrame, type StepPanel, stepPanel } from '../../reports/charts/step-panel.ts';
import { StepPath } from '../../reports/charts/step-path.ts';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const frame: StepFrame = { days: 9, from: '20/6/2026', to: '29/6/2026', breaks: [] };
const panel = (values: (number | null)[], ago: number[]): StepPanel => ({
  alt: 'Tiêu chí',
  top: 100,
  ticks: [0, 50, 100],
  ago,
  layers: [{ look: 'b-floor', values, now: '40' }],
});
const draw = (values: (number | null)[], ago: number[], more: Partial<StepFrame> = {}): string =>
  stepPanel(panel(values, ago), { ...frame, ...more }, escapeHtml);
const area = (svg: string): string => /class="b-floor" d="([^"]*)"/.exec(svg)?.[1] ?? '';

test('strokes along one line are told as one, and an empty path is empty', () => {
  const path = new StepPath();
  path.moveTo(0, 10);
  path.lineTo(4, 10);
  path.lineTo(7, 10);
  path.lineTo(7, 2.04);
  path.lineTo(7, 2);
  path.closePath();
  expect([path.take(), path.take()]).toEqual(['M0 10h7v-8Z', '']);
});

test('a value holds until the next begins, and the newest to the right edge', () => {
  // Ten nights over 208 units: 20 to the fifth night, then 40.
  expect(area(draw([20, 40], [9, 4]))).toBe('M26 89.2h104v-18.8h104v37.6h-208Z');
});

test('a night without a figure breaks the area; a panel without any has none', () => {
  expect(area(draw([20, null, 40], [9, 6, 2])).match(/M/g)).toHaveLength(2);
  expect(draw([null], [9])).not.toContain('class="b-floor"');
});

test('a change of method is a dashed line with its version, made safe', () => {
  const svg = draw([20], [9], { breaks: [{ ago: 4, text: '<1.1.0' }] });
  expect(svg).toContain('class="t-break" d="M130 10V108"');
  expect(svg).toContain('&lt;1.1.0</text>');
});

test('the same figures give the same bytes, and a year of nights stays small', () => {
  const ago = Array.from({ length: 64 }, (_, i) => 378 - i * 6);
  const values = ago.map((_, i) => 30 + (i % 7) * 5.3);
  const year = (): string => draw(values, ago, { days: 378 });
  expect(year()).toBe(year());
  expect(year().length).toBeLessThan(2200);
});

test('figures at the end never cover each other', () => {
  const layers = [
    { look: 'b-open', values: [3], now: '3' },
    { look: 'b-floor', values: [2], now: '2' },
    { look: 'b-confirmed', values: [1], now: '1' },
  ];
  const svg = stepPanel({ ...panel([], [9]), layers }, frame, escapeHtml);
  const at = [...svg.matchAll(/class="t-now [^"]*" x="[^"]*" y="([^"]*)"/g)].map((hit) => Number(hit[1]));
  expect(at).toHaveLength(3);
  expect(at.slice(1).every((y, i) => y - (at[i] ?? 0) >= 12)).toBe(true);
  expect(Math.max(...at)).toBeLessThanOrEqual(113);
});

test('printed parts add up to the printed figure, whatever the roundings before were', () => {
  expect(apportion([26.92, 29.76, 18.09], 74.8)).toEqual([26.9, 29.8, 18.1]);
  expect(apportion([40, 14, 0.9, 0], 54.9)).toEqual([40, 14, 0.9, 0]);
  for (const total of [74.6, 74.7, 74.8, 74.9]) {
    const parts = apportion([26.92, 29.76, 18.09], total);
    expect(Math.round(parts.reduce((sum, n) => sum + n * 10, 0))).toBe(Math.round(total * 10));
  }
});
