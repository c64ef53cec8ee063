/** A result in the words of the programme: state, the share that is right, and what it weighs. Counts only. */
import type { CheckResult, Dimension } from '../check.ts';
import type { Contract, ContractCheck, ContractField } from '../contract/contract.ts';

/** `unknown`: not asked. `collector_failed`: asked or to be asked, and no answer. `undefined`: nothing to ask of. */
export type RuleState = 'met' | 'unmet' | 'undefined' | 'unknown' | 'collector_failed';

export interface MeasuredRule {
  readonly result: CheckResult;
  readonly state: RuleState;
  readonly criterion: Dimension;
  /** What is right, of what was asked; null where nothing is known or defined. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly weight: number;
  readonly field: ContractField | null;
  readonly ruleVersion: string;
  readonly attribute: string | null;
}

/** @param results in the order of the contract's checks */
export function measuredRules(
  contract: Contract,
  results: readonly CheckResult[],
  rows: Readonly<Record<string, number>>,
): MeasuredRule[] {
  const fields = new Map(contract.fields.map((field) => [`${field.table}\n${field.column}`, field]));
  return contract.checks.map((planned, i) => {
    const result = results[i];
    if (result === undefined || result.rule_id !== planned.check.id) throw new Error('results out of order');
    const state = stateOf(result);
    return {
      result,
      state,
      criterion: result.dimension,
      ...shareOf(planned, result, state, rows[result.table]),
      weight: planned.weight,
      field: result.column === null ? null : (fields.get(`${result.table}\n${result.column}`) ?? null),
      ruleVersion: planned.ruleVersion,
      attribute: planned.attribute,
    };
  });
}

function stateOf({ state, problem }: CheckResult): RuleState {
  switch (state) {
    case 'met':
    case 'undefined':
      return state;
    case 'failed':
      return 'unmet';
    case 'errored':
      return 'collector_failed';
    case 'not_run':
      return problem === 'cancelled' || problem === 'out_of_time' ? 'unknown' : 'collector_failed';
  }
}

type Share = Pick<MeasuredRule, 'numerator' | 'denominator'>;

/** Rows that are right, of rows asked; where no rows are counted, one question, answered yes or no. */
function shareOf({ check }: ContractCheck, result: CheckResult, state: RuleState, rows: number | undefined): Share {
  if (state === 'unknown' || state === 'collector_failed') return { numerator: null, denominator: null };
  const { failed, checked, value, unit } = result;
  if (failed !== null && checked !== null) return { numerator: checked - failed, denominator: checked };
  if (state === 'undefined') return { numerator: 0, denominator: 0 };
  // A query that says it counts rows, and that there should be few, counts those that are wrong.
  const countsWrong =
    check.test.kind === 'sql' && unit === 'rows' && /^mustBe(LessThan|LessOrEqualTo)?$/.test(check.expect.operator);
  if (countsWrong && value !== null && rows !== undefined && Number.isInteger(value) && value >= 0 && value <= rows)
    return { numerator: rows - value, denominator: rows };
  return { numerator: state === 'met' ? 1 : 0, denominator: 1 };
}
