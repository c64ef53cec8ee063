/**
 * The internal store (out/store/store.duckdb): facts are appended, never updated. Ids are kept single by an
 * anti-join, not by an index (an index tripled the file and cost a second a night with five million rows).
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import { asset } from '../../config/package-root.ts';
import type { Columns, Database } from './database.ts';
import type { ObservationRow, StatementRow } from '../stages/normalise.ts';

const ALIAS = 'store';

/** Column → type of store.observation, in table order; the seam to the migration is pinned by a test. */
export const OBSERVATION_COLUMNS = {
  id: 'VARCHAR',
  subject_type: 'VARCHAR',
  subject_id: 'VARCHAR',
  database_id: 'VARCHAR',
  attribute: 'VARCHAR',
  target: 'VARCHAR',
  value_number: 'DOUBLE',
  value_total: 'DOUBLE',
  value_low: 'DOUBLE',
  value_high: 'DOUBLE',
  value_text: 'VARCHAR',
  value_time: 'TIMESTAMP',
  unit: 'VARCHAR',
  stage: 'VARCHAR',
  role: 'VARCHAR',
  modality: 'VARCHAR',
  extent: 'VARCHAR',
  shared_n: 'INTEGER',
  flags: 'VARCHAR',
  said_by: 'VARCHAR',
  quoted: 'VARCHAR',
  grade: 'VARCHAR',
  observed_at: 'TIMESTAMP',
  stated_at: 'TIMESTAMP',
  collected_at: 'TIMESTAMP',
  visible_on: 'DATE',
  run_id: 'VARCHAR',
  source_id: 'VARCHAR',
  evidence_document: 'VARCHAR',
  evidence_title: 'VARCHAR',
  evidence_number: 'VARCHAR',
  evidence_date: 'DATE',
  evidence_table: 'VARCHAR',
  evidence_row: 'VARCHAR',
  evidence_column: 'VARCHAR',
  evidence_line: 'INTEGER',
  evidence_inherited_from: 'VARCHAR',
  evidence_url: 'VARCHAR',
  evidence_query: 'VARCHAR',
  evidence_sha256: 'VARCHAR',
  evidence_quote: 'VARCHAR',
} as const satisfies Columns;

const STATEMENT_COLUMNS = {
  id: 'VARCHAR',
  type: 'VARCHAR',
  source_id: 'VARCHAR',
  document: 'VARCHAR',
  document_title: 'VARCHAR',
  stated_at: 'TIMESTAMP',
  visible_on: 'DATE',
  collected_at: 'TIMESTAMP',
  run_id: 'VARCHAR',
  body: 'VARCHAR',
} as const satisfies Columns;

const REJECTION_COLUMNS = { run_id: 'VARCHAR', source_id: 'VARCHAR', place: 'VARCHAR', code: 'VARCHAR', message: 'VARCHAR', raw: 'VARCHAR' } as const;
export type RejectionRow = Record<keyof typeof REJECTION_COLUMNS, string>;

export const SOURCE_HEALTH_COLUMNS = {
  run_id: 'VARCHAR',
  source_id: 'VARCHAR',
  connector: 'VARCHAR',
  required: 'BOOLEAN',
  state: 'VARCHAR',
  error_code: 'VARCHAR',
  error_message: 'VARCHAR',
  observations: 'INTEGER',
  appended: 'INTEGER',
  rejections: 'INTEGER',
  ms: 'INTEGER',
} as const satisfies Columns;

export interface SourceHealthRow {
  run_id: string;
  source_id: string;
  connector: string;
  required: boolean;
  state: 'ok' | 'failed';
  error_code: string | null;
  error_message: string | null;
  observations: number;
  appended: number;
  rejections: number;
  ms: number;
}

/** The parts that make the key of a fact (DESIGN: subject, attribute, extent, unit, role, stage, target). */
const KEY = 'subject_type, subject_id, attribute, extent, unit, role, stage, target';

const counted = z.object({ n: z.coerce.number() });

/** Attaches the store file to `database` as `store`, creating or migrating it. */
export async function openStore(database: Database, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await database.attach(path, ALIAS);
  await database.run(`CREATE TABLE IF NOT EXISTS ${ALIAS}.migration (name VARCHAR NOT NULL)`);
  const done = await database.rows(z.object({ name: z.string() }), `SELECT name FROM ${ALIAS}.migration`);
  const folder = asset('pipeline', 'database', 'migrations');
  const known = readdirSync(folder).filter((file) => file.endsWith('.sql')).sort();
  const newer = done.find((row) => !known.includes(row.name));
  if (newer !== undefined) {
    throw new Fault('database/newer-store', `the store ${path} was written by a newer version (${newer.name})`, { hint: 'use that version of the program' });
  }
  for (const file of known) {
    if (done.some((row) => row.name === file)) continue;
    await database.transaction(async () => {
      await database.run(`USE ${ALIAS}`);
      await database.run(readFileSync(`${folder}/${file}`, 'utf8'), {}, `migration ${file}`);
      await database.run('USE memory');
      await database.run(`INSERT INTO ${ALIAS}.migration VALUES ($name)`, { name: file });
    });
  }
}

