/**
 * A backup: store, closed months, bundles and what is published, in a folder of the same shape as `out`, with the hash of every
 * file. Rule: it has its name only when it is whole; every file is hashed where it came from and again where it went.
 */
import { linkSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { EXIT, Fault } from '../config/fault.ts';
import type { Log } from '../config/log.ts';
import { packageVersion } from '../config/package-root.ts';
import { EDITIONS, type Edition } from '../config/schema/publication.ts';
import { isThere } from '../config/system-fault.ts';
import type { OutPaths } from './contract.ts';
import { Database } from './database/database.ts';
import { requireStore, settleStore } from './database/store-file.ts';
import { copyDurably, fileSha256, pathsBelow } from './durable-file.ts';
import { takeLock } from './lock.ts';
import { recover, refuseUnfinishedRestore } from './recover.ts';
import { currentManifest, editionLink } from './stages/publish.ts';

/** A path of the backup: no way out of its folder. */
const place = z.string().regex(/^(store|publications)(\/(?!\.{1,2}(\/|$))[^/\\\0]+)+$/, 'leads out of the backup');

export const backupSchema = z.strictObject({
  format: z.literal(1),
  made_at: z.string(),
  program_version: z.string(),
  /** Name of the publication each edition showed. */
  published: z.strictObject({ noi_bo: z.string().nullable(), chia_se: z.string().nullable() }),
  files: z.record(place, z.strictObject({ sha256: z.string(), bytes: z.number() })),
});
export type Backup = z.output<typeof backupSchema>;

export const BACKUP_LIST = 'backup.json';

/**
 * Makes a backup of `paths.out` in the folder `to`, under the run lock; a run that was stopped is looked after first.
 * @param to must not exist or be empty
 * @returns the list that stands in `backup.json`
 * @throws Fault usage/not-empty, usage/no-store, run/locked, backup/changed
 */
export async function backUp(paths: OutPaths, to: string, log: Log, now: () => Date): Promise<Backup> {
  if (isThere(to) && readdirSync(to).length > 0)
    throw new Fault('usage/not-empty', `${to} is not empty`, {
      exit: EXIT.usage,
      hint: 'name a new folder; a backup is never overwritten',
    });
  requireStore(paths);
  const release = takeLock(paths.lock, now());
  const part = join(dirname(to), `.${basename(to)}.part`);
  try {
    refuseUnfinishedRestore(paths);
    const known = await settle(paths, log, now);
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    const published = { noi_bo: publishedName(paths, 'noi_bo'), chia_se: publishedName(paths, 'chia_se') };
    for (const edition of EDITIONS) addManifest(paths, edition, known);
    const backup: Backup = {
      format: 1,
      made_at: now().toISOString(),
      program_version: packageVersion,
      published,
      files: copyAll(paths, listFiles(paths, published), known, part),
    };
    writeFileSync(join(part, BACKUP_LIST), `${JSON.stringify(backup, null, 2)}\n`, { flush: true });
    rmSync(to, { recursive: true, force: true });
    renameSync(part, to);
    return backup;
  } finally {
    rmSync(part, { recursive: true, force: true });
    release();
  }
}

/** Finishes what a stopped run left, and writes all changes into the one file of the store. Gives the hashes of closed months. */
async function settle(paths: OutPaths, log: Log, now: () => Date): Promise<Map<string, string>> {
  const database = await Database.open({ spillFolder: paths.scratch });
  try {
    const months = await settleStore(database, paths.store, () => recover(database, paths, log, now));
    return new Map(months.map(({ file, sha256 }) => [relative(paths.out, join(paths.archive, file)), sha256]));
  } finally {
    database.close();
  }
}

function publishedName(paths: OutPaths, edition: Edition): string | null {
  const link = editionLink(paths, edition);
  return isThere(link) ? basename(realpathSync(link)) : null;
}

/** Adds the hashes that the manifest of what an edition shows gives for its files. */
function addManifest(paths: OutPaths, edition: Edition, known: Map<string, string>): void {
  const name = publishedName(paths, edition);
  if (name === null) return;
  const folder = relative(paths.out, join(paths.publications, name));
  for (const [file, { sha256 }] of Object.entries(currentManifest(paths, edition)?.files ?? {}))
    known.set(join(folder, file), sha256);
}

/** Everything a backup holds, as paths below `out`; closed months before the publications that hold them too. */
function listFiles(paths: OutPaths, published: Backup['published']): string[] {
  const names = Object.values(published).filter((name) => name !== null);
  const folders = [paths.archive, paths.bundles, ...names.map((name) => join(paths.publications, name))];
  const found = folders.flatMap((folder) => (isThere(folder) ? pathsBelow(folder, 'isFile').sort() : []));
  return [paths.store, ...found].map((path) => relative(paths.out, path));
}

function copyAll(
  paths: OutPaths,
  files: readonly string[],
  known: ReadonlyMap<string, string>,
  part: string,
): Backup['files'] {
  const copied: Backup['files'] = {};
  /** SHA-256 → the copy with these bytes: a closed month is published under a second name. */
  const byHash = new Map<string, string>();
  for (const file of files) {
    const [from, to] = [join(paths.out, file), join(part, file)];
    const expected = known.get(file) ?? fileSha256(from);
    const twin = byHash.get(expected);
    const sha256 = twin === undefined ? copyDurably(from, to) : linkOrCopy(twin, to, expected);
    if (sha256 !== expected) {
      throw new Fault('backup/changed', `${from} is not the file that was written`, {
        hint: 'something else wrote into this folder, or the disk fails; an earlier backup may hold the right file',
      });
    }
    byHash.set(sha256, to);
    copied[file] = { sha256, bytes: statSync(to).size };
  }
  return copied;
}

function linkOrCopy(from: string, to: string, sha256: string): string {
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(from, to);
    return sha256;
  } catch {
    return copyDurably(from, to);
  }
}
