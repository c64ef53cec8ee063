/** The thread that `exportTablesBeside` starts: exports the tables it is told of, and tells a fault whole, since an error loses its parts on the way. */
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '../../config/fault.ts';
import { exportTables } from './export.ts';
import type { Told } from './export-beside.ts';

const { file, folder, meta } = workerData as { file: string; folder: string; meta: Parameters<typeof exportTables>[2] };
let told: Told = { fault: null };
try {
  await exportTables(file, folder, meta);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  const { code, message, hint, exit } = error;
  told = { fault: { code, message, hint, exit } };
}
parentPort?.postMessage(told);
