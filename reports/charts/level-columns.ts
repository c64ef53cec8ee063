/**
 * How many databases of one owner stand at each level, as columns: reported and, beside it, confirmed. Rule: all owners are
 * drawn to one scale, so that the panels can be read side by side; the counts stand on the columns.
 */
import { scaleBand, scaleLinear } from 'd3-scale';
import { tenth } from './tenth.ts';

export interface LevelColumns {
  alt: string;
  /** The highest count of all panels. */
  most: number;
  columns: readonly { level: number | null; reported: number; confirmed: number }[];
}

const WIDTH = 216;
const HEIGHT = 84;
const TOP = 12;
const BOTTOM = 14;
const GAP = 2;

export function levelColumns(panel: LevelColumns, escapeHtml: (text: string) => string): string {
  const x = scaleBand(
    panel.columns.map((_, index) => index),
    [0, WIDTH],
  ).padding(0.12);
  const y = scaleLinear([0, Math.max(1, panel.most)], [0, HEIGHT - TOP - BOTTOM]);
  const base = HEIGHT - BOTTOM;
  // Width of one of the two columns of a level; a gap keeps counts of two digits apart.
  const half = (x.bandwidth() - GAP) / 2;
  const column = (count: number, left: number, width: number, look: string): string => {
    if (count === 0) return '';
    const high = tenth(Math.max(1.5, y(count)));
    return `<rect class="${look}" x="${tenth(left)}" y="${tenth(base - high)}" width="${tenth(width)}" height="${high}"/><text class="c-count" x="${tenth(left + width / 2)}" y="${tenth(base - high - 3)}">${count}</text>`;
  };
  const columns = panel.columns.map(({ level, reported, confirmed }, index) => {
    const left = x(index) ?? 0;
    const name = `<text x="${tenth(left + half + GAP / 2)}" y="${HEIGHT - 3}">${level ?? '–'}</text>`;
    if (level === null) return column(reported, left + (half + GAP) / 2, half, 'l-none') + name;
    return (
      column(reported, left, half, `l-${level}`) + column(confirmed, left + half + GAP, half, 'b-confirmed') + name
    );
  });
  return `<svg class="columns" role="img" aria-label="${escapeHtml(panel.alt)}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${columns.join('')}<path class="t-axis" d="M0 ${base + 0.5}H${WIDTH}"/></svg>`;
}
