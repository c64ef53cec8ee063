/**
 * For each check, the query by which the owner lists the rows that fail, in his own dialect. It is printed and never run here:
 * what it lists are rows of the data, and those stay where they are. Without the cheap forms, so that it can be read.
 */
import type { Check, CheckProblem, Column, Table, TableTest, Test } from './check.ts';
import { columnValue, compileRow, dayOf, NotCompiled, textOf } from './compile-row.ts';
import { type Dialect, NotSayable } from './dialects/dialect.ts';
import type { TableFacts } from './facts.ts';
import { ownerRelation } from './owner-relation.ts';
import { isRowTest } from './plan.ts';
import type { RuleRegistry, Sql } from './rule.ts';

export interface FailingInput {
  readonly tables: readonly Table[];
  readonly facts: ReadonlyMap<string, TableFacts>;
  /** Without cheap forms. */
  readonly dialect: Dialect;
  readonly rules: RuleRegistry;
  /** ISO 8601 without zone, local time of the data. */
  readonly now: string;
  /** The primary key the contract names, by table id; what the rows are listed by. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

export interface FailingRows {
  readonly check: Check;
  /** One SELECT; null where no row fails by itself, or the check cannot be asked. */
  readonly sql: Sql | null;
  /** What the rows are, or why there is no query; fixed words. */
  readonly note: string;
  readonly problem: CheckProblem | null;
}

const OF_THE_TABLE = 'the rule is about the table as a whole: no row fails by itself';
const OF_THE_CONTRACT = 'the rule is a query of the contract, which counts: it names no rows';

/** The query for one check. Listed are the key columns, where the contract names a key, else the columns of the rule. */
export function failingRows(check: Check, input: FailingInput): FailingRows {
  const { test } = check;
  const none = (note: string, problem: CheckProblem | null = null): FailingRows => ({
    check,
    sql: null,
    note,
    problem,
  });
  const table = input.tables.find(({ id }) => id === check.table);
  const facts = input.facts.get(check.table);
  if (table === undefined || facts === undefined) return none('the table could not be read', 'table_not_found');
  if (test.kind === 'row_count') return none(OF_THE_TABLE);
  if (test.kind === 'sql') return none(OF_THE_CONTRACT);
  try {
    return { check, ...list(test, { ...input, table, tableFacts: facts }), problem: null };
  } catch (error) {
    if (error instanceof NotCompiled) return none(error.message, error.problem);
    if (error instanceof NotSayable) return none(error.message, 'type_not_comparable');
    throw error;
  }
}

interface Context extends FailingInput {
  readonly table: Table;
  readonly tableFacts: TableFacts;
}

type Listed = Exclude<Test, { kind: 'row_count' | 'sql' }>;

function list(test: Listed, context: Context): { readonly sql: Sql; readonly note: string } {
  const { table, tableFacts: facts, dialect, rules, now } = context;
  const columns = listedColumns(test, context);
  const own = { table, facts, dialect, rules, asOf: now.slice(0, 10) };
  if (isRowTest(test)) {
    const { fails } = compileRow(test, own);
    return {
      sql: withRelations([table], context, `SELECT ${columns} FROM ${called(table, dialect)} WHERE ${fails}`),
      note: 'the rows that fail',
    };
  }
  if (test.kind === 'duplicate') return duplicates(test, columns, context);
  if (test.kind === 'reference') return orphans(test, columns, context);
  const value = columnValue(test.column, own);
  const isMoment = value.type === 'timestamp';
  const moment = isMoment ? value.sql : dayOf(value, dialect, test.format);
  const until = isMoment ? dialect.timestampLiteral(now) : dialect.dayLiteral(now.slice(0, 10));
  return {
    sql: withRelations([table], context, `SELECT ${columns} FROM ${called(table, dialect)} WHERE ${moment} > ${until}`),
    note:
      test.kind === 'future'
        ? 'the rows that fail'
        : 'no row fails by itself; listed are the rows dated after that day',
  };
}

