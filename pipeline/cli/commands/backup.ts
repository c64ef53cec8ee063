/** csdl backup: everything that cannot be made again, in one folder, with the hash of every file. */
import { resolve } from 'node:path';
import { EXIT } from '../../../config/fault.ts';
import { backUp } from '../../backup.ts';
import { outPaths } from '../../paths.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';

export const backup: Verb = {
  name: 'backup',
  summary: 'copy store, closed months, bundles and the current publication into one folder, verified',
  examples: ['csdl backup --to /backup/csdl/2026-06-29', 'csdl backup --out /srv/csdl --to /backup/csdl/monday --json'],
  declare(command) {
    command.requiredOption('--to <dir>', 'folder to make; it must not exist yet or be empty');
  },
  async run({ effects, options, log }, _args, flags) {
    const to = resolve(flags.to as string);
    const made = await backUp(outPaths(options.out), to, log, effects.now);
    const sizes = Object.values(made.files).map(({ bytes }) => bytes);
    const bytes = sizes.reduce((sum, n) => sum + n, 0);
    if (options.json)
      printJson(effects, { to, made_at: made.made_at, published: made.published, files: sizes.length, bytes });
    else
      effects.stdout(
        `Made ${to}: ${sizes.length} files, ${(bytes / 1e6).toFixed(1)} MB, publication ${made.published.noi_bo ?? '(none)'}.\nTo put it back:\n  csdl restore ${to} --out DIR\n`,
      );
    return EXIT.ok;
  },
};