/** Appends facts that are not there yet; returns how many were new. Call inside a transaction. */
export async function appendObservations(database: Database, rows: readonly ObservationRow[]): Promise<number> {
  await database.createTable('temp.main.incoming', OBSERVATION_COLUMNS, rows as never);
  return appendNew(database, 'observation', Object.keys(OBSERVATION_COLUMNS));
}

/** Appends tasks, counts and checks that are not there yet; returns how many were new. */
export async function appendStatements(database: Database, rows: readonly StatementRow[]): Promise<number> {
  await database.createTable('temp.main.incoming', STATEMENT_COLUMNS, rows as never);
  return appendNew(database, 'statement', Object.keys(STATEMENT_COLUMNS));
}

async function appendNew(database: Database, table: string, columns: readonly string[]): Promise<number> {
  const before = await database.rows(counted, `SELECT count(*) AS n FROM ${ALIAS}.${table}`);
  const names = columns.join(', ');
  // min(rowid) keeps the first of identical lines and the order of arrival.
  await database.run(
    `INSERT INTO ${ALIAS}.${table} (${names})
     SELECT ${names} FROM temp.main.incoming
     WHERE rowid IN (SELECT min(rowid) FROM temp.main.incoming GROUP BY id)
       AND id NOT IN (SELECT id FROM ${ALIAS}.${table})
     ORDER BY rowid`,
    {},
    `appending to ${table}`,
  );
  await database.run('DROP TABLE temp.main.incoming');
  const after = await database.rows(counted, `SELECT count(*) AS n FROM ${ALIAS}.${table}`);
  return (after[0]?.n ?? 0) - (before[0]?.n ?? 0);
}

export async function appendRejections(database: Database, rows: readonly RejectionRow[]): Promise<void> {
  await database.insert(`${ALIAS}.rejection`, REJECTION_COLUMNS, rows);
}

export async function appendSourceHealth(database: Database, rows: readonly SourceHealthRow[]): Promise<void> {
  await database.insert(`${ALIAS}.source_health`, SOURCE_HEALTH_COLUMNS, rows as never);
}

/**
 * Brings observation_latest up to date for `asOf`: the newest facts (all that tie) per key, source and grade among
 * those visible by then and not rejected. Only keys with new or newly visible facts are recomputed, unless the day
 * went back or the rejections changed.
 */
export async function refreshLatest(database: Database, asOf: string, rejected: readonly string[]): Promise<void> {
  const hash = [...rejected].sort().join(',');
  const states = await database.rows(
    z.object({ as_of: z.string(), rowid_high: z.coerce.number(), rejected_hash: z.string() }),
    `SELECT as_of::VARCHAR AS as_of, rowid_high, rejected_hash FROM ${ALIAS}.latest_state`,
  );
  const state = states[0];
  const incremental = state !== undefined && state.rejected_hash === hash && state.as_of <= asOf;
  const touched = incremental
    ? `SELECT DISTINCT ${KEY}, source_id, grade FROM ${ALIAS}.observation
       WHERE visible_on <= $as_of AND (rowid > ${state.rowid_high} OR visible_on > DATE '${state.as_of}')`
    : `SELECT DISTINCT ${KEY}, source_id, grade FROM ${ALIAS}.observation`;
  const same = [...KEY.split(', '), 'source_id', 'grade'].map((part) => `o.${part} IS NOT DISTINCT FROM t.${part}`).join(' AND ');
  await database.transaction(async () => {
    await database.run(`CREATE OR REPLACE TEMP TABLE touched AS ${touched}`, { as_of: asOf });
    if (incremental) await database.run(`DELETE FROM ${ALIAS}.observation_latest o USING touched t WHERE ${same}`);
    else await database.run(`DELETE FROM ${ALIAS}.observation_latest`);
    await database.createTable('temp.main.rejected', { id: 'VARCHAR' }, rejected.map((id) => ({ id })));
    await database.run(
      `INSERT INTO ${ALIAS}.observation_latest
       SELECT o.* FROM ${ALIAS}.observation o JOIN touched t ON ${same}
       WHERE o.visible_on <= $as_of AND o.id NOT IN (SELECT id FROM temp.main.rejected)
       QUALIFY rank() OVER (PARTITION BY ${KEY.split(', ').map((p) => `o.${p}`).join(', ')}, o.source_id, o.grade ORDER BY o.observed_at DESC, o.collected_at DESC) = 1
       ORDER BY o.id`,
      { as_of: asOf },
      'refreshing observation_latest',
    );
    await database.run(`DELETE FROM ${ALIAS}.latest_state`);
    await database.run(
      `INSERT INTO ${ALIAS}.latest_state SELECT $as_of::DATE, NULL, coalesce(max(rowid), -1), $hash FROM ${ALIAS}.observation`,
      { as_of: asOf, hash },
    );
  });
}
