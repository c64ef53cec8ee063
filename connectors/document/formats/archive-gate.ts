/**
 * The one door for zip archives (.zip, .docx, .xlsx): nothing is inflated before the list of entries has been looked
 * through, and what is inflated is counted while it comes out, because an archive can lie about its sizes.
 */
import * as zlib from 'node:zlib';
import * as yauzl from 'yauzl';
import { Fault } from '../../../config/fault.ts';
import { documentFault } from './limits.ts';

export interface ArchiveLimits {
  entries: number;
  /** Bytes of all entries together, inflated. */
  inflated: number;
  /** Inflated size over compressed size, for entries above 1 MB. */
  ratio: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = { entries: 2_000, inflated: 400_000_000, ratio: 200 };

/** One file of an archive; read it as a whole or in pieces, as often as the budget of the archive allows. */
export interface ArchiveEntry {
  /** Path inside the archive, with `/`. */
  name: string;
  /** Size as declared, bytes. */
  size: number;
  read(): Promise<Uint8Array>;
  stream(): AsyncGenerator<Uint8Array>;
}

export type Archive = ReadonlyMap<string, ArchiveEntry>;

/** What may still be inflated; hand the same one to an archive inside an archive. */
export interface InflateBudget {
  left: number;
}

const RATIO_FROM = 1_000_000;

/**
 * The files of a zip archive by path, folders left out. Throws `document/broken`, `encrypted`, `archive-bomb` or
 * `archive-path`; the same when an entry is read and turns out otherwise than declared.
 */
export async function openArchive(
  bytes: Uint8Array,
  limits: Partial<ArchiveLimits> = {},
  budget: InflateBudget = { left: limits.inflated ?? ARCHIVE_LIMITS.inflated },
): Promise<Archive> {
  const bound = { ...ARCHIVE_LIMITS, ...limits };
  const zip = await opened(bytes);
  if (zip.entryCount > bound.entries) throw bomb(`the archive has ${zip.entryCount} entries`);
  const archive = new Map<string, ArchiveEntry>();
  let declared = 0;
  try {
    for await (const entry of entries(zip)) {
      if (archive.size >= bound.entries) throw bomb('the archive has too many entries');
      checkEntry(entry, bound);
      declared += entry.uncompressedSize;
      if (declared > budget.left) throw bomb(`the archive inflates to more than ${budget.left} bytes`);
      const name = entry.fileName;
      if (name.endsWith('/')) continue;
      if (archive.has(name)) throw broken(`the archive has two files named ${shown(name)}`);
      archive.set(name, {
        name,
        size: entry.uncompressedSize,
        stream: () => inflate(zip, entry, bound, budget),
        read: async () => {
          const pieces: Uint8Array[] = [];
          for await (const piece of inflate(zip, entry, bound, budget)) pieces.push(piece);
          return Buffer.concat(pieces);
        },
      });
    }
  } catch (error) {
    throw asFault(error);
  }
  return archive;
}

function opened(bytes: Uint8Array): Promise<yauzl.ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(asFault(error));
      else resolve(zip);
    });
  });
}

async function* entries(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (;;) {
    const entry = await new Promise<yauzl.Entry | null>((resolve, reject) => {
      zip.removeAllListeners();
      zip.on('entry', resolve);
      zip.on('end', () => resolve(null));
      zip.on('error', reject);
      zip.readEntry();
    });
    if (entry === null) return;
    yield entry;
  }
}

function checkEntry(entry: yauzl.Entry, bound: ArchiveLimits): void {
  const name = entry.fileName;
  if (entry.isEncrypted())
    throw documentFault('encrypted', `the archive is encrypted (${shown(name)})`, 'save it without a password');
  const wrong = yauzl.validateFileName(name);
  if (wrong !== null || /^[a-z]:|[\\\0]/i.test(name)) throw path(name);
  // Upper half of the attributes: the mode a Unix system would give the file.
  if (((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000) throw path(name);
  if (entry.uncompressedSize > RATIO_FROM && entry.uncompressedSize > entry.compressedSize * bound.ratio)
    throw bomb(
      `${shown(name)} inflates ${Math.round(entry.uncompressedSize / Math.max(1, entry.compressedSize))} times`,
    );
}

async function* inflate(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  bound: ArchiveLimits,
  budget: InflateBudget,
): AsyncGenerator<Uint8Array> {
  const most = Math.max(RATIO_FROM, entry.compressedSize * bound.ratio);
  let size = 0;
  let sum = 0;
  try {
    const stream: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
    for await (const piece of stream) {
      size += piece.length;
      budget.left -= piece.length;
      if (size > most) throw bomb(`${shown(entry.fileName)} inflates more than ${bound.ratio} times`);
      if (budget.left < 0) throw bomb('the archive inflates to more than is allowed');
      sum = zlib.crc32(piece, sum);
      yield piece;
    }
  } catch (error) {
    throw asFault(error);
  }
  if (sum !== entry.crc32) throw broken(`${shown(entry.fileName)} is damaged inside the archive`);
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/^(?:absolute path|invalid relative path|invalid characters in fileName)/.test(message))
    return documentFault('archive-path', `the archive has a file outside its own folder: ${message}`, PATH_HINT, error);
  if (/encrypt/i.test(message))
    return documentFault('encrypted', 'the archive is encrypted', 'save it without a password', error);
  return broken(`the archive cannot be read: ${message}`, error);
}

const PATH_HINT = 'do not open this archive; ask the sender for the documents themselves';

function path(name: string): Fault {
  return documentFault('archive-path', `the archive has a file outside its own folder: ${shown(name)}`, PATH_HINT);
}

function bomb(message: string): Fault {
  return documentFault('archive-bomb', message, 'send the documents one by one, without packing');
}

function broken(message: string, cause?: unknown): Fault {
  return documentFault('broken', message, 'get the file again; it may have been cut off on the way', cause);
}

/** A name from an archive, fit for a message. */
function shown(name: string): string {
  return JSON.stringify(name.slice(0, 120));
}
