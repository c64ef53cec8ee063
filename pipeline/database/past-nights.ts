/**
 * What findings know of earlier nights. Rule: a night reads what was known before its day and writes only what differs
 * from it, so that the store grows with changes, a day run twice says the same, and a replay sees what the night saw.
 */
import { z } from 'zod';
import { sqlTimestamp } from '../../config/time.ts';
import type { Database } from './database.ts';

/** Nights of readings that findings look back on; also how long a resolved finding stays listed. */
export const FINDING_NIGHTS = 35;

/** Loads raw.finding_past, watched_past, source_night and quality_reading: all as known before the day `asOf`. */
export async function loadPastNights(database: Database, asOf: string, knownAt: Date): Promise<void> {
  const known = `known_at <= TIMESTAMP '${sqlTimestamp(knownAt)}'`;
  const recent = (day: string): string => `${day} > DATE '${asOf}' - ${FINDING_NIGHTS} AND ${day} <= DATE '${asOf}'`;
  await database.run(
    `CREATE OR REPLACE TABLE raw.finding_past AS
     WITH told AS (
       SELECT finding_id, as_of, arg_max(is_open, (known_at, rowid)) AS is_open
       FROM store.finding_change WHERE as_of < DATE '${asOf}' AND ${known} GROUP BY finding_id, as_of
     ), turned AS (
       FROM told QUALIFY is_open <> lag(is_open, 1, false) OVER (PARTITION BY finding_id ORDER BY as_of)
     )
     SELECT finding_id, min(as_of) AS first_seen, max(as_of) FILTER (is_open) AS open_since, count(*) FILTER (is_open) AS times_seen,
       CASE WHEN NOT arg_max(is_open, as_of) THEN max(as_of) END AS closed_on
     FROM turned GROUP BY finding_id;
     CREATE OR REPLACE TABLE raw.watched_past AS
     WITH told AS (
       FROM store.watched_change WHERE as_of < DATE '${asOf}' AND ${known}
       QUALIFY row_number() OVER (PARTITION BY family, database_id, key, as_of ORDER BY known_at DESC, rowid DESC) = 1
     )
     SELECT family, database_id, key, value, low, high, as_of AS since FROM told;
     CREATE OR REPLACE TABLE raw.source_night AS
     SELECT h.source_id, r.as_of, h.state, h.observations
     FROM store.source_health AS h JOIN store.run AS r ON r.run_id = h.run_id
     WHERE ${recent('r.as_of')} AND r.started_at <= TIMESTAMP '${sqlTimestamp(knownAt)}' AND h.state <> 'skipped'
     QUALIFY row_number() OVER (PARTITION BY h.source_id, r.as_of ORDER BY r.started_at DESC, r.run_id DESC) = 1;
     CREATE OR REPLACE TABLE raw.quality_reading AS
     SELECT source_id, database_id, contract, contract_hash, rule_id, table_name, observed_at, numerator, denominator
     FROM store.quality_result
     WHERE ${recent('visible_on')} AND collected_at <= TIMESTAMP '${sqlTimestamp(knownAt)}' AND state IN ('met', 'partial', 'unmet')
     QUALIFY row_number() OVER (PARTITION BY database_id, contract, rule_id, observed_at ORDER BY collected_at DESC, run_id DESC) = 1`,
    {},
    'reading earlier nights',
  );
}

const text = z.string();
const findingPast = z.object({
  finding_id: text,
  first_seen: text,
  open_since: text,
  times_seen: z.coerce.number(),
  closed_on: text.nullable(),
  told: z.object({
    finding_id: text,
    kind: text,
    severity: z.enum(['error', 'warning', 'info']),
    database_id: text.nullable(),
    agency_id: text.nullable(),
    name: text,
    text,
    is_contradiction: z.boolean(),
    observation_ids: text.nullable(),
  }),
});

