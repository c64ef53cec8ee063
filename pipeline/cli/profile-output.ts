/** What `csdl profile` prints: JSON, JUnit XML, a table, the SQL. Counts and names of the contract; nothing of the data. */
import { batchSql, type Plan } from '../../scoring/quality/plan.ts';
import type { MeasuredRule } from '../../scoring/quality/results/measured-rule.ts';
import type { Measurement } from '../stages/measure-contract.ts';
import { table } from './output.ts';
import { visible } from './visible.ts';

export function profileJson({ contract, rules, rows, index, queries, scanMs, engine }: Measurement, method: string) {
  const { fields, index: database, ...figures } = index;
  return {
    contract: contract.id,
    version: contract.version,
    method,
    engine,
    rows,
    results: rules.map(({ result, state, criterion, numerator, denominator, ruleVersion, weight }) => ({
      rule_id: result.rule_id,
      table: result.table,
      column: result.column,
      metric: result.metric,
      dimension: criterion,
      state,
      failed: result.failed,
      checked: result.checked,
      value: result.value,
      unit: result.unit,
      severity: result.severity,
      sql_hash: result.sql_hash,
      ms: result.ms,
      numerator,
      denominator,
      future: result.future,
      problem: result.problem,
      detail: result.detail,
      rule_version: ruleVersion,
      weight,
    })),
    dqi: { database, ...figures, fields },
    queries,
    scan_ms: scanMs,
  };
}

const escaped = (text: string): string =>
  visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** One test suite a table, one case a rule: failed rules of severity error fail, what has no answer is an error. */
export function profileJunit({ contract, rules, scanMs }: Measurement): string {
  const tables = [...new Set(rules.map(({ result }) => result.table))];
  const suites = tables.map((name) => {
    const cases = rules.filter(({ result }) => result.table === name);
    const count = (test: (rule: MeasuredRule) => boolean): number => cases.filter(test).length;
    const head =
      `  <testsuite name="${escaped(name)}" tests="${cases.length}" failures="${count(fails)}" ` +
      `errors="${count(errs)}" skipped="${count(skips)}">`;
    return [head, ...cases.map(junitCase), '  </testsuite>'].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(contract.id)}" time="${(scanMs / 1000).toFixed(3)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

const fails = ({ state, result }: MeasuredRule): boolean => state === 'unmet' && result.severity === 'error';
const errs = ({ state }: MeasuredRule): boolean => state === 'collector_failed';
const skips = ({ state, result }: MeasuredRule): boolean =>
  state === 'undefined' || state === 'unknown' || (state === 'unmet' && result.severity !== 'error');

function junitCase(rule: MeasuredRule): string {
  const { result, state } = rule;
  const open = `    <testcase classname="${escaped(result.column ?? result.table)}" name="${escaped(result.rule_id)}" time="${((result.ms ?? 0) / 1000).toFixed(3)}"`;
  const said = escaped(sentence(rule));
  if (fails(rule)) return `${open}><failure message="${said}"/></testcase>`;
  if (errs(rule)) return `${open}><error message="${said}"/></testcase>`;
  if (skips(rule)) return `${open}><skipped message="${said}"/></testcase>`;
  return state === 'met' ? `${open}/>` : `${open}><skipped message="${said}"/></testcase>`;
}

function sentence({ result, state }: MeasuredRule): string {
  if (result.problem !== null) return `${result.problem}: ${result.detail ?? ''}`;
  if (state === 'undefined') return 'nothing to ask: no rows, or none it is asked of';
  const counts =
    result.failed === null ? `${result.value} ${result.unit}` : `${result.failed} of ${result.checked} rows`;
  return result.severity === 'error' ? counts : `${result.severity}: ${counts}`;
}

export function profileText(measurement: Measurement, labels: { title: string }): string {
  const { contract, rules, index, rows, queries, scanMs } = measurement;
  const lines = rules.map((rule) => ({
    rule: rule.result.rule_id,
    dimension: rule.criterion,
    severity: rule.result.severity,
    state: rule.state,
    failed: rule.result.failed,
    checked: rule.result.checked,
    value: rule.result.value === null ? null : Math.round(rule.result.value * 1000) / 1000,
    unit: rule.result.unit,
    note: rule.result.problem === null ? '' : `${rule.result.problem}: ${rule.result.detail ?? ''}`,
  }));
  const fields = index.fields.map((field) => ({
    field: field.column === null ? `${field.table}` : `${field.table}.${field.column}`,
    index: field.index,
    band: field.band ?? '–',
    identifier: field.identifier ? 'yes' : '',
    weight: field.weight,
  }));
  const total = Object.entries(rows).map(([name, n]) => `${name} ${n}`);
  const figure =
    index.index === null ? '–' : `${index.index}${index.state === 'incomplete' ? ` to ${index.ceiling}` : ''}`;
  const identifiers = index.identifiers_met === false ? '; an identifier field is below its threshold' : '';
  return [
    table(lines),
    '',
    ...(fields.length === 0 ? [] : [table(fields), '']),
    `${contract.id} ${contract.version}: rows ${total.join(', ') || 'unknown'}; ${queries} queries, ${(scanMs / 1000).toFixed(1)} s`,
    `${labels.title}: ${figure} (${index.state}${index.band === null ? '' : `, ${index.band}`}${identifiers})`,
  ].join('\n');
}

/** The queries of the plan, and those the owner may run to see the rows for himself. */
export function profileSql(plan: Plan): string {
  const batches = plan.batches.map(
    (batch) => `-- ${comment(batch.table)}: ${batch.kind}, ${batch.measures.length} measures\n${batchSql(batch)};`,
  );
  // What is asked for our own sake has an id that no contract gives.
  const naive = plan.checks
    .filter(({ check }) => !check.id.startsWith('\n'))
    .map(({ check, sql }) => `-- ${comment(check.id)}\n${sql};`);
  const refused = plan.refused
    .filter(({ check }) => !check.id.startsWith('\n'))
    .map(({ check, problem, detail }) => `-- not run: ${comment(check.id)}: ${problem}: ${comment(detail)}`);
  return [
    `-- ${plan.dialect}: what is run`,
    ...batches,
    '',
    '-- what each check means, one by one',
    ...naive,
    ...refused,
    '',
  ].join('\n\n');
}

const comment = (text: string): string => visible(text).replaceAll(/[\r\n]/g, ' ');
