/** Fills schema `raw` with the settings and with what the store knows as of the day. Models read nothing else. */
import { quotedString } from '@duckdb/node-api';
import type { Config } from '../../config/load.ts';
import { sqlTimestamp } from '../../config/time.ts';
import type { Database } from './database.ts';
import { chosen } from './latest.ts';
import { loadPastNights } from './past-nights.ts';
import { loadQualityResults } from './quality-store.ts';
import { loadMethod, loadVocabulary } from './raw-method.ts';
import { loadOperation } from './raw-operation.ts';
import { loadRegistry } from './raw-registry.ts';
import { RawTables } from './raw-table.ts';
import { clearSteps } from './step-figures.ts';
import { SOURCE_HEALTH_COLUMNS, type SourceHealthRow } from './store-rows.ts';

/** The whole log, closed months and all, from whatever catalog it is read. */
const LOG = 'memory.log.observation';

/** Nights of observations that findings look back on, and that a publication holds besides what speaks. */
const NIGHTS = 35;
/**
 * Of a register of thousands a publication holds fewer: as many whole nights as make so many rows, and a week at least. Its file
 * would pass half a gigabyte otherwise; the log beside it (exports/observation) has every night.
 */
const [MOST_PUBLISHED, LEAST_NIGHTS] = [2_000_000, 7];

/** All settings that models read. */
export async function loadSettings(database: Database, config: Config): Promise<void> {
  const raw = new RawTables();
  loadRegistry(raw, config);
  loadVocabulary(raw, config);
  loadMethod(raw, config);
  loadOperation(raw, config);
  await raw.create(database);
}

/** Which facts speak: all that a figure depends on besides the settings and the day. */
export interface KnownFacts {
  /** The day by which a fact must have been visible. */
  asOf: string;
  /** Nothing learnt later than this counts. */
  knownAt: Date;
  /** Ids of observations a decision rejected or confirmed, as of the day. */
  rejected: readonly { id: string; decision: string }[];
  confirmed: readonly string[];
  /** How tonight's sources fared; left out in a replay: as the last run of that day kept it. */
  health?: readonly SourceHealthRow[] | undefined;
  /** True for a replay of an earlier state: observation_latest only knows the present. */
  fromLog: boolean;
  /** Sources of which nothing counts that was learnt after a moment: what they brought back is told apart. */
  heldBack?: { sources: readonly string[]; after: Date } | undefined;
  /** Days by which the facts of a source count as younger than they are (see `replay.ts`); normally none. */
  grace?: readonly { source_id: string; days: number }[] | undefined;
}

export interface Known extends KnownFacts {
  runId: string;
}

/** The inputs of the scoring models: facts with their decisions, and the state of the sources. */
export async function loadFacts(database: Database, known: KnownFacts): Promise<void> {
  await loadDecided(database, known);
  await database.run(`CREATE OR REPLACE TABLE raw.observation AS ${facts(known, 'raw')}`, {}, 'reading the store');
}

async function loadDecided(database: Database, known: KnownFacts): Promise<void> {
  const raw = new RawTables();
  raw.add('rejected', { id: 'VARCHAR', decision: 'VARCHAR' }, known.rejected);
  raw.add(
    'confirmed',
    { id: 'VARCHAR' },
    known.confirmed.map((id) => ({ id })),
  );
  raw.add('source_health', SOURCE_HEALTH_COLUMNS, (known.health ?? []) as never);
  raw.add('source_grace', { source_id: 'VARCHAR', days: 'INTEGER' }, known.grace ?? []);
  await raw.create(database);
  if (known.health !== undefined) return;
  await database.run(
    `INSERT INTO raw.source_health BY NAME
     SELECT h.* FROM store.source_health AS h
     WHERE h.run_id = (
       SELECT max_by(r.run_id, (r.started_at, r.run_id)) FROM store.run AS r
       WHERE r.as_of = DATE '${known.asOf}' AND r.started_at <= TIMESTAMP '${sqlTimestamp(known.knownAt)}' AND r.state IN ('published', 'withheld'))`,
    {},
    'reading how the sources fared',
  );
}

/** The facts among which the models choose; `raw` names the schema with the decisions, catalog and all for a view. */
function facts(known: KnownFacts, raw: string): string {
  return `SELECT o.* EXCLUDE (arrival) REPLACE (CASE WHEN c.id IS NOT NULL AND o.grade < 'E2' THEN 'E2' ELSE o.grade END AS grade)
     FROM (${newestFacts(known, raw)}) AS o
     LEFT JOIN ${raw}.confirmed AS c ON c.id = o.id`;
}

