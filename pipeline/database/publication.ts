/**
 * Writes and checks csdl.duckdb, the one file analysts open: plain tables with comments, two views and a macro made of
 * core functions only, so that browsers and older clients read it.
 */
import { quotedIdentifier, quotedString } from '@duckdb/node-api';
import { z } from 'zod';
import type { Labels } from '../../config/labels.ts';
import { COLUMN_TYPES } from '../../reports/exports/table.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import { Database } from './database.ts';

const ALIAS = 'published';

/** Column types a publication may hold (DESIGN section 7). */
const PORTABLE_TYPES = new Set<string>(COLUMN_TYPES);

const column = z.object({ table_name: z.string(), column_name: z.string(), data_type: z.string() });

/** Adds to schema `publication` what is not a model: the labels, the run ledger and the health of the sources. */
export async function completePublication(database: Database, labels: Labels, runId: string): Promise<void> {
  await database.createTable(
    'publication.label',
    { key: 'VARCHAR', vi: 'VARCHAR' },
    labels.flat().map(({ key, text }) => ({ key, vi: text })),
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
 * Gives a function that copies every table of the schema into a new file at `path`: in one call to the
 * engine, which works on it while the caller renders, and in one transaction, so that the disk is waited for once.
 */
export async function preparePublication(
  database: Database,
  path: string,
  labels: Labels,
  schema: 'publication' | 'edition',
): Promise<() => Promise<void>> {
  const columns = await publicationColumns(database, schema);
  const tables = [...new Set(columns.map((c) => c.table_name))].map(quotedIdentifier);
  const statements = [
    // Small blocks: many short tables would otherwise fill 256 KB a column.
    `ATTACH ${quotedString(path)} AS ${ALIAS} (BLOCK_SIZE 16384)`,
    'BEGIN TRANSACTION',
    ...tables.map((table) => `CREATE TABLE ${ALIAS}.${table} AS FROM ${schema}.${table}`),
    // Made inside the file, so that they name its tables wherever it is opened.
    `USE ${ALIAS}`,
    'CREATE VIEW observation_conflict AS SELECT * FROM observation_current WHERE is_conflict',
    'CREATE MACRO score_as_of(day) AS TABLE SELECT * FROM score_history WHERE as_of = (SELECT max(h.as_of) FROM score_history AS h WHERE h.as_of <= day)',
    ...comments(columns, labels),
    'COMMIT',
    'USE memory',
    `DETACH ${ALIAS}`,
  ];
  return () => database.run(statements.join(';\n'), {}, `writing ${path}`);
}

async function publicationColumns(database: Database, schema: string): Promise<z.output<typeof column>[]> {
  return database.rows(
    column,
    `SELECT table_name, column_name, data_type FROM duckdb_columns()
     WHERE database_name = 'memory' AND schema_name = $schema ORDER BY table_name, column_index`,
    { schema },
  );
}

function comments(columns: z.output<typeof column>[], labels: Labels): string[] {
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
      column,
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
