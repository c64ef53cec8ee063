/** Why one try of a request failed, in words for tables and pages: never an address, a secret or a value. */
import { Fault } from '../../config/fault.ts';

export interface TryFailureOptions {
  /** What the operator can do. */
  hint: string;
  /** Another try may help. */
  again?: boolean;
  /** Milliseconds the source asks us to wait. */
  afterMs?: number | undefined;
  cause?: unknown;
}

/** One try that failed; the last one of a request becomes a Fault. */
export class TryFailure extends Error {
  readonly code: string;
  readonly hint: string;
  readonly again: boolean;
  readonly afterMs: number | undefined;

  constructor(code: string, message: string, options: TryFailureOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TryFailure';
    this.code = code;
    this.hint = options.hint;
    this.again = options.again ?? false;
    this.afterMs = options.afterMs;
  }
}

const TIMES = ['', '', 'twice', 'three times', 'four times', 'five times', 'six times', 'seven times', 'eight times'];

/** @param failures of all tries of one request, at least one; the last one decides */
export function faultOf(failures: readonly TryFailure[]): Fault {
  const last = failures.at(-1);
  if (last === undefined) throw new Error('a request that failed without a reason');
  const n = failures.length;
  const other = [...new Set(failures.map((failure) => failure.message))].filter((message) => message !== last.message);
  const message =
    n === 1
      ? last.message
      : other.length === 0
        ? `${last.message} ${TIMES[n] ?? `${n} times`}`
        : `${last.message} at the last of ${n} tries; before that: ${other.join('; ')}`;
  return new Fault(last.code, message, { hint: last.hint, cause: last.cause ?? last });
}

/** Seconds as people read them: 20 s, 0.5 s. */
export function seconds(ms: number): string {
  return `${ms >= 1000 ? Math.round(ms / 1000) : Math.round(ms / 100) / 10} s`;
}

/** Sizes as people read them: 50 MB, 700 bytes. */
export function size(bytes: number): string {
  if (bytes >= 1_000_000) return `${Math.round(bytes / 100_000) / 10} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 100) / 10} kB` : `${bytes} bytes`;
}
