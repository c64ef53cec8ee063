/** The published index over measured rules of a test: the model run by itself. */
import { Database } from '../../pipeline/database/database.ts';
import { QUALITY_RESULT_COLUMNS } from '../../pipeline/database/quality-store.ts';
import type { MeasuredRule } from '../../scoring/quality/results/measured-rule.ts';
import type { Thresholds } from '../../scoring/quality/results/quality-index.ts';
import { readScoringSql } from '../../scoring/read.ts';

/** @param contracts the rules of contracts c0, c1, … */
export async function publishedIndex(
  contracts: readonly (readonly MeasuredRule[])[],
  thresholds: Thresholds,
): Promise<Record<string, unknown>[]> {
  const scoring = readScoringSql();
  const model = scoring.files.find((file) => file.id === 'publication.quality_index');
  const database = await Database.open();
  try {
    await database.run(scoring.macros);
    await database.run('CREATE SCHEMA raw; CREATE SCHEMA fact');
    await database.createTable('raw.quality_threshold', { good: 'INTEGER', fair: 'INTEGER', identifiers: 'INTEGER' }, [
      thresholds,
    ]);
    const rows = contracts.flatMap((rules, i) =>
      rules.map((rule, position) => ({
        database_id: 'x',
        contract: `c${i}`,
        position,
        rule_id: rule.result.rule_id,
        table_name: rule.result.table,
        column_name: rule.result.column,
        dimension: rule.criterion,
        severity: rule.result.severity,
        weight: rule.weight,
        field_weight: rule.field?.weight ?? 1,
        is_identifier: rule.field?.isIdentifier ?? false,
        state: rule.state,
        numerator: rule.numerator,
        denominator: rule.denominator,
        observed_at: '2026-06-29 10:00:00',
        method: 'm',
      })),
    );
    await database.createTable('fact.measured_rule', QUALITY_RESULT_COLUMNS, rows);
    return await database.anyRows(model?.sql ?? '', { as_of: '2026-06-29' });
  } finally {
    database.close();
  }
}
