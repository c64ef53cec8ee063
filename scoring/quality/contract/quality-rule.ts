/** One entry of `quality` → a check. What is not clear is an error; what is for other tools or for people is said. */
import { didYouMean } from '../../../config/nearest.ts';
import type { Test } from '../check.ts';
import { guardQuery } from '../sql-guard.ts';
import type { CheckBuilder, Found, Place } from './builder.ts';
import { customRule } from './custom-rule.ts';
import { expectationOf, OPERATOR_KEYS, type Written } from './expectation.ts';
import { lookAtPattern } from './logical-type.ts';
import type { OdcsRule } from './odcs.ts';
import type { Path } from './report.ts';

type Metric = NonNullable<OdcsRule['metric']>;

/** Names of v3.0 under the key `rule`. */
const OLD_NAMES: Readonly<Record<string, Metric>> = {
  nullValues: 'nullValues',
  nullCheck: 'nullValues',
  missingValues: 'missingValues',
  invalidValues: 'invalidValues',
  validValues: 'invalidValues',
  duplicateValues: 'duplicateValues',
  duplicateCount: 'duplicateValues',
  rowCount: 'rowCount',
};
/** Keys that belong to one kind of rule only. */
const KEYS: Readonly<Record<'library' | 'sql' | 'custom' | 'text', readonly (keyof OdcsRule)[]>> = {
  library: ['metric', 'rule', 'arguments', 'validValues'],
  sql: ['query'],
  custom: ['engine', 'implementation'],
  text: [],
};

export function qualityRule(rule: OdcsRule, path: Path, place: Place, builder: CheckBuilder): void {
  const { report } = builder;
  const isLibrary = rule.metric !== undefined || rule.rule !== undefined || (rule.query ?? rule.engine) === undefined;
  const type = rule.type ?? (isLibrary ? 'library' : undefined);
  if (type === undefined) {
    report.error(
      path,
      'ambiguous-rule',
      'the type of the rule is not said',
      `write type: ${rule.query !== undefined ? 'sql' : 'custom'}`,
    );
    return;
  }
  for (const [kind, keys] of Object.entries(KEYS))
    for (const key of keys)
      if (kind !== type && rule[key] !== undefined)
        report.error([...path, key], 'idle-key', `"${key}" says nothing in a rule of type ${type}`, null, true);
  const written = OPERATOR_KEYS.filter((key) => (rule as Written)[key] !== undefined);
  if ((type === 'text' || type === 'custom') && written[0] !== undefined)
    report.error(
      [...path, written[0]],
      'idle-key',
      `an operator says nothing in a rule of type ${type}`,
      type === 'custom' ? 'write it inside implementation' : null,
      true,
    );
  const base = { place: { table: place.table, column: place.column }, rule, id: rule.id, path };
  if (type === 'library') libraryRule(rule, path, place, builder, base);
  else if (type === 'sql') sqlRule(rule, path, place, builder, base);
  else if (type === 'custom') customRule(rule, path, place, builder, base);
}

type Base = Pick<Found, 'place' | 'rule' | 'id' | 'path'>;

function libraryRule(rule: OdcsRule, path: Path, place: Place, builder: CheckBuilder, base: Base): void {
  const { report } = builder;
  const metric = metricOf(rule, path, builder);
  if (metric === undefined) return;
  const test = metricTest(metric, rule, path, place, builder);
  // The old validValues lists what is right: nothing else is allowed unless the rule says how much.
  const standard =
    rule.metric === undefined && rule.rule === 'validValues' ? ({ operator: 'mustBe', value: 0 } as const) : undefined;
  const expect = expectationOf(rule, path, report, metric === 'rowCount' ? ['rows'] : ['rows', 'percent'], standard);
  if (test !== undefined && expect !== undefined) builder.add({ ...base, metric, test, expect });
}

function metricOf(rule: OdcsRule, path: Path, { report }: CheckBuilder): Metric | undefined {
  if (rule.metric !== undefined) {
    if (rule.rule !== undefined)
      report.error([...path, 'rule'], 'ambiguous-rule', 'both metric and rule', 'write metric alone', true);
    return rule.metric;
  }
  if (rule.rule === undefined)
    return report.error(
      path,
      'no-metric',
      'a rule of type library names its metric',
      `valid: ${Object.values(OLD_NAMES)
        .filter((m, i, all) => all.indexOf(m) === i)
        .join(', ')}`,
    );
  const metric = Object.hasOwn(OLD_NAMES, rule.rule) ? OLD_NAMES[rule.rule] : undefined;
  if (metric === undefined)
    return report.error(
      [...path, 'rule'],
      'no-metric',
      `"${rule.rule}" is not a metric`,
      didYouMean(rule.rule, Object.keys(OLD_NAMES)),
    );
  report.warn([...path, 'rule'], 'deprecated', 'the key "rule" is deprecated', `write metric: ${metric}`, true);
  return metric;
}

