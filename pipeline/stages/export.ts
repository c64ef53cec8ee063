/**
 * Stage export: from the published tables to `exports/`. Rule: everything is read from the file that is published, or from
 * the rows its pages are made of, so an edition holds in its exports what it holds in its tables; any other table comes on
 * demand, by `csdl export`.
 */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { asset } from '../../config/package-root.ts';
import { PARQUET, PUBLICATION_FORMATS, TABLE_FORMATS } from '../../reports/exports/formats.ts';
import { tableSchema } from '../../reports/exports/json/table-schema.ts';
import type { PublicationExport, PublicationFormat, PublishedFile } from '../../reports/exports/publication-format.ts';
import type { ExportMeta } from '../../reports/exports/table.ts';
import type { ViewContext } from '../../reports/view-context.ts';
import { publicationWorkbook } from '../../reports/workbook/publication-workbook.ts';
import { PublishedTables } from '../database/published-tables.ts';
import { settled } from './settled.ts';

/** Tables that somebody reads every day, in the four forms that cover people, pages and programs. */
const NIGHTLY_TABLES = [
  'action',
  'agency',
  'agency_summary',
  'criterion_status',
  'database',
  'dimension_score',
  'finding',
  'overdue',
  'readiness',
  'waiting',
];
const NIGHTLY_FORMATS = ['csv', 'json', 'arrow'] as const;

/** One file each, of the whole publication. */
const NIGHTLY_WHOLE: readonly (readonly [file: string, PublicationFormat])[] = [
  ['csdl.jsonld', PUBLICATION_FORMATS.dqv],
  ['csdl.prom', PUBLICATION_FORMATS.openmetrics],
  ['csdl-junit.xml', PUBLICATION_FORMATS.junit],
];
const WORKBOOK = 'csdl.xlsx';
/** The shape of the JSON documents (fixed), and of the rows of tonight's tables. */
const DOCUMENT_SCHEMA = 'csdl-export-1.schema.json';
const TABLES_SCHEMA = 'tables.schema.json';

/**
 * Writes into `folder/exports` the tables that somebody reads every day.
 * @param file the published database
 */
export async function exportTables(file: string, folder: string, meta: ExportMeta): Promise<void> {
  const to = join(folder, 'exports');
  mkdirSync(to, { recursive: true });
  const parquet = async (): Promise<void> => {
    const path = (table: string): string => join(to, `${table}.${PARQUET.extension}`);
    const published = await PublishedTables.open(file, NIGHTLY_TABLES.map(path));
    try {
      for (const name of NIGHTLY_TABLES) await published.parquet(published.find(name), meta, path(name));
    } finally {
      published.close();
    }
  };
  const others = async (): Promise<void> => {
    const published = await PublishedTables.open(file);
    try {
      for (const name of NIGHTLY_TABLES)
        for (const id of NIGHTLY_FORMATS) {
          const format = TABLE_FORMATS[id];
          const table = await published.export(published.find(name), meta);
          await writePieces(join(to, `${name}.${format.extension}`), format.write(table));
        }
      writeFileSync(join(to, TABLES_SCHEMA), tableSchema(published.tables));
      // Written, not copied: a copy would have the mode of the file that is shipped.
      writeFileSync(join(to, DOCUMENT_SCHEMA), readFileSync(asset('reports', 'exports', 'json', DOCUMENT_SCHEMA)));
    } finally {
      published.close();
    }
  };
  // The engine writes its own format while the program writes the others.
  await settled([parquet(), others()]);
}

/**
 * Writes into `folder/exports` what speaks of the whole publication, from the rows and words that its pages have.
 * @param others files of the publication that other stages write, for its catalogue
 */
