/**
 * Rules of type custom with engine `csdl`: the rule library, and the kinds of check the standard has no word for. Rules of
 * other engines are theirs to run.
 *
 * implementation: a rule's id, or {rule, columns: {role: property}, parameters: {…}, unit and operator}
 */
import { z } from 'zod';
import { didYouMean } from '../../../config/nearest.ts';
import { issueProblem } from '../../../config/zod-problem.ts';
import type { RuleParameters, Test } from '../check.ts';
import type { RowRule } from '../rule.ts';
import type { CheckBuilder, Found, Place } from './builder.ts';
import { expectationOf } from './expectation.ts';
import { type OdcsRule, operators } from './odcs.ts';
import type { Path } from './report.ts';

const parameter = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(z.number())]);
const implementation = z.strictObject({
  ...operators,
  rule: z.string(),
  unit: z.string().optional(),
  columns: z.record(z.string(), z.string()).default({}),
  parameters: z.record(z.string(), parameter).default({}),
});
const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const;

/** Kinds of check that are no rule of the library: the columns they need, in words of their own. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  compare: ['left', 'right'],
  requires: ['column', 'needs'],
  'future-rows': ['column'],
};

export function customRule(
  rule: OdcsRule,
  path: Path,
  place: Place,
  builder: CheckBuilder,
  base: Pick<Found, 'place' | 'rule' | 'id' | 'path'>,
): void {
  const { report, rules } = builder;
  if (rule.engine === undefined) {
    report.error(path, 'no-engine', 'a rule of type custom names its engine', 'write engine: csdl');
    return;
  }
  if (rule.engine !== 'csdl') {
    if (didYouMean(rule.engine, ['csdl'])?.startsWith('did') === true)
      report.error([...path, 'engine'], 'unknown-engine', `"${rule.engine}" is not an engine`, 'did you mean "csdl"?');
    else report.warn([...path, 'engine'], 'not-checked', `rules of the engine "${rule.engine}" are not run here`);
    return;
  }
  const at = [...path, 'implementation'];
  const raw = typeof rule.implementation === 'string' ? { rule: rule.implementation } : rule.implementation;
  const parsed = implementation.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      for (const found of issueProblem(issue, implementation, raw))
        report.error([...at, ...found.path], found.code.replace('config/', ''), found.message, found.hint, found.atKey);
    return;
  }
  const made = parsed.data;
  const known = rules.get(made.rule);
  const needs = known === undefined ? BUILT_IN[made.rule] : undefined;
  if (known === undefined && needs === undefined) {
    report.error(
      [...at, 'rule'],
      'unknown-rule',
      `there is no rule "${made.rule}"`,
      didYouMean(made.rule, [...rules.keys(), ...Object.keys(BUILT_IN)]),
    );
    return;
  }
  const roles = known === undefined ? (needs ?? []) : Object.keys(known.roles);
  const columns = columnsOf(made.columns, roles, known, [...at, 'columns'], place, report);
  const expect = expectationOf(made, at, report, ['rows', 'percent'], { operator: 'mustBe', value: 0 });
  if (columns === undefined || expect === undefined) return;
  const test =
    known === undefined
      ? builtIn(made.rule, columns, made.parameters, at, report)
      : libraryTest(known, columns, made.parameters);
  if (test !== undefined) builder.add({ ...base, metric: made.rule, test, expect });
}

function libraryTest(rule: RowRule, columns: Readonly<Record<string, string>>, parameters: RuleParameters): Test {
  return { kind: 'rule', rule: rule.id, columns, ...(Object.keys(parameters).length === 0 ? {} : { parameters }) };
}

function builtIn(
  rule: string,
  columns: Readonly<Record<string, string>>,
  parameters: RuleParameters,
  at: Path,
  report: CheckBuilder['report'],
): Test | undefined {
  const { column = '', needs = '', left = '', right = '' } = columns;
  if (rule === 'requires') return { kind: 'requires', column, needs };
  if (rule === 'future-rows') return { kind: 'future', column };
  const operator = COMPARISONS.find((sign) => sign === parameters.operator);
  if (operator === undefined)
    return report.error(
      [...at, 'parameters'],
      'bad-operator',
      'compare needs parameters: {operator: …}',
      `valid: ${COMPARISONS.join(' ')}`,
    );
  return { kind: 'compare', left, operator, right };
}

/** Which property plays which role; in a property, its own name plays the first. */
function columnsOf(
  given: Readonly<Record<string, string>>,
  roles: readonly string[],
  rule: RowRule | undefined,
  at: Path,
  place: Place,
  report: CheckBuilder['report'],
): Record<string, string> | undefined {
  const known = place.columns.map((c) => c.name);
  const columns: Record<string, string> = { ...given };
  const [first] = roles;
  if (place.column !== null && first !== undefined && columns[first] === undefined) columns[first] = place.column;
  let fits = true;
  const wrong = (path: Path, message: string, hint: string | null, atKey = false): void => {
    report.error(path, 'bad-columns', message, hint, atKey);
    fits = false;
  };
  for (const [role, name] of Object.entries(given)) {
    if (!roles.includes(role)) wrong([...at, role], `the rule has no role "${role}"`, didYouMean(role, roles), true);
    if (!known.includes(name))
      wrong([...at, role], `"${name}" is not a property of ${place.table}`, didYouMean(name, known));
  }
  for (const role of roles)
    if (columns[role] === undefined && rule?.roles[role]?.optional !== true)
      wrong(at.slice(0, -1), `no property plays the role "${role}"`, `write columns: {${role}: PROPERTY}`);
  return fits ? columns : undefined;
}
