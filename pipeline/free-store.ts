/** The store for a night: one that another program has open is waited for, since a night is not lost to somebody who looks back. */
import { setTimeout as wait } from 'node:timers/promises';
import { Fault } from '../config/fault.ts';
import type { RunOptions } from './contract.ts';
import type { Database } from './database/database.ts';
import { openStore } from './database/store.ts';

/** Programs that look back (csdl score, diff, explain) have the store open for seconds or minutes. */
const [WAIT_SECONDS, LOOK_AGAIN_MS] = [600, 500];

const WAITING =
  'the night begins once csdl score, diff or explain, or a shell of the engine, is done with it, or gives up after a while';

/** @throws Fault `database/store-in-use` after the time to wait, and what `openStore` throws */
export async function openFreeStore(
  database: Database,
  path: string,
  { log, signal, waitSeconds = WAIT_SECONDS }: Pick<RunOptions, 'log' | 'signal' | 'waitSeconds'>,
): Promise<void> {
  const until = performance.now() + waitSeconds * 1000;
  for (let isTold = false; ; isTold = true) {
    try {
      return await openStore(database, path);
    } catch (error) {
      const isInUse = error instanceof Fault && error.code === 'database/store-in-use';
      if (!isInUse || performance.now() >= until) throw error;
      if (!isTold) log.warn('store.waiting', { message: error.message, hint: WAITING });
      await wait(LOOK_AGAIN_MS, undefined, { signal });
    }
  }
}
