/**
 * One query against a published file, safely: the file is read-only, nothing outside can be reached, nothing is
 * spilled, and only one SELECT or EXPLAIN runs, for a limited time.
 */
import { type DuckDBConnection, DuckDBInstance, StatementType } from '@duckdb/node-api';
import { EXIT, Fault } from '../../config/fault.ts';
import { databaseFault } from './database.ts';

export interface SafeQueryOptions {
  memoryLimit?: string;
  threads?: number;
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
const LOCKDOWN = [
  "SET TimeZone = 'UTC'",
  "SET temp_directory = ''",
  'SET enable_external_access = false',
  'SET lock_configuration = true',
];

/** @throws Fault `usage/…` for what may not be run, `sql/…` for what fails or takes too long (exit 2) */
export async function safeQuery(path: string, sql: string, options: SafeQueryOptions = {}): Promise<SafeResult> {
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
  const timeoutMs = options.timeoutMs ?? 60_000;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    connection.interrupt();
  }, timeoutMs);
  const stop = (): void => connection.interrupt();
  options.signal?.addEventListener('abort', stop);
  try {
    for (const setting of LOCKDOWN) await connection.run(setting);
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) {
      throw new Fault('usage/one-statement', `give one statement, not ${statements.count}`, {
        exit: EXIT.usage,
        hint: 'leave out everything after the first ;',
      });
    }
    const prepared = await statements.prepare(0);
    const allowed = prepared.statementType === StatementType.SELECT || (await explainsSelect(connection, sql));
    if (!allowed) {
      throw new Fault('usage/only-select', 'only SELECT, and EXPLAIN of a SELECT, are run here', {
        exit: EXIT.usage,
        hint: 'copy the published file and change the copy',
      });
    }
    const maxRows = options.maxRows ?? 100_000;
    const reader = await prepared.streamAndReadUntil(maxRows + 1);
    const rows = reader.getRowObjectsJson() as Record<string, unknown>[];
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: rows.slice(0, maxRows),
      truncated: rows.length > maxRows,
    };
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (options.signal?.aborted === true) throw new Fault('sql/stopped', 'the query was stopped', { exit: EXIT.usage });
    if (timedOut)
      throw new Fault('sql/too-slow', `the query took longer than ${timeoutMs / 1000} s and was stopped`, {
        exit: EXIT.usage,
        hint: 'narrow it, or raise --timeout',
      });
    const fault = databaseFault(error, 'the query');
    throw new Fault(fault.code.replace('database/', 'sql/'), fault.message, {
      exit: EXIT.usage,
      cause: error,
      hint: 'csdl sql "SHOW TABLES" lists the tables',
    });
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
    connection.closeSync();
    instance.closeSync();
  }
}

/** EXPLAIN ANALYZE runs what it explains; so that must be a SELECT, too. */
async function explainsSelect(connection: DuckDBConnection, sql: string): Promise<boolean> {
  const explain = /^\s*EXPLAIN\b\s*(\([^()]*\))?\s*(ANALYZE\b)?/i.exec(sql);
  if (explain === null) return false;
  const explained = await connection.extractStatements(sql.slice(explain[0].length));
  return explained.count === 1 && (await explained.prepare(0)).statementType === StatementType.SELECT;
}
