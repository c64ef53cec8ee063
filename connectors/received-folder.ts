/** A folder into which files are put as they arrive: which of them are to be read. Links are never followed. */
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { Fault } from '../config/fault.ts';
import type { CollectContext } from './contract.ts';
import type { ReceivedFile } from './document/read-file.ts';

/** More is no such folder but somebody's disk. */
const MAX_FILES = 20_000;

/** What systems and programs put beside documents: hidden files, locks of open documents, copies not finished. */
const NOT_DOCUMENTS = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$)|(?:\.part|\.crdownload|\.tmp|~)$/i;

/**
 * Regular files whose name fits, sorted by their path; and what is there and is neither file nor folder.
 * @param base folder of sources.yaml, from which `path` is taken
 * @throws Fault `source/missing-folder`, `source/too-many-files`
 */
export function receivedFiles(
  base: string,
  { path: given, pattern }: { path: string; pattern: string },
): { files: ReceivedFile[]; strange: string[] } {
  const folder = resolve(base, given);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Fault('source/missing-folder', `there is no folder ${given}`, {
      hint: 'correct `path` in sources.yaml, or make the folder',
    });
  }
  const fits = wildcard(pattern);
  const files: ReceivedFile[] = [];
  const strange: string[] = [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  if (entries.length > MAX_FILES) {
    throw new Fault('source/too-many-files', `the folder has ${entries.length} files`, {
      hint: `keep at most ${MAX_FILES} in a folder; move earlier years elsewhere`,
    });
  }
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    if (entry.isDirectory() || name.split('/').some((part) => NOT_DOCUMENTS.test(part)) || !fits.test(entry.name))
      continue;
    if (entry.isFile()) files.push({ path, name, stats: lstatSync(path) });
    else strange.push(name);
  }
  const byName = (a: string, b: string): number => (a < b ? -1 : 1);
  return { files: files.sort((a, b) => byName(a.name, b.name)), strange: strange.sort(byName) };
}

/** Files of equal bytes together, the first received first: they are one document. Each is counted in the meter. */
export async function byContent(
  files: readonly ReceivedFile[],
  { signal, meter }: Pick<CollectContext, 'signal' | 'meter'>,
): Promise<ReceivedFile[][]> {
  const groups = new Map<string, ReceivedFile[]>();
  for (const file of files) {
    signal.throwIfAborted();
    meter.tries += 1;
    meter.bytes += file.stats.size;
    const key = await hashOf(file.path);
    const group = groups.get(key) ?? [];
    group.push(file);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs));
}

/** A file that vanishes or may not be read is its own group: reading it says why. */
async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch {
    return path;
  }
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/\*+/g, '*').replace(/[.+^$()[\]{}|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'iu');
}
