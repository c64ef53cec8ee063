/**
 * The internal store (out/store/store.duckdb): facts are appended, never updated. Ids are kept single by an
 * anti-join, not by an index (an index tripled the file and cost a second a night with five million rows).
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import { asset } from '../../config/package-root.ts';
import { isThere } from '../../config/system-fault.ts';
import { archiveFolder, ID_BITS, openLog } from './archive.ts';
import type { Columns, Database } from './database.ts';
import { type KeptParts, keepParts } from './partition-store.ts';
import { appendQualityResults, type QualityResultRow } from './quality-store.ts';
import { keepMemory } from './source-history.ts';
import { attachStore, copyBefore, createStore } from './store-file.ts';
import {
  OBSERVATION_COLUMNS,
  type ObservationRow,
  REJECTION_COLUMNS,
  type RejectionRow,
  SOURCE_HEALTH_COLUMNS,
  type SourceHealthRow,
  type SourceMemoryRow,
  STATEMENT_COLUMNS,
  type StatementRow,
} from './store-rows.ts';

const ALIAS = 'store';
const MEMORY = ':memory:';

const counted = z.object({ n: z.coerce.number() });

const MIGRATIONS = asset('pipeline', 'database', 'migrations');

function migrations(): string[] {
  return readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith('.sql'))
    .sort();
}

/**
 * Attaches the store file to `database` as `store`, creating or migrating it. Migrations go forward only; before the first
 * one the file is copied aside, and the copy stays until a night was published with the new version.
 */
export async function openStore(database: Database, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  if (path === MEMORY) {
    await database.attach(path, ALIAS);
    await migrate(database, []);
  } else {
    if (!isThere(path)) await createStore(database, path, ALIAS, () => migrate(database, []));
    await attachStore(database, path, ALIAS);
    const done = await doneMigrations(database, path);
    const [next] = migrations().filter((file) => !done.includes(file));
    if (next !== undefined) {
      await database.detach(ALIAS);
      copyBefore(path, next);
      await attachStore(database, path, ALIAS);
      await migrate(database, done);
    }
  }
  await openLog(database, archiveFolder(path));
}

/** Migrations the store went through. @throws Fault database/newer-store, database/store-damaged */
async function doneMigrations(database: Database, path: string): Promise<string[]> {
  let rows: { name: string }[];
  try {
    rows = await database.rows(z.object({ name: z.string() }), `SELECT name FROM ${ALIAS}.migration ORDER BY name`);
  } catch (cause) {
    throw new Fault('database/not-a-store', `${path} is a database, but not a store of this program`, {
      hint: 'put the store back, with the timer stopped and as the user of the nightly run: csdl restore BACKUP --replace',
      cause,
    });
  }
  const done = rows.map((row) => row.name);
  const known = migrations();
  const newer = done.find((name) => !known.includes(name));
  if (newer !== undefined) {
    throw new Fault('database/newer-store', `the store ${path} was written by a newer version (${newer})`, {
      hint: 'use that version of the program; a store never goes back, but a backup made before the update does',
    });
  }
  return done;
}

/** Runs the migrations that are not `done`, each in a transaction with its own record. */
async function migrate(database: Database, done: readonly string[]): Promise<void> {
  await database.run(`CREATE TABLE IF NOT EXISTS ${ALIAS}.migration (name VARCHAR NOT NULL)`);
  for (const file of migrations().filter((name) => !done.includes(name))) {
    await database.transaction(async () => {
      await database.run(`USE ${ALIAS}`);
      await database.run(readFileSync(join(MIGRATIONS, file), 'utf8'), {}, `migration ${file}`);
      await database.run('USE memory');
      await database.run(`INSERT INTO ${ALIAS}.migration VALUES ($name)`, { name: file });
    });
  }
}

/** Attaches the store to `database` as `store` for reading only: it is neither made nor migrated. */
export async function readStore(database: Database, path: string): Promise<void> {
  await attachStore(database, path, ALIAS, true);
  const done = await doneMigrations(database, path);
  const missing = migrations().find((file) => !done.includes(file));
  if (missing !== undefined) {
    throw new Fault('database/older-store', `the store ${path} was written by an older version (without ${missing})`, {
      hint: 'csdl run brings it up to date',
    });
  }
  await openLog(database, archiveFolder(path));
}

/** Appends facts that are not there yet; returns how many were new. Call inside a transaction. */
export async function appendObservations(database: Database, rows: readonly ObservationRow[]): Promise<number> {
  return total(await appendNew(database, 'observation', OBSERVATION_COLUMNS, rows));
}

/** Appends tasks, counts and checks that are not there yet; returns how many were new. */
export async function appendStatements(database: Database, rows: readonly StatementRow[]): Promise<number> {
  return total(await appendNew(database, 'statement', STATEMENT_COLUMNS, rows));
}

