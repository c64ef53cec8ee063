/** One ODCS v3 file → a contract, or every problem of it at its line. Nothing of the environment gets into a contract. */
import { createHash } from 'node:crypto';
import { didYouMean } from '../../../config/nearest.ts';
import { stableJson } from '../../../config/stable-json.ts';
import { readYaml } from '../../../config/yaml-file.ts';
import type { Column } from '../check.ts';
import type { RuleRegistry } from '../rule.ts';
import { CheckBuilder, NONE, type Place, weightOf } from './builder.ts';
import type { Contract, ContractField, ContractProblem, ContractTable } from './contract.ts';
import { columnType, dateFormat, typeChecks } from './logical-type.ts';
import { type OdcsContract, type OdcsObject, type OdcsProperty, odcsContract } from './odcs.ts';
import { qualityRule } from './quality-rule.ts';
import { relationshipCheck } from './relationships.ts';
import { ContractReport, type Path } from './report.ts';
import { slaChecks } from './sla.ts';

export interface ReadContract {
  /** Null where there is an error. */
  readonly contract: Contract | null;
  readonly problems: readonly ContractProblem[];
}

/** Rules whose column names a person, a body or a file: fields that must be right in every row. */
const IDENTIFIER_RULES = new Set(['personal-id', 'tax-code', 'social-insurance-number']);
/** A critical element weighs twice, unless the contract says otherwise. */
const CRITICAL_WEIGHT = 2;

/** @param file how it is called in messages */
export function readContract(path: string, file: string, rules: RuleRegistry): ReadContract {
  const read = readYaml(path, file, odcsContract, null);
  const report = new ContractReport(read.source);
  if (read.value === null)
    return { contract: null, problems: read.problems.map((problem) => ({ severity: 'error', ...problem })) };
  const odcs = read.value;
  const builder = new CheckBuilder(report, rules, odcs.version);
  const objects = odcs.schema ?? [];
  if (objects.length === 0) report.error([], 'no-schema', 'a contract without schema has nothing to check');
  onlyOnce(objects, ['schema'], 'table', report);
  const tables = objects.map(tableOf);
  const fields: ContractField[] = [];
  for (const [i, object] of objects.entries()) {
    const table = tables[i];
    if (table !== undefined) fields.push(...objectChecks(object, ['schema', i], table, objects, builder));
  }
  slaChecks(odcs, tables, builder);
  if (odcs.dataProduct !== undefined)
    report.warn(['dataProduct'], 'deprecated', 'dataProduct is deprecated', null, true);
  const hasError = report.problems.some((problem) => problem.severity === 'error');
  const contract: Contract = {
    id: odcs.id,
    version: odcs.version,
    databaseId: databaseOf(odcs),
    hash: createHash('sha256').update(stableJson(odcs)).digest('hex'),
    tables,
    fields,
    checks: builder.checks,
    servers: odcs.servers ?? [],
  };
  return { contract: hasError ? null : contract, problems: report.problems };
}

/** Custom property `databaseId`, or the id of the contract itself. */
function databaseOf(odcs: OdcsContract): string {
  const named = odcs.customProperties?.find(({ property }) => property === 'databaseId')?.value;
  return typeof named === 'string' ? named : odcs.id;
}

function tableOf(object: OdcsObject): ContractTable {
  const columns = (object.properties ?? []).map((property): Column => {
    const format = dateFormat(property);
    return {
      name: property.name,
      type: columnType(property.logicalType),
      ...(property.physicalName === undefined ? {} : { physicalName: property.physicalName }),
      ...(format === undefined ? {} : { format }),
    };
  });
  return { id: object.name, physicalName: object.physicalName ?? object.name, columns, key: keyOf(object) };
}

function keyOf(object: Pick<OdcsObject, 'properties'>): string[] {
  return (object.properties ?? [])
    .filter(({ primaryKey }) => primaryKey === true)
    .map(({ name, primaryKeyPosition }) => ({ name, position: primaryKeyPosition ?? -1 }))
    .sort((a, b) => a.position - b.position)
    .map(({ name }) => name);
}

function onlyOnce(items: readonly { readonly name: string }[], path: Path, what: string, report: ContractReport): void {
  const seen = new Set<string>();
  for (const [i, { name }] of items.entries()) {
    if (seen.has(name)) report.error([...path, i, 'name'], 'repeated-name', `the ${what} "${name}" stands there twice`);
    if (/\p{Cc}/u.test(name))
      report.error([...path, i, 'name'], 'bad-name', `the name of a ${what} holds a control character`);
    seen.add(name);
  }
}

