/**
 * One row test → two boolean expressions: is the row asked, and does it pass. Says what a test means on the type that is
 * really there; how an engine says it is the dialect's business.
 */
import type { Bound, CheckProblem, Column, ColumnType, DateFormat, RowTest, Table } from './check.ts';
import { type Dialect, INTEGER_PATTERN, NotSayable } from './dialects/dialect.ts';
import type { TableFacts } from './facts.ts';
import { PatternRefused } from './pattern.ts';
import type { RuleRegistry, Sql } from './rule.ts';

export interface RowContext {
  readonly table: Table;
  readonly facts: TableFacts;
  readonly dialect: Dialect;
  readonly rules: RuleRegistry;
  /** Day as of, yyyy-mm-dd. */
  readonly asOf: string;
}

/** `passes` is NULL only where `asked` is not TRUE. */
export interface RowQuestion {
  /** Aggregates: rows asked, and rows asked that do not pass. */
  readonly checked: Sql;
  readonly failed: Sql;
  /** TRUE for the rows that fail; for the owner's own query. */
  readonly fails: Sql;
  /** What no scan is needed for. */
  readonly known?: { readonly checked?: number; readonly failed?: number };
}

/** A check that is not run, with why; never a guess. */
export class NotCompiled extends Error {
  readonly problem: CheckProblem;
  constructor(problem: CheckProblem, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

interface Value {
  readonly sql: Sql;
  readonly type: ColumnType;
  readonly column: Column;
}

export function columnValue(name: string, context: Pick<RowContext, 'table' | 'facts' | 'dialect'>): Value {
  const column = context.table.columns.find((c) => c.name === name) ?? { name, type: 'other' as const };
  const facts = context.facts.columns.get(column.physicalName ?? column.name);
  if (facts === undefined) throw new NotCompiled('column_not_found', 'the data has no such column');
  return { sql: context.dialect.identifier(column.physicalName ?? column.name), type: facts.type, column };
}

/** As text that is the same in every engine. */
export function textOf(value: Value, dialect: Dialect): Sql {
  if (value.type === 'text') return value.sql;
  if (value.type === 'number' || value.type === 'timestamp' || value.type === 'time')
    throw new NotCompiled('type_not_comparable', `a ${value.type} has no text that is the same everywhere`);
  return dialect.asText(value.sql);
}

/** As a day: of a date, of a timestamp, or read from text. */
export function dayOf(value: Value, dialect: Dialect, format?: DateFormat): Sql {
  if (value.type === 'date') return dialect.asDay(value.sql);
  if (value.type === 'timestamp') return dialect.asDay(`CAST(${value.sql} AS DATE)`);
  if (value.type === 'text') return dialect.day(value.sql, format ?? value.column.format ?? 'iso');
  throw new NotCompiled('type_not_comparable', `a ${value.type} is no day`);
}

/** @throws NotCompiled */
export function compileRow(test: RowTest, context: RowContext): RowQuestion {
  try {
    return compile(test, context);
  } catch (error) {
    if (error instanceof PatternRefused) throw new NotCompiled('pattern_not_portable', error.reason);
    if (error instanceof NotSayable) throw new NotCompiled('type_not_comparable', error.message);
    throw error;
  }
}

function compile(test: RowTest, context: RowContext): RowQuestion {
  const { dialect } = context;
  const value = (name: string): Value => columnValue(name, context);
  switch (test.kind) {
    case 'not_null': {
      const { sql, column } = value(test.column);
      const nulls = context.facts.columns.get(column.physicalName ?? column.name)?.nulls;
      const fails = dialect.isNull(sql);
      return {
        checked: 'count(*)',
        failed: dialect.countIf(fails),
        fails,
        ...(nulls == null ? {} : { known: { failed: nulls } }),
      };
    }
    case 'missing': {
      const one = value(test.column);
      const fails = missing(one, dialect, test.words ?? [], test.blank ?? true);
      return { checked: 'count(*)', failed: dialect.countIf(fails), fails };
    }
    case 'pattern': {
      const text = textOf(value(test.column), dialect);
      return ofValue(
        text,
        test.whole ? dialect.matches(text, test.pattern) : dialect.finds(text, test.pattern),
        dialect,
      );
    }
    case 'length': {
      const text = textOf(value(test.column), dialect);
      return ofValue(text, dialect.lengthBetween(text, test.min, test.max), dialect);
    }
    case 'range': {
      const one = value(test.column);
      const question = ofValue(one.sql, inRange(one, test.min, test.max, dialect), dialect);
      return withinBounds(one, test.min, test.max, context) ? { ...question, known: { failed: 0 } } : question;
    }
    case 'multiple_of': {
      const one = value(test.column);
      const number = numberOf(one, dialect);
      if (!(test.of > 0)) throw new NotCompiled('type_not_comparable', 'a multiple of nothing');
      return ofValue(
        one.sql,
        readable(one, `${dialect.modulo(number, dialect.decimal(test.of))} = 0`, dialect),
        dialect,
      );
    }
    case 'enum': {
      const one = value(test.column);
      if (test.values.length === 0) return ofValue(one.sql, 'FALSE', dialect);
      if (one.type === 'integer' && test.values.every((v) => /^-?[0-9]{1,18}$/.test(String(v))))
        return ofValue(one.sql, `(${one.sql} IN (${test.values.map((v) => String(v)).join(', ')}))`, dialect);
      const text = textOf(one, dialect);
      return ofValue(text, dialect.isOneOf(text, test.values.map(String)), dialect);
    }
    case 'type':
      return ofValue(value(test.column).sql, isOfType(value(test.column), test.type, dialect, test.format), dialect);
    case 'compare': {
      const [left, right] = sideBySide(value(test.left), value(test.right), dialect);
      const asked = dialect.and(`${left} IS NOT NULL`, `${right} IS NOT NULL`);
      return ofAsked(asked, dialect.compare(left, test.operator, right), dialect);
    }
    case 'requires': {
      const asked = dialect.not(missing(value(test.column), dialect, [], true));
      return ofAsked(asked, dialect.not(missing(value(test.needs), dialect, [], true)), dialect);
    }
    case 'rule':
      return ofRule(test, context);
  }
}

/** Asked wherever there is a value; `passes` is NULL where there is none, and that counts as nothing. */
function ofValue(value: Sql, passes: Sql, dialect: Dialect): RowQuestion {
  const fails = dialect.not(passes);
  const constant = passes === 'FALSE' || passes === 'TRUE';
  const exact = constant ? dialect.and(`${value} IS NOT NULL`, fails) : fails;
  return { checked: `count(${value})`, failed: dialect.countIf(exact), fails: exact };
}

function ofAsked(asked: Sql, passes: Sql, dialect: Dialect): RowQuestion {
  const fails = dialect.and(asked, `(${passes}) IS NOT TRUE`);
  return { checked: dialect.countIf(asked), failed: dialect.countIf(fails), fails };
}

function missing(value: Value, dialect: Dialect, words: readonly string[], blank: boolean): Sql {
  const nothing = dialect.isNull(value.sql);
  if (value.type !== 'text') {
    if (words.every((word) => word === '')) return nothing;
    const text = textOf(value, dialect);
    return dialect.choose([[nothing, 'TRUE']], dialect.isOneOf(text, words));
  }
  return dialect.isMissing(value.sql, words, blank);
}

function numberOf(value: Value, dialect: Dialect): Sql {
  if (value.type === 'integer' || value.type === 'number') return value.sql;
  if (value.type === 'text') return dialect.decimalOf(value.sql);
  throw new NotCompiled('type_not_comparable', `a ${value.type} is no number`);
}

/** Text that cannot be read as what it should be does not pass; a null is not asked. */
function readable(value: Value, passes: Sql, dialect: Dialect): Sql {
  if (value.type !== 'text') return `(${passes})`;
  return dialect.choose([[dialect.isNull(value.sql), 'NULL']], `coalesce(${passes}, FALSE)`);
}

/** FALSE, never NULL, where the value cannot be read as what the column is declared to be. */
function inRange(value: Value, min: Bound | undefined, max: Bound | undefined, dialect: Dialect): Sql {
  const temporal = value.type === 'date' || value.type === 'timestamp' || value.column.type === 'date';
  if (temporal && value.type === 'text') {
    const day = (bound: Bound): string => String(bound.value).slice(0, 10);
    return dialect.dayWithin(value.sql, value.column.format ?? 'iso', [
      ...(min === undefined ? [] : [[min.exclusive ? '>' : '>=', day(min)] as const]),
      ...(max === undefined ? [] : [[max.exclusive ? '<' : '<=', day(max)] as const]),
    ]);
  }
  const operand = value.type === 'timestamp' ? value.sql : temporal ? dayOf(value, dialect) : numberOf(value, dialect);
  const literal = (bound: Bound): Sql =>
    value.type === 'timestamp'
      ? dialect.timestampLiteral(String(bound.value))
      : temporal
        ? dialect.dayLiteral(String(bound.value).slice(0, 10))
        : dialect.decimal(bound.value);
  const tests = [
    ...(min === undefined ? [] : [dialect.compare(operand, min.exclusive ? '>' : '>=', literal(min))]),
    ...(max === undefined ? [] : [dialect.compare(operand, max.exclusive ? '<' : '<=', literal(max))]),
  ];
  const inside = dialect.and(...tests);
  return readable(value, inside, dialect);
}

/** Whether what is known of the column already says that every value is inside. */
function withinBounds(value: Value, min: Bound | undefined, max: Bound | undefined, context: RowContext): boolean {
  const facts = context.facts.columns.get(value.column.physicalName ?? value.column.name);
  if (facts?.min == null || facts.max == null) return false;
  if (value.type === 'date') {
    const above = min === undefined || (min.exclusive ? facts.min > String(min.value) : facts.min >= String(min.value));
    return (
      above && (max === undefined || (max.exclusive ? facts.max < String(max.value) : facts.max <= String(max.value)))
    );
  }
  const whole = (bound: Bound | undefined): bigint | null | undefined =>
    bound === undefined ? undefined : /^[+-]?[0-9]+$/.test(String(bound.value)) ? BigInt(bound.value) : null;
  const [low, high] = [whole(min), whole(max)];
  if (value.type !== 'integer' || low === null || high === null) return false;
  const [least, most] = [BigInt(facts.min), BigInt(facts.max)];
  const above = low === undefined || (min?.exclusive ? least > low : least >= low);
  return above && (high === undefined || (max?.exclusive ? most < high : most <= high));
}

function isOfType(
  value: Value,
  type: Extract<RowTest, { kind: 'type' }>['type'],
  dialect: Dialect,
  format: DateFormat | undefined,
): Sql {
  if (value.type === type || (type === 'number' && value.type === 'integer')) return 'TRUE';
  if (type === 'date' && value.type === 'timestamp') return 'TRUE';
  if (value.type !== 'text') return 'FALSE';
  if (type === 'date') return dialect.isDay(value.sql, format ?? value.column.format ?? 'iso');
  if (type === 'boolean') return dialect.isOneOf(value.sql, ['true', 'false', '0', '1']);
  return dialect.matches(
    value.sql,
    type === 'integer' ? INTEGER_PATTERN.replace('{1,18}', '+') : '[+-]?[0-9]+(?:\\.[0-9]+)?',
  );
}

/** Two values as things that can be compared: as they are when they are alike, else as what both are declared to be. */
function sideBySide(left: Value, right: Value, dialect: Dialect): readonly [Sql, Sql] {
  const numeric = (value: Value): boolean => value.type === 'integer' || value.type === 'number';
  const temporal = (value: Value): boolean =>
    value.type === 'date' || value.type === 'timestamp' || (value.type === 'text' && value.column.type === 'date');
  if (left.type === right.type && left.type !== 'text') return [left.sql, right.sql];
  if (numeric(left) && numeric(right)) return [left.sql, right.sql];
  if (temporal(left) && temporal(right)) return [dayOf(left, dialect), dayOf(right, dialect)];
  if (left.type === 'text' && right.type === 'text') {
    if (left.column.type === 'text' || right.column.type === 'text')
      return [dialect.byteOrder(left.sql), dialect.byteOrder(right.sql)];
    return [numberOf(left, dialect), numberOf(right, dialect)];
  }
  throw new NotCompiled('type_not_comparable', `a ${left.type} beside a ${right.type}`);
}

function ofRule(test: Extract<RowTest, { kind: 'rule' }>, context: RowContext): RowQuestion {
  const { dialect } = context;
  const rule = context.rules.get(test.rule);
  if (rule === undefined) throw new NotCompiled('rule_not_found', 'no rule has this id');
  const columns: Record<string, Sql | undefined> = {};
  const present: Sql[] = [];
  const parameters = test.parameters ?? {};
  for (const [role, { optional, type }] of Object.entries(rule.roles)) {
    const name = test.columns[role];
    if (name === undefined) {
      if (optional !== true) throw new NotCompiled('column_not_found', `no column plays the role ${role}`);
      continue;
    }
    const value = columnValue(name, context);
    const sql =
      type === 'date' ? dayOf(value, dialect, parameters.format as DateFormat | undefined) : textOf(value, dialect);
    columns[role] = sql;
    if (optional !== true) present.push(`${sql} IS NOT NULL`);
  }
  let made: { readonly applies?: Sql; readonly passes: Sql };
  try {
    made = rule.sql(dialect, columns, parameters, context.asOf);
  } catch (error) {
    if (error instanceof PatternRefused) throw new NotCompiled('rule_not_portable', error.reason);
    throw error;
  }
  const asked = dialect.and(...present, ...(made.applies === undefined ? [] : [`(${made.applies}) IS TRUE`]));
  const [only] = Object.values(columns);
  if (present.length === 1 && Object.keys(columns).length === 1 && made.applies === undefined && only !== undefined) {
    const fails = dialect.and(`${only} IS NOT NULL`, `(${made.passes}) IS NOT TRUE`);
    return { checked: `count(${only})`, failed: dialect.countIf(fails), fails };
  }
  return ofAsked(asked, made.passes, dialect);
}
