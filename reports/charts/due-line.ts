/**
 * Deadlines along a line of time up to the day that is counted down to: a stem a day, as high as databases are due on it.
 * Rule: red is only what a list names as overdue; today and the last day are marked by lines with words.
 */
import { scaleLinear } from 'd3-scale';
import { tenth } from './tenth.ts';

export interface DueLine {
  alt: string;
  /** Days from today; negative where past. */
  from: number;
  to: number;
  /** The day that is counted down to. */
  until: number;
  dues: readonly { days: number; name: string; overdue: number; past: number; open: number }[];
  ticks: readonly { days: number; name: string }[];
  /** Words beside the two lines, one row each. */
  today: readonly string[];
  end: readonly string[];
}

const WIDTH = 720;
const HEIGHT = 168;
const LEFT = 14;
/** Room for the words of the last day. */
const RIGHT = 118;
const TOP = 34;
const BOTTOM = 20;
const STEM = 11;

export function dueLine(line: DueLine, escapeHtml: (text: string) => string): string {
  const x = scaleLinear([line.from, Math.max(line.to, line.from + 1)], [LEFT, WIDTH - RIGHT]);
  const most = Math.max(1, ...line.dues.map((due) => due.overdue + due.past + due.open));
  const y = scaleLinear([0, most], [0, HEIGHT - TOP - BOTTOM - 14]);
  const base = HEIGHT - BOTTOM;
  const stems = line.dues.map((due) => {
    const left = tenth(x(due.days) - STEM / 2);
    let at = base;
    const box = (count: number, look: string): string => {
      if (count === 0) return '';
      const high = Math.max(1.5, y(count));
      at -= high;
      return `<rect class="${look}" x="${left}" y="${tenth(at)}" width="${STEM}" height="${tenth(high)}"/>`;
    };
    const boxes = box(due.overdue, 'd-late') + box(due.past, 'd-past') + box(due.open, 'd-open');
    const total = due.overdue + due.past + due.open;
    return `${boxes}<text class="c-count" x="${tenth(x(due.days))}" y="${tenth(at - 4)}" text-anchor="middle">${total}</text>`;
  });
  const ticks = line.ticks.map(
    ({ days, name }) =>
      `<path class="t-axis" d="M${tenth(x(days))} ${base}v4"/><text x="${tenth(x(days))}" y="${HEIGHT - 4}" text-anchor="middle">${escapeHtml(name)}</text>`,
  );
  const mark = (days: number, look: string, isBefore: boolean, words: readonly string[]): string => {
    const at = tenth(x(days) + (isBefore ? -5 : 5));
    const rows = words.map(
      (text, index) =>
        `<text class="d-mark" x="${at}" y="${10 + index * 14}" text-anchor="${isBefore ? 'end' : 'start'}">${escapeHtml(text)}</text>`,
    );
    return `<path class="${look}" d="M${tenth(x(days))} 0V${base}"/>${rows.join('')}`;
  };
  return [
    `<svg class="dues" role="img" aria-label="${escapeHtml(line.alt)}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    line.until > 0
      ? `<rect class="d-left" x="${tenth(x(0))}" y="${base - 4}" width="${tenth(x(line.until) - x(0))}" height="4"/>`
      : '',
    ...stems,
    `<path class="t-axis" d="M${LEFT} ${base}H${WIDTH - RIGHT + 6}"/>`,
    ...ticks,
    mark(0, 'd-today', x(0) > WIDTH / 3, line.today),
    mark(line.until, 't-break', false, line.end),
    '</svg>',
  ].join('');
}
