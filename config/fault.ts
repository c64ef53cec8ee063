/**
 * The one error class of the program. A fault says what went wrong (a stable `code`), in words a person can act on
 * (`message`, `hint`), and how the process ends because of it (`exit`). Everything else that is thrown is a bug.
 */

/** Exit codes of the command line (DESIGN: 0 done, 1 infrastructure or bug, 2 usage or configuration, 3 a source was not ok, 4 a gate was not met). */
export const EXIT = { ok: 0, failed: 1, usage: 2, source: 3, gate: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface FaultOptions {
  /** What to do about it, one sentence. */
  hint?: string | undefined;
  exit?: ExitCode;
  cause?: unknown;
  details?: Readonly<Record<string, unknown>>;
}

export class Fault extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly exit: ExitCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: FaultOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.hint = options.hint;
    this.exit = options.exit ?? EXIT.failed;
    this.details = options.details ?? {};
  }
}

/** What went wrong and what to do about it, for a place that holds one text. */
export const withRemedy = ({ message, hint }: Fault): string => (hint === undefined ? message : `${message}; ${hint}`);

/** One thing that is wrong with a setting, at the place where the user wrote it. Line and column count from 1. */
export interface Problem {
  file: string;
  line: number | null;
  column: number | null;
  /** The user's own key, as a path: `pillars.dung.weight`. */
  key: string;
  code: string;
  message: string;
  hint: string | null;
}

/** All problems of a configuration at once; exit 2. */
export class ConfigFault extends Fault {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('config/invalid', `${problems.length} problem${problems.length === 1 ? '' : 's'} in the configuration`, {
      exit: EXIT.usage,
    });
    this.name = 'ConfigFault';
    this.problems = problems;
  }
}
