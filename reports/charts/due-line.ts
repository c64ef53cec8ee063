/**
 * Deadlines along a line of time up to the day that is counted down to: a stem a day, as high as databases are due on it.
 * Rule: red is only what a list names as overdue; today and the last day are marked by lines with words.
 */
import { scaleLinear } from 'd3-scale';

export interface DueLine {
  alt: string;
  /** Days from today; negative where past. */
  from: number;
  until: number;
  dues: readonly { days: number; name: string; overdue: number; past: number; open: number }[];
  ticks: readonly { days: number; name: string }[];
  today: string;
  end: string;
}

const WIDTH = 720;
const HEIGHT = 168;
const SIDE = 14;
const TOP = 34;
const BOTTOM = 20;
const STEM = 11;

export function dueLine(line: DueLine, escapeHtml: (text: string) => string): string {
  const x = scaleLinear([line.from, Math.max(line.until, line.from + 1)], [SIDE, WIDTH - SIDE]);
  const most = Math.max(1, ...line.dues.map((due) => due.overdue + due.past + due.open));
  const y = scaleLinear([0, most], [0, HEIGHT - TOP - BOTTOM - 14]);
  const base = HEIGHT - BOTTOM;
  const stems = line.dues.map((due) => {
    const left = round(x(due.days) - STEM / 2);
    let at = base;
    const box = (count: number, look: string): string => {
      if (count === 0) return '';
      const high = Math.max(1.5, y(count));
      at -= high;
      return `<rect class="${look}" x="${left}" y="${round(at)}" width="${STEM}" height="${round(high)}"/>`;
    };
    const boxes = box(due.overdue, 'd-late') + box(due.past, 'd-past') + box(due.open, 'd-open');
    const total = due.overdue + due.past + due.open;
    return `${boxes}<text class="c-count" x="${round(x(due.days))}" y="${round(at - 4)}" text-anchor="middle">${total}</text>`;
  });
  const ticks = line.ticks.map(
    ({ days, name }) =>
      `<path class="t-axis" d="M${round(x(days))} ${base}v4"/><text x="${round(x(days))}" y="${HEIGHT - 4}" text-anchor="middle">${escapeHtml(name)}</text>`,
  );
  const mark = (days: number, text: string, look: string): string => {
    // Words of today stand before its line, where there is room; those of the last day end at it.
    const isStart = x(days) < WIDTH / 3;
    const at = round(x(days) + (isStart ? 4 : -4));
    return `<path class="${look}" d="M${round(x(days))} ${TOP - 24}V${base}"/><text class="d-mark" x="${at}" y="${TOP - 14}" text-anchor="${isStart ? 'start' : 'end'}">${escapeHtml(text)}</text>`;
  };
  return [
    `<svg class="dues" role="img" aria-label="${escapeHtml(line.alt)}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    line.until > 0
      ? `<rect class="d-left" x="${round(x(0))}" y="${base - 4}" width="${round(x(line.until) - x(0))}" height="4"/>`
      : '',
    ...stems,
    `<path class="t-axis" d="M${SIDE} ${base}H${WIDTH - SIDE}"/>`,
    ...ticks,
    mark(0, line.today, 'd-today'),
    mark(line.until, line.end, 't-break'),
    '</svg>',
  ].join('');
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
