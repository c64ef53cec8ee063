/**
 * What the operating system refused, as a fault a person can act on: a missing right or a full disk is no bug of the program.
 * Rule: "not there" and "may not be looked at" are two things; only the first lets something else stand in.
 */
import { statSync } from 'node:fs';
import { Fault } from './fault.ts';

/** What whoever may not read or write can do about it. */
export const LET_IN =
  'be the user of the nightly run (runuser -u csdl -- csdl …) or, to read, a member of its group (usermod -aG csdl NAME); files that root left there: chown them to that user';
const REFUSALS: Readonly<Record<string, readonly [code: string, said: string, hint: string]>> = {
  EACCES: ['system/permission', 'permission denied', LET_IN],
  EPERM: ['system/permission', 'operation not permitted', LET_IN],
  EROFS: ['system/read-only', 'the disk is mounted read-only', 'mount it for writing, or name another folder (--out)'],
  ENOSPC: ['system/no-space', 'no space left', 'make room on that disk; csdl doctor says how much a night needs'],
  EDQUOT: ['system/no-space', 'the quota is used up', 'make room, or raise the quota of this user'],
  EMFILE: ['system/too-many-files', 'too many open files', 'raise the limit (LimitNOFILE=, ulimit -n)'],
  ENFILE: ['system/too-many-files', 'too many open files on this machine', 'see which program holds them (lsof)'],
};

/** The fault that was thrown, or the one that a refusal of the system stands for; null where it is neither: a bug. */
export function knownFault(error: unknown): Fault | null {
  if (error instanceof Fault) return error;
  if (!(error instanceof Error)) return null;
  const { code = '', path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const [known, said, hint] = REFUSALS[code] ?? [];
  if (known === undefined || said === undefined) return null;
  const places = [path, dest].filter((place) => place !== undefined);
  return new Fault(known, places.length === 0 ? said : `${places.join(' → ')}: ${said}`, { hint, cause: error });
}

/** What an engine said of a file in words of its own. */
export const noPermission = (path: string, cause: unknown): Fault =>
  new Fault('system/permission', `${path}: permission denied`, { hint: LET_IN, cause });

/** Whether something is there. @throws what the system says where it may not be looked at: a folder that is closed is not empty */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // Something else stands where a folder of the path would.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}
