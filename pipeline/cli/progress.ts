/**
 * Progress on a terminal: one bar while the sources are collected, in the place of a line for each of them. What fails is
 * still told in a line of its own. Elsewhere the log speaks line by line, and this is not used.
 */
import type { Log } from '../../config/log.ts';
import type { Effects } from './effects.ts';

type Fields = Readonly<Record<string, unknown>>;

const WIDTH = 24;
/** Carriage return, and erase to the end of the line. */
const CLEAR = '\r\u001b[K';

interface Bar {
  total: number;
  done: number;
  failed: number;
  since: number;
}

/** A log that draws a bar for the sources; everything else goes to `log`, above the bar. */
export function withProgress(log: Log, effects: Effects): Log {
  const state: { bar: Bar | null } = { bar: null };
  return wrap(log, effects, state);
}

function wrap(log: Log, effects: Effects, state: { bar: Bar | null }): Log {
  const draw = (): void => {
    if (state.bar !== null) effects.stderr(`${CLEAR}${barText(state.bar, effects.now().getTime())}`);
  };
  const above = (say: () => void): void => {
    if (state.bar !== null) effects.stderr(CLEAR);
    say();
    draw();
  };
  return {
    info(event, fields = {}) {
      if (event === 'collect.start') {
        above(() => log.info(event, fields));
        state.bar = { total: Number(fields.sources ?? 0), done: 0, failed: 0, since: effects.now().getTime() };
        draw();
      } else if (event === 'collect.source.done') advance(state, false, effects, draw);
      else above(() => log.info(event, fields));
    },
    warn(event: string, fields: Fields = {}) {
      above(() => log.warn(event, fields));
      if (event === 'collect.source.failed') advance(state, true, effects, draw);
    },
    with: (fields) => wrap(log.with(fields), effects, state),
  };
}

function advance(state: { bar: Bar | null }, failed: boolean, effects: Effects, draw: () => void): void {
  const { bar } = state;
  if (bar === null) return;
  bar.done += 1;
  if (failed) bar.failed += 1;
  draw();
  if (bar.done < bar.total) return;
  effects.stderr('\n');
  state.bar = null;
}

/** `collecting ████████░░░░ 58/116, 2 failed, 3.1 s`. */
function barText({ total, done, failed, since }: Bar, now: number): string {
  const filled = total === 0 ? WIDTH : Math.floor((WIDTH * done) / total);
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  const trouble = failed === 0 ? '' : `, ${failed} failed`;
  return `collecting ${bar} ${done}/${total}${trouble}, ${((now - since) / 1000).toFixed(1)} s`;
}
