/** csdl reply: a filled form back to who sent it, with refused cells marked and the text to paste. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { EXIT, type ExitCode, Fault } from '../../../config/fault.ts';
import { buildForm } from '../../../config/form/form.ts';
import { SHEET_KEYS } from '../../../config/form/places.ts';
import type { FormReading } from '../../../config/form/reading.ts';
import { Labels } from '../../../config/labels.ts';
import { loadConfig } from '../../../config/load.ts';
import { knownFault } from '../../../config/system-fault.ts';
import { openArchive } from '../../../connectors/document/formats/archive-gate.ts';
import { readForm } from '../../../connectors/spreadsheet/form/read-form.ts';
import { formReader } from '../../../connectors/spreadsheet/form/typed-cell.ts';
import { replyParts } from '../../../reports/form/reply.ts';
import { zip } from '../../../reports/xlsx/zip.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { printJson, table } from '../output.ts';

interface Flags {
  to: string;
}

/** Bytes of all parts, inflated, that are held to be answered; those of a form are less than one million. */
const MOST_INFLATED = 60_000_000;

/** Ending of a reply's name; a reply that comes back keeps it once. */
const ENDING = '-tra-loi';

export const reply: Verb = {
  name: 'reply',
  summary: 'answer filled Excel forms: refused cells marked with reason and remedy, and the text to paste',
  examples: [
    'csdl reply bieu-01-csdl_bo-noi-vu_2026-06-29.xlsx',
    'csdl reply inbox/*.xlsx --to replies',
    'csdl reply filled.xlsx --json',
  ],
  declare(command) {
    command
      .argument('<file...>', 'filled forms (.xlsx)')
      .option('--to <dir>', 'folder to write the replies to; a file of the same name is written anew', '.');
  },
  async run(context, files, given) {
    const { effects, options } = context;
    const { to } = given as unknown as Flags;
    const { config } = loadConfig(options.config, effects.environment);
    const labels = new Labels(config.labels);
    const reader = formReader(config, labels);
    const folder = resolve(to);
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
    const done: ReturnType<typeof summary>[] = [];
    let exit: ExitCode = EXIT.ok;
    for (const path of files) {
      effects.signal.throwIfAborted();
      try {
        const bytes = bytesOf(path);
        const reading = await readForm(bytes, reader);
        const form = buildForm(config, labels, reading);
        const parts = new Map<string, Uint8Array>();
        for (const [name, entry] of await openArchive(bytes, { inflated: MOST_INFLATED }))
          parts.set(name, await entry.read());
        const target = join(
          folder,
          `${basename(path)
            .replace(/\.xlsx$/i, '')
            .replace(new RegExp(`(${ENDING})+$`), '')}${ENDING}.xlsx`,
        );
        if (target === resolve(path))
          throw new Fault('usage/same-file', `${path} would be written over by its own reply`, {
            exit: EXIT.usage,
            hint: 'name another folder with --to',
          });
        writeFileSync(target, zip(replyParts({ parts, reading, form, labels })));
        done.push(summary(path, reading, target));
      } catch (error) {
        exit = EXIT.usage;
        refuse(context, path, error);
      }
    }
    if (options.json) printJson(effects, { files: done });
    else if (done.length > 0)
      effects.stdout(`${table(done, ['agency', 'period', 'accepted', 'refused', 'unchanged', 'changed', 'reply'])}\n`);
    return exit;
  },
};

function summary(file: string, reading: FormReading, reply: string) {
  const sum = (what: 'accepted' | 'refused'): number => SHEET_KEYS.reduce((n, key) => n + reading.counts[key][what], 0);
  return {
    file,
    agency: reading.agencyId,
    period: reading.period,
    accepted: sum('accepted'),
    refused: sum('refused'),
    unchanged: reading.rows.filter((row) => row.change === 'unchanged').length,
    changed: reading.rows.filter((row) => row.change === 'changed').length,
    sheets: reading.counts,
    reply,
  };
}

function bytesOf(path: string): Uint8Array {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true)
    throw new Fault('usage/no-file', stats === undefined ? `there is no file ${path}` : `${path} is not a file`, {
      exit: EXIT.usage,
      hint: 'name filled forms (.xlsx)',
    });
  return readFileSync(path);
}

/** A file that cannot be answered: said on stderr with its remedy, and the other files go on. */
function refuse({ explain }: Context, path: string, error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') throw error;
  if (knownFault(error) === null) throw error;
  explain(error, path);
}