/** The newest facts of each group, from the log or as the store keeps them; of sources held back always from the log. */
function newestFacts(known: KnownFacts, raw: string): string {
  const log = (where: string): string =>
    chosen(LOG, `${visible(known)} AND ${where} AND o.id NOT IN (SELECT id FROM ${raw}.rejected)`);
  const held = known.heldBack;
  const isHeld = `o.source_id IN (${held?.sources.map(quotedString).join(', ')})`;
  const isEarlier = `o.collected_at <= TIMESTAMP '${sqlTimestamp(held?.after ?? known.knownAt)}'`;
  if (known.fromLog) return log(held === undefined ? 'true' : `(NOT ${isHeld} OR ${isEarlier})`);
  const latest = 'SELECT o.* FROM store.observation_latest AS o';
  // A source is part of the group, so the newest of one source never depend on another.
  return held === undefined
    ? latest
    : `${latest} WHERE NOT ${isHeld} UNION ALL BY NAME (${log(`${isHeld} AND ${isEarlier}`)})`;
}

function visible(known: KnownFacts): string {
  return `visible_on <= DATE '${known.asOf}' AND collected_at <= TIMESTAMP '${sqlTimestamp(known.knownAt)}'`;
}

/** Views over the attached store: what is known as of the day. */
export async function loadKnown(database: Database, known: Known, mostPublished = MOST_PUBLISHED): Promise<void> {
  if (known.fromLog) await loadFacts(database, known);
  else {
    // What a night chooses among stands in the store already; a view holds no second copy of it.
    await loadDecided(database, known);
    await database.run(`CREATE OR REPLACE VIEW raw.observation AS ${facts(known, 'memory.raw')}`);
  }
  await clearSteps(database);
  // What findings look back on: all that is newest is in the log, too, so that of the last nights need not be told apart.
  await database.run(
    `CREATE OR REPLACE VIEW raw.reading AS
     SELECT o.* EXCLUDE (arrival) FROM ${LOG} AS o
     ANTI JOIN memory.raw.rejected AS r ON r.id = o.id
     WHERE ${visible(known)} AND visible_on > DATE '${known.asOf}' - ${NIGHTS}
     UNION ALL BY NAME
     FROM memory.raw.observation WHERE visible_on <= DATE '${known.asOf}' - ${NIGHTS}`,
    {},
    'reading the store',
  );
  // What is published: what speaks or is live, the last nights whole, and all that a decision silenced.
  const silenced = `UNION ALL BY NAME
     SELECT o.* EXCLUDE (arrival), r.decision AS rejected_by, false AS is_newest
     FROM ${LOG} AS o JOIN memory.raw.rejected AS r ON r.id = o.id WHERE ${visible(known)}`;
  await database.run(
    `CREATE OR REPLACE VIEW raw.observation_all AS
     SELECT o.*, NULL::VARCHAR AS rejected_by, true AS is_newest FROM memory.raw.observation AS o
     UNION ALL BY NAME
     SELECT o.*, false AS is_newest FROM memory.raw.reading AS o ANTI JOIN memory.raw.observation AS n ON n.id = o.id
     ${known.rejected.length === 0 ? '' : silenced}`,
    {},
    'reading the store',
  );
  await database.run(
    `CREATE OR REPLACE TABLE raw.published_log AS
     WITH night AS (
       SELECT visible_on, count(*) AS n FROM ${LOG}
       WHERE ${visible(known)} AND visible_on > DATE '${known.asOf}' - ${NIGHTS} GROUP BY visible_on
     ), summed AS (
       SELECT visible_on, sum(n) OVER (ORDER BY visible_on DESC) AS n FROM night
     )
     SELECT coalesce(min(visible_on) FILTER (n <= ${mostPublished} OR visible_on > DATE '${known.asOf}' - ${LEAST_NIGHTS}), DATE '${known.asOf}') AS since
     FROM summed`,
    {},
    'reading the store',
  );
  await database.run(`CREATE OR REPLACE TABLE raw.statement AS SELECT * FROM store.statement WHERE ${visible(known)}`);
  await loadQualityResults(database, known.asOf, known.knownAt);
  await loadPastNights(database, known.asOf, known.knownAt);
  await database.run('CREATE OR REPLACE VIEW raw.score_history AS FROM store.score_history');
  await database.run('CREATE OR REPLACE TABLE raw.rejection AS SELECT * FROM store.rejection WHERE run_id = $run_id', {
    run_id: known.runId,
  });
}
