/** What a command touches of the outside: arguments, so that tests pass their own. */
export interface Effects {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  isTerminal: boolean;
  environment: NodeJS.ProcessEnv;
  now: () => Date;
  signal: AbortSignal;
}
