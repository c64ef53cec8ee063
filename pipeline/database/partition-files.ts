/**
 * The parts of a table that is kept as many Parquet files, and what each is known by: place below the table, size, time of the
 * last change and the footer, as one hash. A part is a folder name=value with all its files, or else a single file.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, relative } from 'node:path';

export interface Part {
  readonly files: readonly string[];
  /** Of the folders on the way, as written: name → value. */
  readonly folders: Readonly<Record<string, string>>;
}

/** A footer beyond this is not looked at; the rest of what a file is known by must do. */
const MOST_FOOTER = 16 * 2 ** 20;

/** Parts in the order of their files. */
export function partsOf(files: readonly string[], partitioned: boolean): Part[] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const folder = dirname(file);
    const name = partitioned && basename(folder).includes('=') ? folder : file;
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  return [...groups.values()].map((some) => ({ files: some, folders: foldersOf(some[0] ?? '') }));
}

function foldersOf(file: string): Record<string, string> {
  const folders = dirname(file).split(/[/\\]/);
  return Object.fromEntries(folders.flatMap((name) => (/^[^=]+=/.test(name) ? [splitOnce(name)] : [])));
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** What the files of a part are known by; null where one cannot be looked at. */
export async function identityOf(files: readonly string[], base: string): Promise<string | null> {
  const hash = createHash('sha256');
  for (const file of files) {
    try {
      const handle = await open(file);
      try {
        const { size, mtimeNs } = await handle.stat({ bigint: true });
        hash.update(JSON.stringify([relative(base, file), String(size), String(mtimeNs)]));
        hash.update(await footerOf(handle, Number(size)));
      } finally {
        await handle.close();
      }
    } catch {
      return null;
    }
  }
  return hash.digest('hex').slice(0, 40);
}

/** The metadata at the end of a Parquet file, as bytes: its length stands before the last four. */
async function footerOf(handle: FileHandle, size: number): Promise<Buffer> {
  const tail = Buffer.alloc(8);
  if (size < 12) return tail;
  await handle.read(tail, 0, 8, size - 8);
  const length = tail.readUInt32LE(0);
  if (length > MOST_FOOTER || length + 8 > size) return tail;
  const footer = Buffer.alloc(length);
  await handle.read(footer, 0, length, size - 8 - length);
  return footer;
}

/** The deepest folder that holds all of them. */
export function commonFolder(files: readonly string[]): string {
  let folder = dirname(files[0] ?? '');
  while (folder !== dirname(folder) && !files.every((file) => !relative(folder, file).startsWith('..')))
    folder = dirname(folder);
  return folder;
}
