/** Runs of the ledger that nights are compared with, and what the store knows of the time between two of them. */
import { quotedString } from '@duckdb/node-api';
import { z } from 'zod';
import { sqlTimestamp } from '../../config/time.ts';
import type { Database } from './database.ts';

const ALIAS = 'store';

const runRow = z.object({
  run_id: z.string(),
  as_of: z.string(),
  started_at: z.string().transform((text) => new Date(`${text.replace(' ', 'T')}Z`)),
  bundle: z.string(),
  method: z.string(),
  state: z.string(),
});
/** A run that came to an end; `started_at` is also the moment up to which it knew. */
export type LedgerRun = z.output<typeof runRow>;

const RUN = `SELECT run_id, as_of::VARCHAR AS as_of, started_at::VARCHAR AS started_at, bundle, method, state FROM ${ALIAS}.run`;
const NEWEST = 'ORDER BY run.started_at DESC, run_id DESC LIMIT 1';

/** The last run that was published, or null. */
export async function lastPublished(database: Database): Promise<LedgerRun | null> {
  const [run] = await database.rows(runRow, `${RUN} WHERE state = 'published' ${NEWEST}`);
  return run ?? null;
}

/** The last run published for a day, or null. */
export async function publishedOn(database: Database, day: string): Promise<LedgerRun | null> {
  const [run] = await database.rows(
    runRow,
    `${RUN} WHERE state = 'published' AND as_of = TRY_CAST($day AS DATE) ${NEWEST}`,
    {
      day,
    },
  );
  return run ?? null;
}

/** The run of an id, published or withheld, or null. */
export async function runOfId(database: Database, id: string): Promise<LedgerRun | null> {
  const [run] = await database.rows(runRow, `${RUN} WHERE run_id = $id AND state IN ('published', 'withheld')`, { id });
  return run ?? null;
}

/** Days for which something was published, newest first, at most `n`. */
export async function publishedDays(database: Database, n: number): Promise<string[]> {
  const rows = await database.rows(
    z.object({ day: z.string() }),
    `SELECT DISTINCT as_of::VARCHAR AS day FROM ${ALIAS}.run WHERE state = 'published' ORDER BY day DESC LIMIT ${Math.trunc(n)}`,
  );
  return rows.map((row) => row.day);
}

/** The newest day of the history before `day`, or null; it is the day that table `change` compares with. */
export async function historyDayBefore(database: Database, day: string): Promise<string | null> {
  const [row] = await database.rows(
    z.object({ day: z.string().nullable() }),
    'SELECT max(as_of)::VARCHAR AS day FROM memory.raw.score_history WHERE as_of < $day::DATE',
    { day },
  );
  return row?.day ?? null;
}

/** Sources that failed when they were last asked up to a moment; a run that did not ask changes nothing. */
export async function failingSources(database: Database, at: Date): Promise<string[]> {
  const rows = await database.rows(
    z.object({ source_id: z.string() }),
    `SELECT h.source_id
     FROM ${ALIAS}.source_health AS h JOIN ${ALIAS}.run AS r ON r.run_id = h.run_id
     WHERE h.state <> 'skipped' AND r.started_at <= $at::TIMESTAMP
     GROUP BY h.source_id
     HAVING arg_max(h.state, (r.started_at, r.run_id)) = 'failed'
     ORDER BY h.source_id`,
    { at: sqlTimestamp(at) },
    'reading which sources failed',
  );
  return rows.map((row) => row.source_id);
}

/** A moment and a day: what was known by then, and visible by that day. */
export interface Horizon {
  asOf: string;
  knownAt: Date;
}

/** Which sources' facts came into sight between two horizons: learnt since, or stated for a day that has come. */
export async function sourcesWithNewFacts(database: Database, from: Horizon, to: Horizon): Promise<string[]> {
  // Two conditions apart, each of which passes over the closed months by their statistics.
  const came = (condition: string): string =>
    `SELECT DISTINCT source_id FROM memory.log.observation
     WHERE visible_on <= DATE ${quotedString(to.asOf)} AND collected_at <= TIMESTAMP ${quotedString(sqlTimestamp(to.knownAt))} AND ${condition}`;
  const rows = await database.rows(
    z.object({ source_id: z.string() }),
    `${came(`collected_at > TIMESTAMP ${quotedString(sqlTimestamp(from.knownAt))}`)}
     UNION ${came(`visible_on > DATE ${quotedString(from.asOf)}`)} ORDER BY 1`,
    {},
    'looking for facts learnt since',
  );
  return rows.map((row) => row.source_id);
}
