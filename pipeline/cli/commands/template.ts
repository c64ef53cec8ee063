/** csdl template: the Excel form of an agency (or of all), filled in with what the current publication knows. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT, Fault } from '../../../config/fault.ts';
import { agenciesWithDatabases, buildForm } from '../../../config/form/form.ts';
import { periodOf } from '../../../config/form/period.ts';
import { Labels } from '../../../config/labels.ts';
import { loadConfig } from '../../../config/load.ts';
import { localDay } from '../../../config/time.ts';
import { prefill } from '../../../reports/form/prefill.ts';
import { templateFile } from '../../../reports/form/template.ts';
import type { Verb } from '../command.ts';
import { readFormSource } from '../form-source.ts';
import { parseDay } from '../options.ts';
import { printJson, table } from '../output.ts';

interface Flags {
  agency?: string;
  all: boolean;
  period?: string;
  to: string;
}

export const template: Verb = {
  name: 'template',
  summary: 'write the Excel form of an agency, filled in with what was last reported',
  examples: [
    'csdl template --agency bo-noi-vu',
    'csdl template --agency bo-y-te --period 2026-07-06 --to forms',
    'csdl template --all --to forms --json',
  ],
  declare(command) {
    command
      .option('--agency <id>', 'agency whose databases the form lists (csdl list agencies)')
      .option('--all', 'one form for every agency that has databases', false)
      .option('--period <day>', 'week of the report, by a day in it (default: that of the publication)', parseDay)
      .option('--to <dir>', 'folder to write to; a file of the same name is written anew', '.');
  },
  async run({ effects, options, log }, _args, given) {
    const flags = given as unknown as Flags;
    if (flags.all === (flags.agency !== undefined)) {
      throw new Fault('usage/which-agency', 'say for whom: --agency ID or --all, not both', {
        exit: EXIT.usage,
        hint: 'csdl list agencies shows the ids',
      });
    }
    const { config } = loadConfig(options.config, effects.environment);
    const labels = new Labels(config.labels);
    const source = await readFormSource(options.out);
    const today = config.sources.as_of ?? localDay(effects.now());
    const period = periodOf(flags.period ?? source?.asOf ?? today);
    if (source === null)
      log.warn(`there is no publication in ${options.out}: the form has no figures of the period before`);
    const folder = resolve(flags.to);
    makeFolder(folder);
    const ids = flags.all ? agenciesWithDatabases(config) : [flags.agency ?? ''];
    const files = ids.map((agencyId) => {
      effects.signal.throwIfAborted();
      const form = buildForm(config, labels, { agencyId, period });
      const known =
        source === null
          ? null
          : prefill(
              source.data,
              form.databases.map((one) => one.id),
            );
      const bytes = templateFile({
        form,
        labels,
        config,
        prefill: known,
        asOf: source?.asOf ?? null,
        publication: source?.runId ?? null,
        madeAt: effects.now(),
      });
      const file = join(folder, labels.format(['form', 'file_name'], { agency: agencyId, period }));
      write(file, bytes);
      return { agency: agencyId, period, databases: form.databases.length, file };
    });
    if (options.json) printJson(effects, { as_of: source?.asOf ?? null, period, files });
    else effects.stdout(`${table(files, ['agency', 'period', 'databases', 'file'])}\n`);
    return EXIT.ok;
  },
};

function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw notWritable(folder, error);
  }
}

function write(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw notWritable(file, error);
  }
}

function notWritable(path: string, error: unknown): Fault {
  return new Fault('usage/not-writable', `${path} cannot be written: ${(error as Error).message}`, {
    exit: EXIT.usage,
    hint: 'close the file if it is open, or name another folder with --to',
    cause: error,
  });
}
