/** The run ledger and the history of figures: what was run when, with which settings, and what came out. */

import { quotedString } from '@duckdb/node-api';
import { z } from 'zod';
import { sqlTimestamp } from '../../config/time.ts';
import type { Database } from './database.ts';
import { keepFindings, keepNight, type NightKept } from './past-nights.ts';

const ALIAS = 'store';

export interface RunStart {
  run_id: string;
  started_at: Date;
  as_of: string;
  bundle: string;
  program_version: string;
  method: string;
}

/** Enters a run into the ledger. Call under the run lock, when `recover` has looked after those that never ended. */
export async function startRun(database: Database, run: RunStart): Promise<void> {
  await database.run(
    `INSERT INTO ${ALIAS}.run VALUES ($run_id, $started_at::TIMESTAMP, NULL, $as_of::DATE, $bundle, $program_version, $method, 'running')`,
    { ...run, started_at: sqlTimestamp(run.started_at) },
  );
}

const unfinishedRun = z.object({ run_id: z.string(), as_of: z.string(), state: z.enum(['running', 'publishing']) });

/** Runs that never ended, oldest first: `publishing` ones are recorded in full and may lack only their links. */
export async function unfinishedRuns(database: Database): Promise<z.output<typeof unfinishedRun>[]> {
  return database.rows(
    unfinishedRun,
    `SELECT run_id, as_of::VARCHAR AS as_of, state FROM ${ALIAS}.run WHERE state IN ('running', 'publishing') ORDER BY started_at, run_id`,
  );
}

export async function setRunState(
  database: Database,
  runId: string,
  state: 'publishing' | 'published' | 'withheld' | 'cancelled' | 'interrupted',
  finishedAt: Date,
): Promise<void> {
  await database.run(`UPDATE ${ALIAS}.run SET state = $state, finished_at = $at::TIMESTAMP WHERE run_id = $run_id`, {
    state,
    at: sqlTimestamp(finishedAt),
    run_id: runId,
  });
}

/**
 * All that a night which may be published leaves in the store, in one transaction, before its link is set: whenever the
 * process stops after it, the next run sets the link (`pipeline/recover.ts`), and nothing has to be worked out again.
 */
export async function keepPublished(database: Database, night: NightKept, at: Date): Promise<void> {
  await database.transaction(async () => {
    await setRunState(database, night.runId, 'publishing', at);
    await keepHistory(database, night.asOf);
    await keepNight(database, night);
  });
}

/** Keeps the night's figures in the history; a day scored again replaces itself. Call inside a transaction. */
export async function keepHistory(database: Database, asOf: string): Promise<void> {
  await database.run(`DELETE FROM ${ALIAS}.score_history WHERE as_of = $as_of::DATE`, { as_of: asOf });
  await database.run(
    `INSERT INTO ${ALIAS}.score_history SELECT * EXCLUDE (recorded_as) FROM publication.score_history WHERE as_of = $as_of::DATE`,
    { as_of: asOf },
  );
}

/** Takes back what `keepPublished` wrote of a run whose publication is gone; figures of its day come with the next night. */
export async function undoPublished(database: Database, runId: string, asOf: string): Promise<void> {
  await database.transaction(async () => {
    for (const table of ['finding_change', 'watched_change'])
      await database.run(`DELETE FROM ${ALIAS}.${table} WHERE run_id = $run_id`, { run_id: runId });
    await database.run(`DELETE FROM ${ALIAS}.score_history WHERE as_of = $as_of::DATE`, { as_of: asOf });
  });
}

/** Keeps figures and findings as a published file has them. Watched values stand in no publication: the next night tells them. */
export async function keepFromFile(database: Database, file: string, night: NightKept): Promise<void> {
  await database.attach(file, 'shown', true);
  try {
    await database.run(
      `CREATE SCHEMA publication; CREATE VIEW publication.score_history AS FROM shown.score_history;
       CREATE VIEW publication.finding AS FROM shown.finding`,
      {},
      `reading ${quotedString(file)}`,
    );
    await database.transaction(async () => {
      await keepHistory(database, night.asOf);
      await keepFindings(database, night);
    });
  } finally {
    await database.run('DROP SCHEMA IF EXISTS publication CASCADE');
    await database.detach('shown');
  }
}
