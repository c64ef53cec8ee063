/** csdl render: the site of the current publication again, into another folder (a publication itself is never altered). */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, Fault } from '../../../config/fault.ts';
import { Database } from '../../database/database.ts';
import { outPaths } from '../../paths.ts';
import { makePlan } from '../../stages/plan.ts';
import { currentManifest, writeFiles } from '../../stages/publish.ts';
import { type RenderInput, readRenderTables, render as renderStage, reportContext } from '../../stages/render.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';
import { publishedDatabase } from '../published.ts';

export const render: Verb = {
  name: 'render',
  summary: 'write the site of the current publication into a folder, with the templates of today',
  examples: ['csdl render --to ./site', 'csdl render --to ./site --config ./my-config'],
  declare(command) {
    command.requiredOption('--to <dir>', 'folder to write to; it must not exist yet or be empty');
  },
  async run({ effects, options }, _args, flags) {
    const folder = resolve(String(flags.to));
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new Fault('usage/not-empty', `${folder} is not empty`, {
        exit: EXIT.usage,
        hint: 'name a new folder; nothing is ever overwritten',
      });
    }
    const path = publishedDatabase(options.out);
    const manifest = currentManifest(outPaths(options.out));
    if (manifest === null)
      throw new Fault('usage/no-publication', `there is no publication in ${options.out}`, {
        exit: EXIT.usage,
        hint: 'csdl run makes one',
      });
    const { loaded } = await makePlan(options.config, effects.environment);
    const database = await Database.open({ path, readOnly: true });
    try {
      const input: RenderInput = {
        config: loaded.config,
        runId: manifest.run_id,
        asOf: manifest.as_of,
        publishedAt: new Date(manifest.made_at),
        edition: manifest.edition === 'chia_se' ? 'chia_se' : 'noi_bo',
        schema: 'main',
      };
      const site = renderStage(reportContext(await readRenderTables(database, input), input));
      writeFiles(folder, site);
      if (options.json) printJson(effects, { folder, pages: site.size });
      else effects.stdout(`Wrote ${site.size} files to ${folder}\n`);
    } finally {
      database.close();
    }
    return EXIT.ok;
  },
};
