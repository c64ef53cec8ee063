/** csdl init: a folder of settings to edit, copied from the shipped one. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { EXIT, Fault } from '../../../config/fault.ts';
import { CSV_FILES, shippedFolder, YAML_FILES } from '../../../config/load.ts';
import { pathsBelow } from '../../durable-file.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';

export const init: Verb = {
  name: 'init',
  summary: 'make a folder of settings of your own',
  examples: ['csdl init my-config', 'csdl run --config my-config', 'csdl init try --with-samples'],
  declare(command) {
    command
      .argument('<dir>', 'folder to make; it must not exist yet or be empty')
      .option('--with-samples', 'with invented records for the worked contracts, measured in every run', false);
  },
  async run({ effects, options }, [target = ''], flags) {
    const folder = resolve(target);
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new Fault('usage/not-empty', `${folder} is not empty`, {
        exit: EXIT.usage,
        hint: 'name a new folder; nothing is ever overwritten',
      });
    }
    mkdirSync(folder, { recursive: true });
    const files = [
      ...YAML_FILES.map((f) => `${f}.yaml`),
      ...CSV_FILES.map((f) => `${f}.csv`),
      'baseline',
      'labels',
      'contracts',
    ];
    for (const file of files) copyInto(folder, file);
    const samples = flags.withSamples === true ? await addSamples(folder) : [];
    if (options.json) printJson(effects, { folder, files, samples });
    else
      effects.stdout(
        `Made ${folder}.\nEdit sources.yaml first, then:\n  csdl check --config ${target}\n  csdl run --config ${target}\nA file you delete there is taken from the program again.\n${readersNote(folder)}${samples.length === 0 ? '' : sampleNote(target)}`,
      );
    return EXIT.ok;
  },
};

const MEASURED = ['bao-hiem-that-nghiep', 'nguoi-co-cong', 'nguoi-lao-dong'];

/** Invented records, and where they lie, written below the settings of the sources. */
async function addSamples(folder: string): Promise<string[]> {
  const { writeSamples } = await import('../../database/samples.ts');
  const written = await writeSamples(join(folder, 'samples'));
  appendFileSync(
    join(folder, 'sources.yaml'),
    `# Invented records (csdl init --with-samples): they say nothing of any real database.\nmeasure:\n${MEASURED.map(
      (contract) => `  - {contract: ${contract}.yaml, data: samples, as_of: 2026-06-29}\n`,
    ).join('')}`,
  );
  return written;
}

/** Read and written anew: a file that is copied would keep the group of the shipped one, whatever the folder says. */
function copyInto(folder: string, file: string): void {
  const from = join(shippedFolder, file);
  const paths = statSync(from).isDirectory() ? pathsBelow(from, 'isFile') : [from];
  for (const path of paths) {
    const to = join(folder, relative(shippedFolder, path));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, readFileSync(path));
  }
}

/** The night is not run by root, who made this: somebody must be let in. */
function readersNote(folder: string): string {
  const { uid, gid } = statSync(folder);
  if (uid !== 0 || gid !== 0) return '';
  return `Only root may read it; let the group of the user of the nightly run read it, too:\n  chgrp -R csdl ${folder}\n`;
}

const sampleNote = (target: string): string =>
  `The records in ${target}/samples are invented. To measure them:\n  csdl profile --config ${target} --contract nguoi-lao-dong.yaml\n`;
