/**
 * Writes and checks csdl.duckdb, the one file analysts open: plain tables with comments, two views and a macro made of
 * core functions only, so that browsers and older clients read it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { quotedIdentifier, quotedString } from '@duckdb/node-api';
import type { Labels } from '../../config/labels.ts';
import { COLUMN_TYPES } from '../../reports/exports/table.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import { runInCleanProcess } from './clean-process.ts';
import { Database } from './database.ts';
import { EDITION_SCHEMA } from './edition.ts';
import { type SchemaColumn, schemaColumn, schemaColumns } from './schema-columns.ts';

const ALIAS = 'published';

/** Column types a publication may hold (DESIGN section 7). */
const PORTABLE_TYPES = new Set<string>(COLUMN_TYPES);

/** Adds to schema `publication` what is not a model: the labels, the run ledger and the health of the sources. */
export async function completePublication(
  database: Database,
  labels: Labels,
  english: Labels,
  runId: string,
): Promise<void> {
  const en = new Map(english.flat().map(({ key, text }) => [key, text]));
  await database.createTable(
    'publication.label',
    { key: 'VARCHAR', vi: 'VARCHAR', en: 'VARCHAR' },
    labels.flat().map(({ key, text }) => ({ key, vi: text, en: en.get(key) ?? null })),
  );
  await database.run(
    `CREATE OR REPLACE TABLE publication.run AS
     SELECT run_id, started_at, CASE WHEN run_id = $run_id THEN NULL ELSE finished_at END AS finished_at, as_of, program_version, method,
       CASE WHEN run_id = $run_id THEN 'published' ELSE state END AS state,
       coalesce(h.sources, 0)::INTEGER AS sources, coalesce(h.failed, 0)::INTEGER AS sources_failed, coalesce(h.appended, 0)::INTEGER AS appended
     FROM (FROM store.run QUALIFY row_number() OVER (ORDER BY started_at DESC, run_id DESC) <= 35) AS r
     LEFT JOIN (
       SELECT run_id, count(*) FILTER (state <> 'skipped') AS sources, count(*) FILTER (state = 'failed') AS failed, sum(appended) AS appended
       FROM store.source_health GROUP BY run_id
     ) AS h USING (run_id)
     ORDER BY started_at DESC, run_id DESC`,
    { run_id: runId },
  );
  await database.run('CREATE OR REPLACE TABLE publication.source_health AS FROM raw.source_health ORDER BY source_id');
}

/**
 * Gives a function that copies every table of schema `publication` into a new file at `path`: in one call to the
 * engine, which works on it while the caller renders, and in one transaction, so that the disk is waited for once.
 */
export async function preparePublication(
  database: Database,
  path: string,
  labels: Labels,
): Promise<() => Promise<void>> {
  const columns = await schemaColumns(database, 'publication');
  const sql = fileStatements(path, columns, labels, (table) => `publication.${quotedIdentifier(table)}`);
  return () => database.run(sql, {}, `writing ${path}`);
}

/**
 * The same of schema `edition`, by a process that never held what the edition leaves out: it gets the filtered tables
 * as files of their own, which are gone when it ends.
 * @param scratch a folder for these files
 */
export async function prepareEdition(
  database: Database,
  path: string,
  labels: Labels,
  scratch: string,
): Promise<() => Promise<void>> {
  const columns = await schemaColumns(database, EDITION_SCHEMA);
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'edition-'));
  const source = (table: string): string => quotedString(join(folder, `${table}.parquet`));
  const sql = fileStatements(path, columns, labels, (table) => `read_parquet(${source(table)})`);
  return async () => {
    try {
      for (const table of tablesOf(columns))
        await database.run(
          `COPY ${EDITION_SCHEMA}.${quotedIdentifier(table)} TO ${source(table)} (FORMAT parquet)`,
          {},
          'handing over the tables of the edition',
        );
      await runInCleanProcess(sql, `writing ${path}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** The file, its tables from where `from` says, with views, macro and comments. */
function fileStatements(
  path: string,
  columns: readonly SchemaColumn[],
  labels: Labels,
  from: (table: string) => string,
): string {
  return [
    // Small blocks: many short tables would otherwise fill 256 KB a column.
    `ATTACH ${quotedString(path)} AS ${ALIAS} (BLOCK_SIZE 16384)`,
    'BEGIN TRANSACTION',
    ...tablesOf(columns).map((table) => `CREATE TABLE ${ALIAS}.${quotedIdentifier(table)} AS FROM ${from(table)}`),
    // Made inside the file, so that they name its tables wherever it is opened.
    `USE ${ALIAS}`,
    'CREATE VIEW observation_conflict AS SELECT * FROM observation_current WHERE is_conflict',
    'CREATE MACRO score_as_of(day) AS TABLE SELECT * FROM score_history WHERE as_of = (SELECT max(h.as_of) FROM score_history AS h WHERE h.as_of <= day)',
    ...comments(columns, labels),
    'COMMIT',
    'USE memory',
    `DETACH ${ALIAS}`,
  ].join(';\n');
}

const tablesOf = (columns: readonly SchemaColumn[]): string[] => [...new Set(columns.map((c) => c.table_name))];

function comments(columns: readonly SchemaColumn[], labels: Labels): string[] {
  const statements: string[] = [];
  for (const table of new Set(columns.map((c) => c.table_name))) {
    if (labels.has('tables_published', table)) {
      statements.push(
        `COMMENT ON TABLE ${ALIAS}.${quotedIdentifier(table)} IS ${quotedString(labels.text('tables_published', table))}`,
      );
    }
  }
  for (const view of ['observation_conflict']) {
    if (labels.has('tables_published', view)) {
      statements.push(
        `COMMENT ON VIEW ${ALIAS}.${quotedIdentifier(view)} IS ${quotedString(labels.text('tables_published', view))}`,
      );
    }
  }
  for (const { table_name: table, column_name: name } of columns) {
    const path = labels.has('columns_published', `${table}.${name}`) ? `${table}.${name}` : name;
    if (labels.has('columns_published', path)) {
      statements.push(
        `COMMENT ON COLUMN ${ALIAS}.${quotedIdentifier(table)}.${quotedIdentifier(name)} IS ${quotedString(labels.text('columns_published', path))}`,
      );
    }
  }
  return statements;
}

/**
 * Opens the written file by itself and runs the checks of scoring/checks: each lists what is wrong, so no row is good.
 * @param except ids of checks that do not hold of it
 */
export async function checkPublication(
  path: string,
  scoring: ScoringSql,
  except: readonly string[] = [],
): Promise<string[]> {
  const database = await Database.open({ path, readOnly: true });
  try {
    const failures: string[] = [];
    const strange = await database.rows(
      schemaColumn,
      "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal",
    );
    for (const { table_name: table, column_name: name, data_type: type } of strange) {
      if (!PORTABLE_TYPES.has(type))
        failures.push(`${table}.${name} has type ${type}, which older readers do not know`);
    }
    for (const file of scoring.files.filter((f) => f.family === 'check' && !except.includes(f.id))) {
      const bad = await database.anyRows(file.sql);
      if (bad.length > 0)
        failures.push(
          `${file.header.title ?? file.id}: ${bad.length} row${bad.length === 1 ? '' : 's'}, first ${JSON.stringify(bad[0])}`,
        );
    }
    return failures;
  } finally {
    database.close();
  }
}