function metricTest(
  metric: Metric,
  rule: OdcsRule,
  path: Path,
  place: Place,
  { report }: CheckBuilder,
): Test | undefined {
  const given = rule.arguments ?? {};
  const used: Readonly<Record<Metric, readonly string[]>> = {
    nullValues: [],
    missingValues: ['missingValues'],
    invalidValues: ['validValues', 'pattern'],
    duplicateValues: place.column === null ? ['properties'] : [],
    rowCount: [],
  };
  for (const key of Object.keys(given))
    if (!used[metric].includes(key))
      return report.error(
        [...path, 'arguments', key],
        'idle-key',
        `${metric} has no argument "${key}" here`,
        `valid: ${used[metric].join(', ') || 'none'}`,
        true,
      );
  const { column } = place;
  if (metric === 'rowCount')
    return column === null
      ? { kind: 'row_count' }
      : report.error(path, 'wrong-level', 'rowCount is asked of a table', 'write it under quality of the table');
  if (metric === 'duplicateValues') {
    const columns = column === null ? given.properties : [column];
    if (columns === undefined || columns.length === 0)
      return report.error(
        path,
        'no-columns',
        'duplicateValues of a table names its columns',
        'write arguments: {properties: [...]}',
      );
    return knownColumns(columns, [...path, 'arguments', 'properties'], place, report)
      ? { kind: 'duplicate', columns, count: 'surplus' }
      : undefined;
  }
  if (column === null)
    return report.error(
      path,
      'wrong-level',
      `${metric} is asked of a property`,
      'write it under quality of the property',
    );
  if (metric === 'nullValues') return { kind: 'not_null', column };
  if (metric === 'missingValues') {
    if (given.missingValues === undefined) return { kind: 'missing', column, blank: true };
    return { kind: 'missing', column, words: given.missingValues.filter((v) => v !== null).map(String), blank: false };
  }
  const values = given.validValues ?? rule.validValues;
  if ((values === undefined) === (given.pattern === undefined))
    return report.error(
      path,
      'ambiguous-rule',
      'invalidValues has either validValues or pattern',
      'write one of them under arguments',
    );
  if (given.pattern !== undefined) {
    lookAtPattern(given.pattern, [...path, 'arguments', 'pattern'], report);
    return { kind: 'pattern', column, pattern: given.pattern };
  }
  return {
    kind: 'enum',
    column,
    values: (values ?? []).filter((v) => v !== null).map((v) => (typeof v === 'boolean' ? String(v) : v)),
  };
}

/** Every name is a property of the table; the first that is not is reported. */
export function knownColumns(
  names: readonly string[],
  path: Path,
  place: Place,
  report: CheckBuilder['report'],
): boolean {
  const known = place.columns.map((c) => c.name);
  const strange = names.findIndex((name) => !known.includes(name));
  if (strange < 0) return true;
  report.error(
    [...path, strange],
    'unknown-property',
    `"${names[strange]}" is not a property of ${place.table}`,
    didYouMean(names[strange] ?? '', known),
  );
  return false;
}

const PLACEHOLDER = /\$?\{(object|table|model|property|column|field)\}/g;

function sqlRule(rule: OdcsRule, path: Path, place: Place, builder: CheckBuilder, base: Base): void {
  const { report } = builder;
  const at = [...path, 'query'];
  if (rule.query === undefined) {
    report.error(path, 'no-query', 'a rule of type sql has a query');
    return;
  }
  let columnless = false;
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const physical = place.columns.find((c) => c.name === place.column)?.physicalName ?? place.column;
  const query = rule.query
    .replace(PLACEHOLDER, (_whole, word: string) => {
      if (word === 'object' || word === 'table' || word === 'model') return quoted(place.table);
      columnless ||= physical === null;
      return quoted(physical ?? '');
    })
    .replace(/;\s*$/, '');
  if (columnless)
    report.error(
      at,
      'no-column',
      'the query names its property, and stands at the level of the table',
      'write the column',
    );
  const refusal = guardQuery(query);
  // Not run, and told: the others are not lost over it.
  if (refusal !== null)
    report.warn(
      at,
      'query-refused',
      `the query is not run: ${refusal}`,
      'one SELECT of one number, over the tables of the contract',
    );
  const expect = expectationOf(rule, path, report, ['number', 'rows', 'percent', 'days']);
  if (expect === undefined || columnless) return;
  const { of: _of, ...plain } = expect;
  builder.add({ ...base, metric: 'sql', test: { kind: 'sql', query }, expect: plain });
}
