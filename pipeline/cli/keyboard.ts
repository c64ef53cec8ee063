/** Where a command may read what is typed or piped in, and where it prompts. Rule: results never go here. */
import type { Readable, Writable } from 'node:stream';

export interface Keyboard {
  input: Readable;
  /** A person sits at it: prompts, history, editing of the line. */
  isTerminal: boolean;
  /** Takes prompts and the echo of what is typed; stdout stays for results. */
  echo: Writable;
}
