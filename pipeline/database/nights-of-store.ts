/** What the store and the engine say of themselves, for whoever looks after the machine. Rule: the store is opened for reading only, and never while a run holds it. */
import { z } from 'zod';
import { Database } from './database.ts';
import { readStore } from './store.ts';

const ledgerRow = z.object({
  run_id: z.string(),
  started_at: z.string(),
  as_of: z.string(),
  state: z.string(),
});
const troubleRow = z.object({
  source_id: z.string(),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  error_hint: z.string().nullable(),
  failures: z.coerce.number(),
});

export interface NightsOfStore {
  /** The last runs, newest first. */
  runs: z.output<typeof ledgerRow>[];
  /** Runs on end, up to the last one, that published nothing. */
  unpublished: number;
  /** Sources that failed in the last run. */
  troubles: z.output<typeof troubleRow>[];
  /** The newest day of which a fact speaks; null where there is none. */
  newest: string | null;
}

const SHOWN_RUNS = 7;

/** @throws Fault of the engine where the store cannot be read; `database/older-store` before a first run of this version */
export async function readNightsOfStore(store: string): Promise<NightsOfStore> {
  const database = await Database.open({ threads: 1, memoryLimit: '256MB' });
  try {
    await readStore(database, store);
    const runs = await database.rows(
      ledgerRow,
      `SELECT run_id, started_at::VARCHAR AS started_at, as_of::VARCHAR AS as_of, state FROM store.run
       ORDER BY started_at DESC, run_id DESC LIMIT ${SHOWN_RUNS}`,
    );
    const [count] = await database.rows(
      z.object({ n: z.coerce.number() }),
      `SELECT count(*) AS n FROM store.run
       WHERE started_at > coalesce((SELECT max(started_at) FROM store.run WHERE state = 'published'), TIMESTAMP '1970-01-01')`,
    );
    const troubles = await database.rows(
      troubleRow,
      `SELECT source_id, error_code, error_message, error_hint, failures FROM store.source_health
       WHERE run_id = (SELECT run_id FROM store.run ORDER BY started_at DESC, run_id DESC LIMIT 1) AND state = 'failed'
       ORDER BY source_id`,
    );
    const [facts] = await database.rows(
      z.object({ newest: z.string().nullable() }),
      'SELECT max(observed_at)::VARCHAR AS newest FROM store.observation_latest',
    );
    return { runs, unpublished: count?.n ?? 0, troubles, newest: facts?.newest ?? null };
  } finally {
    database.close();
  }
}

/** Extensions the engine has without fetching anything. */
export async function loadedExtensions(): Promise<string[]> {
  const database = await Database.open({ threads: 1, memoryLimit: '64MB' });
  try {
    const rows = await database.rows(
      z.object({ name: z.string() }),
      'SELECT extension_name AS name FROM duckdb_extensions() WHERE loaded ORDER BY 1',
    );
    return rows.map(({ name }) => name);
  } finally {
    database.close();
  }
}
