/**
 * The tables of a published file as the formats read them: names, comments and types from its catalogue, rows in
 * batches. Rule: through the safe reader, so that what is exported is what was published, and nothing around it.
 */
import { DuckDBDateValue, DuckDBTimestampValue, quotedIdentifier, quotedString } from '@duckdb/node-api';
import { z } from 'zod';
import { EXIT, Fault } from '../../config/fault.ts';
import { didYouMean } from '../../config/nearest.ts';
import {
  type Batch,
  COLUMN_TYPES,
  type Column,
  type ExportMeta,
  type TableExport,
  type Value,
} from '../../reports/exports/table.ts';
import { TABLES_QUERY } from './published-names.ts';
import { SafeReader } from './safe-reader.ts';

export interface PublishedTable {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly Column[];
}

const catalogueRow = z.object({
  name: z.string(),
  comment: z.string().nullable(),
  column: z.string(),
  type: z.enum(COLUMN_TYPES),
  meaning: z.string().nullable(),
});

const CATALOGUE = `
  SELECT t.name, t.comment, c.column_name AS "column", c.data_type AS type, c.comment AS meaning
  FROM (${TABLES_QUERY}) AS t
  JOIN duckdb_columns() AS c ON c.schema_name = 'main' AND c.table_name = t.name
  ORDER BY t.name, c.column_index`;

export class PublishedTables {
  readonly #reader: SafeReader;
  readonly tables: readonly PublishedTable[];

  private constructor(reader: SafeReader, tables: readonly PublishedTable[]) {
    this.#reader = reader;
    this.tables = tables;
  }

  /** @param writes files that `parquet` may write */
  static async open(path: string, writes: readonly string[] = []): Promise<PublishedTables> {
    const reader = await SafeReader.open(path, { writes, memoryLimit: '512MB', threads: 1 });
    try {
      const { rows } = await reader.select(CATALOGUE);
      const tables = new Map<string, { name: string; comment: string; columns: Column[] }>();
      for (const row of rows) {
        const { name, comment, column, type, meaning } = catalogueRow.parse(row);
        const table = tables.get(name) ?? { name, comment: comment ?? '', columns: [] };
        table.columns.push({ name: column, type, comment: meaning ?? '' });
        tables.set(name, table);
      }
      return new PublishedTables(reader, [...tables.values()]);
    } catch (error) {
      reader.close();
      throw error;
    }
  }

  /** @throws Fault `usage/no-table` with the nearest name (exit 2) */
  find(name: string): PublishedTable {
    const table = this.tables.find((one) => one.name === name);
    if (table !== undefined) return table;
    throw new Fault('usage/no-table', `there is no published table "${name}"`, {
      exit: EXIT.usage,
      hint:
        didYouMean(
          name,
          this.tables.map((one) => one.name),
        ) ?? 'csdl list tables lists them',
    });
  }

  /** How many rows each table has. */
  async counts(): Promise<Map<string, number>> {
    const query = this.tables
      .map(({ name }) => `SELECT ${quotedString(name)} AS name, count(*)::INTEGER AS n FROM ${quotedIdentifier(name)}`)
      .join('\nUNION ALL ');
    const counted = z.array(z.object({ name: z.string(), n: z.number() }));
    return new Map(counted.parse((await this.#reader.select(query)).rows).map(({ name, n }) => [name, n]));
  }

  /** A table as a format reads it. @param where a condition as in SQL; a wrong one is told before anything is written */
  async export(table: PublishedTable, meta: ExportMeta, where?: string): Promise<TableExport> {
    if (where !== undefined) await this.#reader.check(selectFrom(table, where));
    return { ...table, meta, batches: this.#batches(table, where) };
  }

  /** Writes a table as Parquet, by the engine; `path` must be one of `writes`. */
  async parquet(table: PublishedTable, meta: ExportMeta, path: string, where?: string): Promise<void> {
    const facts = Object.entries({ table: table.name, ...meta }).map(
      ([key, value]) => `${quotedIdentifier(key)}: ${quotedString(value)}`,
    );
    await this.#reader.copy(
      selectFrom(table, where),
      path,
      `FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, KV_METADATA {${facts.join(', ')}}`,
    );
  }

  /** The Vietnamese words of the publication, by key. */
  async words(): Promise<Map<string, string>> {
    const { rows } = await this.#reader.select('SELECT key, vi FROM label');
    return new Map(
      z
        .array(z.object({ key: z.string(), vi: z.string() }))
        .parse(rows)
        .map(({ key, vi }) => [key, vi]),
    );
  }

  interrupt(): void {
    this.#reader.interrupt();
  }

  close(): void {
    this.#reader.close();
  }

  async *#batches(table: PublishedTable, where: string | undefined): AsyncGenerator<Batch> {
    for await (const chunk of this.#reader.stream(selectFrom(table, where)))
      yield {
        rows: chunk.rowCount,
        values: table.columns.map((_, i) => chunk.getColumnValues(i).map(asValue)),
      };
  }
}

/** Columns are named, so that a condition can add none. The line end closes a comment in the condition. */
function selectFrom({ name, columns }: PublishedTable, where: string | undefined): string {
  const list = columns.map((column) => quotedIdentifier(column.name)).join(', ');
  const rows = where === undefined ? '' : ` WHERE (${where}\n)`;
  return `SELECT ${list} FROM ${quotedIdentifier(name)}${rows}`;
}

function asValue(value: unknown): Value {
  if (value instanceof DuckDBDateValue) return value.days;
  if (value instanceof DuckDBTimestampValue) return value.micros;
  return value as Value;
}
