/**
 * One file that was received → the documents in it with what was read from each: its facts, what its reader noticed,
 * and when and from whom the file came.
 */
import { readFileSync, type Stats } from 'node:fs';
import { userInfo } from 'node:os';
import { localDay } from '../../config/time.ts';
import type { DocumentStatement, Statement } from '../contract.ts';
import { extractDocument, type Reader } from './extract.ts';
import type { Extraction, Found } from './extraction.ts';
import { documentFault, LIMITS } from './formats/limits.ts';
import { readDocuments } from './formats/read-document.ts';
import type { Document } from './model.ts';
import { seriesOf } from './series.ts';

export interface ReceivedFile {
  path: string;
  /** As it is shown: relative to the folder it was put in. */
  name: string;
  stats: Stats;
  /** Day on which it was received (YYYY-MM-DD), where that is known better than from the file system. */
  received?: string | undefined;
}

export interface ReadDocument {
  /** Name of the file, for a member of an archive with the name of the archive before it. */
  name: string;
  document: Document;
  extraction: Extraction;
  /** What the register of received files keeps of it. */
  register: Pick<DocumentStatement, 'file' | 'size' | 'received_at' | 'received_by'>;
}

/** What a reader noticed that changes nothing of the text. */
const HARMLESS = new Set(['joined_tables', 'nfd', 'control_characters']);

/**
 * Reads a file whole: one document, or those of an archive.
 * @throws Fault `document/…` when it cannot be read
 */
export async function readFile(file: ReceivedFile, reader: Reader): Promise<ReadDocument[]> {
  // Before the bytes are in memory.
  if (file.stats.size > LIMITS.bytes) {
    const hint = `send at most ${LIMITS.bytes} bytes at a time`;
    throw documentFault('too-large', `${file.name} has ${file.stats.size} bytes`, hint);
  }
  const bytes = readFileSync(file.path);
  const received = file.received ?? localDay(file.stats.mtime);
  const arrival = {
    size: bytes.length,
    received_at: file.received ?? file.stats.mtime.toISOString(),
    ...receivedBy(file.stats),
  };
  const ids = new Set<string>();
  return (await readDocuments(bytes, file.name)).map(({ name, document, sha256 }) => {
    const read = extractDocument(document, name, sha256, reader, { received });
    const extraction = withOwnId(read, ids);
    // A document without a title bears the name of its file.
    const series = extraction.document.title === name ? '' : seriesOf(extraction.document);
    const statement = series === '' ? extraction.document : { ...extraction.document, series };
    const noted = document.notes
      .filter((note) => !HARMLESS.has(note.code))
      .map(({ code, message, line }) => ({ code, message, raw: '', evidence: line === undefined ? {} : { line } }));
    const rejections = [...noted, ...extraction.rejections];
    const register = { file: name, ...arrival };
    return { name, document, extraction: { ...extraction, document: statement, rejections }, register };
  });
}

/** Two documents of one archive may bear the same number and day: the second gets an id of its own. */
function withOwnId(extraction: Extraction, taken: Set<string>): Extraction {
  const wanted = extraction.document.id;
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  taken.add(id);
  if (id === wanted) return extraction;
  const moved = <S extends Statement & { document: string }>(found: readonly Found<S>[]): Found<S>[] =>
    found.map((one) => ({ ...one, statement: { ...one.statement, document: id } }));
  return {
    document: { ...extraction.document, id },
    observations: moved(extraction.observations),
    tasks: moved(extraction.tasks),
    agencyCounts: moved(extraction.agencyCounts),
    checks: moved(extraction.checks),
    rejections: extraction.rejections,
  };
}

/** Who put the file there, where the platform tells: a name for the user of the program, else a number. */
function receivedBy(stats: Stats): { received_by?: string } {
  try {
    const me = userInfo();
    if (me.uid < 0) return {};
    return { received_by: stats.uid === me.uid ? me.username : `uid ${stats.uid}` };
  } catch {
    return {};
  }
}
