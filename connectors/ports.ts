/** The ways outside that a connector is given: a private engine for SQL, HTTP, a meter, and a memory from run to run. */

/** Types of columns that a connector may load; times are milliseconds since 1970 in a BIGINT. */
export type ColumnType = 'BOOLEAN' | 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'VARCHAR';

/** One column of a piece of rows; what `valid` (one bit a row, least significant first) does not set is NULL. */
export type ColumnPiece =
  | { values: Int32Array | BigInt64Array | Float64Array; valid?: Uint8Array | null }
  | { values: readonly (string | boolean | null)[] };

/** A table that is filled with whole columns, piece by piece. */
export interface ColumnSink {
  /** @param columns one entry for each column of the table, all of `rows` rows */
  append(columns: Readonly<Record<string, ColumnPiece>>, rows: number): Promise<void>;
  end(): Promise<void>;
}

/** A private engine in memory: it sees the files it was opened for and nothing else. */
export interface QuerySession {
  /** Rows as plain objects: BIGINT and DECIMAL as text, times as text in UTC. */
  rows(sql: string, parameters?: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>[]>;
  /** Runs what gives no rows (CREATE TABLE …). */
  run(sql: string, parameters?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Creates a table to be filled with columns. */
  table(name: string, columns: Readonly<Record<string, ColumnType>>): Promise<ColumnSink>;
}

/** SQL for connectors that need it (sync logs, database queries); the pipeline passes it in. */
export interface QueryPort {
  /**
   * Opens a session, works in it and closes it, whatever happens. Sessions wait their turn: only few are open at a time.
   * A query still running when the source's time is up is interrupted.
   * @param files absolute paths that SQL may read; everything else outside is closed
   */
  session<T>(files: readonly string[], work: (session: QuerySession) => Promise<T>): Promise<T>;
}

/** How a source is reached over HTTP; `connectors/http/access.ts` has the shape of the settings. */
export interface HttpAccess {
  auth?:
    | { kind: 'bearer'; token: string }
    | { kind: 'basic'; user: string; password: string }
    | { kind: 'hmac'; key_id: string; secret: string }
    | undefined;
  /** PEM files, absolute paths: own certificate authority, and certificate and key of the client (mTLS). */
  tls?: { ca?: string | undefined; cert?: string | undefined; key?: string | undefined } | undefined;
  /** Tries of one request in all, the first included. */
  tries: number;
  /** Seconds for one try, from connecting to the last byte; and for all tries of one request together. */
  try_seconds: number;
  total_seconds: number;
  /** Largest body, as sent and as inflated. */
  max_bytes: number;
}

export interface HttpAnswer {
  /** 200–299, or 304 when `if_none_match` was given. Everything else is a Fault. */
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The body, inflated; empty for a download. */
  bytes: Uint8Array;
  /** SHA-256 of the inflated body, hex. */
  sha256: string;
  /** Size of the inflated body. */
  size: number;
}

export interface HttpGet {
  accept?: string;
  if_none_match?: string;
  /** Write the body to this file instead of keeping it in memory. */
  to_file?: string;
}

export interface HttpPost {
  body: string;
  content_type: string;
}

/** Asks one source's host; retries, limits and credentials are taken care of. */
export interface HttpClient {
  /** @throws Fault `source/…` with a precise reason, without address or secret in its message */
  get(url: string, options?: HttpGet): Promise<HttpAnswer>;
  /** Sends a message; it may arrive more than once, since an answer can be lost. No redirect is followed. @throws as `get` */
  post(url: string, message: HttpPost): Promise<HttpAnswer>;
}

/** The one way to the network for connectors that speak HTTP. */
export interface HttpPort {
  /** A client for one source, with a pool of its own; works and closes it, whatever happens. */
  client<T>(access: HttpAccess, work: (client: HttpClient) => Promise<T>): Promise<T>;
}

/** What a source took, for its row of health. */
export interface Meter {
  /** Requests, connections or files tried. */
  tries: number;
  /** Bytes received or read. */
  bytes: number;
}

/** What a source keeps from its last good run under the same settings (an ETag); stored with the facts of the run. */
export interface SourceMemory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}
