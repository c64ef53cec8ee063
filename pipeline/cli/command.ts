/** The contract of a verb: a file of commands/ gives one of these; program.ts lists them. */
import type { Command } from 'commander';
import type { ExitCode } from '../../config/fault.ts';
import type { Context } from './context.ts';

export interface Verb {
  name: string;
  summary: string;
  /** Shown at the end of `--help`, one per line. */
  examples: readonly string[];
  /** Adds arguments and flags of its own. */
  declare(command: Command): void;
  /**
   * @param command what was parsed; its parent has all verbs that were loaded
   * @returns the exit code
   */
  run(
    context: Context,
    args: readonly string[],
    flags: Readonly<Record<string, unknown>>,
    command: Command,
  ): Promise<ExitCode>;
}
