/**
 * A test of a whole table → the relation it is asked of, and its measures. A key set is grouped once and gives all three
 * meanings of "duplicate"; the newest row is looked for among those not after now, and the others are counted apart.
 */
import type { TableTest } from './check.ts';
import { columnValue, dayOf, NotCompiled, type RowContext, textOf } from './compile-row.ts';
import { NotSayable } from './dialects/dialect.ts';
import type { PlanInput, Wanted } from './plan.ts';
import type { Sql } from './rule.ts';
import { guardQuery } from './sql-guard.ts';

/** @throws NotCompiled */
export function compileTable(test: TableTest, context: RowContext, input: PlanInput): Wanted {
  try {
    return compile(test, context, input);
  } catch (error) {
    if (error instanceof NotSayable) throw new NotCompiled('type_not_comparable', error.message);
    throw error;
  }
}

function compile(test: TableTest, context: RowContext, input: PlanInput): Wanted {
  const { facts } = context;
  switch (test.kind) {
    case 'row_count':
      return {
        kind: 'scan',
        from: facts.relation,
        measures: { value: 'count(*)' },
        formula: 'number',
        ...(facts.rows === null ? {} : { known: { value: facts.rows } }),
      };
    case 'duplicate':
      return duplicate(test, context);
    case 'reference':
      return reference(test, context, input);
    case 'sql':
      return {
        kind: 'query',
        from: guardedFrom(test.query, input),
        // As text: a boolean and a number alike, and what is neither is thrown away by the reader.
        measures: { value: `max(${input.plain.asText('value')})`, checked: 'count(*)' },
        formula: 'number',
      };
    case 'future': {
      const { moment, now } = momentOf(test, context, input.now);
      return {
        kind: 'scan',
        from: facts.relation,
        measures: {
          checked: `count(${moment})`,
          failed: context.dialect.countIf(`${moment} > ${now}`),
        },
        formula: 'rows',
      };
    }
    case 'freshness':
    case 'retention': {
      const { moment, now } = momentOf(test, context, input.now);
      const past = `CASE WHEN ${moment} <= ${now} THEN ${moment} END`;
      return {
        kind: 'scan',
        from: facts.relation,
        measures: {
          value: context.dialect.seconds(`${test.kind === 'freshness' ? 'max' : 'min'}(${past})`, now),
          checked: `count(${past})`,
          future: context.dialect.countIf(`${moment} > ${now}`),
        },
        formula: 'seconds',
      };
    }
    case 'gap':
      return gap(test, context, input.now);
  }
}

function duplicate(test: Extract<TableTest, { kind: 'duplicate' }>, context: RowContext): Wanted {
  const { dialect, facts } = context;
  const names = [...new Set(test.columns)].sort();
  if (names.length === 0) throw new NotCompiled('column_not_found', 'a key without columns');
  const keys = names.map((name) => columnValue(name, context).sql);
  const asked = keys.map((key) => `${key} IS NOT NULL`).join(' AND ');
  const before = `(SELECT count(*) AS n FROM ${facts.relation} WHERE ${asked}`;
  const after = ` GROUP BY ${keys.join(', ')}) AS k`;
  const number = dialect.keyNumber(keys);
  const checked = 'CAST(coalesce(sum(n), 0) AS BIGINT)';
  const failed: Readonly<Record<typeof test.count, Sql>> = {
    surplus: 'CAST(coalesce(sum(n), 0) - count(*) AS BIGINT)',
    groups: dialect.countIf('n > 1'),
    rows: 'CAST(coalesce(sum(CASE WHEN n > 1 THEN n END), 0) AS BIGINT)',
  };
  return {
    kind: 'keys',
    from: `${before}${after}`,
    measures: { checked, failed: failed[test.count] },
    formula: 'rows',
    ...(number === null ? {} : { parts: { before, after, number, rows: facts.rows } }),
  };
}

