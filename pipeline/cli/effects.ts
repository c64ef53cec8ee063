/** What a command touches of the outside: arguments, so that tests pass their own. */
import type { Keyboard } from './keyboard.ts';

export interface Effects {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  isTerminal: boolean;
  environment: NodeJS.ProcessEnv;
  now: () => Date;
  signal: AbortSignal;
  /** What is typed or piped in; absent where nothing can be. */
  keyboard?: Keyboard;
}