/** Appends the rows whose id the table does not hold; how many these were, by source. */
async function appendNew(
  database: Database,
  table: 'observation' | 'statement',
  columns: Columns,
  rows: readonly (ObservationRow | StatementRow)[],
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const names = Object.keys(columns).join(', ');
  await database.createTable('temp.main.incoming', columns, rows as never);
  // The incoming ids are few: the log streams past them once. min(rowid) keeps the first of identical lines.
  const incoming = 'SELECT id FROM temp.main.incoming';
  const archived = `UNION ALL SELECT id FROM (SELECT id, ${ID_BITS} AS bits FROM temp.main.incoming) WHERE bits IN (SELECT a.id FROM ${ALIAS}.archived_id AS a SEMI JOIN (SELECT ${ID_BITS} AS id FROM temp.main.incoming) AS i ON i.id = a.id)`;
  await database.run(
    `CREATE OR REPLACE TEMP TABLE known AS SELECT t.id FROM ${ALIAS}.${table} AS t SEMI JOIN (${incoming}) AS i ON i.id = t.id
     ${table === 'observation' ? archived : ''};
     CREATE OR REPLACE TEMP TABLE fresh AS SELECT ${names} FROM temp.main.incoming
     WHERE rowid IN (SELECT min(rowid) FROM temp.main.incoming GROUP BY id) AND id NOT IN (SELECT id FROM temp.main.known)
     ORDER BY rowid`,
    {},
    `appending to ${table}`,
  );
  if (table === 'observation') {
    await database.run(
      `INSERT INTO ${ALIAS}.observation (${names}, arrival)
       SELECT ${names}, row_number() OVER (ORDER BY rowid) + ${await lastArrival(database)} FROM temp.main.fresh ORDER BY rowid`,
    );
  } else {
    await database.run(`INSERT INTO ${ALIAS}.${table} (${names}) SELECT ${names} FROM temp.main.fresh ORDER BY rowid`);
  }
  const counts = await database.rows(
    counted.extend({ source_id: z.string() }),
    'SELECT source_id, count(*) AS n FROM temp.main.fresh GROUP BY source_id',
  );
  await database.run('DROP TABLE temp.main.incoming; DROP TABLE temp.main.known; DROP TABLE temp.main.fresh');
  return new Map(counts.map((row) => [row.source_id, row.n]));
}

/** The highest arrival given so far; the store may have handed its rows over to the files of closed months. */
async function lastArrival(database: Database): Promise<string> {
  const [row] = await database.rows(
    z.object({ high: z.string() }),
    `SELECT greatest(coalesce((SELECT max(arrival) FROM ${ALIAS}.observation), 0), coalesce((SELECT max(last_arrival) FROM ${ALIAS}.archived_month), 0))::VARCHAR AS high`,
  );
  return row?.high ?? '0';
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, n) => sum + n, 0);
}

export interface CollectedRows {
  health: SourceHealthRow;
  normalised: {
    observations: readonly ObservationRow[];
    statements: readonly StatementRow[];
    rejections: readonly RejectionRow[];
    documents?: readonly StatementRow[];
  };
  /** What the source wants remembered; takes the place of what it kept under the same key. */
  memory?: readonly SourceMemoryRow[];
  /** What was measured on records. */
  quality?: readonly QualityResultRow[];
  /** What is known of the parts of its tables. */
  parts?: KeptParts;
}

/** Appends what all sources gave in one transaction: a killed run leaves all of it or nothing. Returns how many facts were new. */
export async function storeCollected(database: Database, collected: readonly CollectedRows[]): Promise<number> {
  return database.transaction(async () => {
    const given = collected.map((c) => c.normalised);
    const facts = given.flatMap((n) => n.observations);
    const counts = await appendNew(database, 'observation', OBSERVATION_COLUMNS, facts);
    const statements = given.flatMap((n) => [...(n.documents ?? []), ...n.statements]);
    await appendNew(database, 'statement', STATEMENT_COLUMNS, statements);
    const rejections = given.flatMap((n) => n.rejections);
    await database.insert(`${ALIAS}.rejection`, REJECTION_COLUMNS, rejections);
    for (const { health } of collected) health.appended = counts.get(health.source_id) ?? 0;
    const health = collected.map((c) => c.health);
    await database.insert(`${ALIAS}.source_health`, SOURCE_HEALTH_COLUMNS, health as never);
    for (const { quality } of collected) await appendQualityResults(database, quality ?? []);
    for (const { parts } of collected) if (parts !== undefined) await keepParts(database, parts);
    await keepMemory(
      database,
      collected.flatMap((c) => c.memory ?? []),
    );
    return total(counts);
  });
}

/** How many facts a night chooses among: the newest of every key, whatever is stored. */
export async function countLatest(database: Database): Promise<number> {
  const [row] = await database.rows(counted, `SELECT count(*) AS n FROM ${ALIAS}.observation_latest`);
  return row?.n ?? 0;
}

/** Those of `ids` that no observation of the store has. */
export async function unknownObservations(database: Database, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await database.rows(
    z.object({ id: z.string() }),
    `SELECT id FROM (SELECT unnest(from_json($ids::JSON, '["VARCHAR"]')) AS id) WHERE id NOT IN (SELECT l.id FROM log.observation AS l SEMI JOIN (SELECT unnest(from_json($ids::JSON, '["VARCHAR"]')) AS id) AS i ON i.id = l.id)`,
    { ids: JSON.stringify(ids) },
  );
  return rows.map((row) => row.id);
}

/** Brings what was stored so far from the store's log into its file, beside other work: closing it then takes no half second. */
export async function tidyStore(database: Database): Promise<void> {
  const beside = await database.fork();
  try {
    await beside.run(`CHECKPOINT ${ALIAS}`, {}, 'writing the store');
  } finally {
    beside.close();
  }
}
