/** The thread that `exportTablesBeside` starts. Rule: a fault is told part by part, since an error loses its parts on the way. */
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '../../config/fault.ts';
import type { ExportMeta } from '../../reports/exports/table.ts';
import { exportTables } from './export.ts';
import type { Told } from './export-beside.ts';

const { file, folder, meta } = workerData as { file: string; folder: string; meta: ExportMeta };
let told: Told = { fault: null };
try {
  await exportTables(file, folder, meta);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  const { code, message, hint, exit } = error;
  told = { fault: { code, message, hint, exit } };
}
parentPort?.postMessage(told);
