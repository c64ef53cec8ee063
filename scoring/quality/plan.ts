/**
 * Checks → one plan. Every question becomes one or more measures (an aggregate over a relation); equal measures are asked
 * once; measures over one relation make one query. In order of cost: what the format knows already, one scan a table,
 * one GROUP BY a key set, joins, queries of the contract. A check that cannot be compiled costs the others nothing.
 */
import { createHash } from 'node:crypto';
import type { Check, CheckProblem, RowTest, Table, Test } from './check.ts';
import { compileRow, NotCompiled, type RowContext } from './compile-row.ts';
import { compileTable } from './compile-table.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { TableFacts } from './facts.ts';
import type { RuleRegistry, Sql } from './rule.ts';
import { screened } from './screen.ts';

export interface Measure {
  /** The same for the same question, whoever asks it. */
  readonly key: string;
  readonly sql: Sql;
}

export type BatchKind = 'scan' | 'keys' | 'days' | 'join' | 'query';

/** One query: SELECT the measures FROM the relation. One row comes back, of numbers only. */
export interface Batch {
  readonly kind: BatchKind;
  readonly table: string;
  readonly from: Sql;
  readonly measures: readonly Measure[];
  /** How the relation is cut into parts that share no key, so that the measures of the parts add up. */
  readonly parts?: Parts;
}

/** The relation is before + after; a part of it is before + condition + after. */
export interface Parts {
  readonly before: Sql;
  readonly after: Sql;
  /** A whole number of 32 bits or more, the same for the same key. */
  readonly number: Sql;
  /** At most this many keys, where that is known. */
  readonly rows: number | null;
}

/** How the numbers of measures make the value of a check. */
export type Formula =
  /** Rows that fail, of rows asked. */
  | { readonly kind: 'rows'; readonly failed: string; readonly checked: string }
  /** A number as it is. */
  | { readonly kind: 'number'; readonly value: string; readonly checked?: string }
  /** Seconds, held against days. */
  | { readonly kind: 'seconds'; readonly value: string; readonly checked: string; readonly future: string };

export interface PlannedCheck {
  readonly check: Check;
  readonly formula: Formula;
  /** All rows of the table, for a share of all rows. */
  readonly rows: string;
  /** What the check means, in the plainest SQL of the dialect: the same text, the same meaning. */
  readonly sql: string;
  readonly sqlHash: string;
}

export interface RefusedCheck {
  readonly check: Check;
  readonly problem: CheckProblem;
  readonly detail: string;
}

export interface Plan {
  readonly dialect: string;
  readonly batches: readonly Batch[];
  readonly checks: readonly PlannedCheck[];
  readonly refused: readonly RefusedCheck[];
  /** Measures whose value is known without a query. */
  readonly known: ReadonlyMap<string, number>;
}

export interface PlanInput {
  readonly tables: readonly Table[];
  readonly checks: readonly Check[];
  /** By table id; a table without facts could not be read. */
  readonly facts: ReadonlyMap<string, TableFacts>;
  readonly fast: Dialect;
  /** The same dialect without its cheap forms. */
  readonly plain: Dialect;
  readonly rules: RuleRegistry;
  /** ISO 8601 without zone, local time of the data: what "now" is. */
  readonly now: string;
  /** More measures than this in one query are cut. */
  readonly maxMeasures?: number;
}

/** What a question asks for, before equal ones are found. */
export interface Wanted {
  readonly kind: BatchKind;
  readonly from: Sql;
  readonly measures: Readonly<Record<string, Sql>>;
  readonly formula: 'rows' | 'number' | 'seconds';
  readonly known?: Readonly<Record<string, number>>;
  /** Measures of the same check that belong to the scan of its table. */
  readonly beside?: Readonly<Record<string, Sql>>;
  readonly parts?: Parts;
}

const ROW_KINDS: ReadonlySet<Test['kind']> = new Set<RowTest['kind']>([
  'not_null',
  'missing',
  'pattern',
  'length',
  'range',
  'multiple_of',
  'enum',
  'type',
  'compare',
  'requires',
  'rule',
]);

export const isRowTest = (test: Test): test is RowTest => ROW_KINDS.has(test.kind);

interface Asked extends Omit<Batch, 'measures'> {
  readonly measures: Map<string, Sql>;
}

