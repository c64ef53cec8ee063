/**
 * The one door to DuckDB: runs SQL, reads rows through a zod schema, and turns driver errors into faults
 * (DuckDB errors carry no code, only a message prefix).
 */
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBValue,
  quotedIdentifier,
  quotedString,
} from '@duckdb/node-api';
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import { LET_IN } from '../../config/system-fault.ts';

export type Parameters = Readonly<Record<string, DuckDBValue>>;

export interface OpenOptions {
  /** Database file, or undefined for memory. */
  path?: string;
  readOnly?: boolean;
  memoryLimit?: string;
  threads?: number;
  /** Where the engine may put what does not fit into memory; nowhere when not given. */
  spillFolder?: string;
}

/** Column name → DuckDB type, in table order. */
export type Columns = Readonly<Record<string, string>>;

/** Rows of one insert; larger inputs are cut into pieces so that the JSON text stays small. */
const INSERT_ROWS = 5_000;

export class Database {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #isFork: boolean;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, isFork = false) {
    this.#instance = instance;
    this.#connection = connection;
    this.#isFork = isFork;
  }

  /** Opens a database of its own (never from the driver's cache, which would keep answering from an old file). */
  static async open(options: OpenOptions = {}): Promise<Database> {
    const settings: Record<string, string> = {
      // Nothing is ever downloaded: what is not built in does not exist.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      memory_limit: options.memoryLimit ?? '512MB',
      threads: String(options.threads ?? 2),
      temp_directory: options.spillFolder ?? '',
      ...(options.readOnly ? { access_mode: 'READ_ONLY' } : {}),
    };
    try {
      const instance = await DuckDBInstance.create(options.path ?? ':memory:', settings);
      const connection = await instance.connect();
      await connection.run("SET TimeZone = 'UTC'");
      return new Database(instance, connection);
    } catch (error) {
      throw databaseFault(
        error,
        options.path === undefined ? 'opening an in-memory database' : `opening ${options.path}`,
      );
    }
  }

  /** A second connection to the same database, for work beside the first; close it before its parent. */
  async fork(): Promise<Database> {
    const connection = await this.#instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return new Database(this.#instance, connection, true);
  }

  /** Runs one or more statements. `what` says in the error message what was being done. */
  async run(sql: string, parameters: Parameters = {}, what = 'running SQL'): Promise<void> {
    try {
      await this.#connection.run(sql, used(sql, parameters));
    } catch (error) {
      throw databaseFault(error, what);
    }
  }

  /** Rows as plain objects (JSON form: BIGINT and DECIMAL as text), each parsed by `schema`. */
  async rows<S extends z.ZodType>(
    schema: S,
    sql: string,
    parameters: Parameters = {},
    what = 'reading rows',
  ): Promise<z.output<S>[]> {
    let raw: Record<string, unknown>[];
    try {
      const reader = await this.#connection.runAndReadAll(sql, used(sql, parameters));
      raw = reader.getRowObjectsJson() as Record<string, unknown>[];
    } catch (error) {
      throw databaseFault(error, what);
    }
    return raw.map((row) => schema.parse(row));
  }

  /** The one text column of a result, piece by piece: no more of it is in memory than the engine needs to order it. */
  async *texts(sql: string, parameters: Parameters, what: string): AsyncGenerator<readonly unknown[]> {
    try {
      const result = await this.#connection.stream(sql, used(sql, parameters));
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        yield chunk.getColumnValues(0);
      }
    } catch (error) {
      throw databaseFault(error, what);
    }
  }

  /** Rows without a schema, for results whose columns are not known beforehand. */
  async anyRows(sql: string, parameters: Parameters = {}): Promise<Record<string, unknown>[]> {
    return this.rows(z.record(z.string(), z.unknown()), sql, parameters);
  }

  /** Inserts plain rows; `columns` gives the types. The table must exist. */
  async insert(table: string, columns: Columns, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const names = Object.keys(columns).map(quotedIdentifier).join(', ');
    for (let start = 0; start < rows.length; start += INSERT_ROWS) {
      const piece = rows.slice(start, start + INSERT_ROWS);
      const { sql, parameters } = selectOf(columns, piece);
      await this.run(`INSERT INTO ${table} (${names}) ${sql}`, parameters, `inserting into ${table}`);
    }
  }

  /** Creates (or replaces) a table from plain rows. */
  async createTable(
    table: string,
    columns: Columns,
    rows: readonly Readonly<Record<string, unknown>>[],
  ): Promise<void> {
    // A transaction may write to one attached database only; tables of the temp catalog do not count.
    const temporary = table.startsWith('temp.') ? 'TEMP ' : '';
    const { sql, parameters } = selectOf(columns, rows.slice(0, INSERT_ROWS));
    await this.run(`CREATE OR REPLACE ${temporary}TABLE ${table} AS ${sql}`, parameters, `creating ${table}`);
    if (rows.length > INSERT_ROWS) await this.insert(table, columns, rows.slice(INSERT_ROWS));
  }

  async attach(path: string, alias: string, readOnly = false): Promise<void> {
    await this.run(
      `ATTACH ${quotedString(path)} AS ${quotedIdentifier(alias)}${readOnly ? ' (READ_ONLY)' : ''}`,
      {},
      `attaching ${path}`,
    );
  }

  async detach(alias: string): Promise<void> {
    await this.run(`DETACH ${quotedIdentifier(alias)}`, {}, `detaching ${alias}`);
  }

  /** How many workers the engine may use. */
  async setThreads(threads: number): Promise<void> {
    await this.run(`SET threads TO ${Math.max(1, Math.trunc(threads))}`);
  }

  /** How many megabytes the engine may hold; what is more goes to its spill folder. */
  async setMemory(megabytes: number): Promise<void> {
    await this.run(`SET memory_limit = '${Math.max(1, Math.trunc(megabytes))}MB'`);
  }

  /** Runs `work` in one transaction: all of it or nothing. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.run('BEGIN TRANSACTION');
    try {
      const result = await work();
      await this.run('COMMIT');
      return result;
    } catch (error) {
      await this.#connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /** The bare connection, for the safe reader of `csdl sql` only. */
  get connection(): DuckDBConnection {
    return this.#connection;
  }

  close(): void {
    this.#connection.closeSync();
    if (!this.#isFork) this.#instance.closeSync();
  }
}

