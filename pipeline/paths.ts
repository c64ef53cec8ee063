/** Where things lie below `--out`. */
import { join, resolve } from 'node:path';
import type { OutPaths } from './contract.ts';
import { archiveFolder } from './database/archive.ts';

export function outPaths(out: string): OutPaths {
  const root = resolve(out);
  const store = join(root, 'store', 'store.duckdb');
  return {
    out: root,
    store,
    archive: archiveFolder(store),
    bundles: join(root, 'store', 'bundles'),
    publications: join(root, 'publications'),
    current: join(root, 'current'),
    chiaSe: join(root, 'chia_se'),
    lock: join(root, 'run.lock'),
    scratch: join(root, 'store', 'scratch'),
    statusJson: join(root, 'status.json'),
    statusJs: join(root, 'status.js'),
  };
}
