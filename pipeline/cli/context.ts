/** What every verb gets: the outside, the shared flags, a log, and the list of secrets to mask. */
import type { Log } from '../../config/log.ts';
import type { Effects } from './effects.ts';
import { createLog, type Spoken } from './log.ts';
import type { GlobalOptions } from './options.ts';
import { withProgress } from './progress.ts';

export interface Context {
  effects: Effects;
  options: GlobalOptions;
  log: Log;
}

/** @param spoken told what the log is and which run it speaks of, for whoever speaks after it */
export function createContext(
  effects: Effects,
  options: GlobalOptions,
  secrets: readonly string[],
  spoken: Spoken,
): Context {
  const format = options.quiet ? 'none' : (options.logFormat ?? (effects.isTerminal ? 'text' : 'json'));
  spoken.format = options.logFormat ?? null;
  const log = createLog(effects, format, secrets, spoken);
  const isDrawn = format === 'text' && effects.isTerminal;
  return { effects, options, log: isDrawn ? withProgress(log, effects) : log };
}
