/**
 * Measures inside PostgreSQL ≥ 15: the queries go to the server, one row of numbers comes back. One read-only transaction
 * sees one state of the data; each query has a savepoint and a time limit of the server's own.
 */
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { Fault } from '../../config/fault.ts';
import { cancel } from '../../connectors/sources/sql/postgres-cancel.ts';
import type { Table } from '../../scoring/quality/check.ts';
import { Postgres } from '../../scoring/quality/dialects/postgres.ts';
import type { ColumnFacts, TableFacts } from '../../scoring/quality/facts.ts';
import { asNumber, EngineProblem, type QualityEngine } from './quality-engine.ts';
import { refusal, type Touched, touchedBy } from './quality-postgres-guard.ts';

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

/** How often, how long and how soon again a server is asked to stop a query, in milliseconds. */
const CANCELS = 10;
const CANCEL_MS = 2_000;
const CANCEL_AGAIN_MS = 200;

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
  readonly #server: { readonly host: string; readonly port: number; readonly tls: ConnectionOptions | false };
  /** Of the tables of the contract: what reading them touches. */
  readonly #own = new Map<string, Touched | null>();
  readonly #relations = new Map<string, string>();
  #running = false;
  #stopped = false;

  private constructor(settings: pg.ClientConfig, tls: ConnectionOptions | false) {
    this.#server = { host: settings.host ?? '', port: settings.port ?? 5432, tls };
    this.#client = new pg.Client({ ...settings, ssl: tls });
    // Without a listener a server that goes away would end the program; the running query fails anyway.
    this.#client.on('error', () => undefined);
  }

  /** @throws Fault `postgres/…` when the server cannot be asked */
  static async open(connection: PostgresConnection): Promise<PostgresEngine> {
    const { host, ca } = connection;
    const name = isIP(host) === 0 ? { servername: host } : {};
    const tls = connection.tls === false ? false : { rejectUnauthorized: true, ...name, ...(ca ? { ca } : {}) };
    const settings = {
      host: connection.host,
      port: connection.port ?? 5432,
      database: connection.database,
      user: connection.user,
      application_name: 'csdl profile',
      connectionTimeoutMillis: connection.connectTimeoutMs ?? 10_000,
      ...(connection.password === undefined ? {} : { password: connection.password }),
    };
    const engine = new PostgresEngine(settings, tls);
    try {
      await engine.#client.connect();
    } catch (error) {
      throw new Fault('postgres/unreachable', `PostgreSQL on ${connection.host} could not be reached`, {
        cause: error,
      });
    }
    try {
      const found = await engine.#client.query<{ version: string; encoding: string }>(
        "SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding",
      );
      const [server] = found.rows;
      if (server === undefined || Number(server.version) < 150_000 || server.encoding !== 'UTF8')
        throw new Fault(
          'postgres/unsuitable',
          `PostgreSQL on ${connection.host} must be version 15 or newer, encoding UTF8`,
        );
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
      this.#relations.set(id, relation);
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

  /** By the server's own plan: only what the tables of the contract are made of is read, and nothing acts. */
  async admit(sql: string, limitMs: number): Promise<void> {
    for (const [id, relation] of this.#relations)
      if (!this.#own.has(id)) this.#own.set(id, await this.#touched(`SELECT * FROM ${relation}`, limitMs));
    const why = refusal(await this.#touched(sql, limitMs), [...this.#own.values()]);
    if (why !== null) throw new EngineProblem('sql_refused', why);
  }

  async #touched(sql: string, limitMs: number): Promise<Touched | null> {
    const [row] = await this.#read(`EXPLAIN (VERBOSE, FORMAT JSON) ${sql}`, limitMs);
    return touchedBy(row?.[0]);
  }

  async #read(sql: string, limitMs: number): Promise<readonly (readonly unknown[])[]> {
    const stopped = new EngineProblem('cancelled', 'the query was stopped');
    if (this.#stopped) throw stopped;
    try {
      await this.#client.query('SAVEPOINT question');
      await this.#client.query(
        `SET LOCAL statement_timeout = ${Math.min(Math.max(1, Math.ceil(limitMs)), 2 ** 31 - 1)}`,
      );
    } catch {
      throw new EngineProblem('engine_failed', 'the connection to the server is gone');
    }
    // Stopped meanwhile: a request to cancel would have met nothing, and the query would run to its end.
    if (this.#stopped) throw stopped;
    this.#running = true;
    try {
      // The extended protocol takes one statement and no more.
      const read = await this.#client.query<unknown[]>({
        text: sql,
        values: [],
        rowMode: 'array',
        queryMode: 'extended',
      } as pg.QueryArrayConfig);
      this.#running = false;
      await this.#client.query('RELEASE SAVEPOINT question');
      return read.rows;
    } catch (error) {
      this.#running = false;
      await this.#client.query('ROLLBACK TO SAVEPOINT question').catch(() => undefined);
      if (error instanceof EngineProblem) throw error;
      if (this.#stopped) throw stopped;
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

  /** Stops what runs inside the server, by the protocol's own request: it needs neither a free connection nor a password. */
  interrupt(): void {
    this.#stopped = true;
    void this.#cancel();
  }

  /** Again and again: a request that comes between two queries is forgotten. At last the connection is cut. */
  async #cancel(): Promise<void> {
    // What the driver keeps of the server's greeting; its types leave it out.
    const { processID, secretKey } = this.#client as unknown as { processID: number | null; secretKey: number | null };
    for (let tries = 0; this.#running && tries < CANCELS; tries++) {
      if (processID !== null && secretKey !== null)
        await cancel({ ...this.#server, processId: processID, secretKey }, CANCEL_MS);
      await wait(CANCEL_AGAIN_MS);
    }
    if (this.#running) this.#client.connection.stream.destroy();
  }

  async close(): Promise<void> {
    await this.#client.query('ROLLBACK').catch(() => undefined);
    await this.#client.end().catch(() => undefined);
  }
}
