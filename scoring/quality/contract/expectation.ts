/** Operator, operand and unit of a rule → what its metric is held against. Exactly one operator, as the standard's schema has it. */
import type { Expectation, Operator } from '../check.ts';
import type { ContractReport, Path } from './report.ts';

/** Both spellings that pages of the standard use; one of them is in its schema. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  mustBe: 'mustBe',
  mustNotBe: 'mustNotBe',
  mustBeGreaterThan: 'mustBeGreaterThan',
  mustBeGreaterOrEqualTo: 'mustBeGreaterOrEqualTo',
  mustBeGreaterThanOrEqualTo: 'mustBeGreaterOrEqualTo',
  mustBeLessThan: 'mustBeLessThan',
  mustBeLessOrEqualTo: 'mustBeLessOrEqualTo',
  mustBeLessThanOrEqualTo: 'mustBeLessOrEqualTo',
  mustBeBetween: 'mustBeBetween',
  mustNotBeBetween: 'mustNotBeBetween',
};
export const OPERATOR_KEYS: readonly string[] = Object.keys(OPERATORS);

export interface Written {
  readonly unit?: string | undefined;
  readonly [key: string]: unknown;
}

/**
 * @param standard taken when no operator is written; without it that is an error
 * @returns undefined where it is not clear what is meant, which is then reported
 */
export function expectationOf(
  written: Written,
  path: Path,
  report: ContractReport,
  units: readonly Expectation['unit'][],
  standard?: Omit<Expectation, 'unit'>,
): Expectation | undefined {
  const unit = unitOf(written.unit, path, report, units);
  const given = OPERATOR_KEYS.filter((key) => written[key] !== undefined);
  if (unit === undefined) return undefined;
  const [key] = given;
  if (key === undefined)
    return standard !== undefined
      ? { ...standard, unit, ...ofRows(unit) }
      : report.error(
          path,
          'no-operator',
          'nothing says what the metric is held against',
          `one of ${OPERATOR_KEYS.join(', ')}`,
        );
  if (given.length > 1)
    return report.error(
      [...path, given[1] ?? ''],
      'ambiguous-rule',
      `${given.length} operators in one rule: ${given.join(', ')}`,
      'write mustBeBetween, or a rule for each',
      true,
    );
  const operator = OPERATORS[key];
  if (operator === undefined) return undefined;
  if (key.includes('ThanOrEqual'))
    report.warn([...path, key], 'odd-spelling', `the standard spells it ${operator}`, `write ${operator}`, true);
  const value = written[key];
  const numbers = Array.isArray(value) ? value : [typeof value === 'boolean' ? Number(value) : value];
  if (!numbers.every((n) => typeof n === 'number' && Number.isFinite(n)))
    return report.error([...path, key], 'no-number', 'a metric is a number and is held against one', null);
  if (operator === 'mustBeBetween' || operator === 'mustNotBeBetween') {
    const [low, high] = numbers as number[];
    if (numbers.length !== 2 || low === undefined || high === undefined || low > high)
      return report.error([...path, key], 'bad-range', 'a range is two numbers, the smaller one first');
    return { operator, value: low, upTo: high, unit, ...ofRows(unit) };
  }
  return { operator, value: numbers[0] as number, unit, ...ofRows(unit) };
}

/** A percentage of the standard's metrics is of all rows of the table. */
const ofRows = (unit: Expectation['unit']): { readonly of?: 'rows' } => (unit === 'percent' ? { of: 'rows' } : {});

function unitOf(
  written: string | undefined,
  path: Path,
  report: ContractReport,
  units: readonly Expectation['unit'][],
): Expectation['unit'] | undefined {
  const [first] = units;
  if (written === undefined) return first;
  const word = written
    .toLowerCase()
    .replace(/^(%|percentage)$/, 'percent')
    .replace(/^row$/, 'rows');
  const found = units.find((unit) => unit === word);
  return (
    found ??
    report.error([...path, 'unit'], 'bad-unit', `"${written}" is not a unit of this rule`, `valid: ${units.join(', ')}`)
  );
}
