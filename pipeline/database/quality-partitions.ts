/**
 * Tables of many Parquet files, measured part by part: counts of parts that did not change are remembered, only the others are
 * read, and the sums are those of a whole scan. Remembered is what adds up and does not depend on the day: counts of rows, and
 * duplicates where the key holds the column of the folders. All else (newest rows, keys across parts, references) is asked anew.
 */
import { createHash } from 'node:crypto';
import { quotedString } from '@duckdb/node-api';
import type { Table } from '../../scoring/quality/check.ts';
import type { Dialect } from '../../scoring/quality/dialects/dialect.ts';
import { type Batch, batchSql, type Measure, type Plan } from '../../scoring/quality/plan.ts';
import { commonFolder, identityOf, type Part, partsOf } from './partition-files.ts';
import { EngineProblem } from './quality-engine.ts';

export type PartCounts = Readonly<Record<string, number>>;

/** One query, one row of numbers. */
export type AskRow = (sql: string) => Promise<readonly (number | null)[]>;

interface PartitionedTable {
  readonly base: string;
  readonly parts: readonly Part[];
  /** Columns the folders give, and no file has. */
  readonly folderColumns: ReadonlySet<string>;
  readonly partitioned: boolean;
  /** What the data call the columns of the contract. */
  readonly physical: ReadonlyMap<string, string>;
}

export class Partitions {
  readonly #known: ReadonlyMap<string, PartCounts>;
  readonly #version: string;
  readonly #day: string;
  readonly #tables = new Map<string, PartitionedTable>();
  readonly #found = new Map<string, Record<string, number>>();
  /** Files by the identity they had when they were read; looked at once more before anything is kept. */
  readonly #seen = new Map<string, { readonly base: string; readonly files: readonly string[] }>();
  readonly #identities = new Map<string, string | null>();

  /**
   * @param version whatever changes the meaning of a count: contract, versions of rules, engine
   * @param now local time of the data; a measure that names its day is another one tomorrow
   */
  constructor(known: ReadonlyMap<string, PartCounts>, version: string, now: string) {
    this.#known = known;
    this.#version = version;
    this.#day = now.slice(0, 10);
  }

  /** Takes a table in where its files are many, Parquet, and of one shape; others are measured as ever. */
  async add(
    { id, location, columns: named }: Table,
    files: readonly string[],
    columns: ReadonlyMap<string, unknown>,
    ask: AskRow,
  ) {
    if (location.kind !== 'parquet' || files.length < 2) return;
    const partitioned = location.partitioned === true;
    const schema = `parquet_schema([${files.map(quotedString).join(', ')}])`;
    try {
      // Read alone, a file of another shape would not be cast as it is beside the first.
      const [shapes] = await ask(
        `SELECT count(DISTINCT shape) FROM (SELECT list((name, type, type_length, repetition_type, num_children, converted_type, scale, precision, logical_type)) AS shape FROM ${schema} GROUP BY file_name)`,
      );
      if (shapes !== 1) return;
      const parts = partsOf(files, partitioned);
      const folderColumns = new Set<string>();
      for (const name of partitioned ? Object.keys(parts[0]?.folders ?? {}) : []) {
        const [inFiles] = await ask(`SELECT count(*) FROM ${schema} WHERE lower(name) = lower(${quotedString(name)})`);
        if (inFiles === 0 && columns.has(name)) folderColumns.add(name);
      }
      const physical = new Map(named.map((column) => [column.name, column.physicalName ?? column.name]));
      this.#tables.set(id, { base: commonFolder(files), parts, folderColumns, partitioned, physical });
    } catch (error) {
      if (!(error instanceof EngineProblem)) throw error;
    }
  }

