/**
 * The same keys in two places, compared without a value leaving either: both sides hash keys and columns alike (md5 under a
 * salt of the run), sums of hashes are compared by bucket, and only buckets that differ are looked into, hash by hash.
 */
import type { Table } from './check.ts';
import { columnValue, textOf } from './compile-row.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { TableFacts } from './facts.ts';
import type { Sql } from './rule.ts';

export interface Side {
  readonly table: Table;
  readonly facts: TableFacts;
  readonly dialect: Dialect;
  /** In the same order on both sides. */
  readonly keys: readonly string[];
  /** Compared where the key is on both sides; in the same order on both sides. */
  readonly columns: readonly string[];
}

/** Counts of keys. A key with a null in it is not asked. */
export interface Reconciliation {
  readonly left: { readonly rows: number; readonly only: number };
  readonly right: { readonly rows: number; readonly only: number };
  /** Keys on both sides. */
  readonly matched: number;
  /** Keys on both sides, more than once on at least one: their columns are not compared. */
  readonly repeated: number;
  /** Keys once on both sides whose column differs, by the left side's name of it. */
  readonly differing: Readonly<Record<string, number>>;
}

/** 2¹² buckets: few rows to carry for a place that is the same, small pieces of one that is not. */
export const BUCKETS = 4_096;
const BUCKET_WIDTH = 2 ** 48;

/** Length before text, so that no two lists of texts are written alike; a null is unlike every text. */
function hashOf(columns: readonly string[], side: Side, salt: string): Sql {
  const { dialect } = side;
  const parts = columns.map((name) => {
    const text = textOf(columnValue(name, side), dialect);
    return `coalesce(${dialect.asText(dialect.length(text))} || ':' || ${text}, '-')`;
  });
  return dialect.hash([dialect.text(salt), ...parts].join(' || '));
}

function hashed(side: Side, salt: string, condition = ''): Sql {
  const asked = side.keys.map((name) => `${columnValue(name, side).sql} IS NOT NULL`).join(' AND ');
  const columns = side.columns.map((name, i) => `, ${hashOf([name], side, salt)} AS c${i}`).join('');
  const rows = `(SELECT ${hashOf(side.keys, side, salt)} AS k${columns} FROM ${side.facts.relation} WHERE ${asked}) AS hashed`;
  return condition === '' ? rows : `(SELECT * FROM ${rows} WHERE ${condition}) AS some_of_them`;
}

/** Of each bucket: its number, rows, keys, and the sums of its hashes. Exact, and the order of rows does not matter. */
export function bucketsSql(side: Side, salt: string): Sql {
  const { dialect } = side;
  // A column's hash counts with its key: values that change places are a difference.
  const sums = side.columns.map((_name, i) => dialect.asText(`sum((k % 1000003) * CAST(c${i} AS DECIMAL(38, 0)))`));
  const list = ['b', 'count(*)', 'count(DISTINCT k)', 'sum(CAST(k AS DECIMAL(38, 0)))'].map((sql) =>
    dialect.asText(sql),
  );
  const bucket = `CAST((k - k % ${BUCKET_WIDTH}) / ${BUCKET_WIDTH} AS BIGINT)`;
  return `SELECT ${[...list, ...sums].join(', ')} FROM (SELECT ${bucket} AS b, hashed.* FROM ${hashed(side, salt)}) AS in_buckets GROUP BY b`;
}

/** The hashes of some buckets. */
export function hashesSql(side: Side, salt: string, buckets: readonly number[]): Sql {
  const { dialect } = side;
  const condition = buckets.map((b) => `(k >= ${b * BUCKET_WIDTH} AND k < ${(b + 1) * BUCKET_WIDTH})`).join(' OR ');
  const columns = side.columns.map((_name, i) => `, ${dialect.asText(`c${i}`)}`).join('');
  return `SELECT ${dialect.asText('k')}${columns} FROM ${hashed(side, salt, condition)}`;
}

/** What two lists of hashes say; rows of buckets that are equal are given as a number. */
export function compareHashes(
  left: readonly (readonly string[])[],
  right: readonly (readonly string[])[],
  columns: readonly string[],
): Omit<Reconciliation, 'left' | 'right'> & { readonly onlyLeft: number; readonly onlyRight: number } {
  const [here, there] = [byKey(left), byKey(right)];
  const differing: Record<string, number> = Object.fromEntries(columns.map((name) => [name, 0]));
  let [matched, repeated, onlyLeft] = [0, 0, 0];
  for (const [key, rows] of here) {
    const others = there.get(key);
    if (others === undefined) {
      onlyLeft++;
      continue;
    }
    matched++;
    const [a, b] = [rows[0], others[0]];
    if (rows.length > 1 || others.length > 1 || a === undefined || b === undefined) repeated++;
    else
      for (const [i, name] of columns.entries())
        if (a[i + 1] !== b[i + 1]) differing[name] = (differing[name] ?? 0) + 1;
  }
  const onlyRight = [...there.keys()].filter((key) => !here.has(key)).length;
  return { matched, repeated, differing, onlyLeft, onlyRight };
}

function byKey(rows: readonly (readonly string[])[]): Map<string, (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>();
  for (const row of rows) {
    const [key = ''] = row;
    const same = found.get(key);
    if (same === undefined) found.set(key, [row]);
    else same.push(row);
  }
  return found;
}
