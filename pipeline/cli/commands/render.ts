/**
 * csdl render: the site of the current publication again, into another folder (a publication itself is never altered),
 * in Vietnamese or in English. Data and the forms of the annexes stay Vietnamese.
 */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { EXIT, Fault } from '../../../config/fault.ts';
import { LANGUAGES, type Language } from '../../../config/translation.ts';
import { writeFiles } from '../../stages/publish.ts';
import { render as renderStage } from '../../stages/render.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';
import { readPublished } from '../published.ts';

export const render: Verb = {
  name: 'render',
  summary: 'write the site of the current publication into a folder, with the templates of today',
  examples: ['csdl render --to ./site', 'csdl render --to ./site-en --lang en'],
  declare(command) {
    command
      .requiredOption('--to <dir>', 'folder to write to; it must not exist yet or be empty')
      .addOption(
        new Option('--lang <language>', 'language of the pages; data stay Vietnamese').choices(LANGUAGES).default('vi'),
      );
  },
  async run({ effects, options }, _args, flags) {
    const folder = resolve(String(flags.to));
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new Fault('usage/not-empty', `${folder} is not empty`, {
        exit: EXIT.usage,
        hint: 'name a new folder; nothing is ever overwritten',
      });
    }
    const pages = await writeFiles(
      folder,
      renderStage(await readPublished({ effects, options }, flags.lang as Language)),
    );
    if (options.json) printJson(effects, { folder, pages });
    else effects.stdout(`Wrote ${pages} files to ${folder}\n`);
    return EXIT.ok;
  },
};
