/** Why a source gave nothing: a code, a sentence and a remedy, without secrets. A source that fails is never the agency's fault. */
import { mask } from '../../config/interpolate.ts';
import { knownFault } from '../../config/system-fault.ts';

export interface SourceFailure {
  code: string;
  message: string;
  /** What the operator can do. */
  hint: string | null;
}

/** Why the source's signal was aborted when its time was up. */
export class OverBudget extends Error {
  constructor(seconds: number) {
    super(`took longer than its budget of ${seconds} s`);
    this.name = 'OverBudget';
  }
}

/** @param stopped the signal of the whole run; @param own that of the source */
export function sourceFailure(
  cause: unknown,
  stopped: AbortSignal,
  own: AbortSignal,
  secrets: readonly string[],
): SourceFailure {
  if (stopped.aborted) return { code: 'source/cancelled', message: 'the run was cancelled', hint: null };
  if (own.aborted && own.reason instanceof OverBudget) {
    const hint = 'see why it is slow, or raise its `budget_seconds` in sources.yaml';
    return { code: 'source/over-budget', message: own.reason.message, hint };
  }
  const known = knownFault(cause);
  if (known !== null) {
    const hint = known.hint === undefined ? null : mask(known.hint, secrets);
    return { code: known.code, message: mask(known.message, secrets), hint };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return {
    code: 'source/failed',
    message: mask(message, secrets),
    hint: 'this is a fault of the program: run the source alone with --source and --debug, and report it',
  };
}
