/** What every verb gets: the outside, the shared flags, a log, and the list of secrets to mask. */
import type { Log } from '../../config/log.ts';
import type { Effects } from './effects.ts';
import { createLog } from './log.ts';
import type { GlobalOptions } from './options.ts';
import { withProgress } from './progress.ts';

export interface Context {
  effects: Effects;
  options: GlobalOptions;
  log: Log;
}

export function createContext(effects: Effects, options: GlobalOptions, secrets: readonly string[]): Context {
  const format = options.quiet ? 'none' : (options.logFormat ?? (effects.isTerminal ? 'text' : 'json'));
  const log = createLog(effects, format, secrets);
  const isDrawn = format === 'text' && effects.isTerminal;
  return { effects, options, log: isDrawn ? withProgress(log, effects) : log };
}