/** What was known before `asOf` of the findings `ids`, of those that were open, and of those resolved of late. */
export async function readFindingPast(
  database: Database,
  asOf: string,
  ids: readonly string[],
): Promise<z.output<typeof findingPast>[]> {
  return database.rows(
    findingPast,
    // As told on the night it was last found anew; the sentences of all others are not read.
    `SELECT p.finding_id, p.first_seen, p.open_since, p.times_seen, p.closed_on,
       {finding_id: c.finding_id, kind: c.kind, severity: c.severity, database_id: c.database_id, agency_id: c.agency_id, name: c.name,
        text: c.text, is_contradiction: c.is_contradiction, observation_ids: c.observation_ids} AS told
     FROM raw.finding_past AS p
     JOIN store.finding_change AS c ON c.finding_id = p.finding_id AND c.as_of = p.open_since AND c.is_open
     WHERE p.closed_on IS NULL OR p.closed_on > $as_of::DATE - ${FINDING_NIGHTS}
       OR p.finding_id IN (SELECT unnest(from_json($ids::JSON, '["VARCHAR"]')))
     QUALIFY row_number() OVER (PARTITION BY p.finding_id ORDER BY c.known_at DESC, c.rowid DESC) = 1
     ORDER BY p.finding_id`,
    { as_of: asOf, ids: JSON.stringify(ids) },
    'reading earlier findings',
  );
}

/** Those of `ids` that no night has found. Call when tonight's findings are there. */
export async function unknownFindings(database: Database, ids: readonly string[]): Promise<string[]> {
  const known = await database.rows(
    z.object({ finding_id: text }),
    'SELECT finding_id FROM publication.finding UNION SELECT finding_id FROM store.finding_change',
  );
  const seen = new Set(known.map((row) => row.finding_id));
  return [...new Set(ids)].filter((id) => !seen.has(id));
}

export interface NightKept {
  asOf: string;
  knownAt: Date;
  runId: string;
}

/**
 * Writes what of the night's findings and watched values differs from what the store says of the day. Only of nights that are
 * published; call inside a transaction.
 */
export async function keepNight(database: Database, night: NightKept): Promise<void> {
  await keepFindings(database, night);
  await keepWatched(database, night);
}

const parametersOf = (night: NightKept) => ({
  as_of: night.asOf,
  known_at: sqlTimestamp(night.knownAt),
  run_id: night.runId,
});

/** The findings alone. */
export async function keepFindings(database: Database, night: NightKept): Promise<void> {
  await database.run(
    `INSERT INTO store.finding_change
       WITH last AS (
         SELECT finding_id, max_by(is_open, (as_of, known_at, rowid)) AS is_open, max((as_of, known_at, rowid)) AS newest
         FROM store.finding_change WHERE as_of <= $as_of::DATE GROUP BY finding_id
       ), tonight AS (
         FROM publication.finding WHERE state <> 'resolved'
       ), gone AS (
         SELECT finding_id, newest FROM last WHERE is_open AND finding_id NOT IN (SELECT finding_id FROM tonight)
       )
       SELECT t.finding_id, $as_of::DATE, true, t.kind, t.severity, t.database_id, t.agency_id, t.name, t.text, t.is_contradiction,
         t.observation_ids, $known_at::TIMESTAMP, $run_id
       FROM tonight AS t LEFT JOIN last AS l ON l.finding_id = t.finding_id
       WHERE l.is_open IS NOT TRUE
       UNION ALL
       SELECT c.finding_id, $as_of::DATE, false, c.kind, c.severity, c.database_id, c.agency_id, c.name, c.text, c.is_contradiction,
         c.observation_ids, $known_at::TIMESTAMP, $run_id
       FROM gone AS g JOIN store.finding_change AS c ON c.finding_id = g.finding_id AND (c.as_of, c.known_at, c.rowid) = g.newest
       ORDER BY 1`,
    parametersOf(night),
    'keeping the findings',
  );
}

async function keepWatched(database: Database, night: NightKept): Promise<void> {
  await database.run(
    `INSERT INTO store.watched_change
       WITH last AS (
         FROM store.watched_change WHERE as_of <= $as_of::DATE
         QUALIFY row_number() OVER (PARTITION BY family, database_id, key ORDER BY as_of DESC, known_at DESC, rowid DESC) = 1
       )
       SELECT w.family, w.database_id, w.key, $as_of::DATE, w.value, w.low, w.high, $known_at::TIMESTAMP, $run_id
       FROM score.watched AS w LEFT JOIN last AS l ON l.family = w.family AND l.database_id = w.database_id AND l.key = w.key
       WHERE l.family IS NULL OR (w.value, w.low, w.high) IS DISTINCT FROM (l.value, l.low, l.high)
       ORDER BY ALL`,
    parametersOf(night),
    'keeping the watched values',
  );
}
