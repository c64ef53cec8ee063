/** Earlier nights as the store keeps them, for tests that need a past without running it. Rule: only what matters is named. */
import type { Database } from '../../pipeline/database/database.ts';
import { QUALITY_RESULT_COLUMNS } from '../../pipeline/database/quality-store.ts';
import { SOURCE_HEALTH_COLUMNS, type SourceHealthRow } from '../../pipeline/database/store-rows.ts';

/** A value watched before tonight: as it stood from the night `on`. */
export interface WatchedPast {
  database_id: string;
  family: string;
  key: string;
  value?: string;
  low?: number;
  high?: number;
  on: string;
}

/** Earlier nights as the store keeps them. */
export interface Past {
  watched?: readonly WatchedPast[];
  nights?: readonly { source_id: string; state: string; observations: number; on: string }[];
  /** Counts of one rule of one table, measured at noon. */
  measured?: readonly { database_id: string; numerator: number; denominator: number; on: string }[];
}

export const HEALTH: SourceHealthRow = {
  run_id: 'run',
  source_id: 'nguon',
  connector: 'baseline',
  required: true,
  state: 'ok',
  error_code: null,
  error_message: null,
  observations: 0,
  appended: 0,
  rejections: 0,
  ms: 1,
  error_hint: null,
  tries: 1,
  bytes: 0,
  last_good_at: null,
  failures: 0,
};

/** Writes earlier nights into the store. */
export async function loadPast(database: Database, past: Past): Promise<void> {
  const known = { known_at: '2026-01-01 00:00:00', run_id: 'run' };
  await database.insert(
    'store.watched_change',
    {
      family: 'VARCHAR',
      database_id: 'VARCHAR',
      key: 'VARCHAR',
      as_of: 'DATE',
      value: 'VARCHAR',
      low: 'DOUBLE',
      high: 'DOUBLE',
      known_at: 'TIMESTAMP',
      run_id: 'VARCHAR',
    },
    (past.watched ?? []).map((w) => ({ ...w, ...known, as_of: w.on })),
  );
  const run = { bundle: '', program_version: '', method: '', state: 'published' };
  await database.insert(
    'store.run',
    {
      run_id: 'VARCHAR',
      started_at: 'TIMESTAMP',
      as_of: 'DATE',
      bundle: 'VARCHAR',
      program_version: 'VARCHAR',
      method: 'VARCHAR',
      state: 'VARCHAR',
    },
    [...new Set((past.nights ?? []).map((n) => n.on))].map((on) => ({
      ...run,
      run_id: on,
      started_at: `${on} 12:00:00`,
      as_of: on,
    })),
  );
  await database.insert(
    'store.source_health',
    SOURCE_HEALTH_COLUMNS,
    (past.nights ?? []).map(({ on, ...night }) => ({ ...HEALTH, ...night, run_id: on })),
  );
  await database.insert(
    'store.quality_result',
    QUALITY_RESULT_COLUMNS,
    (past.measured ?? []).map(({ on, ...counts }) => ({
      ...MEASURED,
      ...counts,
      observed_at: `${on} 05:00:00`,
      collected_at: `${on} 05:00:00`,
      visible_on: on,
    })),
  );
}

/** A rule that was measured, but for its counts. */
const MEASURED = {
  run_id: 'run',
  source_id: 'measure-c',
  contract: 'c',
  contract_version: '1',
  contract_hash: 'h',
  method: 'm',
  position: 1,
  rule_id: 'r',
  rule_version: '1',
  table_name: 'ho_so',
  metric: 'invalid',
  dimension: 'dung',
  severity: 'error',
  weight: 1,
  field_weight: 1,
  is_identifier: false,
  state: 'unmet',
  unit: 'rows',
  engine: 'duckdb',
};
