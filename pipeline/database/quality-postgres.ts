/**
 * Measures inside PostgreSQL ≥ 15: the queries go to the server, one row of numbers comes back. One read-only transaction
 * sees one state of the data; each query has a savepoint and a time limit of the server's own.
 */
import pg from 'pg';
import { Fault } from '../../config/fault.ts';
import type { Table } from '../../scoring/quality/check.ts';
import { Postgres } from '../../scoring/quality/dialects/postgres.ts';
import type { ColumnFacts, TableFacts } from '../../scoring/quality/facts.ts';
import { asNumber, EngineProblem, type QualityEngine } from './quality-engine.ts';

export interface PostgresConnection {
  readonly host: string;
  readonly port?: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  /** TLS with verification, unless the connection says it needs none (a socket, a server on this host). */
  readonly tls?: boolean;
  /** Own certificate authority, PEM. */
  readonly ca?: string;
  readonly connectTimeoutMs?: number;
}

/** Classes of SQLSTATE that say which of our problems it is. */
const STATES: readonly (readonly [RegExp, ConstructorParameters<typeof EngineProblem>])[] = [
  [/^57014$/, ['out_of_time', 'the server stopped the query']],
  [/^(53200|53100|53400)$/, ['out_of_memory', 'the server is out of memory or disk']],
  [/^42(P01|703|501)$/, ['unreadable', 'the table or a column is not there, or may not be read']],
];

export class PostgresEngine implements QualityEngine {
  readonly name = 'postgres';
  readonly fast = new Postgres();
  readonly plain = new Postgres(false);
  readonly #client: pg.Client;
  readonly #settings: pg.ClientConfig;
  #process = 0;
  #interrupted = false;

  private constructor(settings: pg.ClientConfig) {
    this.#settings = settings;
    this.#client = new pg.Client(settings);
    // Without a listener a server that goes away would end the program; the running query fails anyway.
    this.#client.on('error', () => undefined);
  }

  /** @throws Fault `postgres/…` when the server cannot be asked */
  static async open(connection: PostgresConnection): Promise<PostgresEngine> {
    const engine = new PostgresEngine({
      host: connection.host,
      port: connection.port ?? 5432,
      database: connection.database,
      user: connection.user,
      application_name: 'csdl profile',
      connectionTimeoutMillis: connection.connectTimeoutMs ?? 10_000,
      ...(connection.password === undefined ? {} : { password: connection.password }),
      ssl:
        connection.tls === false
          ? false
          : { rejectUnauthorized: true, ...(connection.ca ? { ca: connection.ca } : {}) },
    });
    try {
      await engine.#client.connect();
    } catch (error) {
      throw new Fault('postgres/unreachable', `PostgreSQL on ${connection.host} could not be reached`, {
        cause: error,
      });
    }
    try {
      const found = await engine.#client.query<{ version: string; encoding: string; pid: number }>(
        "SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding, pg_backend_pid() AS pid",
      );
      const [server] = found.rows;
      if (server === undefined || Number(server.version) < 150_000 || server.encoding !== 'UTF8')
        throw new Fault(
          'postgres/unsuitable',
          `PostgreSQL on ${connection.host} must be version 15 or newer, encoding UTF8`,
        );
      engine.#process = server.pid;
      for (const sql of [
        'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY',
        'SET LOCAL standard_conforming_strings = on',
        "SET LOCAL TimeZone = 'Asia/Ho_Chi_Minh'",
        "SET LOCAL DateStyle = 'ISO, YMD'",
        'SET LOCAL search_path = pg_catalog',
        "SET LOCAL lock_timeout = '10s'",
      ])
        await engine.#client.query(sql);
      return engine;
    } catch (error) {
      await engine.#client.end().catch(() => undefined);
      if (error instanceof Fault) throw error;
      throw new Fault('postgres/unsuitable', `PostgreSQL on ${connection.host} refused a read-only transaction`, {
        cause: error,
      });
    }
  }

  async facts(tables: readonly Table[]): Promise<ReadonlyMap<string, TableFacts>> {
    const found = new Map<string, TableFacts>();
    for (const { id, location } of tables) {
      if (location.kind !== 'postgres') continue;
      const schema = location.schema ?? 'public';
      const read = await this.#client.query<{ name: string; type: string }>(
        `SELECT a.attname AS name, format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid), NULL) AS type
         FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
         JOIN pg_type AS t ON t.oid = a.atttypid
         WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
         ORDER BY a.attnum`,
        [schema, location.table],
      );
      if (read.rows.length === 0) continue;
      const columns = new Map<string, ColumnFacts>(
        read.rows.map(({ name, type }) => [
          name,
          { type: this.fast.columnType(type), nulls: null, min: null, max: null, dictionary: false },
        ]),
      );
      const relation = `${this.fast.identifier(schema)}.${this.fast.identifier(location.table)}`;
      found.set(id, { relation, columns, rows: null });
    }
    return found;
  }

  keyParts(): number {
    return 1;
  }

  async keep(): Promise<void> {
    // The rows stay where they are.
  }

  async row(sql: string, limitMs: number): Promise<readonly (number | null)[]> {
    const [row] = await this.#read(sql, limitMs);
    return (row ?? []).map(asNumber);
  }

  async hashes(sql: string, limitMs: number): Promise<readonly (readonly string[])[]> {
    return (await this.#read(sql, limitMs)).map((row) => row.map(String));
  }

  async #read(sql: string, limitMs: number): Promise<readonly (readonly unknown[])[]> {
    try {
      await this.#client.query('SAVEPOINT question');
      await this.#client.query(
        `SET LOCAL statement_timeout = ${Math.min(Math.max(1, Math.ceil(limitMs)), 2 ** 31 - 1)}`,
      );
    } catch {
      throw new EngineProblem('engine_failed', 'the connection to the server is gone');
    }
    this.#interrupted = false;
    try {
      // The extended protocol takes one statement and no more.
      const read = await this.#client.query<unknown[]>({
        text: sql,
        values: [],
        rowMode: 'array',
        queryMode: 'extended',
      } as pg.QueryArrayConfig);
      await this.#client.query('RELEASE SAVEPOINT question');
      return read.rows;
    } catch (error) {
      await this.#client.query('ROLLBACK TO SAVEPOINT question').catch(() => undefined);
      if (error instanceof EngineProblem) throw error;
      if (this.#interrupted) throw new EngineProblem('cancelled', 'the query was stopped');
      const state = error instanceof pg.DatabaseError ? (error.code ?? '') : '';
      const problem = STATES.find(([pattern]) => pattern.test(state))?.[1];
      throw problem === undefined
        ? new EngineProblem(
            'engine_failed',
            `the server failed: ${/^[0-9A-Z]{5}$/.test(state) ? `SQLSTATE ${state}` : 'no answer'}`,
          )
        : new EngineProblem(...problem);
    }
  }

  interrupt(): void {
    this.#interrupted = true;
    const other = new pg.Client({ ...this.#settings, application_name: 'csdl profile, stopping' });
    other.on('error', () => undefined);
    other
      .connect()
      .then(() => other.query('SELECT pg_cancel_backend($1)', [this.#process]))
      .catch(() => undefined)
      .finally(() => void other.end().catch(() => undefined));
  }

  async close(): Promise<void> {
    await this.#client.query('ROLLBACK').catch(() => undefined);
    await this.#client.end().catch(() => undefined);
  }
}
