/** The folder of the results: may it be written, who else may read it, is there room, and who holds the lock. Rule: one probe file is written there, and removed. */
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isThere, knownFault } from '../../config/system-fault.ts';
import type { OutPaths } from '../contract.ts';
import { isAlive, parseHolder } from '../lock.ts';
import { currentManifest, type Manifest } from '../stages/publish.ts';
import { action, type Examined, note, ok, shownBytes } from './examined.ts';

/** A night on the shipped facts takes a few megabytes; an engine that spills takes more. */
const LEAST_ROOM = 500_000_000;
const LONG_RUN_HOURS = 6;

/** What to do where this user may not look into the folder: nothing else about it can be said then. Null where it is open. */
export function examineClosed({ out, current, statusJson, store }: OutPaths): Examined | null {
  try {
    if (isThere(out)) accessSync(out, constants.R_OK | constants.X_OK);
    for (const file of [join(current, 'manifest.json'), statusJson, store])
      if (isThere(file)) accessSync(file, constants.R_OK);
    return null;
  } catch (error) {
    const known = knownFault(error);
    if (known === null) throw error;
    return action(
      'folder',
      known.message,
      `run csdl doctor as the user of the nightly run; if it says the same there: chown -R USER:GROUP ${out}`,
    );
  }
}

/** @param user of the process; undefined where the system knows none */
export function examineFolder(paths: OutPaths, now: Date, user: number | undefined): Examined[] {
  if (!isThere(paths.out)) {
    const hint = 'csdl run makes it; --out names another one';
    return [note('folder', `${paths.out} is not there yet`, hint), examineRoom(paths)];
  }
  return [
    examineWriting(paths, user),
    ...examineOwners(paths),
    examineReaders(paths),
    examineRoom(paths),
    examineLock(paths, now),
  ];
}

function examineWriting({ out, store }: OutPaths, user: number | undefined): Examined {
  const probe = join(out, `.doctor-${process.pid}`);
  try {
    writeFileSync(probe, '', { flag: 'wx' });
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return action(
      'folder',
      `${out} cannot be written (${code ?? 'unknown'})`,
      'give it to the user that runs the night, and see whether the disk is mounted read-only',
    );
  }
  const owner = statSync(out).uid;
  if (user === 0 && owner !== 0)
    return note(
      'folder',
      `${out} belongs to another user (uid ${owner}), who may read less than root`,
      'run csdl doctor as that user: runuser -u csdl -- csdl doctor …',
    );
  const stores = isThere(store) ? statSync(store).uid : user;
  return user === undefined || stores === user
    ? ok('folder', `${out} can be written`)
    : action(
        'folder',
        `the store belongs to another user (uid ${stores})`,
        'run csdl as the user of the nightly run, or give the whole folder to this one',
      );
}

/** What somebody else left in the folder the night cannot write again or remove. */
function examineOwners({ out }: OutPaths): Examined[] {
  const { uid, gid } = statSync(out);
  const remedy = `as root: chown -R ${uid}:${gid} ${out}`;
  try {
    const others = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(
      (name) => (lstatSync(join(out, name), { throwIfNoEntry: false })?.uid ?? uid) !== uid,
    );
    const [first] = others;
    const message = `${others.length} files and folders of ${out} do not belong to its owner (uid ${uid}); the first: ${first}`;
    return first === undefined ? [] : [action('owners', message, remedy)];
  } catch (error) {
    const known = knownFault(error);
    if (known === null) throw error;
    return [action('owners', known.message, remedy)];
  }
}

/** The internal edition is for the house alone. */
function examineReaders({ out }: OutPaths): Examined {
  const mode = statSync(out).mode & 0o777;
  const shown = mode.toString(8).padStart(3, '0');
  if ((mode & 0o002) !== 0)
    return action('rights', `everybody may write into ${out} (mode ${shown})`, `chmod o-rwx ${out}`);
  return (mode & 0o004) !== 0
    ? note(
        'rights',
        `every user of this machine may read ${out} (mode ${shown})`,
        `chmod o-rwx ${out}, if they are not all meant to`,
      )
    : ok('rights', `${out} is closed to other users (mode ${shown})`);
}

/** A night writes a whole publication beside the last one, and the engine copies what it changes in the store. */
function examineRoom(paths: OutPaths): Examined {
  let place = paths.out;
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  const files = Object.values(readableManifest(paths)?.files ?? {});
  const publication = files.reduce((n, { bytes }) => n + bytes, 0);
  const store = isThere(paths.store) ? statSync(paths.store).size : 0;
  const need = Math.max(LEAST_ROOM, 2 * publication + store);
  const message = `${shownBytes(free)} free, a night may need ${shownBytes(need)}`;
  return free >= need
    ? ok('disk', message)
    : action(
        'disk',
        message,
        'make room: old folders of publications may be removed but for the one `current` leads to; see `keep` in publication.yaml',
      );
}

function examineLock({ lock, out }: OutPaths, now: Date): Examined {
  if (!isThere(lock)) return ok('lock', 'no run is going on');
  const holder = parseHolder(readText(lock));
  if (holder === null || !isAlive(holder))
    return note('lock', `a run that was killed left ${lock}`, 'the next run takes it over by itself');
  const hours = (now.getTime() - Date.parse(holder.started_at)) / 3_600_000;
  const message = `process ${holder.pid} on ${holder.host} is running since ${holder.started_at}`;
  return hours > LONG_RUN_HOURS
    ? action('lock', message, `see why it does not end; if that process is gone for good, delete run.lock in ${out}`)
    : note('lock', message);
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Whether a run holds the store now. */
export function isRunning({ lock }: OutPaths): boolean {
  const holder = isThere(lock) ? parseHolder(readText(lock)) : null;
  return holder !== null && isAlive(holder);
}

/** The manifest of the current publication, or null: one that cannot be read is told by the check of the publication. */
export function readableManifest(paths: OutPaths): Manifest | null {
  try {
    return currentManifest(paths);
  } catch {
    return null;
  }
}
