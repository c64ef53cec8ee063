/**
 * Puts a backup back. Rule: every hash is verified before anything is touched and again in its new place; what is there already
 * is never overwritten, only moved aside when that was asked for.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Fault } from '../config/fault.ts';
import { isThere } from '../config/system-fault.ts';
import { BACKUP_LIST, type Backup, backupSchema } from './backup.ts';
import type { OutPaths } from './contract.ts';
import { copyDurably, fileSha256 } from './durable-file.ts';
import { takeLock } from './lock.ts';
import { RESTORING } from './recover.ts';
import { manifestSchema, publish, writeStatus } from './stages/publish.ts';

export interface Restored {
  backup: Backup;
  /** Where that was moved which stood in the folder; null where it was empty. */
  aside: string | null;
}

/**
 * Restores the backup in `from` into `paths.out`, under the run lock. While it is at work, and when it was stopped, no run begins.
 * @param replace move aside what is there
 * @throws Fault usage/no-backup, usage/not-empty, backup/damaged, run/locked
 */
export function restore(from: string, paths: OutPaths, replace: boolean, now: () => Date): Restored {
  const backup = verifyBackup(from);
  const startedAt = now();
  const release = takeLock(paths.lock, startedAt);
  try {
    const there = readdirSync(paths.out).filter((name) => name !== 'run.lock' && !name.startsWith('replaced-'));
    if (there.length > 0 && !replace)
      throw new Fault('usage/not-empty', `${paths.out} is not empty`, {
        exit: EXIT.usage,
        hint: 'name a new --out, or add --replace to move aside what is there',
      });
    const staged = join(paths.out, RESTORING);
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged);
    for (const [file, { sha256 }] of Object.entries(backup.files))
      if (copyDurably(join(from, file), join(staged, file)) !== sha256)
        throw damaged(join(staged, file), 'it does not read back as it was written');
    const aside = moveAside(
      paths,
      there.filter((name) => name !== RESTORING),
      startedAt,
    );
    for (const name of readdirSync(staged)) renameSync(join(staged, name), join(paths.out, name));
    show(paths, backup, now());
    rmSync(staged, { recursive: true, force: true });
    return { backup, aside };
  } finally {
    release();
  }
}

/**
 * Whether a backup is what was written: every file, byte by byte.
 * @throws Fault usage/no-backup, backup/damaged
 */
export function verifyBackup(from: string): Backup {
  const backup = readBackup(from);
  for (const [file, facts] of Object.entries(backup.files)) verify(join(from, file), facts);
  return backup;
}

function readBackup(from: string): Backup {
  const list = join(from, BACKUP_LIST);
  if (!isThere(list))
    throw new Fault('usage/no-backup', `there is no backup in ${from}: ${BACKUP_LIST} is missing`, {
      exit: EXIT.usage,
      hint: 'name the folder that csdl backup --to made',
    });
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(list, 'utf8'));
  } catch {
    throw damaged(list, 'it is no JSON');
  }
  const parsed = backupSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damaged(list, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function verify(path: string, { sha256, bytes }: Backup['files'][string]): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw damaged(path, 'it is missing');
  if (found.size !== bytes) throw damaged(path, `it has ${found.size} bytes; ${bytes} were written`);
  if (fileSha256(path) !== sha256) throw damaged(path, 'its bytes are not those that were written');
}

function damaged(path: string, reason: string): Fault {
  return new Fault('backup/damaged', `${path}: ${reason}`, {
    hint: 'it puts nothing back; take another backup',
  });
}

function moveAside(paths: OutPaths, names: readonly string[], at: Date): string | null {
  if (names.length === 0) return null;
  const aside = join(paths.out, `replaced-${at.toISOString().replace(/[-:.]/g, '')}`);
  mkdirSync(aside);
  for (const name of names) renameSync(join(paths.out, name), join(aside, name));
  return aside;
}

/** The links of the editions, and the status: what the backup showed. */
function show(paths: OutPaths, { published }: Backup, at: Date): void {
  if (published.chia_se !== null) publish(paths, published.chia_se, 'chia_se');
  if (published.noi_bo === null) return;
  publish(paths, published.noi_bo, 'noi_bo');
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(paths.current, 'manifest.json'), 'utf8')));
  const { run_id, as_of } = manifest;
  writeStatus(paths, {
    run_id,
    as_of,
    finished_at: at.toISOString(),
    published: true,
    last_published_as_of: as_of,
    message: '',
  });
}