export async function exportPublication(
  folder: string,
  ctx: ViewContext,
  others: readonly PublishedFile[],
): Promise<void> {
  const to = join(folder, 'exports');
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, WORKBOOK), publicationWorkbook(ctx));
  const words = new Map(ctx.labels.flat().map(({ key, text }) => [key, text]));
  const whole = publicationExport(ctx, words, others);
  for (const [name, format] of NIGHTLY_WHOLE) await writePieces(join(to, name), format.write(whole));
}

/** Formats that speak of the whole publication. */
export type WholeFormat = keyof typeof PUBLICATION_FORMATS | 'xlsx';

/** One format of the whole publication, on demand. */
export async function exportWhole(
  published: PublishedTables,
  ctx: ViewContext,
  format: WholeFormat,
  others: readonly PublishedFile[],
): Promise<Iterable<string | Uint8Array>> {
  if (format === 'xlsx') return [publicationWorkbook(ctx)];
  return PUBLICATION_FORMATS[format].write(publicationExport(ctx, await published.words(), others));
}

function publicationExport(
  ctx: ViewContext,
  words: ReadonlyMap<string, string>,
  others: readonly PublishedFile[],
): PublicationExport {
  const { iri_base: iriBase } = ctx.config.publication;
  return { data: ctx.data, meta: exportMeta(ctx), iriBase, files: nightlyFiles(others), words };
}

function exportMeta({ meta }: ViewContext): ExportMeta {
  const { run_id, as_of, edition, published_at, program_version } = meta;
  return { run_id, as_of, edition, published_at, program_version };
}

/** Folders of `exports/` that other stages fill. */
const STANDING: readonly (readonly [folder: string, mediaType: string])[] = [
  ['exports/observation/', PARQUET.mediaType],
  ['exports/word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
];

/** Those of the files of a publication (paths below it) that other stages wrote into `exports/`. */
export function standingFiles(paths: Iterable<string>): PublishedFile[] {
  return [...paths].sort().flatMap((path) => {
    const [, mediaType] = STANDING.find(([folder]) => path.startsWith(folder)) ?? [];
    return mediaType === undefined ? [] : [{ path, mediaType }];
  });
}

/** Loads what the formats of tables need, for a caller that waits for the file anyway. */
export async function loadFormats(): Promise<void> {
  await import('../../reports/exports/arrow/arrow-file.ts');
}

/** What a publication offers for reading by programs, for its catalogue. */
export function nightlyFiles(others: readonly PublishedFile[]): PublishedFile[] {
  const tables = NIGHTLY_TABLES.flatMap((name) =>
    NIGHTLY_FORMATS.map((id) => [`${name}.${TABLE_FORMATS[id].extension}`, TABLE_FORMATS[id].mediaType] as const),
  );
  const files = [
    ...tables,
    ...NIGHTLY_TABLES.map((name) => [`${name}.${PARQUET.extension}`, PARQUET.mediaType] as const),
    ...NIGHTLY_WHOLE.map(([name, { mediaType }]) => [name, mediaType] as const),
    [WORKBOOK, TABLE_FORMATS.xlsx.mediaType] as const,
    [DOCUMENT_SCHEMA, 'application/schema+json'] as const,
    [TABLES_SCHEMA, 'application/schema+json'] as const,
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    { path: 'csdl.duckdb', mediaType: 'application/vnd.duckdb' },
    ...files.map(([name, mediaType]) => ({ path: `exports/${name}`, mediaType })),
    ...others,
  ];
}

/** Writes pieces one after the other; no more than one is held. */
export async function writePieces(
  path: string,
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  const file = openSync(path, 'w');
  try {
    let waiting: string[] = [];
    let length = 0;
    const flush = (): void => {
      if (length > 0) writeAll(file, Buffer.from(waiting.join(''), 'utf8'));
      [waiting, length] = [[], 0];
    };
    for await (const piece of pieces) {
      if (typeof piece !== 'string') {
        flush();
        writeAll(file, piece);
        continue;
      }
      waiting.push(piece);
      length += piece.length;
      if (length > 65_536) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
}

/** The system may take less than it is given. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
