/**
 * Reads a published file, safely: the file is read-only, nothing outside can be reached, nothing is spilled, and what
 * a user wrote runs only as one SELECT or EXPLAIN, for a limited time.
 */
import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  quotedString,
  StatementType,
} from '@duckdb/node-api';
import { EXIT, Fault } from '../../config/fault.ts';
import { databaseFault } from './database.ts';

export interface SafeReaderOptions {
  memoryLimit?: string;
  threads?: number;
  /** Files that may be written, for a copy of what is read. */
  writes?: readonly string[];
}

export interface SafeQueryOptions extends SafeReaderOptions {
  timeoutMs?: number;
  /** Stops the query; the fault is `sql/stopped`. */
  signal?: AbortSignal;
  /** Rows beyond this are not fetched. */
  maxRows?: number;
}

export interface SafeResult {
  columns: string[];
  rows: Record<string, unknown>[];
  truncated: boolean;
}

/** In this order: no spilling to disk, nothing outside, and no way back. */
const lockdown = (writes: readonly string[]): string[] => [
  "SET TimeZone = 'UTC'",
  "SET temp_directory = ''",
  ...(writes.length === 0 ? [] : [`SET allowed_paths = [${writes.map((path) => quotedString(path)).join(', ')}]`]),
  'SET enable_external_access = false',
  'SET lock_configuration = true',
];

/** An open publication. Every statement that comes from a user goes through `select` or `stream`. */
export class SafeReader {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(path: string, options: SafeReaderOptions = {}): Promise<SafeReader> {
    const instance = await DuckDBInstance.create(path, {
      access_mode: 'READ_ONLY',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      memory_limit: options.memoryLimit ?? '1GB',
      threads: String(options.threads ?? 2),
    }).catch((error: unknown) => {
      throw databaseFault(error, `opening ${path}`);
    });
    const connection = await instance.connect();
    for (const setting of lockdown(options.writes ?? [])) await connection.run(setting);
    return new SafeReader(instance, connection);
  }

  /** Reads nothing. @throws as `select` */
  async check(sql: string): Promise<void> {
    await this.#told(() => this.#prepare(sql));
  }

  /** All rows, at most `maxRows`. @throws Fault `usage/…` for what may not be run, `sql/…` for what fails (exit 2) */
  async select(sql: string, maxRows = Number.MAX_SAFE_INTEGER): Promise<SafeResult> {
    return this.#told(async () => {
      const prepared = await this.#prepare(sql);
      const reader = await prepared.streamAndReadUntil(Math.min(maxRows, Number.MAX_SAFE_INTEGER - 1) + 1);
      const rows = reader.getRowObjectsJson() as Record<string, unknown>[];
      return {
        columns: reader.deduplicatedColumnNames(),
        rows: rows.slice(0, maxRows),
        truncated: rows.length > maxRows,
      };
    });
  }

  /** The result in pieces, each fetched when it is asked for. @throws as `select` */
  async *stream(sql: string): AsyncGenerator<DuckDBDataChunk> {
    const result = await this.#told(async () => (await this.#prepare(sql)).stream());
    for (;;) {
      const chunk = await this.#told(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk;
    }
  }

  /** Lets the engine write what a SELECT gives into one of the files that may be written. */
  async copy(sql: string, path: string, options: string): Promise<void> {
    await this.#told(async () => {
      // Checked by itself first: what is no single SELECT never becomes part of another statement.
      await this.#prepare(sql);
      await this.#connection.run(`COPY (${sql}\n) TO ${quotedString(path)} (${options})`);
    });
  }

  interrupt(): void {
    this.#connection.interrupt();
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #prepare(sql: string): Promise<DuckDBPreparedStatement> {
    const statements = await this.#connection.extractStatements(sql);
    if (statements.count !== 1) {
      throw new Fault('usage/one-statement', `give one statement, not ${statements.count}`, {
        exit: EXIT.usage,
        hint: 'leave out everything after the first ;',
      });
    }
    const prepared = await statements.prepare(0);
    const allowed = prepared.statementType === StatementType.SELECT || (await explainsSelect(this.#connection, sql));
    if (!allowed) {
      throw new Fault('usage/only-select', 'only SELECT, and EXPLAIN of a SELECT, are run here', {
        exit: EXIT.usage,
        hint: 'copy the published file and change the copy',
      });
    }
    return prepared;
  }

  async #told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Fault) throw error;
      const fault = databaseFault(error, 'the query');
      throw new Fault(fault.code.replace('database/', 'sql/'), fault.message, {
        exit: EXIT.usage,
        cause: error,
        hint: 'csdl sql "SHOW TABLES" lists the tables',
      });
    }
  }
}

/** One query of a user. @throws Fault `usage/…` for what may not be run, `sql/…` for what fails or takes too long (exit 2) */
export async function safeQuery(path: string, sql: string, options: SafeQueryOptions = {}): Promise<SafeResult> {
  const reader = await SafeReader.open(path, options);
  const timeoutMs = options.timeoutMs ?? 60_000;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    reader.interrupt();
  }, timeoutMs);
  const stop = (): void => reader.interrupt();
  options.signal?.addEventListener('abort', stop);
  try {
    return await reader.select(sql, options.maxRows ?? 100_000);
  } catch (error) {
    if (options.signal?.aborted === true) throw new Fault('sql/stopped', 'the query was stopped', { exit: EXIT.usage });
    if (!timedOut || (error instanceof Fault && error.code.startsWith('usage/'))) throw error;
    throw new Fault('sql/too-slow', `the query took longer than ${timeoutMs / 1000} s and was stopped`, {
      exit: EXIT.usage,
      hint: 'narrow it, or raise --timeout',
    });
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
    reader.close();
  }
}

/** EXPLAIN ANALYZE runs what it explains; so that must be a SELECT, too. */
async function explainsSelect(connection: DuckDBConnection, sql: string): Promise<boolean> {
  const explain = /^\s*EXPLAIN\b\s*(\([^()]*\))?\s*(ANALYZE\b)?/i.exec(sql);
  if (explain === null) return false;
  const explained = await connection.extractStatements(sql.slice(explain[0].length));
  return explained.count === 1 && (await explained.prepare(0)).statementType === StatementType.SELECT;
}
