/**
 * Private engines for connectors: each session is a DuckDB in memory that reads the files it was opened for and nothing
 * else, writes nothing, downloads nothing, and ends when its source's time is up.
 */
import { type DuckDBConnection, DuckDBInstance, quotedString } from '@duckdb/node-api';
import PQueue from 'p-queue';
import { Fault } from '../../config/fault.ts';
import type { QueryPort, QuerySession } from '../../connectors/ports.ts';
import { databaseFault } from './database.ts';
import { columnTable } from './query-columns.ts';
import { statementsOf } from './query-statements.ts';

export interface QuerySessionsOptions {
  /** What DuckDB may keep in memory, of one session; the process grows 100–400 MB beyond it. */
  memoryLimit?: string;
  threads?: number;
  /** Sessions open at a time. Two share the cores and are no faster, but need the memory of two. */
  concurrent?: number;
}

export interface QuerySessions {
  /** @param signal ends what waits and what runs, when the source's time is up */
  port(signal: AbortSignal): QueryPort;
  /** Ends what runs and waits for it. */
  close(): Promise<void>;
}

/** An interruption that comes between two steps of a query is lost; so it is repeated until the query has ended. */
const INTERRUPT_MS = 20;

export function createQuerySessions(options: QuerySessionsOptions = {}): QuerySessions {
  const queue = new PQueue({ concurrency: options.concurrent ?? 1 });
  const end = new AbortController();
  return {
    port: (given) => ({
      async session(files, work) {
        const signal = AbortSignal.any([given, end.signal]);
        signal.throwIfAborted();
        return await queue.add(() => inSession(files, work, signal, options), { signal });
      },
    }),
    async close() {
      end.abort(new Fault('database/closed', 'the engines were closed while a source still used one'));
      await queue.onIdle();
    },
  };
}

async function inSession<T>(
  files: readonly string[],
  work: (session: QuerySession) => Promise<T>,
  signal: AbortSignal,
  options: QuerySessionsOptions,
): Promise<T> {
  const { instance, connection } = await open(files, options);
  const session = new Session(connection, signal);
  try {
    return await work(session);
  } catch (error) {
    // An interrupted query fails in its own words; what ended it says more.
    signal.throwIfAborted();
    throw error;
  } finally {
    await session.end();
    connection.closeSync();
    instance.closeSync();
  }
}

/** In this order: the engine is closed off, then its settings are. */
async function open(
  files: readonly string[],
  options: QuerySessionsOptions,
): Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }> {
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      memory_limit: options.memoryLimit ?? '512MB',
      threads: String(options.threads ?? 2),
    });
    const connection = await instance.connect();
    for (const setting of [
      "SET TimeZone = 'UTC'",
      "SET temp_directory = ''",
      `SET allowed_paths = [${files.map(quotedString).join(', ')}]`,
      'SET enable_external_access = false',
      'SET lock_configuration = true',
    ]) {
      await connection.run(setting);
    }
    return { instance, connection };
  } catch (error) {
    throw databaseFault(error, 'opening a session');
  }
}

class Session implements QuerySession {
  readonly #connection: DuckDBConnection;
  readonly #signal: AbortSignal;
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;
  #running = 0;
  readonly #interrupting = (): void => {
    if (this.#running === 0) return;
    this.#connection.interrupt();
    setTimeout(this.#interrupting, INTERRUPT_MS);
  };

  constructor(connection: DuckDBConnection, signal: AbortSignal) {
    this.#connection = connection;
    this.#signal = signal;
    signal.addEventListener('abort', this.#interrupting);
  }

  async rows(sql: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<Record<string, unknown>[]> {
    return await this.#alone('reading rows', async () => {
      let rows: Record<string, unknown>[] = [];
      for await (const prepared of statementsOf(this.#connection, sql, parameters, 'rows')) {
        this.#signal.throwIfAborted();
        rows = (await prepared.runAndReadAll()).getRowObjectsJson() as Record<string, unknown>[];
      }
      return rows;
    });
  }

  async run(sql: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.#alone('running SQL', async () => {
      for await (const prepared of statementsOf(this.#connection, sql, parameters, 'run')) {
        this.#signal.throwIfAborted();
        await prepared.run();
      }
    });
  }

  async table(name: string, columns: Parameters<QuerySession['table']>[1]): ReturnType<QuerySession['table']> {
    const sink = await this.#alone(`making table ${name}`, () => columnTable(this.#connection, name, columns));
    return {
      append: (pieces, rows) => this.#alone(`filling table ${name}`, async () => sink.append(pieces, rows)),
      end: () => this.#alone(`filling table ${name}`, async () => sink.end()),
    };
  }

  /** Waits for what still runs; nothing begins any more. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#last;
    this.#signal.removeEventListener('abort', this.#interrupting);
  }

  /** One step after the other: the driver's connection does one thing at a time. */
  async #alone<T>(what: string, step: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const run = async (): Promise<T> => {
      await before;
      if (this.#ended) throw new Fault('database/closed', `${what}: the session is over`);
      this.#signal.throwIfAborted();
      this.#running += 1;
      try {
        return await step();
      } catch (error) {
        this.#signal.throwIfAborted();
        throw databaseFault(withoutPrefix(error), what);
      } finally {
        this.#running -= 1;
      }
    };
    const result = run();
    this.#last = result.catch(() => undefined);
    return await result;
  }
}

/** The driver puts its own words before those of DuckDB, from which the code of the fault is taken. */
function withoutPrefix(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = error.message.replace(/^Failed to extract statements: /, '');
  return message === error.message ? error : new Error(message, { cause: error });
}
