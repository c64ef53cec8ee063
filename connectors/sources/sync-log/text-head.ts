/**
 * The beginning of a CSV or JSON-lines file, looked at before DuckDB reads it: encoding, delimiter, names of columns. A
 * compressed one is unpacked once to nowhere, so that one that would never end is refused.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { Fault } from '../../../config/fault.ts';
import { mustHaveColumns, type Wanted } from './columns.ts';
import type { DeliveredFile } from './delivered-files.ts';

/** Names of columns stand within these bytes. */
const HEAD = 256 * 1024;
const MAX_INFLATED = 8 * 2 ** 30;
/** Logs repeat themselves, but not this much. */
const MAX_RATIO = 200;

const DELIMITERS = [',', ';', '\t', '|'] as const;

export interface CsvHead {
  delimiter: string;
  columns: string[];
}

/** Header of a CSV file. @throws Fault where a column is missing, under whichever delimiter */
export async function csvHead(
  file: DeliveredFile,
  wanted: readonly Wanted[],
  delimiter: string | undefined,
  signal: AbortSignal,
): Promise<CsvHead> {
  const text = await head(file, signal);
  const end = /\r?\n|\r/.exec(text)?.index ?? -1;
  if (end < 0 && text.length >= HEAD / 4) {
    throw new Fault('source/unreadable-log', `the first line of ${file.name} does not end`, {
      hint: 'a CSV file begins with a line of names of columns',
    });
  }
  const line = end < 0 ? text : text.slice(0, end);
  if (line.trim() === '') {
    throw new Fault('source/no-log-delivered', `${file.name} is empty: it has no names of columns`, {
      hint: 'deliver the file with its header, even where there was no batch',
    });
  }
  const tried = (delimiter === undefined ? DELIMITERS : [delimiter]).map((sign) => ({
    delimiter: sign,
    columns: namesIn(line, sign),
  }));
  const count = ({ columns }: CsvHead): number => wanted.filter(({ theirs }) => columns.includes(theirs)).length;
  const best = tried.reduce((a, b) =>
    count(b) > count(a) || (count(b) === count(a) && b.columns.length > a.columns.length) ? b : a,
  );
  mustHaveColumns(wanted, best.columns, file.name);
  const twice = best.columns.find((column, i) => best.columns.indexOf(column) !== i);
  if (twice !== undefined) {
    throw new Fault('source/double-column', `${file.name} has two columns of the same name`, {
      hint: 'name each column once',
    });
  }
  return best;
}

/** Refuses a file of JSON lines in whose beginning a needed key never occurs. */
export async function checkJsonKeys(
  file: DeliveredFile,
  wanted: readonly Wanted[],
  signal: AbortSignal,
): Promise<void> {
  const text = await head(file, signal);
  if (text.trim() === '') return;
  const keys = new Set<string>();
  let lines = 0;
  const all = text.split('\n');
  for (const line of all.length > 1 ? all.slice(0, Math.min(1000, all.length - 1)) : all) {
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      lines += 1;
      for (const key of Object.keys(value)) keys.add(key);
    } catch {
      // Lines that are no JSON are counted when the file is read.
    }
  }
  if (lines === 0) {
    throw new Fault('source/unreadable-log', `the beginning of ${file.name} has no line that is a JSON object`, {
      hint: 'deliver one JSON object a line, in UTF-8',
    });
  }
  mustHaveColumns(
    wanted.filter(({ required }) => required),
    [...keys],
    file.name,
  );
}

function namesIn(line: string, delimiter: string): string[] {
  try {
    const [row = []] = parse(line, { delimiter, quote: '"', relax_column_count: true }) as string[][];
    return row;
  } catch {
    return [];
  }
}

/** The first signs of a file, without byte order mark. */
async function head(file: DeliveredFile, signal: AbortSignal): Promise<string> {
  const bytes = file.gzipped ? await inflatedHead(file, signal) : await plainHead(file.path, signal);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new Fault('source/wrong-encoding', `${file.name} is UTF-16`, { hint: 'deliver it in UTF-8' });
  }
  if (bytes.includes(0)) {
    throw new Fault('source/wrong-encoding', `${file.name} has zero bytes: it is no text`, {
      hint: 'deliver it as UTF-8 text, or give its `format`',
    });
  }
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

async function plainHead(path: string, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream(path, { end: HEAD - 1, signal })) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function inflatedHead(file: DeliveredFile, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = [];
  let kept = 0;
  let size = 0;
  const packed = createReadStream(file.path, { signal });
  const inflated = packed.pipe(createGunzip({ chunkSize: HEAD }));
  packed.on('error', (error) => inflated.destroy(error));
  try {
    for await (const part of inflated) {
      const bytes = part as Buffer;
      size += bytes.length;
      if (kept < HEAD) {
        parts.push(bytes.subarray(0, HEAD - kept));
        kept += bytes.length;
      }
      if (size > MAX_INFLATED || size > 2 ** 24 + file.size * MAX_RATIO) {
        throw new Fault('source/too-large', `${file.name} unpacks to more than it may`, {
          hint: `deliver at most ${MAX_INFLATED / 2 ** 30} GB of text a file, or Parquet`,
        });
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Fault) throw error;
    throw new Fault('source/unreadable-log', `${file.name} cannot be unpacked`, {
      hint: 'it was cut off or is no gzip file; deliver it again',
      cause: error,
    });
  } finally {
    packed.destroy();
  }
  return Buffer.concat(parts);
}
