/** csdl restore: a backup back in its place, every hash verified before and after. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT } from '../../../config/fault.ts';
import { outPaths } from '../../paths.ts';
import { restore as putBack } from '../../restore.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';

export const restore: Verb = {
  name: 'restore',
  summary: 'put a backup back into an empty --out, verified; nothing is overwritten',
  examples: [
    'csdl restore /backup/csdl/2026-06-29 --out /srv/csdl',
    'csdl restore /backup/csdl/2026-06-29 --out /srv/csdl --replace',
  ],
  declare(command) {
    command
      .argument('<backup>', 'the folder that csdl backup made')
      .option('--replace', 'move what stands in --out into a folder replaced-… below it', false);
  },
  async run({ effects, options }, [from = ''], flags) {
    const paths = outPaths(options.out);
    const { backup, aside } = putBack(resolve(from), paths, flags.replace === true, effects.now);
    const files = Object.keys(backup.files).length;
    if (options.json)
      printJson(effects, { out: paths.out, made_at: backup.made_at, published: backup.published, files, aside });
    else {
      const moved = aside === null ? '' : `What stood there is in ${aside}; remove it when it is not needed.\n`;
      const owned =
        statSync(paths.out).uid === 0
          ? `They belong to root. Before the next night, give them to its user:\n  chown -R csdl:csdl ${paths.out}\n`
          : '';
      effects.stdout(`Restored ${files} files of ${backup.made_at} into ${paths.out}, all verified.\n${moved}${owned}`);
    }
    return EXIT.ok;
  },
};
