/** csdl init: a folder of settings to edit, copied from the shipped one. */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT, Fault } from '../../../config/fault.ts';
import { CSV_FILES, shippedFolder, YAML_FILES } from '../../../config/load.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';

export const init: Verb = {
  name: 'init',
  summary: 'make a folder of settings of your own',
  examples: ['csdl init my-config', 'csdl run --config my-config'],
  declare(command) {
    command.argument('<dir>', 'folder to make; it must not exist yet or be empty');
  },
  async run({ effects, options }, [target = '']) {
    const folder = resolve(target);
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new Fault('usage/not-empty', `${folder} is not empty`, {
        exit: EXIT.usage,
        hint: 'name a new folder; nothing is ever overwritten',
      });
    }
    mkdirSync(folder, { recursive: true });
    const files = [...YAML_FILES.map((f) => `${f}.yaml`), ...CSV_FILES.map((f) => `${f}.csv`), 'baseline', 'labels'];
    for (const file of files) cpSync(join(shippedFolder, file), join(folder, file), { recursive: true });
    if (options.json) printJson(effects, { folder, files });
    else
      effects.stdout(
        `Made ${folder}.\nEdit sources.yaml first, then:\n  csdl check --config ${target}\n  csdl run --config ${target}\nA file you delete there is taken from the program again.\n`,
      );
    return EXIT.ok;
  },
};
