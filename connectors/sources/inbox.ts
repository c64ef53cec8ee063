/**
 * `inbox`: a folder into which documents are put as they arrive (Word, PDF, HTML, Markdown, text, zip; folders inside it
 * too). Each is read once, whatever its name; what cannot be read is reported and left where it is. Nothing is moved,
 * renamed or deleted. Which editions of a report take the place of which is told from `series` (publication.document).
 */
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import type { CollectContext, Collected, Connector } from '../contract.ts';
import { collected, LEAST_CONFIDENCE } from '../document/collected.ts';
import { documentReader } from '../document/extract.ts';
import { type ReceivedFile, readFile } from '../document/read-file.ts';
import { missingFolder } from '../path-check.ts';

const options = z.strictObject({
  /** The folder, relative to sources.yaml. */
  path: z.string().min(1),
  /** Which files, by name: `*` and `?` stand for any letters and any letter. Default: all but hidden and unfinished ones. */
  pattern: z.string().min(1).max(100).default('*'),
  /** Facts of which the reader is less sure (0–1) are kept as claims (E1) until decisions.yaml confirms them. */
  min_confidence: z.number().min(0).max(1).default(LEAST_CONFIDENCE),
});
type Options = z.output<typeof options>;

/** More is no inbox but somebody's disk. */
const MAX_FILES = 20_000;

/** What systems and programs put beside documents: hidden files, locks of open documents, copies not finished. */
const NOT_DOCUMENTS = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$)|(?:\.part|\.crdownload|\.tmp|~)$/i;

async function* collect(settings: Options, context: CollectContext): AsyncIterable<Collected> {
  const folder = resolve(context.folder, settings.path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Fault('source/missing-folder', `there is no folder ${settings.path}`, {
      hint: 'correct `path` in sources.yaml, or make the folder',
    });
  }
  const { files, strange } = filesOf(folder, settings.pattern);
  for (const name of strange) {
    const message = `${name} is a link or no file; put the document itself into the folder`;
    yield { kind: 'rejection', code: 'document/no-file', message, raw: '', at: name };
  }
  const reader = documentReader(context.registry);
  for (const copies of await byContent(files, context.signal)) {
    context.signal.throwIfAborted();
    const [first] = copies;
    if (first === undefined) continue;
    const name = copies.map((copy) => copy.name).join(' = ');
    try {
      for (const read of await readFile(first, reader)) {
        const others = copies.slice(1).map((copy) => copy.name);
        const file = others.length === 0 ? read.name : `${read.name} (= ${others.join(', ')})`;
        yield* collected({ ...read, register: { ...read.register, file } }, settings.min_confidence);
      }
      context.log.info('inbox.read', { file: name });
    } catch (error) {
      context.signal.throwIfAborted();
      const rejection = refusal(error, name);
      context.log.warn('inbox.unread', { file: name, code: rejection.code });
      yield rejection;
    }
  }
}

/** Regular files whose name fits, sorted by their path; and what is there and is neither file nor folder. */
function filesOf(folder: string, pattern: string): { files: ReceivedFile[]; strange: string[] } {
  const fits = wildcard(pattern);
  const files: ReceivedFile[] = [];
  const strange: string[] = [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  if (entries.length > MAX_FILES) {
    throw new Fault('source/too-many-files', `the folder has ${entries.length} files`, {
      hint: `keep at most ${MAX_FILES} in an inbox; move earlier years elsewhere`,
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

/** Files of equal bytes together, the first received first: they are one document. */
async function byContent(files: readonly ReceivedFile[], signal: AbortSignal): Promise<ReceivedFile[][]> {
  const groups = new Map<string, ReceivedFile[]>();
  for (const file of files) {
    signal.throwIfAborted();
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

function refusal(error: unknown, at: string): Extract<Collected, { kind: 'rejection' }> {
  if (error instanceof Fault) {
    const message = error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
    return { kind: 'rejection', code: error.code, message, raw: '', at };
  }
  const message = `${error instanceof Error ? error.message : String(error)}; see whether the file can be opened`;
  return { kind: 'rejection', code: 'document/failed', message, raw: '', at };
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/\*+/g, '*').replace(/[.+^$()[\]{}|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'iu');
}

const connector: Connector<Options> = {
  id: 'inbox',
  summary: 'a folder of documents as they arrive: each read once, failures reported and left in place',
  options,
  check: (settings, folder) => missingFolder(folder, settings.path),
  collect,
};
export default connector;