/** All rows of the groups that share a key; `copy_no` > 1 are the surplus, `copy_no` = 1 one row a group. */
function duplicates(test: Extract<TableTest, { kind: 'duplicate' }>, columns: Sql, context: Context) {
  const { table, dialect } = context;
  const keys = [...new Set(test.columns)].sort().map((name) => physical(name, context));
  if (keys.length === 0) throw new NotCompiled('column_not_found', 'a key without columns');
  const key = keys.join(', ');
  const asked = keys.map((column) => `${column} IS NOT NULL`).join(' AND ');
  const tuple = keys.length === 1 ? key : `(${key})`;
  const body =
    `SELECT dense_rank() OVER (ORDER BY ${key}) AS group_no, row_number() OVER (PARTITION BY ${key}) AS copy_no, ${columns} ` +
    `FROM ${called(table, dialect)} WHERE ${asked} AND ${tuple} IN ` +
    `(SELECT ${key} FROM ${called(table, dialect)} WHERE ${asked} GROUP BY ${key} HAVING count(*) > 1) ORDER BY 1, 2`;
  return {
    sql: withRelations([table], context, body),
    note: 'the rows of each group that shares its key; copy_no above 1 is what would have to go',
  };
}

/** Rows whose key the other table lacks. */
function orphans(test: Extract<TableTest, { kind: 'reference' }>, columns: Sql, context: Context) {
  const { table, tableFacts: facts, dialect } = context;
  const other = context.tables.find(({ id }) => id === test.table);
  const otherFacts = context.facts.get(test.table);
  if (other === undefined || otherFacts === undefined)
    throw new NotCompiled('table_not_found', 'the table referred to could not be read');
  if (test.columns.length === 0 || test.columns.length !== test.to.length)
    throw new NotCompiled('column_not_found', 'as many columns on one side as on the other');
  const pairs = test.columns.map((name, i) => {
    const here = columnValue(name, { table, facts, dialect });
    const there = columnValue(test.to[i] ?? '', { table: other, facts: otherFacts, dialect });
    return here.type === there.type ? [here.sql, there.sql] : [textOf(here, dialect), textOf(there, dialect)];
  });
  const named = (i: number): Sql => dialect.identifier(`referring ${i}`);
  const here = pairs.map(([sql], i) => `${sql} AS ${named(i)}`).join(', ');
  const there = pairs.map(([, sql], i) => `${sql} AS p${i}`).join(', ');
  const asked = pairs.map(([sql]) => `${sql} IS NOT NULL`).join(' AND ');
  const same = pairs.map((_pair, i) => `p.p${i} = c.${named(i)}`).join(' AND ');
  const body =
    `SELECT ${columns} FROM (SELECT *, ${here} FROM ${called(table, dialect)} WHERE ${asked}) AS c ` +
    `WHERE NOT EXISTS (SELECT 1 FROM (SELECT ${there} FROM ${called(other, dialect)}) AS p WHERE ${same})`;
  return { sql: withRelations([table, other], context, body), note: 'the rows that fail' };
}

/** Tables are called by their ids; what that is in the owner's engine is said once, at the head. */
function withRelations(tables: readonly Table[], { dialect }: Context, body: Sql): Sql {
  const heads = [...new Set(tables)].flatMap((table) => {
    const relation = ownerRelation(table.location, dialect);
    return relation === null ? [] : [`${called(table, dialect)} AS (SELECT * FROM ${relation})`];
  });
  return heads.length === 0 ? body : `WITH ${heads.join(',\n  ')}\n${body}`;
}

const called = (table: Table, dialect: Dialect): Sql => dialect.identifier(table.id);

function physical(name: string, { table, tableFacts: facts, dialect }: Context): Sql {
  return columnValue(name, { table, facts, dialect }).sql;
}

/** The primary key where all of it is there, else what the rule names; each once. */
function listedColumns(test: Listed, context: Context): Sql {
  const { table, tableFacts } = context;
  const isThere = (name: string): boolean => {
    const column: Column | undefined = table.columns.find((one) => one.name === name);
    return tableFacts.columns.has(column?.physicalName ?? name);
  };
  const key = context.keys.get(table.id) ?? [];
  const names = key.length > 0 && key.every(isThere) ? key : columnsOf(test);
  return [...new Set(names)].map((name) => physical(name, context)).join(', ');
}

function columnsOf(test: Listed): readonly string[] {
  switch (test.kind) {
    case 'compare':
      return [test.left, test.right];
    case 'requires':
      return [test.column, test.needs];
    case 'rule':
      return Object.values(test.columns);
    case 'duplicate':
    case 'reference':
      return test.columns;
    default:
      return [test.column];
  }
}
