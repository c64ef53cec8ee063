/** The command line with its effects captured: what it printed where, and how it would have ended. */
import type { ExitCode } from '../../config/fault.ts';
import type { Keyboard } from '../../pipeline/cli/keyboard.ts';
import { runProgram } from '../../pipeline/cli/program.ts';
import { clockFrom } from './project.ts';

export interface Said {
  exit: ExitCode;
  stdout: string;
  /** What stdout held, byte by byte. */
  bytes: Buffer;
  stderr: string;
}

export interface Outside {
  environment?: Record<string, string>;
  now?: () => Date;
  isTerminal?: boolean;
  stdoutIsTerminal?: boolean;
  signal?: AbortSignal;
  keyboard?: Keyboard;
  /** Hears results as they come, for a command that does not end by itself. */
  onStdout?: (text: string) => void;
}

export async function csdl(argv: readonly string[], outside: Outside = {}): Promise<Said> {
  let stderr = '';
  const pieces: Uint8Array[] = [];
  const exit = await runProgram(argv, {
    stdout: (piece) => {
      pieces.push(Buffer.from(piece));
      outside.onStdout?.(Buffer.from(piece).toString('utf8'));
    },
    stderr: (text) => {
      stderr += text;
    },
    isTerminal: outside.isTerminal ?? false,
    stdoutIsTerminal: outside.stdoutIsTerminal ?? false,
    environment: outside.environment ?? {},
    now: outside.now ?? clockFrom('2026-06-29T16:00:00Z'),
    signal: outside.signal ?? new AbortController().signal,
    ...(outside.keyboard === undefined ? {} : { keyboard: outside.keyboard }),
  });
  const bytes = Buffer.concat(pieces);
  return { exit, stdout: bytes.toString('utf8'), bytes, stderr };
}

/** The one JSON value on stdout. @throws when there is more, or less */
export function jsonOf(said: Said): unknown {
  if (!said.stdout.endsWith('\n') || said.stdout.trimEnd().includes('\n'))
    throw new Error(`not one line: ${said.stdout}${said.stderr}`);
  return JSON.parse(said.stdout);
}
