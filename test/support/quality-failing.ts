/** Checks of every rule of the library over the generated register, and what a failing-rows query must list. */
import type { Check, CheckResult } from '../../scoring/quality/check.ts';
import type { FailingRows } from '../../scoring/quality/failing-rows.ts';
import type { RuleRegistry } from '../../scoring/quality/rule.ts';

/** One check a rule; texts play `code` and `name` in turn, dates `born`. */
export function ruleChecks(table: string, rules: RuleRegistry): Check[] {
  return [...rules.values()].map((rule) => ({
    id: `rule.${rule.id}`,
    table,
    column: null,
    metric: rule.id,
    dimension: 'dung',
    severity: 'error',
    test: {
      kind: 'rule',
      rule: rule.id,
      columns: Object.fromEntries(
        Object.entries(rule.roles).map(([role, { type }], i) => [
          role,
          type === 'date' ? 'born' : i % 2 === 0 ? 'code' : 'name',
        ]),
      ),
    },
    expect: { operator: 'mustBe', value: 0, unit: 'rows' },
  }));
}

/** The numbers that must be equal: what the query lists, and what was counted. Null where no row fails by itself. */
export function listedAndCounted(
  { check: { test }, sql }: FailingRows,
  rows: readonly Record<string, unknown>[],
  result: CheckResult,
): readonly [number, number | null] | null {
  if (sql === null) return null;
  if (test.kind === 'freshness' || test.kind === 'retention' || test.kind === 'gap')
    return [rows.length, result.future];
  if (test.kind !== 'duplicate' || test.count === 'rows') return [rows.length, result.failed];
  const copy = (row: Record<string, unknown>): number => Number(row.copy_no);
  const isCounted = test.count === 'surplus' ? (n: number) => n > 1 : (n: number) => n === 1;
  return [rows.filter((row) => isCounted(copy(row))).length, result.failed];
}
