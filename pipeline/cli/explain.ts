/** Presents faults: what went wrong, where, and what to do; the stack only where it is a bug. */
import { CommanderError } from 'commander';
import { ConfigFault, EXIT, type ExitCode, Fault, type Problem } from '../../config/fault.ts';
import { mask } from '../../config/interpolate.ts';
import { knownFault } from '../../config/system-fault.ts';
import type { Effects } from './effects.ts';
import { logLine, type Spoken } from './log.ts';
import { visible } from './visible.ts';

/** One problem as a line: file:line:column key: message (hint). */
export function problemLine(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== null).join(':');
  const hint = problem.hint === null ? '' : ` — ${problem.hint}`;
  return visible(`${place}: ${problem.key === '' ? '' : `${problem.key}: `}${problem.message}${hint}`);
}

/**
 * Prints what was thrown (to stderr; as JSON on stdout when the caller asked for JSON) and gives the exit code.
 * @param options.file the one of several that it is about
 */
export function explainFault(
  error: unknown,
  effects: Effects,
  options: { json: boolean; debug: boolean; secrets: readonly string[]; spoken?: Spoken; file?: string | undefined },
): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const known = knownFault(error);
  // Who asked for a log of JSON lines reads its last one by machine, too.
  const asLine = options.spoken?.format === 'json' ? options.spoken : null;
  if (asLine !== null) {
    const about = options.file === undefined ? {} : { file: options.file };
    const fields = { ...about, ...faultFields(known ?? error, options.debug) };
    const line = logLine(effects.now(), 'error', 'fault', asLine, fields);
    effects.stderr(`${mask(line, options.secrets)}\n`);
  }
  const say = (text: string): void => {
    if (asLine === null) effects.stderr(`${mask(text.split('\n').map(visible).join('\n'), options.secrets)}\n`);
  };
  if (options.file !== undefined) say(options.file);
  if (known instanceof ConfigFault) {
    for (const problem of known.problems) say(problemLine(problem));
    say(`${known.message}; nothing was run and nothing was written`);
    if (options.json)
      effects.stdout(
        `${mask(JSON.stringify({ error: known.message, code: known.code, problems: known.problems }), options.secrets)}\n`,
      );
    return known.exit;
  }
  if (known !== null) {
    say(`${known.code}: ${known.message}`);
    if (known.hint !== undefined) say(`  → ${known.hint}`);
    if (options.debug && known.stack !== undefined) say(known.stack);
    if (options.json)
      effects.stdout(
        `${mask(JSON.stringify({ error: known.message, code: known.code, hint: known.hint ?? null }), options.secrets)}\n`,
      );
    return known.exit;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    say('cancelled; the last publication stands');
    return EXIT.failed;
  }
  say(`unexpected: ${error instanceof Error ? error.message : String(error)}`);
  say(options.debug && error instanceof Error ? (error.stack ?? '') : '  → run again with --debug and report it');
  return EXIT.failed;
}

/** A fault as fields of a log. */
function faultFields(error: unknown, debug: boolean): Readonly<Record<string, unknown>> {
  const { stack } = error instanceof Error ? error : {};
  const trace = debug && stack !== undefined ? { stack } : {};
  if (error instanceof ConfigFault)
    return { code: error.code, message: error.message, problems: error.problems, exit: error.exit, ...trace };
  if (error instanceof Fault)
    return { code: error.code, message: error.message, hint: error.hint ?? null, exit: error.exit, ...trace };
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'run/cancelled', message: 'cancelled; the last publication stands', exit: EXIT.failed };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message, hint: 'run again with --debug and report it', exit: EXIT.failed, ...trace };
}
