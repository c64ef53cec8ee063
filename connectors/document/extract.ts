/**
 * From the bytes of a document to its facts. The same steps whatever the format: read it into the one document shape,
 * find its head, its tables of tasks and counts, and what the status texts say of the databases.
 */
import type { Config } from '../../config/load.ts';
import type { DocumentStatement } from '../contract.ts';
import type { Extraction } from './extraction.ts';
import type { CriterionWords } from './facts/not-fitting.ts';
import { observeStatus } from './facts/observe.ts';
import { criterionWords, knownUnits } from './facts/vocabulary.ts';
import { readDocuments } from './formats/read-document.ts';
import { slug } from './language/fold.ts';
import type { Document } from './model.ts';
import { type Names, readNames } from './names/names.ts';
import { readAgencyCounts } from './tables/agency-counts.ts';
import { type DocumentHead, readHead } from './tables/document-head.ts';
import { readListCounts } from './tables/list-counts.ts';
import { readTasks } from './tables/tasks.ts';

/** The part of the configuration that reading documents needs. */
export type ReaderConfig = Pick<Config, 'databases' | 'agencies' | 'attributes'>;

export interface ExtractOptions {
  /** Day the document was received (YYYY-MM-DD): stands in when the document names no day of its own. */
  received: string;
}

/** Names and units, read once for many documents. */
export interface Reader {
  names: Names;
  units: readonly (readonly [string, string])[];
  criteria: CriterionWords;
}

export function documentReader(config: ReaderConfig): Reader {
  return {
    names: readNames(config),
    units: knownUnits(config.attributes),
    criteria: criterionWords(config.attributes),
  };
}

/**
 * The facts of a file: one extraction for a document, several for a zip.
 * @throws Fault `document/…` when the file cannot be read
 */
export async function extractBytes(
  bytes: Uint8Array,
  name: string,
  config: ReaderConfig,
  options: ExtractOptions,
  reader: Reader = documentReader(config),
): Promise<Extraction[]> {
  const documents = await readDocuments(bytes, name);
  return documents.map((entry) => extractDocument(entry.document, entry.name, entry.sha256, reader, options));
}

/** The facts of a document that has been read. */
export function extractDocument(
  document: Document,
  name: string,
  sha256: string,
  reader: Reader,
  options: ExtractOptions,
): Extraction {
  const head = readHead(document);
  const statement = documentStatement(head, name, sha256, options);
  const day = statement.stated_at.slice(0, 10);
  const id = statement.id;
  const counts = readAgencyCounts(document, reader.names, { document: id, asOf: day });
  const counted = counts.counts.map((count) => count.statement);
  const tasks = readTasks(document, reader.names, { document: id, day }, counted);
  const lists = readListCounts(document, id);
  const observed = tasks.statuses.map((status) => observeStatus(status, { ...reader, document: id, stated: day }));
  return {
    document: statement,
    observations: observed.flatMap((reading) => reading.observations),
    tasks: tasks.tasks,
    agencyCounts: counts.counts,
    checks: [...tasks.checks, ...lists, ...observed.flatMap((reading) => reading.checks)],
    rejections: [...tasks.rejections, ...counts.rejections, ...observed.flatMap((reading) => reading.rejections)],
  };
}

function documentStatement(
  head: DocumentHead | null,
  name: string,
  sha256: string,
  options: ExtractOptions,
): DocumentStatement {
  const stated = head?.stated_at ?? options.received;
  return {
    type: 'document',
    id: `${slug(head?.number ?? '') || 'van-ban'}-${stated.slice(0, 10)}-${sha256.slice(0, 6)}`,
    title: head?.title ?? name,
    ...(head?.number === undefined ? {} : { number: head.number }),
    ...(head?.date === undefined ? {} : { date: head.date }),
    stated_at: stated,
    grade: 'E2',
    said_by: 'owner',
    sha256,
  };
}
