/**
 * What an earlier run that was stopped left behind, finished or undone before the next one begins. Rule: a run whose record
 * is in the store is finished (its publication is whole, only links may lack); any other is undone.
 */
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '../config/fault.ts';
import type { Log } from '../config/log.ts';
import { isThere } from '../config/system-fault.ts';
import type { OutPaths } from './contract.ts';
import type { Database } from './database/database.ts';
import { keepFromFile, setRunState, undoPublished, unfinishedRuns } from './database/ledger.ts';
import { currentManifest, type Manifest, publish, writeStatus } from './stages/publish.ts';
import { verifyPublication } from './verify.ts';

/** Where `csdl restore` puts files before they get their place; while it is there, nothing else is whole. */
export const RESTORING = '.restoring';

/**
 * Looks after every run that never ended, and removes what it left. Call under the run lock, with the store attached.
 * @throws Fault store/restore-unfinished
 */
export async function recover(database: Database, paths: OutPaths, log: Log, now: () => Date): Promise<void> {
  for (const { run_id: runId, as_of: asOf, state } of await unfinishedRuns(database)) {
    const of = { interrupted: runId, interrupted_as_of: asOf };
    const shown = currentManifest(paths);
    const isShown = shown?.run_id === runId;
    const broken = state === 'publishing' ? brokenPublication(join(paths.publications, runId)) : null;
    if (state === 'publishing' && (isShown || broken === null)) {
      finish(paths, runId, asOf, now());
      await setRunState(database, runId, 'published', now());
      log.warn('recover.finished', { ...of, done: 'it was recorded; its publication is now what readers see' });
    } else if (isShown) {
      // A program that set the link before the record: what is shown says what has to be recorded.
      await recordShown(database, paths, shown);
      await setRunState(database, runId, 'published', now());
      log.warn('recover.recorded', {
        ...of,
        done: 'readers see its publication; figures and findings are recorded from it',
      });
    } else {
      if (state === 'publishing') {
        await undoPublished(database, runId, asOf);
        if (shown?.as_of === asOf) await recordShown(database, paths, shown);
      }
      for (const left of [runId, `${runId}-chia_se`])
        rmSync(join(paths.publications, left), { recursive: true, force: true });
      await setRunState(database, runId, 'interrupted', now());
      log.warn('recover.undone', {
        ...of,
        ...(broken === null ? {} : { reason: broken }),
        done: 'nothing of it was published; the facts it had stored stay',
      });
    }
  }
  removeLeftovers(paths);
}

/** Refuses to work in a folder whose restoring never ended. Call under the run lock, before the store is opened. */
export function refuseUnfinishedRestore(paths: OutPaths): void {
  if (!isThere(join(paths.out, RESTORING))) return;
  throw new Fault('store/restore-unfinished', `a restore into ${paths.out} was stopped before its end`, {
    hint: 'run csdl restore again, with --replace',
  });
}

/** What readers see now, recorded from its own file. */
function recordShown(database: Database, paths: OutPaths, shown: Manifest): Promise<void> {
  const night = { asOf: shown.as_of, knownAt: new Date(shown.made_at), runId: shown.run_id };
  return keepFromFile(database, join(paths.current, 'csdl.duckdb'), night);
}

/** Sets the links of a run that is recorded: one that is set already stays as it is. */
function finish(paths: OutPaths, runId: string, asOf: string, at: Date): void {
  publish(paths, runId, 'noi_bo');
  const edition = `${runId}-chia_se`;
  if (brokenPublication(join(paths.publications, edition)) === null) publish(paths, edition, 'chia_se');
  else rmSync(join(paths.publications, edition), { recursive: true, force: true });
  writeStatus(paths, {
    run_id: runId,
    as_of: asOf,
    finished_at: at.toISOString(),
    published: true,
    last_published_as_of: asOf,
    message: '',
  });
}

/** What of a publication is not as its manifest says, the first thing found; null when it is whole. Reads every byte. */
function brokenPublication(folder: string): string | null {
  try {
    const { files } = verifyPublication(folder, null);
    const bad = files.find(({ state }) => state !== 'ok' && state !== 'extra');
    return bad === undefined ? null : `${bad.path}: ${bad.state}`;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

/** Files under a name for the time of their writing; whoever wrote them is gone. */
function removeLeftovers(paths: OutPaths): void {
  for (const folder of [paths.out, dirname(paths.store), paths.bundles, paths.archive]) {
    for (const name of isThere(folder) ? readdirSync(folder) : []) {
      if (/\.(new|new-\d+|stale-\d+)$/.test(name)) rmSync(join(folder, name), { force: true });
    }
  }
}