export function planChecks(input: PlanInput): Plan {
  input.fast.searches.clear();
  input.fast.readings.clear();
  input.fast.days.clear();
  const tables = new Map(input.tables.map((t) => [t.id, t]));
  const asked = new Map<string, Asked>();
  const known = new Map<string, number>();
  const checks: PlannedCheck[] = [];
  const refused: RefusedCheck[] = [];

  const need = (table: string, kind: BatchKind, from: Sql, sql: Sql, value?: number, parts?: Parts): string => {
    const key = `${from}\n${sql}`;
    if (value !== undefined) known.set(key, value);
    if (known.has(key)) return key;
    const batch = asked.get(from) ?? {
      kind,
      table,
      from,
      measures: new Map<string, Sql>(),
      ...(parts ? { parts } : {}),
    };
    asked.set(from, batch);
    batch.measures.set(key, sql);
    return key;
  };

  for (const check of input.checks) {
    const table = tables.get(check.table);
    const facts = input.facts.get(check.table);
    if (table === undefined || facts === undefined) {
      refused.push({ check, problem: 'table_not_found', detail: 'the table could not be read' });
      continue;
    }
    try {
      const context = { table, facts, rules: input.rules, asOf: input.now.slice(0, 10) };
      const plain = wanted(check, { ...context, dialect: input.plain }, input);
      const fast = wanted(check, { ...context, dialect: input.fast }, input);
      const keys: Record<string, string> = {};
      for (const [name, sql] of Object.entries(fast.measures))
        keys[name] = need(check.table, fast.kind, fast.from, sql, fast.known?.[name], fast.parts);
      for (const [name, sql] of Object.entries(fast.beside ?? {}))
        keys[name] = need(check.table, 'scan', facts.relation, sql);
      const sharesRows = check.expect.unit === 'percent' && check.expect.of === 'rows';
      const rows = sharesRows ? need(check.table, 'scan', facts.relation, 'count(*)', facts.rows ?? undefined) : '';
      const sql = `SELECT ${Object.values(plain.measures).join(', ')} FROM ${plain.from}`;
      checks.push({
        check: softened(check, input.rules),
        formula: formulaOf(fast.formula, keys),
        rows,
        sql,
        sqlHash: createHash('sha256').update(sql).digest('hex'),
      });
    } catch (error) {
      if (!(error instanceof NotCompiled)) throw error;
      refused.push({ check, problem: error.problem, detail: error.message });
    }
  }

  const order: readonly BatchKind[] = ['scan', 'days', 'keys', 'join', 'query'];
  const batches = [...asked.values()]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .flatMap((batch) => cut(batch, input.maxMeasures ?? 400))
    .map((batch) => screened(batch, input.fast, input.facts.get(batch.table)?.columns.keys() ?? []));
  return { dialect: input.fast.dialect, batches, checks, refused, known };
}

/** Few queries, none too long: consecutive measures stay together, because they read the same columns. */
function cut(batch: Asked, most: number): readonly Batch[] {
  const measures = [...batch.measures].map(([key, sql]) => ({ key, sql }));
  const pieces: Batch[] = [];
  for (let start = 0; start < measures.length; start += most)
    pieces.push({ ...batch, measures: measures.slice(start, start + most) });
  return pieces;
}

function wanted(check: Check, context: RowContext, input: PlanInput): Wanted {
  const { test } = check;
  context.dialect.turnTo(
    new Set(
      [...context.facts.columns].filter(([, c]) => c.dictionary).map(([name]) => context.dialect.identifier(name)),
    ),
  );
  if (!isRowTest(test)) return compileTable(test, context, input);
  const question = compileRow(test, context);
  const { rows, columns } = context.facts;
  const [, counted] =
    [...columns].find(([name]) => question.checked === `count(${context.dialect.identifier(name)})`) ?? [];
  const nulls = question.checked === 'count(*)' ? 0 : counted?.nulls;
  const checked = rows === null || nulls == null ? {} : { checked: rows - nulls };
  return {
    kind: 'scan',
    from: context.facts.relation,
    measures: { checked: question.checked, failed: question.failed },
    formula: 'rows',
    known: { ...checked, ...question.known },
  };
}

function formulaOf(kind: Wanted['formula'], keys: Readonly<Record<string, string>>): Formula {
  const { value = '', checked = '', failed = '', future = '' } = keys;
  if (kind === 'rows') return { kind, failed, checked };
  if (kind === 'seconds') return { kind, value, checked, future };
  return checked === '' ? { kind, value } : { kind, value, checked };
}

/** A rule that rests on an unpublished fact can only warn, whatever the contract says. */
function softened(check: Check, rules: RuleRegistry): Check {
  if (check.test.kind !== 'rule' || rules.get(check.test.rule)?.strength !== 'warns') return check;
  return check.severity === 'error' ? { ...check, severity: 'warning' } : check;
}

/** The SQL of a batch: m0, m1 … in the order of its measures. */
export function batchSql(batch: Batch, part?: { readonly number: number; readonly of: number }): string {
  const { parts } = batch;
  const from =
    parts === undefined || part === undefined
      ? batch.from
      : `${parts.before} AND ${parts.number} % ${part.of} = ${part.number}${parts.after}`;
  return `SELECT ${batch.measures.map(({ sql }, i) => `${sql} AS m${i}`).join(',\n  ')}\nFROM ${from}`;
}
