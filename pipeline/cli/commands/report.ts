/** csdl report: official reports of the current publication, as drafts or to be signed; or the layout of a file looked through. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, type ExitCode, Fault } from '../../../config/fault.ts';
import { Labels } from '../../../config/labels.ts';
import { loadConfig } from '../../../config/load.ts';
import { didYouMean } from '../../../config/nearest.ts';
import type { OfficialInput } from '../../../reports/official/input.ts';
import {
  agencyDocument,
  allDocuments,
  NATIONAL,
  nationalDocument,
  reportedAgencies,
} from '../../../reports/official/official.ts';
import { viewOf } from '../../../reports/view.ts';
import type { Document } from '../../../reports/word/document.ts';
import { docxFile, docxParts } from '../../../reports/word/docx.ts';
import { printHtml } from '../../../reports/word/print-html.ts';
import { checkReport } from '../../../reports/word-check/check.ts';
import { NUMBER_FORM } from '../../../reports/word-check/rules-head.ts';
import { printPdf } from '../../browser/print-pdf.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { printJson, table } from '../output.ts';
import { readPublished } from '../published.ts';
import { flawRows, wordParts } from '../report-check.ts';

interface Flags {
  ministry?: string;
  all?: boolean;
  to: string;
  format: string;
  number?: string;
  browser?: string;
  check?: string[];
}

const FORMATS = ['docx', 'pdf'];

export const report: Verb = {
  name: 'report',
  summary: 'write official reports of the current publication as Word or PDF, or check the layout of one',
  examples: [
    'csdl report --to reports',
    'csdl report --all --format pdf --to reports',
    'csdl report --ministry bo-noi-vu --number 05/BC-BNV',
    'csdl report --check bao-cao.docx',
  ],
  declare(command: Command) {
    command
      .option('--ministry <id>', 'the report on the databases of one agency')
      .option('--all', 'the report on all databases and one on each agency')
      .option('--to <dir>', 'folder to write to; a file of the same name is written anew', '.')
      .option('--format <format>', 'docx, or pdf printed by a browser of this machine', 'docx')
      .option('--number <number>', 'number and symbol given to this report; without it the report is a draft')
      .option('--browser <path>', 'browser that prints, where it is in no usual place')
      .option('--check <file...>', 'look through the layout of Word files instead of writing any');
  },
  async run(context, _args, given) {
    const flags = given as unknown as Flags;
    refuseWrong(flags);
    return flags.check === undefined ? writeReports(context, flags) : checkFiles(context, flags.check);
  },
};

function refuseWrong({ ministry, all, format, number, check }: Flags): void {
  const refuse = (message: string, hint: string): never => {
    throw new Fault('usage/report', message, { exit: EXIT.usage, hint });
  };
  if (!FORMATS.includes(format)) refuse(`"${format}" is not a format`, 'docx or pdf');
  if (ministry !== undefined && all === true) refuse('--ministry and --all exclude each other', 'give one of them');
  if (check !== undefined && (ministry !== undefined || all === true || number !== undefined))
    refuse('--check writes no report', 'give it alone');
  if (number === undefined) return;
  if (!NUMBER_FORM.test(number))
    refuse(`"${number}" is not number and symbol of a report`, 'such as 05/BC-BNV, without spaces');
  if (all === true) refuse('one number is of one report', 'give --ministry, or neither for the report on all');
  if (format === 'pdf')
    refuse('the report that is signed is the Word file', 'leave out --format pdf: what is printed here is a draft');
}

async function writeReports(context: Context, flags: Flags): Promise<ExitCode> {
  const { effects, options } = context;
  const ctx = await readPublished(context);
  const { labels } = ctx;
  const view = viewOf(ctx);
  const official = { view, labels, settings: ctx.config.report, number: flags.number ?? null };
  const documents = chosen(official, flags);
  const folder = resolve(flags.to);
  mkdirSync(folder, { recursive: true });
  const files: { file: string; bytes: number; layout: string }[] = [];
  let exit: ExitCode = EXIT.ok;
  for (const [name, document] of documents) {
    effects.signal.throwIfAborted();
    const file = join(folder, `${name}.${flags.format}`);
    const flaws = checkReport(docxParts(document), labels).flatMap((one) => flawRows(name, one));
    if (flaws.length > 0) {
      exit = EXIT.gate;
      effects.stderr(`${table(flaws)}\n`);
    }
    const bytes =
      flags.format === 'docx'
        ? docxFile(document)
        : await printPdf(printHtml(document), {
            browser: flags.browser,
            environment: effects.environment,
            signal: effects.signal,
            madeAt: document.madeAt,
          });
    writeFileSync(file, bytes);
    files.push({ file, bytes: bytes.length, layout: flaws.length === 0 ? 'pass' : 'fail' });
  }
  if (options.json) printJson(effects, { files });
  else effects.stdout(`${table(files)}\n`);
  return exit;
}

/** The reports asked for. */
function chosen(input: OfficialInput, { ministry, all }: Flags): [name: string, document: Document][] {
  if (all === true) return [...allDocuments(input)];
  if (ministry === undefined) return [[NATIONAL, nationalDocument(input)]];
  const agencies = reportedAgencies(input);
  const page = agencies.find((one) => one.id === ministry);
  if (page === undefined)
    throw new Fault('usage/unknown-agency', `"${ministry}" owns no database of this publication`, {
      exit: EXIT.usage,
      hint:
        didYouMean(
          ministry,
          agencies.map((one) => one.id),
        ) ?? 'csdl list agencies names them',
    });
  return [[`${NATIONAL}-${page.id}`, agencyDocument(input, page)]];
}

async function checkFiles({ effects, options }: Context, paths: readonly string[]): Promise<ExitCode> {
  const labels = new Labels(loadConfig(options.config, effects.environment).config.labels);
  const files: { file: string; verdicts: ReturnType<typeof checkReport> }[] = [];
  for (const file of paths) {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
      throw new Fault('usage/no-file', `there is no file ${file}`, {
        exit: EXIT.usage,
        hint: 'name Word files (.docx)',
      });
    files.push({ file, verdicts: checkReport(await wordParts(readFileSync(file)), labels) });
  }
  const flaws = files.flatMap(({ file, verdicts }) => verdicts.flatMap((one) => flawRows(file, one)));
  if (options.json) printJson(effects, { files });
  else
    effects.stdout(
      flaws.length > 0
        ? `${table(flaws)}\n`
        : files
            .map(
              ({ file, verdicts }) =>
                `${file}: ${verdicts.filter((one) => one.outcome === 'pass').length} rules kept\n`,
            )
            .join(''),
    );
  return flaws.length === 0 ? EXIT.ok : EXIT.gate;
}