  /**
   * Sums what can be summed over the parts of the batch's table.
   * @returns values by measure key, and the measures that must be asked of the whole; null where nothing can be summed
   */
  async sum(
    batch: Batch,
    plan: Plan,
    dialect: Dialect,
    ask: AskRow,
  ): Promise<{ values: ReadonlyMap<string, number>; rest: readonly Measure[] } | null> {
    const table = this.#tables.get(batch.table);
    if (table === undefined) return null;
    const measures =
      batch.kind === 'scan'
        ? batch.measures.filter((measure) => isCount(measure.sql) && this.#isOfAnyDay(batch, measure))
        : batch.kind === 'keys'
          ? batch.measures
          : [];
    if (measures.length === 0) return null;
    const groups =
      batch.kind === 'keys' ? apart(table, keyColumns(batch, plan)) : table.parts.map(({ files }) => files);
    if (groups === null) return null;
    const values = new Map(measures.map(({ key }) => [key, 0]));
    for (const files of groups) {
      const counts = await this.#countsOf(files, table, { ...batch, measures }, dialect, ask);
      for (const [i, { key }] of measures.entries()) values.set(key, (values.get(key) ?? 0) + (counts[i] ?? 0));
    }
    return { values, rest: batch.measures.filter((measure) => !measures.includes(measure)) };
  }

  async #countsOf(
    files: readonly string[],
    table: PartitionedTable,
    batch: Batch,
    dialect: Dialect,
    ask: AskRow,
  ): Promise<readonly number[]> {
    const part = await this.#identity(files, table.base);
    const names = batch.measures.map(({ key }) => this.#name(batch.kind, key));
    const known = part === null ? undefined : { ...this.#known.get(part), ...this.#found.get(part) };
    const missing = batch.measures.filter((_measure, i) => known?.[names[i] ?? ''] === undefined);
    const fresh = new Map<Measure, number>();
    if (missing.length > 0) {
      const row = await ask(inFiles(batchSql({ ...batch, measures: missing }), batch.table, files, table, dialect));
      for (const [i, measure] of missing.entries()) {
        const count = row[i];
        if (count == null) throw new EngineProblem('engine_failed', 'a count without a number');
        fresh.set(measure, count);
      }
    }
    const counts = batch.measures.map((measure, i) => fresh.get(measure) ?? known?.[names[i] ?? ''] ?? 0);
    if (part !== null) {
      const kept = this.#found.get(part) ?? {};
      for (const [i, name] of names.entries()) kept[name] = counts[i] ?? 0;
      this.#found.set(part, kept);
    }
    return counts;
  }

  async #identity(files: readonly string[], base: string): Promise<string | null> {
    const name = files.join('\n');
    const before = this.#identities.get(name);
    if (before !== undefined) return before;
    const part = await identityOf(files, base);
    this.#identities.set(name, part);
    if (part !== null) this.#seen.set(part, { base, files });
    return part;
  }

  #name(kind: Batch['kind'], key: string): string {
    return createHash('sha256').update(`${this.#version}\n${kind}\n${key}`).digest('hex').slice(0, 24);
  }

  #isOfAnyDay(batch: Batch, { key, sql }: Measure): boolean {
    return ![batch.from, key, sql].some((text) => text.includes(this.#day));
  }

  /** What is worth knowing tomorrow: the counts of tonight, of parts that are still what they were when they were read. */
  async kept(): Promise<ReadonlyMap<string, PartCounts>> {
    const kept = new Map<string, PartCounts>();
    for (const [part, counts] of this.#found) {
      const seen = this.#seen.get(part);
      if (seen !== undefined && (await identityOf(seen.files, seen.base)) === part) kept.set(part, counts);
    }
    return kept;
  }
}

/** The query over some files only: a table of that name stands before the view of all of them. */
function inFiles(
  sql: string,
  table: string,
  files: readonly string[],
  { partitioned }: PartitionedTable,
  dialect: Dialect,
): string {
  const folders = partitioned ? 'hive_partitioning = true, hive_types_autocast = false' : 'hive_partitioning = false';
  const list = files.map(quotedString).join(', ');
  return `WITH ${dialect.identifier(table)} AS (SELECT * FROM read_parquet([${list}], ${folders}))\n${sql}`;
}

/** The columns of the key a batch groups by; all of its checks have the same. */
function keyColumns(batch: Batch, plan: Plan): readonly string[] {
  const keys = new Set(batch.measures.map(({ key }) => key));
  const found = plan.checks.find(({ formula }) => formula.kind === 'rows' && keys.has(formula.failed));
  return found?.check.test.kind === 'duplicate' ? found.check.test.columns : [];
}

/** Files in groups that share no key: those of one value of a folder's column in the key; null where there is none. */
function apart(table: PartitionedTable, key: readonly string[]): readonly (readonly string[])[] | null {
  const column = key.map((name) => table.physical.get(name) ?? name).find((name) => table.folderColumns.has(name));
  if (column === undefined) return null;
  const groups = new Map<string, string[]>();
  for (const { files, folders } of table.parts) {
    const value = folders[column];
    // Two ways to write a value in a folder's name would be one value in the data.
    if (value === undefined || /[%]/.test(value)) return null;
    groups.set(value, [...(groups.get(value) ?? []), ...files]);
  }
  return [...groups.values()];
}

/** A count of rows and nothing else: one call over the whole expression. What is not known for sure is asked anew. */
export function isCount(sql: string): boolean {
  const inner = /^coalesce\((count_if\([\s\S]*\)), 0\)$/.exec(sql)?.[1] ?? sql;
  const head = /^(?:count|count_if)\((?!\s*DISTINCT\b)/i.exec(inner)?.[0];
  return head !== undefined && closes(inner, head.length - 1) === inner.length - 1;
}

/** Where the bracket at `open` closes; texts and quoted names are passed over. */
function closes(sql: string, open: number): number {
  let depth = 0;
  for (let i = open; i < sql.length; i++) {
    const sign = sql[i] ?? '';
    if (sign === "'" || sign === '"') {
      const end = sql.indexOf(sign, i + 1);
      if (end < 0) return -1;
      i = end;
    } else if (sign === '(') depth++;
    else if (sign === ')' && --depth === 0) return i;
  }
  return -1;
}
