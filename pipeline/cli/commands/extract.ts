/** csdl extract: what the reader of documents finds in files, as a summary, as NDJSON, or as a page for checking. */
import { statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { EXIT, type ExitCode, Fault, withRemedy } from '../../../config/fault.ts';
import { loadRegistry } from '../../../config/load-registry.ts';
import { knownFault } from '../../../config/system-fault.ts';
import { LEAST_CONFIDENCE } from '../../../connectors/document/collected.ts';
import { documentReader } from '../../../connectors/document/extract.ts';
import { type ReadDocument, readFile } from '../../../connectors/document/read-file.ts';
import { gradedByConfidence, withoutTexts } from '../../../connectors/document/statements.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { extractionLines, extractionSummary } from '../extraction-text.ts';
import { parseDay } from '../options.ts';

interface Flags {
  review?: string;
  withoutTexts: boolean;
  suggestMapping: boolean;
  received?: string;
  minConfidence: number;
  source?: string;
}

export const extract: Verb = {
  name: 'extract',
  summary: 'read documents (Word, PDF, HTML, Excel, text, zip) and show the facts, tasks and counts in them',
  examples: [
    'csdl extract report.docx',
    'csdl extract may.pdf june.zip --json > facts.ndjson',
    'csdl extract report.docx --review review.html',
    'csdl extract report.txt --received 2026-06-29 --min-confidence 0.9',
    'csdl extract report.docx --json --without-texts > my-config/baseline/report.ndjson',
    'csdl extract status.xlsx --suggest-mapping',
  ],
  declare(command) {
    command
      .argument('<file...>', 'documents, or zip files of documents')
      .option('--review <file>', 'write a page (HTML) with every fact marked in the document, for checking')
      .option('--without-texts', 'no quotes and no texts of agencies: what may be shipped as data', false)
      .option('--received <day>', 'when they were received: the day of a document that names none', parseDay)
      .option('--min-confidence <n>', 'facts less sure than this (0 to 1) are claims (E1)', share, LEAST_CONFIDENCE)
      .option(
        '--suggest-mapping',
        'for Excel sheets of one’s own: print a mapping to check and paste into sources.yaml',
        false,
      )
      .option('--source <id>', 'source of sources.yaml the documents belong to, for the ids on the review page');
  },
  async run(context, files, given) {
    const { effects, options } = context;
    const flags = given as unknown as Flags;
    if (flags.suggestMapping) {
      // Loaded only when asked for: it needs all settings and labels.
      const { suggestMappings } = await import('../suggested-mapping.ts');
      return suggestMappings(files, context);
    }
    const registry = loadRegistry(options.config, effects.environment);
    const reader = documentReader(registry);
    const read: ReadDocument[] = [];
    let exit: ExitCode = EXIT.ok;
    for (const path of files) {
      effects.signal.throwIfAborted();
      try {
        for (const one of await readFile(received(path, flags.received), reader)) {
          const graded = gradedByConfidence(one.extraction, flags.minConfidence);
          const extraction = flags.withoutTexts ? withoutTexts(graded, registry) : graded;
          effects.stdout(
            options.json ? extractionLines(extraction) : extractionSummary(one.name, extraction, registry),
          );
          if (flags.review !== undefined) read.push({ ...one, extraction: graded });
        }
      } catch (error) {
        exit = EXIT.usage;
        refuse(context, path, error);
      }
    }
    if (flags.review !== undefined && read.length > 0) {
      // Loaded only when asked for: the templates and labels cost more than reading a document.
      const { reviewPage } = await import('../review.ts');
      const { source, minConfidence: leastConfidence } = flags;
      writePage(flags.review, reviewPage(read, { source, leastConfidence }, context));
    }
    return exit;
  },
};

function writePage(path: string, html: string): void {
  try {
    writeFileSync(path, html);
  } catch (error) {
    throw new Fault('usage/not-writable', `${path} cannot be written: ${(error as Error).message}`, {
      exit: EXIT.usage,
      hint: 'give --review a file in a folder that is there and may be written to',
    });
  }
}

function received(path: string, day: string | undefined): Parameters<typeof readFile>[0] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) {
    throw new Fault('usage/no-file', stats === undefined ? `there is no file ${path}` : `${path} is not a file`, {
      exit: EXIT.usage,
      hint: 'name a file; a folder of documents is read by the connector inbox (csdl list connectors)',
    });
  }
  return { path, name: basename(path), stats, received: day };
}

/** A file that cannot be read: said on stderr with its remedy, as a line with --json, and the other files go on. */
function refuse({ effects, options, explain }: Context, path: string, error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') throw error;
  const fault =
    knownFault(error) ??
    new Fault('document/failed', `${(error as Error).message}`, {
      hint: 'save the document again in another format; if that does not help, report it',
      cause: error,
    });
  explain(fault, path);
  if (!options.json) return;
  const line = {
    type: 'rejection',
    document: basename(path),
    code: fault.code,
    message: withRemedy(fault),
    raw: '',
    evidence: {},
  };
  effects.stdout(`${JSON.stringify(line)}\n`);
}

function share(text: string): number {
  const n = Number(text);
  if (text.trim() === '' || !(n >= 0 && n <= 1)) throw new InvalidArgumentError('write a number from 0 to 1.');
  return n;
}
