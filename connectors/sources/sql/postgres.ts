/**
 * Queries to a PostgreSQL server: one connection, one read-only transaction that sees one moment and is always rolled back,
 * one statement a message, at most two rows back. Limits of time hold at the server, and here as well should it hang.
 */
import { readFileSync } from 'node:fs';
import { isIP, Socket } from 'node:net';
import { resolve } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { Client, type CustomTypesConfig, type QueryArrayResult, type QueryConfig } from 'pg';
import { Fault } from '../../../config/fault.ts';
import type { CollectContext } from '../../contract.ts';
import type { Answer, Asker, Kind } from './answer.ts';
import { isoInstant } from './files.ts';
import { fixedSql } from './fixed-sql.ts';
import type { PostgresOptions } from './options.ts';
import { type Backend, cancel } from './postgres-cancel.ts';
import { connectionFault, queryFailure } from './postgres-fault.ts';
import { withoutEnd } from './statement-text.ts';

/** Milliseconds: a query waits so long for a lock; the server may overrun a limit so long; a cancelled query may take so long to end. */
const LOCK_MS = 5_000;
const GRACE_MS = 5_000;
const CANCEL_MS = 3_000;
/** Bytes of one answer: two rows of counts, not of documents. */
const MAX_ANSWER = 1_000_000;

/** Everything as the server writes it: the driver would make dates of the machine's own zone. */
const AS_TEXT: CustomTypesConfig = { getTypeParser: () => (text: string | Buffer) => text };

/** `queryMode` makes the driver use the protocol that takes a single statement; its types do not know it yet. */
interface OneStatement extends QueryConfig {
  queryMode: 'extended';
  rowMode: 'array';
}

export interface PostgresLimits {
  statementSeconds: number;
}

/** Connects, works and closes, whatever happens; nothing is left running at the server. */
export async function withPostgres<T>(
  options: PostgresOptions,
  limits: PostgresLimits,
  context: CollectContext,
  work: (asker: Asker) => Promise<T>,
): Promise<T> {
  context.signal.throwIfAborted();
  const tls = tlsOf(options, context.folder);
  const socket = new Socket();
  const client = new Client({
    host: options.host,
    port: options.port,
    database: options.database,
    user: options.user,
    // Given as a function, so that the driver looks neither into the environment nor into ~/.pgpass.
    password: () => options.password ?? '',
    ssl: tls,
    stream: () => socket,
    application_name: 'csdl-readiness',
    client_encoding: 'UTF8',
    connectionTimeoutMillis: options.connect_seconds * 1000,
    types: AS_TEXT,
  });
  context.meter.tries += 1;
  const session = new Session(client, socket, { ...options, tls }, limits, context);
  try {
    await session.open();
    return await work(session);
  } finally {
    await session.close();
    context.meter.bytes += socket.bytesRead;
  }
}

class Session implements Asker {
  readonly #client: Client;
  readonly #socket: Socket;
  readonly #server: Pick<Backend, 'host' | 'port' | 'tls'>;
  readonly #limits: PostgresLimits;
  readonly #context: CollectContext;
  /** Why nothing can be asked any more. */
  #gone: Fault | null = null;
  #running = false;

  constructor(
    client: Client,
    socket: Socket,
    server: Pick<Backend, 'host' | 'port' | 'tls'>,
    limits: PostgresLimits,
    context: CollectContext,
  ) {
    this.#client = client;
    this.#socket = socket;
    this.#server = server;
    this.#limits = limits;
    this.#context = context;
    client.on('error', (error) => {
      this.#gone ??= connectionFault(error);
    });
  }

