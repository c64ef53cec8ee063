/** logicalType and logicalTypeOptions → the type of a column and its checks. An option that fits no check is never passed over. */
import type { Bound, ColumnType, DateFormat, RowTest } from '../check.ts';
import { DAY_PATTERNS } from '../days.ts';
import { PatternRefused, parsePattern } from '../pattern.ts';
import { type CheckBuilder, NONE, type Place } from './builder.ts';
import { MOMENT_FORMATS, MOMENT_METRIC, TIME, TIMESTAMP } from './moments.ts';
import type { OdcsProperty, TypeOptions } from './odcs.ts';
import type { ContractReport, Path } from './report.ts';

type LogicalType = NonNullable<OdcsProperty['logicalType']>;

const TYPES: Readonly<Record<LogicalType, ColumnType>> = {
  string: 'text',
  date: 'date',
  timestamp: 'timestamp',
  time: 'time',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  object: 'other',
  array: 'other',
};
export const columnType = (type: LogicalType | undefined): ColumnType => (type === undefined ? 'other' : TYPES[type]);

/** Which options say something of which type. */
const OPTIONS: Readonly<Record<LogicalType, readonly (keyof TypeOptions)[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  date: ['format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  timestamp: ['format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'timezone', 'defaultTimezone'],
  time: ['format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'timezone', 'defaultTimezone'],
  number: ['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'format'],
  integer: ['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'format'],
  boolean: [],
  object: ['minProperties', 'maxProperties', 'required'],
  array: ['minItems', 'maxItems', 'uniqueItems'],
};
const DATE_FORMATS: Readonly<Record<string, DateFormat>> = {
  'yyyy-MM-dd': 'iso',
  'uuuu-MM-dd': 'iso',
  yyyyMMdd: 'compact',
  'dd/MM/yyyy': 'vietnamese_padded',
  'd/M/yyyy': 'vietnamese',
};
/** Formats of texts that a pattern can decide. */
const TEXT_FORMATS: Readonly<Record<string, string>> = {
  email:
    "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\\-]+@[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?)*",
  uuid: '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}',
  ipv4: '(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])',
  hostname: '[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?)*',
};
/** Formats of numbers that say between what they lie. */
const INTEGER_BITS = /^([iu])(8|16|32|64)$/;

/** How the dates of a column are written, where the data keeps them as text. */
export function dateFormat(property: OdcsProperty): DateFormat | undefined {
  return property.logicalType === 'date' ? DATE_FORMATS[property.logicalTypeOptions?.format ?? ''] : undefined;
}

export function typeChecks(property: OdcsProperty, path: Path, place: Place, builder: CheckBuilder): void {
  const { report } = builder;
  const column = property.name;
  const { logicalType: type, logicalTypeOptions: options = {} } = property;
  const at = [...path, 'logicalTypeOptions'];
  const add = (metric: string, test: RowTest, where: Path = at): void =>
    builder.add({ place: { table: place.table, column }, metric, test, expect: NONE, path: where });
  const written = Object.keys(options) as (keyof TypeOptions)[];
  if (type === undefined) {
    if (written.length > 0) report.error(at, 'no-type', 'options of a type, and no logicalType', 'write logicalType');
    return;
  }
  for (const key of written)
    if (!OPTIONS[type].includes(key))
      report.error(
        [...at, key],
        'idle-option',
        `"${key}" says nothing of a ${type}`,
        `valid: ${OPTIONS[type].join(', ') || 'none'}`,
        true,
      );

  if (type === 'integer' || type === 'number' || type === 'boolean')
    add('logicalType', { kind: 'type', column, type }, path);
  if (type === 'date')
    dateChecks(options, at, column, report, (format) =>
      add('logicalType', { kind: 'type', column, type: 'date', ...format }, path),
    );
  if (type === 'timestamp' || type === 'time') {
    const { format } = options;
    const standard = type === 'time' ? TIME : TIMESTAMP;
    const pattern =
      format === undefined ? standard : Object.hasOwn(MOMENT_FORMATS, format) ? MOMENT_FORMATS[format] : undefined;
    if (pattern !== undefined) add(MOMENT_METRIC, { kind: 'pattern', column, pattern, whole: true }, path);
    else
      report.error(
        [...at, 'format'],
        'bad-format',
        `a ${type} cannot be read in this format`,
        `valid: ${Object.keys(MOMENT_FORMATS).join(', ')}`,
      );
  }
  if (
    (type === 'object' || type === 'array') &&
    written.length + Number(property.items !== undefined) + Number(property.properties !== undefined) > 0
  )
    report.warn(path, 'not-checked', `what is inside an ${type} is not checked`, 'describe a flat view of it');
  if (type === 'string') textChecks(options, at, column, report, add);
  if (type === 'integer' && options.format !== undefined) bitChecks(options.format, at, column, report, add);
  if (options.multipleOf !== undefined && OPTIONS[type].includes('multipleOf'))
    add('multipleOf', { kind: 'multiple_of', column, of: options.multipleOf });
  if (OPTIONS[type].includes('minimum')) {
    const range = rangeOf(options, type, at, report);
    if (range !== undefined) add('range', { kind: 'range', column, ...range });
  }
}

function dateChecks(
  options: TypeOptions,
  at: Path,
  column: string,
  report: ContractReport,
  add: (format: { format?: DateFormat }) => void,
): void {
  const format = options.format === undefined ? undefined : DATE_FORMATS[options.format];
  if (options.format !== undefined && format === undefined)
    report.error(
      [...at, 'format'],
      'bad-format',
      `dates of ${column} cannot be read in this format`,
      `valid: ${Object.keys(DATE_FORMATS).join(', ')}`,
    );
  else add(format === undefined ? {} : { format });
}

function textChecks(
  options: TypeOptions,
  at: Path,
  column: string,
  report: ContractReport,
  add: (metric: string, test: RowTest) => void,
): void {
  const { minLength: min, maxLength: max, pattern, format } = options;
  if (min !== undefined && max !== undefined && min > max)
    report.error([...at, 'minLength'], 'bad-range', 'minLength is more than maxLength');
  else if (min !== undefined || max !== undefined)
    add('length', {
      kind: 'length',
      column,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    });
  if (pattern !== undefined) {
    lookAtPattern(pattern, [...at, 'pattern'], report);
    add('pattern', { kind: 'pattern', column, pattern });
  }
  if (format === undefined) return;
  const known = Object.hasOwn(TEXT_FORMATS, format) ? TEXT_FORMATS[format] : undefined;
  if (known === undefined)
    report.warn(
      [...at, 'format'],
      'not-checked',
      `the format "${format}" is not checked`,
      `checked are ${Object.keys(TEXT_FORMATS).join(', ')}; or write pattern`,
    );
  else add('format', { kind: 'pattern', column, pattern: known, whole: true });
}

function bitChecks(
  format: string,
  at: Path,
  column: string,
  report: ContractReport,
  add: (metric: string, test: RowTest) => void,
): void {
  const found = INTEGER_BITS.exec(format);
  if (found === null) {
    report.warn([...at, 'format'], 'not-checked', `the format "${format}" is not checked`);
    return;
  }
  const bits = BigInt(found[2] ?? '0');
  const [min, max] = found[1] === 'u' ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  add('format', { kind: 'range', column, min: { value: String(min) }, max: { value: String(max) } });
}

/** Bounds of v3.1 (exclusive ones are bounds) and of v3.0 (they are flags). */
function rangeOf(
  options: TypeOptions,
  type: LogicalType,
  at: Path,
  report: ContractReport,
): { min?: Bound; max?: Bound } | undefined {
  const side = (
    plain: 'minimum' | 'maximum',
    exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
  ): Bound | undefined => {
    const inside = options[plain];
    const beyond = options[exclusive];
    const isFlag = typeof beyond === 'boolean';
    if (isFlag && inside === undefined)
      return report.error(
        [...at, exclusive],
        'idle-option',
        `${exclusive} is a flag, and there is no ${plain}`,
        `write ${exclusive}: VALUE`,
      );
    if (!isFlag && inside !== undefined && beyond !== undefined)
      return report.error(
        [...at, exclusive],
        'ambiguous-rule',
        `${plain} and ${exclusive} both`,
        'write one of them',
        true,
      );
    const [key, value] = inside !== undefined ? [plain, inside] : [exclusive, beyond];
    if (value === undefined) return undefined;
    const wrong = isBound(value, type);
    if (wrong !== null) return report.error([...at, key], 'bad-bound', wrong);
    return { value: value as string | number, exclusive: inside !== undefined ? beyond === true : true };
  };
  const min = side('minimum', 'exclusiveMinimum');
  const max = side('maximum', 'exclusiveMaximum');
  if (min === undefined && max === undefined) return undefined;
  if (type === 'time') return report.warn(at, 'not-checked', 'bounds of a time of day are not checked');
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function isBound(value: unknown, type: LogicalType): string | null {
  const text = String(value);
  if (type === 'integer' || type === 'number')
    return typeof value === 'number' && /^-?[0-9]+(\.[0-9]+)?$/.test(text)
      ? null
      : 'a bound of a number is a plain number';
  if (type === 'time') return typeof value === 'string' ? null : 'a bound of a time is a text';
  const day = new RegExp(`^(?:${DAY_PATTERNS.iso})(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,6})?)?)?$`);
  return typeof value === 'string' && day.test(text) ? null : 'a bound of a date is a day, yyyy-mm-dd';
}

/** Says so where an engine could read the pattern otherwise; such a check is not run. */
export function lookAtPattern(pattern: string, path: Path, report: ContractReport): void {
  try {
    parsePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternRefused)) throw error;
    report.warn(
      path,
      'pattern-not-portable',
      `engines read this pattern differently: ${error.reason}`,
      'this check is not run; write it without',
    );
  }
}
