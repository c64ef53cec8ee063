#!/usr/bin/env node
/** Entry of `csdl`: the one file that touches the process. */
import { runProgram } from './program.ts';

// What is written here is not for every user of the machine; a stricter mask of the operator stays.
process.umask(process.umask() | 0o027);

const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => cancel.abort(new DOMException(`stopped by ${signal}`, 'AbortError')));
}
// A reader that closes the pipe early (head, less) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runProgram(process.argv.slice(2), {
  stdout: (piece) => void process.stdout.write(piece),
  stderr: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  stdoutIsTerminal: process.stdout.isTTY === true,
  environment: process.env,
  now: () => new Date(),
  signal: cancel.signal,
  // Opened by who asks for it: a stdin that nobody reads must not keep the process alive.
  get keyboard() {
    return { input: process.stdin, isTerminal: process.stdin.isTTY === true, echo: process.stderr };
  },
});
