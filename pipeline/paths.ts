/** Where things lie below `--out`. */
import { join, resolve } from 'node:path';
import type { OutPaths } from './contract.ts';

export function outPaths(out: string): OutPaths {
  const root = resolve(out);
  return {
    out: root,
    store: join(root, 'store', 'store.duckdb'),
    archive: join(root, 'store', 'observation'),
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
