/**
 * Stage publish: everything of a run lies in its own folder; one rename of the link `current` makes it what readers
 * see. Readers are never blocked and never see half a run.
 */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import type { Edition } from '../../config/schema/publication.ts';
import { isThere } from '../../config/system-fault.ts';
import type { OutPaths } from '../contract.ts';
import { fileSha256, pathsBelow, syncToDisk } from '../durable-file.ts';

export const manifestSchema = z.object({
  run_id: z.string(),
  as_of: z.string(),
  edition: z.string(),
  program_version: z.string(),
  method: z.string(),
  bundle: z.string(),
  made_at: z.string(),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.number() })),
});
export type Manifest = z.output<typeof manifestSchema>;

/** The links people bookmark; each goes through `current`. */
const FIXED_LINKS = ['csdl.duckdb', 'site', 'exports'] as const;

/** The link that leads to the newest publication of an edition. */
export function editionLink(paths: OutPaths, edition: Edition): string {
  return edition === 'noi_bo' ? paths.current : paths.chiaSe;
}

/** What the text of a manifest says; null where it is none. */
export function manifestIn(text: string): Manifest | null {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The manifest of the publication readers see now, or null where there is none. @throws Fault `publish/broken-manifest` */
export function currentManifest(paths: OutPaths, edition: Edition = 'noi_bo'): Manifest | null {
  const file = join(editionLink(paths, edition), 'manifest.json');
  if (!isThere(file)) return null;
  const manifest = manifestIn(readFileSync(file, 'utf8'));
  if (manifest !== null) return manifest;
  throw new Fault('publish/broken-manifest', `${file} cannot be read: the publication is not what was published`, {
    hint: 'csdl verify says what else is wrong; take its folder away or put a copy in its place',
  });
}

/** A new, empty folder for a publication; what an interrupted run left without a manifest is removed. */
export function startPublication(paths: OutPaths, name: string): string {
  mkdirSync(paths.publications, { recursive: true });
  for (const left of readdirSync(paths.publications)) {
    if (!isThere(join(paths.publications, left, 'manifest.json')))
      rmSync(join(paths.publications, left), { recursive: true, force: true });
  }
  const folder = join(paths.publications, name);
  mkdirSync(join(folder, 'exports'), { recursive: true });
  return folder;
}

/**
 * Writes files as they are made, given as relative path and content. Making thousands takes a while: whoever waits for the
 * engine gets a turn in between.
 * @returns how many were written
 */
export async function writeFiles(
  folder: string,
  files: Iterable<readonly [path: string, content: string | Uint8Array]>,
): Promise<number> {
  const made = new Set<string>();
  let written = 0;
  let turn = performance.now();
  for (const [path, content] of files) {
    const target = join(folder, path);
    if (!made.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
    made.add(dirname(target));
    writeFileSync(target, content);
    written += 1;
    if (performance.now() - turn < TURN_MS) continue;
    await setImmediate();
    turn = performance.now();
  }
  return written;
}

const TURN_MS = 50;

/** Lists every file with its hash; written last, so that a folder with a manifest is a whole publication. */
export function writeManifest(
  folder: string,
  facts: Omit<Manifest, 'files'>,
  /** Hashes of files that were written, and hashed, on an earlier night: path below `folder` → SHA-256. */
  known: ReadonlyMap<string, string> = new Map(),
): Manifest {
  const files: Manifest['files'] = {};
  for (const path of pathsBelow(folder, 'isFile')) {
    const name = relative(folder, path);
    files[name] = {
      sha256: known.get(name) ?? fileSha256(path),
      bytes: statSync(path).size,
    };
  }
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const manifest = { ...facts, files: sorted };
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The one rename; the fixed links lead to the internal edition alone. */
export function publish(paths: OutPaths, name: string, edition: Edition): void {
  replaceLink(editionLink(paths, edition), join('publications', name));
  if (edition !== 'noi_bo') return;
  for (const fixed of FIXED_LINKS) {
    const link = join(paths.out, fixed);
    if (!isThere(link)) replaceLink(link, join('current', fixed));
  }
}

function replaceLink(link: string, target: string): void {
  const fresh = `${link}.new-${process.pid}`;
  rmSync(fresh, { force: true });
  symlinkSync(target, fresh);
  renameSync(fresh, link);
  syncToDisk(dirname(link));
}

/** What tonight's run did, beside the publication (which is never altered): for operators, and for the banner of the site. */
export const statusSchema = z.object({
  run_id: z.string(),
  as_of: z.string(),
  finished_at: z.string(),
  published: z.boolean(),
  last_published_as_of: z.string().nullable(),
  message: z.string(),
});
export type Status = z.output<typeof statusSchema>;

export function writeStatus(paths: OutPaths, status: Status): void {
  const json = JSON.stringify(status, null, 2);
  // Escaped so that the text can stand in a script whatever a message holds.
  const script = `window.CSDL_STATUS = ${json.replace(/</g, '\\u003c')};\n`;
  for (const [path, content] of [
    [paths.statusJson, `${json}\n`],
    [paths.statusJs, script],
  ] as const) {
    writeFileSync(`${path}.new`, content);
    renameSync(`${path}.new`, path);
  }
}
