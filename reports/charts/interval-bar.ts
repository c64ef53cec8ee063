/**
 * The interval bar: solid to the floor, darker where confirmed, hatched to the ceiling, a tick at the threshold.
 * Rule: legible at 120 px, in greyscale and in print; the pattern "hatch" stands once in each page.
 */
import type { Bar } from '../view-parts.ts';

const HEIGHT = 14;
const TOP = 2;
const THICK = 10;

/** @param escapeHtml makes text safe inside an attribute */
export function intervalBar(bar: Bar, width: number, escapeHtml: (text: string) => string): string {
  const x = (points: number): string => ((Math.min(100, Math.max(0, points)) / 100) * width).toFixed(1);
  const span = (from: number, to: number, name: string): string =>
    to <= from
      ? ''
      : `<rect class="${name}" x="${x(from)}" y="${TOP}" width="${(Number(x(to)) - Number(x(from))).toFixed(1)}" height="${THICK}"/>`;
  const tick = bar.threshold === null ? '' : `<path class="b-tick" d="M${x(bar.threshold)} 0V${HEIGHT}"/>`;
  return (
    `<svg class="bar" role="img" aria-label="${escapeHtml(bar.alt)}" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}">` +
    `<rect class="b-track" x="0.5" y="${TOP + 0.5}" width="${width - 1}" height="${THICK - 1}"/>` +
    span(bar.floor, bar.ceiling, 'b-open') +
    span(0, bar.floor, 'b-floor') +
    span(0, bar.confirmed, 'b-confirmed') +
    tick +
    '</svg>'
  );
}
