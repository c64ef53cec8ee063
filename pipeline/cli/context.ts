/** What every verb gets: the outside, the shared flags, a log, and the list of secrets to mask. */
import type { ExitCode } from '../../config/fault.ts';
import type { Log } from '../../config/log.ts';
import type { Effects } from './effects.ts';
import { explainFault } from './explain.ts';
import { createLog, type Spoken } from './log.ts';
import { type GivenOptions, type GlobalOptions, withPlaces } from './options.ts';
import { withProgress } from './progress.ts';

export interface Context {
  effects: Effects;
  options: GlobalOptions;
  log: Log;
  /** Says what one of several things suffered from while the others go on, as the fault that ends the program would be said. @returns its exit code */
  explain(error: unknown, file?: string): ExitCode;
}

/** @param spoken told what the log is and which run it speaks of, for whoever speaks after it */
export function createContext(
  effects: Effects,
  given: GivenOptions,
  secrets: readonly string[],
  spoken: Spoken,
): Context {
  const options = withPlaces(given, effects.environment);
  const format = options.quiet ? 'none' : (options.logFormat ?? (effects.isTerminal ? 'text' : 'json'));
  spoken.format = options.logFormat ?? null;
  const log = createLog(effects, format, secrets, spoken);
  const isDrawn = format === 'text' && effects.isTerminal;
  const explain = (error: unknown, file?: string): ExitCode =>
    explainFault(error, effects, { json: false, debug: options.debug, secrets, spoken, file });
  return { effects, options, log: isDrawn ? withProgress(log, effects) : log, explain };
}