/** One statement that creates (or replaces) a table from plain rows, for a batch without parameters. */
export function tableStatement(
  table: string,
  columns: Columns,
  rows: readonly Readonly<Record<string, unknown>>[],
): string {
  return `CREATE OR REPLACE TABLE ${table} AS ${rowsOf(columns, quotedString(JSON.stringify(rows)))}`;
}

/** A SELECT that turns a JSON list of objects into columns of the given types. */
function rowsOf(columns: Columns, rows: string): string {
  const names = Object.keys(columns).map(quotedIdentifier).join(', ');
  const shape = quotedString(JSON.stringify([columns]));
  return `SELECT ${names} FROM (SELECT unnest(from_json(${rows}::JSON, ${shape}), recursive := true))`;
}

/**
 * The same from one JSON list a column, which the engine reads in half the time; a column of one value is told once, as half of
 * those of a fact are.
 */
function selectOf(
  columns: Columns,
  rows: readonly Readonly<Record<string, unknown>>[],
): { sql: string; parameters: Record<string, DuckDBValue> } {
  const parameters: Record<string, DuckDBValue> = {};
  const parts = Object.entries(columns).map(([name, type], i) => {
    const values = rows.map((row) => row[name] ?? null);
    // One list says how many rows there are.
    const isOne = i > 0 && rows.length > 0 && values.every((value) => value === values[0]);
    parameters[`c${i}`] = JSON.stringify(isOne ? values[0] : values);
    const read = `from_json($c${i}::JSON, ${quotedString(JSON.stringify(isOne ? type : [type]))})`;
    return `${isOne ? read : `unnest(${read})`} AS ${quotedIdentifier(name)}`;
  });
  return { sql: `SELECT ${parts.join(', ')}`, parameters };
}

/** DuckDB refuses parameters a statement does not name, so only those that occur are passed. */
function used(sql: string, parameters: Parameters): Record<string, DuckDBValue> | undefined {
  const entries = Object.entries(parameters).filter(([name]) => new RegExp(`\\$${name}\\b`).test(sql));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** "Catalog Error: …" → code `database/catalog-error`; the driver's words are kept. */
export function databaseFault(error: unknown, what: string): Fault {
  if (error instanceof Fault) return error;
  const message = error instanceof Error ? error.message : String(error);
  const kind = /^([A-Za-z ]+) Error:/.exec(message)?.[1]?.trim().toLowerCase().replace(/ /g, '-') ?? 'failed';
  return new Fault(`database/${kind === 'failed' ? 'failed' : `${kind}-error`}`, `${what}: ${message}`, {
    cause: error,
    hint: REMEDIES.find(([said]) => said.test(message))?.[1],
  });
}

/** What the engine says when it is the machine that fails, and what to do about it. */
const REMEDIES: readonly (readonly [said: RegExp, hint: string])[] = [
  [
    /corrupt|checksum|not a valid DuckDB database/i,
    'the file is damaged; if it is the store, put it back, with the timer stopped: csdl restore BACKUP --replace',
  ],
  [/permission denied/i, LET_IN],
  [/no space left|file too large|disk full/i, 'make room on the disk and run again; nothing stored before is lost'],
];
