/** Columns and rows of the store's tables; the seam to the migrations is pinned by a test. */
import type { Columns } from './database.ts';

/** Column → type of store.observation, in table order. */
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
  confidence: 'DOUBLE',
  evidence_page: 'INTEGER',
} as const satisfies Columns;

export type ObservationRow = Record<keyof typeof OBSERVATION_COLUMNS, string | number | null>;

export const STATEMENT_COLUMNS = {
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

export interface StatementRow {
  id: string;
  type: 'document' | 'task' | 'agency_count' | 'document_check';
  source_id: string;
  document: string;
  document_title: string;
  stated_at: string;
  visible_on: string;
  collected_at: string;
  run_id: string;
  body: string;
}

export const REJECTION_COLUMNS = {
  run_id: 'VARCHAR',
  source_id: 'VARCHAR',
  place: 'VARCHAR',
  code: 'VARCHAR',
  message: 'VARCHAR',
  raw: 'VARCHAR',
} as const;
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
  error_hint: 'VARCHAR',
  tries: 'INTEGER',
  bytes: 'BIGINT',
  last_good_at: 'TIMESTAMP',
  failures: 'INTEGER',
} as const satisfies Columns;

export interface SourceHealthRow {
  run_id: string;
  source_id: string;
  connector: string;
  required: boolean;
  /** `skipped`: not asked in this run. */
  state: 'ok' | 'failed' | 'skipped';
  error_code: string | null;
  error_message: string | null;
  observations: number;
  appended: number;
  rejections: number;
  ms: number;
  /** What the operator can do about the error. */
  error_hint: string | null;
  /** Requests, connections or files tried. */
  tries: number;
  /** Bytes received or read. */
  bytes: number;
  /** Start of the last run in which the source answered, this one included. */
  last_good_at: string | null;
  /** Runs on end, up to this one, in which it did not. */
  failures: number;
}

export const SOURCE_MEMORY_COLUMNS = {
  source_id: 'VARCHAR',
  key: 'VARCHAR',
  value: 'VARCHAR',
  bundle: 'VARCHAR',
  run_id: 'VARCHAR',
} as const;
export type SourceMemoryRow = Record<keyof typeof SOURCE_MEMORY_COLUMNS, string>;
