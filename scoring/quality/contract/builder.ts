/** Takes the checks of one contract as they are found: gives ids, dimensions and weights, and keeps ids single. */
import type { Check, Column, Expectation, Severity, Test } from '../check.ts';
import type { RuleRegistry } from '../rule.ts';
import type { ContractCheck } from './contract.ts';
import { attributeOf, dimensionOf } from './dimension.ts';
import type { OdcsRule } from './odcs.ts';
import type { ContractReport, Path } from './report.ts';

/** More checks than this are not a contract but an attack. */
const MOST_CHECKS = 50_000;
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** The table in which a rule stands. */
export interface Place {
  readonly table: string;
  readonly columns: readonly Column[];
  /** The property in which it stands; null at the level of the table. */
  readonly column: string | null;
}

export interface Found {
  readonly place: Pick<Place, 'table' | 'column'>;
  readonly metric: string;
  readonly test: Test;
  readonly expect: Expectation;
  /** The rule of the contract it was written as, where it was written as one. */
  readonly rule?: OdcsRule;
  /** Its id in the contract. */
  readonly id?: string | undefined;
  readonly path: Path;
}

export const NONE: Expectation = { operator: 'mustBe', value: 0, unit: 'rows' };

export class CheckBuilder {
  readonly checks: ContractCheck[] = [];
  readonly report: ContractReport;
  readonly rules: RuleRegistry;
  readonly #version: string;
  readonly #ids = new Set<string>();

  constructor(report: ContractReport, rules: RuleRegistry, version: string) {
    this.report = report;
    this.rules = rules;
    this.#version = version;
  }

  add(found: Found): void {
    const { place, metric, test, rule, path } = found;
    if (this.checks.length >= MOST_CHECKS) {
      if (this.checks.length === MOST_CHECKS && !this.#ids.has('')) {
        this.#ids.add('');
        this.report.error(path, 'too-many-checks', `more than ${MOST_CHECKS} checks`, 'cut the contract');
      }
      return;
    }
    const dimension = dimensionOf(test, rule, path, this.report);
    const check: Check = {
      id: this.#idOf(found),
      table: place.table,
      column: place.column,
      metric,
      dimension,
      severity: this.#severityOf(test, rule, path),
      test,
      expect: found.expect,
    };
    const library = test.kind === 'rule' ? this.rules.get(test.rule) : undefined;
    this.checks.push({
      check,
      weight: weightOf(rule?.customProperties, [...path, 'customProperties'], this.report),
      ruleVersion: library === undefined ? this.#version : `${library.id}@${library.version}`,
      attribute: attributeOf(test, dimension),
    });
  }

  #idOf({ id, place, metric, path }: Found): string {
    const own = [place.table, ...(place.column === null ? [] : [place.column]), id ?? metric].join('.');
    let chosen = id ?? own;
    if (this.#ids.has(chosen)) {
      if (id !== undefined)
        this.report.warn(
          path,
          'repeated-id',
          `the id "${id}" stands in another rule, too`,
          `this one is called ${own}`,
        );
      chosen = own;
    }
    for (let n = 2; this.#ids.has(chosen); n++) chosen = `${own}.${n}`;
    this.#ids.add(chosen);
    return chosen;
  }

  #severityOf(test: Test, rule: OdcsRule | undefined, path: Path): Severity {
    const written = rule?.severity?.toLowerCase();
    const severity = SEVERITIES.find((s) => s === written);
    if (written !== undefined && severity === undefined)
      this.report.error(
        [...path, 'severity'],
        'bad-severity',
        `"${rule?.severity}" is not a severity`,
        `valid: ${SEVERITIES.join(', ')}`,
      );
    // A rule that rests on an unpublished fact can only warn, whatever the contract says.
    const weak = test.kind === 'rule' && this.rules.get(test.rule)?.strength === 'warns';
    return weak && (severity ?? 'error') === 'error' ? 'warning' : (severity ?? 'error');
  }
}

/** Custom property `weight`: a whole number from 1, or `standard`. */
export function weightOf(
  custom: OdcsRule['customProperties'],
  path: Path,
  report: ContractReport,
  standard = 1,
): number {
  const at = custom?.findIndex(({ property }) => property === 'weight') ?? -1;
  const value = custom?.[at]?.value;
  if (value === undefined) return standard;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 100) return value;
  report.error([...path, at, 'value'], 'bad-weight', 'a weight is a whole number from 1 to 100');
  return standard;
}
