/** Opens the store of `--out` for looking back: read-only, attached as `store`; says what to do when there is none. */
import type { OutPaths } from '../contract.ts';
import { Database } from '../database/database.ts';
import { readStore } from '../database/store.ts';
import { requireStore } from '../database/store-file.ts';
import { outPaths } from '../paths.ts';

/** Runs `work` over the store. @throws Fault `usage/no-store` */
export async function onStore<T>(out: string, work: (database: Database, paths: OutPaths) => Promise<T>): Promise<T> {
  const paths = outPaths(out);
  requireStore(paths);
  const database = await Database.open({ spillFolder: paths.scratch });
  try {
    await readStore(database, paths.store);
    return await work(database, paths);
  } finally {
    database.close();
  }
}
