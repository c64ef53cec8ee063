/**
 * The same keys in two places, compared without a value leaving either: both sides hash keys and columns alike (md5 under a
 * salt of the run), sums of hashes are compared by bucket, and only buckets that differ are looked into, hash by hash.
 *
 * What is alike: texts of the same code points. `tidy` compares texts in normal form C and without spaces at either end. A null
 * is like a null and unlike the empty text, which is a value. A row with a null in its key is counted and not compared. A key
 * that stands more than once on a side is `repeated`: which of its rows is meant, nobody can say.
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
  readonly tidy: boolean;
}

export interface SideCounts {
  /** Rows with a key. */
  readonly rows: number;
  /** Rows with a null in the key. */
  readonly withoutKey: number;
  /** Different keys. */
  readonly keys: number;
  /** Keys the other side lacks. */
  readonly only: number;
}

/** Counts of keys. */
export interface Reconciliation {
  readonly left: SideCounts;
  readonly right: SideCounts;
  /** Keys on both sides: repeated + differing + alike. */
  readonly matched: number;
  /** Keys on both sides, more than once on at least one: their columns are not compared. */
  readonly repeated: number;
  /** Keys once on both sides, at least one column of which differs. */
  readonly differing: number;
  /** Keys once on both sides, all columns of which are alike. */
  readonly alike: number;
  /** Keys once on both sides whose column differs, by the left side's name of it. */
  readonly columns: Readonly<Record<string, number>>;
}

/** 2¹² buckets: few rows to carry for a place that is the same, small pieces of one that is not. */
const BUCKET: Sql = '(k >> 48)';

/** @throws NotCompiled where a column is not there, or has no text that is the same everywhere (numbers with a fraction) */
function portableText(name: string, side: Side): Sql {
  const { dialect } = side;
  const value = columnValue(name, side);
  if (value.type === 'timestamp') return MOMENT[dialect.dialect === 'postgres' ? 'postgres' : 'duckdb'](value.sql);
  const text = textOf(value, dialect);
  return side.tidy && value.type === 'text' ? `trim(both ' ' from ${dialect.nfc(text)})` : text;
}

/** yyyy-mm-ddThh:mm:ss.ffffff, local time of the data. */
const MOMENT = {
  duckdb: (column: Sql): Sql => `strftime(CAST(${column} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%f')`,
  postgres: (column: Sql): Sql => `to_char(CAST(${column} AS timestamp), 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
};

/** Length before text, so that no two lists of texts are written alike; a null is unlike every text. */
function hashOf(columns: readonly string[], side: Side, salt: string): Sql {
  const { dialect } = side;
  const parts = columns.map((name) => {
    const text = portableText(name, side);
    return `coalesce(${dialect.asText(dialect.length(text))} || ':' || ${text}, '-')`;
  });
  return dialect.hash([dialect.text(salt), ...parts].join(' || '));
}

const hasKey = (side: Side): Sql => side.keys.map((name) => `${columnValue(name, side).sql} IS NOT NULL`).join(' AND ');

function hashed(side: Side, salt: string, condition = ''): Sql {
  const columns = side.columns.map((name, i) => `, ${hashOf([name], side, salt)} AS c${i}`).join('');
  const rows = `(SELECT ${hashOf(side.keys, side, salt)} AS k${columns} FROM ${side.facts.relation} WHERE ${hasKey(side)}) AS hashed`;
  return condition === '' ? rows : `(SELECT * FROM ${rows} WHERE ${condition}) AS some_of_them`;
}

/** How many rows have a null in their key. */
export function withoutKeySql(side: Side): Sql {
  return `SELECT count(*) FROM ${side.facts.relation} WHERE NOT (${hasKey(side)})`;
}

/** Of each bucket: its number, rows, keys, and the sums of its hashes. Exact, and the order of rows does not matter. */
export function bucketsSql(side: Side, salt: string): Sql {
  const { dialect } = side;
  // A column's hash counts with its key: values that change places are a difference.
  const sums = side.columns.map((_name, i) => dialect.asText(`sum((k % 1000003) * CAST(c${i} AS DECIMAL(38, 0)))`));
  const list = ['b', 'count(*)', 'count(DISTINCT k)', 'sum(CAST(k AS DECIMAL(38, 0)))'].map((sql) =>
    dialect.asText(sql),
  );
  return `SELECT ${[...list, ...sums].join(', ')} FROM (SELECT ${BUCKET} AS b, hashed.* FROM ${hashed(side, salt)}) AS in_buckets GROUP BY b`;
}

/** The hashes of some buckets. */
export function hashesSql(side: Side, salt: string, buckets: readonly number[]): Sql {
  const { dialect } = side;
  // Asked once a row: an engine may put the whole hash in the place of k.
  const condition = `${BUCKET} IN (${buckets.join(', ')})`;
  const columns = side.columns.map((_name, i) => `, ${dialect.asText(`c${i}`)}`).join('');
  return `SELECT ${dialect.asText('k')}${columns} FROM ${hashed(side, salt, condition)}`;
}

export type Compared = Omit<Reconciliation, 'left' | 'right'> & {
  readonly onlyLeft: number;
  readonly onlyRight: number;
};

/** What two lists of hashes say. */
export function compareHashes(
  left: readonly (readonly string[])[],
  right: readonly (readonly string[])[],
  names: readonly string[],
): Compared {
  const [here, there] = [byKey(left), byKey(right)];
  const columns: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  let [matched, repeated, differing, onlyLeft] = [0, 0, 0, 0];
  for (const [key, rows] of here) {
    const others = there.get(key);
    if (others === undefined) {
      onlyLeft++;
      continue;
    }
    matched++;
    const [a, b] = [rows[0], others[0]];
    if (rows.length > 1 || others.length > 1 || a === undefined || b === undefined) {
      repeated++;
      continue;
    }
    const unlike = names.filter((_name, i) => a[i + 1] !== b[i + 1]);
    if (unlike.length > 0) differing++;
    for (const name of unlike) columns[name] = (columns[name] ?? 0) + 1;
  }
  const onlyRight = [...there.keys()].filter((key) => !here.has(key)).length;
  return { matched, repeated, differing, alike: matched - repeated - differing, columns, onlyLeft, onlyRight };
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
