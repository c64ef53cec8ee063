/**
 * What scoring gives: SQL files found by folder listing, each with a header of `-- @key value` lines. Scoring says
 * *what* is computed and never opens a database; how it is run is pipeline/database's.
 */

/** A family of SQL files. The path is the name: no fact is written twice. */
export interface SqlFile {
  /** `model`: schema.table; all others: the file's name. */
  id: string;
  family: 'model' | 'indicator' | 'finding' | 'action' | 'check';
  /** Path from the package root, for messages. */
  path: string;
  /** `@key value` lines of the header. */
  header: Record<string, string>;
  sql: string;
}

/** All SQL a night runs; kept by hash so that any past night can be scored again as it was. */
export interface ScoringSql {
  macros: string;
  files: SqlFile[];
}

/** Columns every indicator returns, in any order and perhaps among others; cast in its last SELECT or taken from fact.answer. */
export const INDICATOR_COLUMNS = {
  database_id: 'VARCHAR',
  ground: 'VARCHAR',
  observation_id: 'VARCHAR',
  lo: 'BIGINT',
  hi: 'BIGINT',
  independent_lo: 'BIGINT',
  numerator: 'BIGINT',
  denominator: 'BIGINT',
  grade: 'VARCHAR',
  said_by: 'VARCHAR',
  source_id: 'VARCHAR',
  is_live: 'BOOLEAN',
  is_conflict: 'BOOLEAN',
  is_silent: 'BOOLEAN',
  is_admission: 'BOOLEAN',
} as const;

/** Columns every finding returns; `params` is JSON whose values say how they are to be printed. */
export const FINDING_COLUMNS = {
  kind: 'VARCHAR',
  database_id: 'VARCHAR',
  agency_id: 'VARCHAR',
  subject: 'VARCHAR',
  severity: 'VARCHAR',
  observation_ids: 'VARCHAR',
  params: 'VARCHAR',
} as const;

/** Columns every action returns: what would be stated, by whom, were the action done. Empty attribute: nothing to re-score. */
export const ACTION_COLUMNS = {
  database_id: 'VARCHAR',
  holder: 'VARCHAR',
  attribute: 'VARCHAR',
  value_text: 'VARCHAR',
  said_by: 'VARCHAR',
  waived_criterion: 'VARCHAR',
  observation_id: 'VARCHAR',
  params: 'VARCHAR',
} as const;
