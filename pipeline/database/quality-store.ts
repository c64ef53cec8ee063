/** Table quality_result of the store: its columns, what is appended, and what is known of it on a day. */
import { localDay, sqlTimestamp } from '../../config/time.ts';
import type { Contract } from '../../scoring/quality/contract/contract.ts';
import type { MeasuredRule } from '../../scoring/quality/results/measured-rule.ts';
import type { Columns, Database } from './database.ts';

export const QUALITY_RESULT_COLUMNS = {
  run_id: 'VARCHAR',
  source_id: 'VARCHAR',
  database_id: 'VARCHAR',
  contract: 'VARCHAR',
  contract_version: 'VARCHAR',
  contract_hash: 'VARCHAR',
  method: 'VARCHAR',
  position: 'INTEGER',
  rule_id: 'VARCHAR',
  rule_version: 'VARCHAR',
  table_name: 'VARCHAR',
  column_name: 'VARCHAR',
  metric: 'VARCHAR',
  dimension: 'VARCHAR',
  attribute: 'VARCHAR',
  severity: 'VARCHAR',
  weight: 'INTEGER',
  field_weight: 'INTEGER',
  is_identifier: 'BOOLEAN',
  state: 'VARCHAR',
  problem: 'VARCHAR',
  numerator: 'BIGINT',
  denominator: 'BIGINT',
  value: 'DOUBLE',
  unit: 'VARCHAR',
  future_rows: 'BIGINT',
  sql_hash: 'VARCHAR',
  engine: 'VARCHAR',
  ms: 'INTEGER',
  observed_at: 'TIMESTAMP',
  collected_at: 'TIMESTAMP',
  visible_on: 'DATE',
} as const satisfies Columns;
export type QualityResultRow = Record<keyof typeof QUALITY_RESULT_COLUMNS, string | number | boolean | null>;

export interface QualityResultContext {
  readonly runId: string;
  readonly sourceId: string;
  readonly method: string;
  readonly engine: string;
  readonly observedAt: Date;
  readonly collectedAt: Date;
}

export function qualityResultRows(
  contract: Contract,
  rules: readonly MeasuredRule[],
  context: QualityResultContext,
): QualityResultRow[] {
  return rules.map(({ result, field, ...rule }, position) => ({
    run_id: context.runId,
    source_id: context.sourceId,
    database_id: contract.databaseId,
    contract: contract.id,
    contract_version: contract.version,
    contract_hash: contract.hash,
    method: context.method,
    position,
    rule_id: result.rule_id,
    rule_version: rule.ruleVersion,
    table_name: result.table,
    column_name: result.column,
    metric: result.metric,
    dimension: rule.criterion,
    attribute: rule.attribute,
    severity: result.severity,
    weight: rule.weight,
    field_weight: field?.weight ?? 1,
    is_identifier: field?.isIdentifier ?? false,
    state: rule.state,
    problem: result.problem,
    numerator: rule.numerator,
    denominator: rule.denominator,
    value: result.value,
    unit: result.unit,
    future_rows: result.future,
    sql_hash: result.sql_hash,
    engine: context.engine,
    ms: result.ms,
    observed_at: sqlTimestamp(context.observedAt),
    collected_at: sqlTimestamp(context.collectedAt),
    visible_on: localDay(context.observedAt),
  }));
}

/** Appends what was measured. Call inside a transaction. */
export async function appendQualityResults(database: Database, rows: readonly QualityResultRow[]): Promise<void> {
  if (rows.length > 0) await database.insert('store.quality_result', QUALITY_RESULT_COLUMNS, rows as never);
}

/** The newest measurement of each contract that is known on the day, as raw.quality_result. */
export async function loadQualityResults(database: Database, asOf: string, knownAt: Date): Promise<void> {
  await database.run(
    // Chosen first and fetched afterwards: years of measurements are neither sorted nor copied.
    `CREATE OR REPLACE TABLE raw.quality_result AS
     WITH known AS (
       SELECT * FROM store.quality_result
       WHERE visible_on <= DATE '${asOf}' AND collected_at <= TIMESTAMP '${sqlTimestamp(knownAt)}'
     ), newest AS (
       SELECT database_id, contract, max(row(observed_at, collected_at, run_id)) AS at FROM known GROUP BY database_id, contract
     )
     SELECT k.* FROM known AS k
     JOIN newest AS n ON n.database_id IS NOT DISTINCT FROM k.database_id AND n.contract = k.contract
     WHERE row(k.observed_at, k.collected_at, k.run_id) = n.at`,
    {},
    'reading the store',
  );
}
