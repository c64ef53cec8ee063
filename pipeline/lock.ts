/**
 * The run lock: a file of its own, created exclusively, that says who holds it (DuckDB's file lock is not one).
 * A lock whose process is gone, or that an earlier boot left, is stale and is taken over.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { EXIT, Fault } from '../config/fault.ts';

export interface Holder {
  pid: number;
  host: string;
  boot_id: string | null;
  /** Start of the process in clock ticks since boot: tells a reused pid from its former owner. */
  process_start: string | null;
  started_at: string;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function bootId(): string | null {
  return read('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
}

function processStart(pid: number): string | null {
  // The command may hold spaces and brackets; fields are counted from the last bracket.
  return (
    read(`/proc/${pid}/stat`)
      ?.replace(/^.*\) /s, '')
      .split(' ')[19] ?? null
  );
}

/** Whether the process that holds a lock is still there; one of another host cannot be looked at and is believed. */
export function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true; // cannot be looked at from here: believed
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // A process that began at that very tick is that process, whatever id of the boot a container shows to one and not to the other.
  const start = processStart(holder.pid);
  if (holder.process_start !== null && start !== null) return holder.process_start === start;
  return holder.boot_id === null || holder.boot_id === bootId();
}

/** What root writes the user of the nightly run cannot write again. */
function refuseRoot(folder: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid } = statSync(folder);
  if (uid === 0) return;
  throw new Fault('usage/wrong-user', `${folder} belongs to another user (uid ${uid}) than root, who asks for this`, {
    exit: EXIT.usage,
    hint: 'do it as that user: runuser -u csdl -- csdl …',
  });
}

/**
 * Takes the lock or says who holds it.
 * @returns a function that gives the lock back
 * @throws Fault `run/locked`; `usage/wrong-user` where root would write into the folder of another user
 */
export function takeLock(path: string, startedAt: Date): () => void {
  mkdirSync(dirname(path), { recursive: true });
  refuseRoot(dirname(path));
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    boot_id: bootId(),
    process_start: processStart(process.pid),
    started_at: startedAt.toISOString(),
  };
  const text = JSON.stringify(mine);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, text);
      closeSync(file);
      return () => {
        if (read(path) === text) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new Fault('run/no-lock', `cannot create ${path}: ${(error as Error).message}`, {
          cause: error,
          hint: 'check that the output folder can be written',
        });
      }
      const found = readSettled(path);
      const holder = parseHolder(found);
      if (holder !== null && isAlive(holder)) {
        throw new Fault(
          'run/locked',
          `another run holds ${path}: process ${holder.pid} on ${holder.host} since ${holder.started_at}`,
          {
            hint: 'wait for it to end; if that machine is gone for good, delete the file',
          },
        );
      }
      removeStale(path, found);
    }
  }
  throw new Fault('run/locked', `another run took ${path} at the same moment`, { hint: 'wait for it to end' });
}

/** Text of the lock; an empty file may be one whose owner is just about to write it, so it gets a moment. */
function readSettled(path: string): string | null {
  for (let look = 0; look < 10 && read(path) === ''; look++)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  return read(path);
}

/** Takes a stale lock away, unless another run has put its own in its place since it was read. */
function removeStale(path: string, judged: string | null): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // another run was quicker
  }
  if (read(aside) !== judged && !existsSync(path)) renameSync(aside, path);
  rmSync(aside, { force: true });
}

/** Null for what is no lock of ours: cut off while being written, or another file's content. */
export function parseHolder(text: string | null): Holder | null {
  try {
    const holder = JSON.parse(text ?? '') as Partial<Holder> | null;
    const isOurs = typeof holder?.host === 'string' && Number.isInteger(holder.pid) && (holder.pid ?? 0) > 0;
    return isOurs ? (holder as Holder) : null;
  } catch {
    return null;
  }
}
