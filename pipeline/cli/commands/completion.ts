/** csdl completion: a script by which a shell completes verbs, flags and their values. */
import { Argument } from 'commander';
import { EXIT } from '../../../config/fault.ts';
import type { Verb } from '../command.ts';
import { bashCompletion, completedVerbs, fishCompletion, zshCompletion } from '../completion.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export const completion: Verb = {
  name: 'completion',
  summary: 'print a script by which bash, zsh or fish completes the command line',
  examples: [
    'source <(csdl completion bash)                  # for this shell; in ~/.bashrc for every one',
    'csdl completion bash > /etc/bash_completion.d/csdl       # for all users, where bash-completion is installed',
    'csdl completion zsh > /usr/local/share/zsh/site-functions/_csdl',
    'csdl completion fish > ~/.config/fish/completions/csdl.fish',
  ],
  declare(command) {
    command.addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(SHELLS)));
  },
  async run({ effects }, [shell], _flags, command) {
    effects.stdout(SHELLS[shell as keyof typeof SHELLS](completedVerbs(command.parent ?? command)));
    return EXIT.ok;
  },
};
