/** What a command touches of the outside: arguments, so that tests pass their own. */
import type { Keyboard } from './keyboard.ts';

export interface Effects {
  /** Text, or bytes of a format that is none. */
  stdout: (piece: string | Uint8Array) => void;
  stderr: (text: string) => void;
  /** Of stderr, where progress goes. */
  isTerminal: boolean;
  /** Binary formats are not written to one. */
  stdoutIsTerminal?: boolean;
  environment: NodeJS.ProcessEnv;
  now: () => Date;
  signal: AbortSignal;
  /** What is typed or piped in; absent where nothing can be. */
  keyboard?: Keyboard;
}
