/** What the store knows of sources from earlier runs: when each last answered, for how long it has not, what it keeps. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { SOURCE_MEMORY_COLUMNS, type SourceMemoryRow } from './store-rows.ts';

const ALIAS = 'store';

export interface SourcePast {
  /** Start of the last run in which it answered (UTC, as the store writes it), or null. */
  lastGoodAt: string | null;
  /** Runs on end since then in which it failed. */
  failures: number;
}

/** The past of every source that was ever asked. */
export async function readSourcePast(database: Database): Promise<Map<string, SourcePast>> {
  const rows = await database.rows(
    z.object({ source_id: z.string(), last_good_at: z.string().nullable(), failures: z.coerce.number() }),
    `WITH asked AS (
       SELECT h.source_id, h.state, r.started_at
       FROM ${ALIAS}.source_health AS h JOIN ${ALIAS}.run AS r ON r.run_id = h.run_id
     ), good AS (
       SELECT source_id, max(started_at) AS last_good_at FROM asked WHERE state = 'ok' GROUP BY source_id
     )
     SELECT a.source_id, any_value(g.last_good_at)::VARCHAR AS last_good_at,
       count(*) FILTER (a.state = 'failed' AND (g.last_good_at IS NULL OR a.started_at > g.last_good_at)) AS failures
     FROM asked AS a LEFT JOIN good AS g ON g.source_id = a.source_id
     GROUP BY a.source_id`,
    {},
    'reading the past of the sources',
  );
  return new Map(rows.map((row) => [row.source_id, { lastGoodAt: row.last_good_at, failures: row.failures }]));
}

/** What each source kept under the given settings, by source and key. */
export async function readMemory(database: Database, bundle: string): Promise<Map<string, Map<string, string>>> {
  const rows = await database.rows(
    z.object({ source_id: z.string(), key: z.string(), value: z.string() }),
    `SELECT source_id, key, value FROM ${ALIAS}.source_memory WHERE bundle = $bundle`,
    { bundle },
    'reading what the sources keep',
  );
  const memory = new Map<string, Map<string, string>>();
  for (const { source_id: source, key, value } of rows) {
    const own = memory.get(source) ?? new Map<string, string>();
    memory.set(source, own.set(key, value));
  }
  return memory;
}

/** Keeps the rows; those of the same source under other settings, and of the same key, go. Call inside a transaction. */
export async function keepMemory(database: Database, rows: readonly SourceMemoryRow[]): Promise<void> {
  if (rows.length === 0) return;
  await database.createTable('temp.main.kept', SOURCE_MEMORY_COLUMNS, rows);
  await database.run(
    `DELETE FROM ${ALIAS}.source_memory AS m USING temp.main.kept AS k
     WHERE m.source_id = k.source_id AND (m.key = k.key OR m.bundle <> k.bundle)`,
  );
  await database.run(`INSERT INTO ${ALIAS}.source_memory FROM temp.main.kept; DROP TABLE temp.main.kept`);
}
