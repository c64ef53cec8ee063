/** A figure before and after on a track from 0 to 100: a ring, a line, a dot. Rule: the numbers stand beside it, so it is silent. */
import { tenth } from './tenth.ts';

export interface Shift {
  before: number | null;
  after: number | null;
}

const WIDTH = 112;
const SIDE = 5;

export function shiftDots({ before, after }: Shift): string {
  const x = (points: number): number => tenth(SIDE + (points / 100) * (WIDTH - 2 * SIDE));
  const ring = before === null ? '' : `<circle class="s-before" cx="${x(before)}" cy="6" r="3.5"/>`;
  const dot = after === null ? '' : `<circle class="s-after" cx="${x(after)}" cy="6" r="3.5"/>`;
  const line = before === null || after === null ? '' : `<path class="s-line" d="M${x(before)} 6H${x(after)}"/>`;
  return `<svg class="shift" aria-hidden="true" width="${WIDTH}" height="12" viewBox="0 0 ${WIDTH} 12"><path class="t-grid" d="M${SIDE} 6H${WIDTH - SIDE}"/>${line}${ring}${dot}</svg>`;
}
