/**
 * DuckDB in the browser: the published file is fetched once and opened read-only; one query at a time.
 * Rule: nothing is asked of anybody but the server of this page, and a query that is stopped leaves nothing behind.
 */
import { AsyncDuckDB, type AsyncDuckDBConnection, DuckDBAccessMode, VoidLogger } from '@duckdb/duckdb-wasm';
import type { ConsoleData } from '../page-data.ts';
import { type Cell, type Column, readColumn } from './cell.ts';

/** Rows beyond this are not fetched: they would be neither read nor drawn. */
export const MAX_ROWS = 100_000;
const FILE = 'csdl.duckdb';

export interface Result {
  columns: Column[];
  rows: Cell[][];
  /** There were more than MAX_ROWS. */
  isCapped: boolean;
  ms: number;
}

/** In this order: no extension is looked for, nothing outside is reached, no way back. */
const LOCKDOWN = [
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  'SET enable_external_access = false',
  'SET lock_configuration = true',
];

export class Stopped extends Error {}

export class Engine {
  readonly #data: ConsoleData;
  #worker: Worker | undefined;
  #connection: Promise<AsyncDuckDBConnection> | undefined;
  #refuse: ((reason: Error) => void) | undefined;
  /** Set once the file was fetched: it belongs to another publication than the page. */
  isNewer = false;

  constructor(data: ConsoleData) {
    this.#data = data;
  }

  /** Fetches and opens the file; the same promise for everybody who asks. */
  ready(): Promise<AsyncDuckDBConnection> {
    this.#connection ??= this.#open();
    return this.#connection;
  }

  /** @throws Stopped when `stop` was called; whatever DuckDB says otherwise */
  async run(sql: string): Promise<Result> {
    const started = performance.now();
    const answer = this.ready().then((connection) => fetchRows(connection, sql));
    const stopped = new Promise<never>((_resolve, reject) => {
      this.#refuse = reject;
    });
    // Whoever loses the race is heard by nobody.
    answer.catch(() => {});
    stopped.catch(() => {});
    const found = await Promise.race([answer, stopped]);
    return { ...found, ms: performance.now() - started };
  }

  /** Ends the worker, query and all: the one way that also stops a query that never pauses. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#connection = undefined;
    this.#refuse?.(new Stopped());
  }

  async #open(): Promise<AsyncDuckDBConnection> {
    const data = this.#data;
    const worker = new Worker(data.worker);
    this.#worker = worker;
    const database = new AsyncDuckDB(new VoidLogger(), worker);
    const [bytes] = await Promise.all([this.#fetchFile(), database.instantiate(data.wasm)]);
    await database.registerFileBuffer(FILE, bytes);
    await database.open({ path: FILE, accessMode: DuckDBAccessMode.READ_ONLY });
    const connection = await database.connect();
    for (const setting of LOCKDOWN) await connection.query(setting);
    return connection;
  }

  async #fetchFile(): Promise<Uint8Array> {
    const response = await fetch(this.#data.database, { credentials: 'omit' });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    this.isNewer = response.headers.get('etag') !== this.#data.etag;
    return new Uint8Array(await response.arrayBuffer());
  }
}

async function fetchRows(connection: AsyncDuckDBConnection, sql: string): Promise<Omit<Result, 'ms'>> {
  const reader = await (await connection.send(sql, true)).open();
  // Taken before the rows: the reader forgets it at its end.
  const fields = reader.schema.fields.map(readColumn);
  const rows: Cell[][] = [];
  for await (const batch of reader) {
    for (let i = 0; i < batch.numRows && rows.length <= MAX_ROWS; i += 1)
      rows.push(fields.map(({ read }, column) => read(batch.getChildAt(column)?.get(i))));
    if (rows.length > MAX_ROWS) {
      await connection.cancelSent();
      break;
    }
  }
  const isCapped = rows.length > MAX_ROWS;
  return { columns: fields.map(({ column }) => column), rows: isCapped ? rows.slice(0, MAX_ROWS) : rows, isCapped };
}