function reference(test: Extract<TableTest, { kind: 'reference' }>, context: RowContext, input: PlanInput): Wanted {
  const { dialect, facts } = context;
  const table = input.tables.find((t) => t.id === test.table);
  const other = input.facts.get(test.table);
  if (table === undefined || other === undefined)
    throw new NotCompiled('table_not_found', 'the table referred to could not be read');
  if (test.columns.length === 0 || test.columns.length !== test.to.length)
    throw new NotCompiled('column_not_found', 'as many columns on one side as on the other');
  const pairs = test.columns.map((name, i) => {
    const here = columnValue(name, context);
    const there = columnValue(test.to[i] ?? '', { ...context, table, facts: other });
    return here.type === there.type ? [here.sql, there.sql] : [textOf(here, dialect), textOf(there, dialect)];
  });
  const child = pairs.map(([here], i) => `${here} AS c${i}`).join(', ');
  const parent = pairs.map(([, there], i) => `${there} AS p${i}`).join(', ');
  const asked = pairs.map(([here]) => `${here} IS NOT NULL`).join(' AND ');
  const same = pairs.map((_pair, i) => `p.p${i} = c.c${i}`).join(' AND ');
  // Each key is looked up once, with how many rows have it.
  const from =
    `(SELECT c.n, p.p0 IS NOT NULL AS found FROM (SELECT ${child}, count(*) AS n FROM ${facts.relation} WHERE ${asked} ` +
    `GROUP BY ${pairs.map(([here]) => here).join(', ')}) AS c LEFT JOIN (SELECT DISTINCT ${parent} FROM ${other.relation}) AS p ON ${same}) AS r`;
  return {
    kind: 'join',
    from,
    measures: {
      checked: 'CAST(coalesce(sum(n), 0) AS BIGINT)',
      failed: 'CAST(coalesce(sum(CASE WHEN found THEN 0 ELSE n END), 0) AS BIGINT)',
    },
    formula: 'rows',
  };
}

function momentOf(
  test: Extract<TableTest, { column: string }>,
  context: RowContext,
  now: string,
): { readonly moment: Sql; readonly now: Sql } {
  const value = columnValue(test.column, context);
  if (value.type === 'timestamp') return { moment: value.sql, now: context.dialect.timestampLiteral(now) };
  return { moment: dayOf(value, context.dialect, test.format), now: context.dialect.dayLiteral(now.slice(0, 10)) };
}

function gap(test: Extract<TableTest, { kind: 'gap' }>, context: RowContext, now: string): Wanted {
  const { dialect, facts } = context;
  const day = dayOf(columnValue(test.column, context), dialect, test.format);
  const today = dialect.dayLiteral(now.slice(0, 10));
  const from =
    `(SELECT d, n, lead(d, 1, ${today}) OVER (ORDER BY d) AS next FROM ` +
    `(SELECT ${day} AS d, count(*) AS n FROM ${facts.relation} GROUP BY 1) AS days WHERE d <= ${today}) AS g`;
  return {
    kind: 'days',
    from,
    measures: {
      value: `max(${dialect.seconds('d', 'next')})`,
      checked: 'CAST(coalesce(sum(n), 0) AS BIGINT)',
    },
    beside: { future: dialect.countIf(`${day} > ${today}`) },
    formula: 'seconds',
  };
}

/** The tables of the contract under their ids, and the contract's query over them: nothing else is in sight. */
function guardedFrom(query: string, input: PlanInput): Sql {
  const refusal = guardQuery(query);
  if (refusal !== null) throw new NotCompiled('sql_refused', refusal);
  const dialect = input.plain;
  const named = input.tables.flatMap((table) => {
    const facts = input.facts.get(table.id);
    const id = dialect.identifier(table.id);
    return facts === undefined || facts.relation === id ? [] : [`${id} AS (SELECT * FROM ${facts.relation})`];
  });
  const open = named.length === 0 ? '' : `WITH ${named.join(', ')} `;
  return `(${open}SELECT * FROM (\n${query}\n) AS q) AS r(value)`;
}