  async open(): Promise<void> {
    const { signal, log } = this.#context;
    const stop = (): void => this.#cut();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await this.#client.connect();
      const superuser = await this.#begin();
      if (superuser) log.warn('sql.superuser', { hint: 'give the source a user that may only read what it counts' });
    } catch (error) {
      this.#gone ??= error instanceof Fault ? error : connectionFault(error);
      signal.throwIfAborted();
      throw this.#gone;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** @returns whether the user may do everything, which is more than a counting needs */
  async #begin(): Promise<boolean> {
    const { statementSeconds } = this.#limits;
    await this.#send(fixedSql('begin'));
    const answer = await this.#send(fixedSql('limits'), [
      String(statementSeconds * 1000),
      String(LOCK_MS),
      String(statementSeconds * 1000 + GRACE_MS),
    ]);
    await this.#send(fixedSql('mark'));
    return answer.rows[0]?.at(-1) === 'on';
  }

  async ask(sql: string): Promise<Answer> {
    this.#context.signal.throwIfAborted();
    if (this.#gone !== null) throw this.#gone;
    try {
      const answer = await this.#limited(() => this.#send(fixedSql('answer', { query: withoutEnd(sql) })));
      // What a query set for its session is taken back before the next is asked.
      await this.#send(fixedSql('back'));
      return answerOf(answer);
    } catch (error) {
      this.#context.signal.throwIfAborted();
      const failure = this.#gone === null ? queryFailure(error) : null;
      if (failure === null) {
        this.#gone ??= error instanceof Fault ? error : connectionFault(error);
        throw this.#gone;
      }
      await this.#send(fixedSql('back'));
      throw failure;
    }
  }

  async #send(text: string, values: string[] = []): Promise<QueryArrayResult<(string | null)[]>> {
    const query: OneStatement = { text, values, queryMode: 'extended', rowMode: 'array' };
    return await this.#client.query<(string | null)[]>(query);
  }

  /** Runs one query under the limits that hold on this side: time, size, and the end of the run. */
  async #limited<T>(run: () => Promise<T>): Promise<T> {
    const { signal } = this.#context;
    const { stream } = this.#client.connection;
    let received = 0;
    const measure = (piece: Buffer): void => {
      received += piece.length;
      if (received > MAX_ANSWER) {
        this.#gone ??= new Fault('source/too-large', 'a query answers with more than a row of counts', {
          hint: 'let it give numbers, states and times only',
        });
        this.#cut();
      }
    };
    const hangs = setTimeout(
      () => {
        this.#gone ??= new Fault('source/timeout', 'the database server did not end a query at its time limit', {
          hint: 'see whether it, or the network to it, is overloaded',
        });
        void this.#cancel();
      },
      this.#limits.statementSeconds * 1000 + GRACE_MS,
    );
    const aborted = (): void => void this.#cancel();
    stream.on('data', measure);
    signal.addEventListener('abort', aborted, { once: true });
    this.#running = true;
    try {
      const result = await run();
      this.#running = false;
      return result;
    } catch (error) {
      this.#running = this.#gone !== null;
      throw error;
    } finally {
      clearTimeout(hangs);
      stream.off('data', measure);
      signal.removeEventListener('abort', aborted);
    }
  }

  /** Has the server stop the query, then ends the connection if that did not free it. */
  async #cancel(): Promise<void> {
    // What the driver keeps of the server's greeting; its types leave it out.
    const { processID, secretKey } = this.#client as unknown as { processID: number | null; secretKey: number | null };
    if (processID !== null && secretKey !== null)
      await cancel({ ...this.#server, processId: processID, secretKey }, CANCEL_MS);
    setTimeout(() => this.#cut(), CANCEL_MS).unref();
  }

  /** Ends the connection where it stands. TLS goes first: a plain socket gone under it can take the process down (Node 20). */
  #cut(): void {
    this.#client.connection.stream.destroy();
    this.#socket.destroy();
  }

  async close(): Promise<void> {
    if (this.#gone !== null) {
      if (this.#running) await this.#cancel();
      this.#cut();
    } else {
      const limit = setTimeout(() => this.#cut(), GRACE_MS);
      // The transaction ends with the connection in any case; asked for so that a pooler gets its connection back clean.
      await this.#send(fixedSql('end')).catch(() => null);
      await this.#client.end().catch(() => null);
      clearTimeout(limit);
    }
    this.#cut();
  }
}

function answerOf(result: QueryArrayResult<(string | null)[]>): Answer {
  const columns = result.fields.map((field) => ({ name: field.name, kind: kindOf(field.dataTypeID) }));
  const text = (value: string | null, kind: Kind | undefined): string | null => {
    if (value === null) return null;
    if (kind === 'boolean') return value === 't' ? 'true' : 'false';
    return kind === 'instant' ? isoInstant(value) : value;
  };
  return { columns, rows: result.rows.map((row) => row.map((value, i) => text(value, columns[i]?.kind))) };
}

/** Object ids of the built-in types; they are the same on every server. Types of the database's own count as text. */
function kindOf(type: number): Kind {
  if ([20, 21, 23, 700, 701, 1700].includes(type)) return 'number';
  if (type === 16) return 'boolean';
  if (type === 1082) return 'day';
  if (type === 1184) return 'instant';
  return type === 1114 ? 'local-time' : 'text';
}

function tlsOf({ tls, host }: PostgresOptions, folder: string): ConnectionOptions | false {
  if (tls === 'off') return false;
  const pem = (key: 'ca' | 'cert' | 'key'): { [name: string]: Buffer } => {
    const path = tls[key];
    if (path === undefined) return {};
    try {
      return { [key]: readFileSync(resolve(folder, path)) };
    } catch {
      throw new Fault('source/missing-file', `the file ${path} of \`tls: {${key}: …}\` cannot be read`, {
        hint: 'correct the path, or let the program read the file',
      });
    }
  };
  return {
    ...pem('ca'),
    ...pem('cert'),
    ...pem('key'),
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
}
