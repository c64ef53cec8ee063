/** The tables of a large publication exported in a thread of their own, while the program still renders its pages. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ExitCode, Fault } from '../../config/fault.ts';
import { packageRoot } from '../../config/package-root.ts';
import type { ExportMeta } from '../../reports/exports/table.ts';

/** What the thread says when it is done. */
export interface Told {
  fault: { code: string; message: string; hint: string | undefined; exit: ExitCode } | null;
}

const THREAD = join(packageRoot, 'dist', 'pipeline', 'stages', 'export-thread.js');

/** The same files as `exportTables` writes. @throws the same */
export function exportTablesBeside(file: string, folder: string, meta: ExportMeta): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, { workerData: { file, folder, meta }, execArgv: [], env: {} });
    thread.on('message', ({ fault }: Told) => {
      if (fault === null) resolve();
      else reject(new Fault(fault.code, fault.message, { hint: fault.hint, exit: fault.exit }));
    });
    thread.on('error', reject);
    // After a word or an error this changes nothing.
    thread.on('exit', () => reject(new Error('the thread of the exports ended without a word')));
  });
}
