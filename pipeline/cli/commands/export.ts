/** csdl export: one published table, or the whole publication, in a format that other programs read. */
import { renameSync, rmSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { Option } from 'commander';
import { EXIT, Fault } from '../../../config/fault.ts';
import type { Edition } from '../../../config/schema/publication.ts';
import { PUBLICATION_FORMATS, TABLE_FORMATS } from '../../../reports/exports/formats.ts';
import type { ExportMeta } from '../../../reports/exports/table.ts';
import { PublishedTables } from '../../database/published-tables.ts';
import { outPaths } from '../../paths.ts';
import { exportWhole, standingFiles, type WholeFormat, writePieces } from '../../stages/export.ts';
import { currentManifest } from '../../stages/publish.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { editionOption } from '../options.ts';
import { printJson } from '../output.ts';
import { noPublication, publishedContext, publishedDatabase } from '../published.ts';

type Format = keyof typeof TABLE_FORMATS | keyof typeof PUBLICATION_FORMATS | 'parquet';
const FORMATS = [...Object.keys(TABLE_FORMATS), 'parquet', ...Object.keys(PUBLICATION_FORMATS)] as Format[];
/** Endings of files that are not the name of their format. */
const ENDINGS: Readonly<Record<string, Format>> = {
  jsonl: 'ndjson',
  jsonld: 'dqv',
  prom: 'openmetrics',
  xml: 'junit',
};
const BINARY: readonly Format[] = ['xlsx', 'arrow', 'parquet'];

interface Wish {
  readonly table: string | undefined;
  readonly format: Format;
  readonly to: string | null;
  readonly where: string | undefined;
}

export const exporting: Verb = {
  name: 'export',
  summary: 'write a published table, or the whole publication, for other programs',
  examples: [
    'csdl list tables',
    'csdl export readiness > readiness.csv',
    'csdl export criterion_status --to criteria.parquet',
    'csdl export waiting --format ndjson --where "days > 30"',
    'csdl export --to csdl.xlsx',
    'csdl export --format openmetrics > csdl.prom',
  ],
  declare(command) {
    command
      .argument('[table]', 'a published table; without it all of the publication (xlsx, dqv, openmetrics, junit)')
      .addOption(new Option('--format <format>', 'default: by the ending of --to, else csv').choices(FORMATS))
      .option('--to <file>', 'file to write, replaced once it is whole (default: standard output)')
      .option('--where <condition>', 'only rows of the table for which this holds, as in SQL')
      .addOption(editionOption());
  },
  async run(context, [table], flags) {
    const wish = wishOf(context, table, flags);
    refuseImpossible(context, wish);
    const file = wish.to ?? undefined;
    // Written beside its place and moved there when it is whole.
    const fresh = file === undefined ? undefined : `${file}.new`;
    const edition = flags.edition as Edition;
    const meta = publishedMeta(context.options.out, edition);
    const published = await PublishedTables.open(
      publishedDatabase(context.options.out, edition),
      fresh === undefined ? [] : [fresh],
    );
    const stop = (): void => published.interrupt();
    context.effects.signal.addEventListener('abort', stop);
    try {
      if (file === undefined || fresh === undefined) {
        for await (const piece of await pieces(context, published, meta, wish)) context.effects.stdout(piece);
      } else {
        if (wish.table !== undefined && wish.format === 'parquet')
          await published.parquet(published.find(wish.table), meta, fresh, wish.where);
        else await writePieces(fresh, await pieces(context, published, meta, wish));
        renameSync(fresh, file);
        if (context.options.json) printJson(context.effects, { file, format: wish.format, table: wish.table ?? null });
        else if (!context.options.quiet) context.effects.stderr(`wrote ${file}\n`);
      }
    } finally {
      context.effects.signal.removeEventListener('abort', stop);
      if (fresh !== undefined) rmSync(fresh, { force: true });
      published.close();
    }
    return EXIT.ok;
  },
};

function wishOf(context: Context, table: string | undefined, flags: Readonly<Record<string, unknown>>): Wish {
  const to = flags.to === undefined ? null : resolve(String(flags.to));
  const ending = to === null ? '' : extname(to).slice(1).toLowerCase();
  const byEnding = ENDINGS[ending] ?? FORMATS.find((format) => format === ending);
  const usual = context.options.json && to === null ? 'json' : 'csv';
  return {
    table,
    format: (flags.format as Format | undefined) ?? byEnding ?? usual,
    to,
    where: flags.where as string | undefined,
  };
}

/** What cannot be done is told before anything is opened. */
function refuseImpossible(context: Context, { table, format, to, where }: Wish): void {
  const refuse = (code: string, message: string, hint: string): never => {
    throw new Fault(`usage/${code}`, message, { exit: EXIT.usage, hint });
  };
  if (table === undefined && !isWhole(format))
    refuse('no-table', `which table is to be written as ${format}?`, 'csdl list tables lists them');
  if (table === undefined && where !== undefined)
    refuse('no-table', '--where speaks of the rows of one table', 'name the table, or leave --where out');
  if (table !== undefined && isPublicationFormat(format) && !readsTable(format, table))
    refuse(
      'whole-publication',
      `${format} speaks of the whole publication, and nothing in it is made of the table "${table}"`,
      `leave the table out; it is made of ${PUBLICATION_FORMATS[format].reads.join(', ')}`,
    );
  if (where !== undefined && isPublicationFormat(format))
    refuse('whole-publication', `${format} speaks of the whole publication`, 'leave --where out');
  if (to === null && format === 'parquet')
    refuse('needs-file', 'the engine writes Parquet into a file only', 'add --to FILE.parquet');
  if (to === null && BINARY.includes(format) && context.effects.stdoutIsTerminal === true)
    refuse('binary-to-terminal', `${format} is not text, and standard output is a terminal`, 'add --to FILE');
}

function isPublicationFormat(format: Format): format is keyof typeof PUBLICATION_FORMATS {
  return format in PUBLICATION_FORMATS;
}

function readsTable(format: keyof typeof PUBLICATION_FORMATS, table: string): boolean {
  return PUBLICATION_FORMATS[format].reads.some((name) => name === table);
}

function isWhole(format: Format): format is WholeFormat {
  return format === 'xlsx' || isPublicationFormat(format);
}

async function pieces(
  context: Context,
  published: PublishedTables,
  meta: ExportMeta,
  { table, format, where }: Wish,
): Promise<AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>> {
  if (table !== undefined && format in TABLE_FORMATS)
    return TABLE_FORMATS[format as keyof typeof TABLE_FORMATS].write(
      await published.export(published.find(table), meta, where),
    );
  if (table !== undefined && !context.options.quiet)
    context.effects.stderr(`${format} speaks of the whole publication; ${table} is in it\n`);
  // Words and addresses come from the settings, and only these formats need them.
  const { loadConfig } = await import('../../../config/load.ts');
  const { config } = loadConfig(context.options.config, context.effects.environment);
  const wanted = meta.edition === 'chia_se' ? 'chia_se' : 'noi_bo';
  const files = Object.keys(currentManifest(outPaths(context.options.out), wanted)?.files ?? {});
  const ctx = await publishedContext(context.options.out, config, wanted, meta.program_version);
  return exportWhole(published, ctx, format as WholeFormat, standingFiles(files));
}

function publishedMeta(out: string, wanted: Edition): ExportMeta {
  const manifest = currentManifest(outPaths(out), wanted);
  if (manifest === null) throw noPublication(out, wanted);
  const { run_id, as_of, edition, made_at, program_version } = manifest;
  return { run_id, as_of, edition, published_at: made_at, program_version };
}