function objectChecks(
  object: OdcsObject,
  path: Path,
  table: ContractTable,
  objects: readonly OdcsObject[],
  builder: CheckBuilder,
): ContractField[] {
  const { report } = builder;
  const properties = object.properties ?? [];
  onlyOnce(properties, [...path, 'properties'], 'property', report);
  const place: Place = { table: table.id, columns: table.columns, column: null };
  for (const [i, rule] of (object.quality ?? []).entries()) qualityRule(rule, [...path, 'quality', i], place, builder);
  keyChecks(properties, path, place, builder);
  const isOnlyKey = properties.filter((property) => property.primaryKey === true).length === 1;
  const fields = properties.map((property, i) =>
    propertyChecks(
      property,
      [...path, 'properties', i],
      { ...place, column: property.name },
      isOnlyKey,
      objects,
      builder,
    ),
  );
  for (const [i, { from, to }] of (object.relationships ?? []).entries())
    relationshipCheck(from, to, [...path, 'relationships', i], place, objects, builder);
  return fields;
}

/** The primary key: no part of it null, no two rows with the same one. */
function keyChecks(properties: readonly OdcsProperty[], path: Path, place: Place, builder: CheckBuilder): void {
  const { report } = builder;
  const key = properties
    .map((property, i) => ({ property, at: [...path, 'properties', i, 'primaryKeyPosition'] }))
    .filter(({ property, at }) => {
      const position = property.primaryKeyPosition;
      if (position !== undefined && position !== -1 && property.primaryKey !== true)
        report.error(
          at,
          'idle-key',
          'a position in the primary key, and no primaryKey: true',
          'write primaryKey: true',
          true,
        );
      return property.primaryKey === true;
    });
  if (key.length === 0) return;
  const positions = key.map(({ property }) => property.primaryKeyPosition ?? -1);
  key.forEach(({ at }, i) => {
    const position = positions[i] ?? -1;
    if (position !== -1 && (position < 1 || position > key.length || positions.indexOf(position) !== i))
      report.warn(
        at,
        'bad-position',
        `position ${position} in a key of ${key.length}`,
        'positions count from 1, each once; the key is checked as a whole',
      );
  });
  const columns = keyOf({ properties: [...properties] });
  const only = columns.length === 1 ? (columns[0] ?? null) : null;
  builder.add({
    place: { table: place.table, column: only },
    metric: only === null ? `${columns.join('+')}.duplicateValues` : 'duplicateValues',
    test: { kind: 'duplicate', columns, count: 'surplus' },
    expect: NONE,
    path,
  });
}

function propertyChecks(
  property: OdcsProperty,
  path: Path,
  place: Place,
  /** The primary key is one property, and its uniqueness is checked already. */
  isOnlyKey: boolean,
  objects: readonly OdcsObject[],
  builder: CheckBuilder,
): ContractField {
  const { report } = builder;
  const column = property.name;
  const before = builder.checks.length;
  const here = { table: place.table, column };
  const isKey = property.primaryKey === true;
  if (property.required === true || isKey)
    builder.add({ place: here, metric: 'nullValues', test: { kind: 'not_null', column }, expect: NONE, path });
  if (property.unique === true && !(isKey && isOnlyKey))
    builder.add({
      place: here,
      metric: 'duplicateValues',
      test: { kind: 'duplicate', columns: [column], count: 'surplus' },
      expect: NONE,
      path,
    });
  typeChecks(property, path, place, builder);
  for (const [i, rule] of (property.quality ?? []).entries())
    qualityRule(rule, [...path, 'quality', i], place, builder);
  for (const [i, { to }] of (property.relationships ?? []).entries())
    relationshipCheck([], to, [...path, 'relationships', i], place, objects, builder);

  const own = builder.checks.slice(before);
  const isCritical = property.criticalDataElement === true;
  if (isCritical && own.length === 0)
    report.warn([...path, 'criticalDataElement'], 'not-checked', `${column} is critical, and nothing is checked of it`);
  const isOpen = property.classification === undefined || /^(public|open|internal)$/i.test(property.classification);
  if (!isOpen && (property.examples?.length ?? 0) > 0)
    report.warn(
      [...path, 'examples'],
      'examples-of-classified',
      'examples of a classified property may be values of the data',
      'leave them out',
    );
  const said = property.customProperties?.find(({ property: name }) => name === 'identifier')?.value;
  if (said !== undefined && typeof said !== 'boolean')
    report.error(
      [...path, 'customProperties'],
      'bad-identifier',
      'identifier is true or false',
      didYouMean(String(said), ['true', 'false']),
    );
  const isIdentifier =
    typeof said === 'boolean'
      ? said
      : isKey || own.some(({ check: { test } }) => test.kind === 'rule' && IDENTIFIER_RULES.has(test.rule));
  const standard = isCritical ? CRITICAL_WEIGHT : 1;
  return {
    table: place.table,
    column,
    weight: weightOf(property.customProperties, [...path, 'customProperties'], report, standard),
    isIdentifier,
    isCritical,
    classification: property.classification ?? null,
  };
}
