/** Fills schema `raw` with the settings and with what the store knows as of the day. Models read nothing else. */
import type { Config } from '../../config/load.ts';
import { sqlTimestamp } from '../../config/time.ts';
import type { Database } from './database.ts';
import { newestOnly } from './latest.ts';
import { loadPastNights } from './past-nights.ts';
import { loadQualityResults } from './quality-store.ts';
import { loadMethod, loadVocabulary } from './raw-method.ts';
import { loadOperation } from './raw-operation.ts';
import { loadRegistry } from './raw-registry.ts';
import { RawTables } from './raw-table.ts';
import { SOURCE_HEALTH_COLUMNS, type SourceHealthRow } from './store-rows.ts';

/** Nights of observations that a publication holds besides what speaks. */
const PUBLISHED_NIGHTS = 35;

/** All settings that models read. */
export async function loadSettings(database: Database, config: Config): Promise<void> {
  const raw = new RawTables();
  loadRegistry(raw, config);
  loadVocabulary(raw, config);
  loadMethod(raw, config);
  loadOperation(raw, config);
  await raw.create(database);
}

export interface Known {
  asOf: string;
  /** Nothing learnt later than this counts. */
  knownAt: Date;
  runId: string;
  /** Ids of observations a decision rejected or confirmed, as of the day. */
  rejected: readonly { id: string; decision: string }[];
  confirmed: readonly string[];
  /** How tonight's sources fared; left out in a replay: as the last run of that day kept it. */
  health?: readonly SourceHealthRow[] | undefined;
  /** True for a replay of an earlier state: observation_latest only knows the present. */
  fromLog: boolean;
}

/** Views over the attached store: what is known as of the day. */
export async function loadKnown(database: Database, known: Known): Promise<void> {
  const raw = new RawTables();
  raw.add('rejected', { id: 'VARCHAR', decision: 'VARCHAR' }, known.rejected);
  raw.add(
    'confirmed',
    { id: 'VARCHAR' },
    known.confirmed.map((id) => ({ id })),
  );
  raw.add('source_health', SOURCE_HEALTH_COLUMNS, (known.health ?? []) as never);
  await raw.create(database);
  if (known.health === undefined)
    await database.run(
      `INSERT INTO raw.source_health BY NAME
       SELECT h.* FROM store.source_health AS h
       WHERE h.run_id = (
         SELECT max_by(r.run_id, (r.started_at, r.run_id)) FROM store.run AS r
         WHERE r.as_of = DATE '${known.asOf}' AND r.started_at <= TIMESTAMP '${sqlTimestamp(known.knownAt)}' AND r.state IN ('published', 'withheld'))`,
      {},
      'reading how the sources fared',
    );
  const visible = `visible_on <= DATE '${known.asOf}' AND collected_at <= TIMESTAMP '${sqlTimestamp(known.knownAt)}'`;
  const log = `SELECT o.* FROM store.observation AS o WHERE ${visible} AND o.id NOT IN (SELECT id FROM raw.rejected) ${newestOnly('o')}`;
  await database.run(
    `CREATE OR REPLACE TABLE raw.observation AS
     SELECT o.* REPLACE (CASE WHEN c.id IS NOT NULL AND o.grade < 'E2' THEN 'E2' ELSE o.grade END AS grade)
     FROM (${known.fromLog ? log : 'SELECT * FROM store.observation_latest'}) AS o
     LEFT JOIN raw.confirmed AS c ON c.id = o.id`,
    {},
    'reading the store',
  );
  // What is published: what speaks or is live, the last nights whole, and all that a decision silenced.
  await database.run(
    `CREATE OR REPLACE TABLE raw.observation_all AS
     SELECT o.*, NULL::VARCHAR AS rejected_by FROM raw.observation AS o
     UNION ALL
     SELECT o.*, NULL FROM store.observation AS o
     WHERE ${visible} AND visible_on > DATE '${known.asOf}' - ${PUBLISHED_NIGHTS}
       AND id NOT IN (SELECT id FROM raw.observation) AND id NOT IN (SELECT id FROM raw.rejected)
     UNION ALL
     SELECT o.*, r.decision FROM store.observation AS o JOIN raw.rejected AS r ON r.id = o.id WHERE ${visible}`,
    {},
    'reading the store',
  );
  await database.run(`CREATE OR REPLACE TABLE raw.statement AS SELECT * FROM store.statement WHERE ${visible}`);
  await loadQualityResults(database, known.asOf, known.knownAt);
  await loadPastNights(database, known.asOf, known.knownAt);
  await database.run('CREATE OR REPLACE TABLE raw.score_history AS FROM store.score_history');
  await database.run('CREATE OR REPLACE TABLE raw.rejection AS SELECT * FROM store.rejection WHERE run_id = $run_id', {
    run_id: known.runId,
  });
}
