/** The run ledger and the history of figures: what was run when, with which settings, and what came out. */
import { sqlTimestamp } from '../../config/time.ts';
import type { Database } from './database.ts';

const ALIAS = 'store';

export interface RunStart {
  run_id: string;
  started_at: Date;
  as_of: string;
  bundle: string;
  program_version: string;
  method: string;
}

/** Enters a run into the ledger; runs that never ended are marked as interrupted. Call under the run lock. */
export async function startRun(database: Database, run: RunStart): Promise<void> {
  await database.transaction(async () => {
    await database.run(`UPDATE ${ALIAS}.run SET state = 'interrupted' WHERE state = 'running'`);
    await database.run(
      `INSERT INTO ${ALIAS}.run VALUES ($run_id, $started_at::TIMESTAMP, NULL, $as_of::DATE, $bundle, $program_version, $method, 'running')`,
      { ...run, started_at: sqlTimestamp(run.started_at) },
    );
  });
}

export async function setRunState(
  database: Database,
  runId: string,
  state: 'published' | 'withheld' | 'cancelled',
  finishedAt: Date,
): Promise<void> {
  await database.run(`UPDATE ${ALIAS}.run SET state = $state, finished_at = $at::TIMESTAMP WHERE run_id = $run_id`, {
    state,
    at: sqlTimestamp(finishedAt),
    run_id: runId,
  });
}

/** Keeps the night's figures in the history; a day scored again replaces itself. */
export async function keepHistory(database: Database, asOf: string): Promise<void> {
  await database.transaction(async () => {
    await database.run(`DELETE FROM ${ALIAS}.score_history WHERE as_of = $as_of::DATE`, { as_of: asOf });
    await database.run(
      `INSERT INTO ${ALIAS}.score_history SELECT * EXCLUDE (recorded_as) FROM publication.score_history WHERE as_of = $as_of::DATE`,
      { as_of: asOf },
    );
  });
}
