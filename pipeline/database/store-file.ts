/**
 * The store as a file: made under another name until it is whole, copied aside before a migration. Rule: nothing here opens
 * the file through `fs` while the engine has it attached (that would drop the engine's own lock).
 */
import { constants, copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EXIT, Fault } from '../../config/fault.ts';
import { isThere, noPermission } from '../../config/system-fault.ts';
import type { OutPaths } from '../contract.ts';
import { renameDurably } from '../durable-file.ts';
import { type ArchivedMonth, archivedMonths } from './archive.ts';
import type { Database } from './database.ts';

/** @throws Fault `usage/no-store` where no run has made one yet */
export function requireStore({ out, store }: OutPaths): void {
  if (isThere(store)) return;
  throw new Fault('usage/no-store', `there is no store in ${out}`, {
    exit: EXIT.usage,
    hint: 'csdl run makes one; --out or CSDL_OUT names its folder',
  });
}

const IN_USE = /could not set lock|conflicting lock|being used by another process/i;

/**
 * Attaches a store that is there.
 * @throws Fault database/store-in-use (another program reads it), database/store-damaged (it is no store, or no longer one)
 */
export async function attachStore(database: Database, path: string, alias: string, readOnly = false): Promise<void> {
  try {
    await database.attach(path, alias, readOnly);
  } catch (error) {
    const message = (error as Error).message;
    if (IN_USE.test(message))
      throw new Fault('database/store-in-use', `another program has ${path} open`, {
        hint: 'the nightly run, csdl score, diff and explain have it open while they work, a shell of the engine until it is left; try again then',
        cause: error,
      });
    if (/permission denied/i.test(message)) throw noPermission(path, error);
    if (!isThere(path) || /read-only file system|no space/i.test(message)) throw error;
    throw new Fault('database/store-damaged', `the store ${path} cannot be opened: ${message}`, {
      hint: 'the last publication stands; put the store back, with the timer stopped and as the user of the nightly run: csdl restore BACKUP --replace',
      cause: error,
    });
  }
}

/** Makes the store in a file beside its place and moves it there when `fill` is done: a store is there whole or not at all. */
export async function createStore(
  database: Database,
  path: string,
  alias: string,
  fill: () => Promise<void>,
): Promise<void> {
  const fresh = `${path}.new`;
  for (const left of [fresh, `${fresh}.wal`]) rmSync(left, { force: true });
  await database.attach(fresh, alias);
  await fill();
  await database.detach(alias);
  // Without its store a log of changes is nobody's; beside another one the engine would refuse it, or worse, take it.
  if (isThere(`${path}.wal`)) renameSync(`${path}.wal`, `${path}.wal.without-store`);
  renameDurably(fresh, path);
}

/**
 * Opens the store as it is, neither made nor migrated, does `work`, and writes all changes into its one file. Afterwards it is
 * detached and may be copied.
 * @returns its closed months, of which the files lie beside it
 */
export async function settleStore(
  database: Database,
  path: string,
  work: () => Promise<void>,
): Promise<ArchivedMonth[]> {
  await attachStore(database, path, 'store');
  await work();
  const [found] = await database.anyRows(
    "SELECT 1 FROM duckdb_tables() WHERE database_name = 'store' AND table_name = 'archived_month'",
  );
  const months = found === undefined ? [] : await archivedMonths(database);
  await database.run('CHECKPOINT store', {}, `writing ${path}`);
  await database.detach('store');
  return months;
}

const copyName = (path: string, migration: string): string => `${path}.before-${migration.slice(0, 4)}`;

/**
 * Copies the store aside before `migration` changes it. Call while it is not attached. Its changes not yet written into it
 * (a `.wal` beside it) must have been: attaching and detaching does that.
 */
export function copyBefore(path: string, migration: string): string {
  const copy = copyName(path, migration);
  if (isThere(copy)) return copy; // of an earlier try, which stopped in the middle of the migrations
  copyFileSync(path, `${copy}.new`, constants.COPYFILE_FICLONE);
  renameDurably(`${copy}.new`, copy);
  return copy;
}

/** Removes the copies made before migrations: the night after them was published. */
export function removeCopies(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${basename(path)}.before-`)) rmSync(join(folder, name), { force: true });
  }
}
