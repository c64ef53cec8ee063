/**
 * The course of a few figures over the nights, one small panel: areas of steps that lie one within the other, as the
 * interval bar has them. Rule: the newest value stands in figures at its end; a change of method is a dashed line.
 */
import { scaleLinear } from 'd3-scale';
import { StepPath } from './step-path.ts';
import { tenth } from './tenth.ts';

export interface StepPanel {
  alt: string;
  /** Value at the top of the panel: 100 points, or 5 levels. */
  top: number;
  /** Lines across, with what stands beside them. */
  ticks: readonly number[];
  /** Days back from tonight at which a value begins to hold, the oldest first. */
  ago: readonly number[];
  /** From the widest to the one within the others; null where nothing is known or printed. */
  layers: readonly { look: string; values: readonly (number | null)[]; now: string }[];
}

export interface StepFrame {
  /** Days from the left edge to tonight. */
  days: number;
  from: string;
  to: string;
  breaks: readonly { ago: number; text: string }[];
}

const WIDTH = 270;
const HEIGHT = 124;
const LEFT = 26;
const RIGHT = 36;
const TOP = 14;
const BOTTOM = 16;
/** Figures at the end of the lines are at least so far from each other. */
const LINE = 12;

/** @param escapeHtml makes text safe inside markup */
export function stepPanel(panel: StepPanel, frame: StepFrame, escapeHtml: (text: string) => string): string {
  // A night has a width, so that tonight's figures are seen: what holds since a night begins at its left edge.
  const scale = scaleLinear([frame.days + 1, 0], [LEFT, WIDTH - RIGHT]);
  const x = (ago: number): number => scale(ago + 1);
  const y = scaleLinear([0, panel.top], [HEIGHT - BOTTOM, TOP]);
  const right = scale(0);
  const base = y(0);
  const lines = panel.ticks.map(
    (tick) =>
      `<path class="t-grid" d="M${LEFT} ${tenth(y(tick))}H${tenth(right)}"/><text x="${LEFT - 5}" y="${tenth(y(tick) + 3.5)}" text-anchor="end">${tick}</text>`,
  );
  const areas = panel.layers.map(({ look, values }) => {
    const path = stepArea(panel.ago, values, x, y);
    return path === '' ? '' : `<path class="${look}" d="${path}"/>`;
  });
  const breaks = frame.breaks.map(({ ago, text }) => {
    const at = tenth(x(ago));
    const anchor = x(ago) > WIDTH / 2 ? 'end' : 'start';
    const line = `d="M${at} ${TOP - 4}V${base}"`;
    return `<path class="t-halo" ${line}/><path class="t-break" ${line}/><text class="t-version" x="${tenth(x(ago) + (anchor === 'end' ? -3 : 3))}" y="${TOP - 5}" text-anchor="${anchor}">${escapeHtml(text)}</text>`;
  });
  return [
    `<svg class="trend" role="img" aria-label="${escapeHtml(panel.alt)}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    ...lines,
    ...areas,
    `<path class="t-axis" d="M${LEFT} ${tenth(base)}H${tenth(right)}"/>`,
    ...breaks,
    ...ends(panel, y).map(
      ({ at, text, look }) =>
        `<text class="t-now ${look}" x="${tenth(right + 4)}" y="${tenth(at + 4)}">${escapeHtml(text)}</text>`,
    ),
    `<text x="${LEFT}" y="${HEIGHT - 3}">${escapeHtml(frame.from)}</text><text x="${tenth(right)}" y="${HEIGHT - 3}" text-anchor="end">${escapeHtml(frame.to)}</text>`,
    '</svg>',
  ].join('');
}

/** Each value holds until the next begins; where there is none the area is broken. */
function stepArea(
  ago: readonly number[],
  values: readonly (number | null)[],
  x: (n: number) => number,
  y: (n: number) => number,
): string {
  const path = new StepPath();
  const base = y(0);
  let left: number | null = null;
  for (const [index, day] of ago.entries()) {
    const value = values[index] ?? null;
    if (value === null) continue;
    const [from, to, height] = [x(day), x(ago[index + 1] ?? -1), y(value)];
    if (left === null) path.moveTo(from, height);
    else path.lineTo(from, height);
    path.lineTo(to, height);
    left ??= from;
    if ((values[index + 1] ?? null) !== null) continue;
    path.lineTo(to, base);
    path.lineTo(left, base);
    path.closePath();
    left = null;
  }
  return path.take();
}

/** Newest figures at the height of their lines, moved apart where they would cover each other. */
function ends(panel: StepPanel, y: (n: number) => number): { at: number; text: string; look: string }[] {
  const known = panel.layers.flatMap(({ look, values, now }) => {
    const last = values.at(-1) ?? null;
    return last === null ? [] : [{ at: y(last), text: now, look }];
  });
  // Equal figures are one label; the widest area names it.
  const apart = known.filter((one, index) => known.findIndex((other) => other.text === one.text) === index);
  for (const [index, one] of apart.entries()) {
    const above = apart[index - 1];
    if (above !== undefined) one.at = Math.max(one.at, above.at + LINE);
  }
  const lowest = apart.at(-1);
  const over = lowest === undefined ? 0 : Math.max(0, lowest.at - (HEIGHT - BOTTOM));
  for (const [index, one] of [...apart].reverse().entries()) {
    const below = apart[apart.length - index];
    one.at = Math.min(one.at - (index === 0 ? over : 0), below === undefined ? one.at : below.at - LINE);
  }
  return apart;
}
