/**
 * Measures what DuckDB reads: Parquet, CSV, JSON and DuckDB files. Only the files that are named can be reached, nothing is
 * written to them. Keys that do not fit in memory are worked through in parts; only where a folder to spill to is given does
 * anything of the rows touch a disk, and then as plain bytes, so that folder must be as safe as the data.
 */
import { type DuckDBConnection, DuckDBInstance, quotedString, StatementType, version } from '@duckdb/node-api';
import type { DataLocation, Table } from '../../scoring/quality/check.ts';
import { DuckDb } from '../../scoring/quality/dialects/duckdb.ts';
import type { ColumnFacts, TableFacts } from '../../scoring/quality/facts.ts';
import { databaseFault } from './database.ts';
import { asNumber, EngineProblem, type QualityEngine } from './quality-engine.ts';
import { parquetFacts } from './quality-parquet.ts';

export interface DuckDbEngineOptions {
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Where to spill; without it nothing is, and what does not fit in memory is `out_of_memory`. */
  readonly spillFolder?: string;
}

type FileLocation = Exclude<DataLocation, { kind: 'postgres' } | { kind: 'arrow' }>;

export class DuckDbEngine implements QualityEngine {
  readonly name = 'duckdb';
  readonly fast = new DuckDb();
  readonly plain = new DuckDb(false);
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #facts = new Map<string, TableFacts>();
  readonly #dear = new Set<string>();
  readonly #paths = new Map<string, readonly string[]>();
  #memory = 0;
  #stopped = false;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** Opens the tables' files, looks at their shape, and closes the door behind them. */
  static async open(tables: readonly Table[], options: DuckDbEngineOptions = {}): Promise<DuckDbEngine> {
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      memory_limit: options.memoryLimit ?? '1GB',
      threads: String(options.threads ?? 2),
      temp_directory: options.spillFolder ?? '',
    }).catch((error: unknown) => {
      throw databaseFault(error, 'opening an in-memory database');
    });
    const engine = new DuckDbEngine(instance, await instance.connect());
    const run = (sql: string): Promise<unknown> => engine.#connection.run(sql);
    for (const setting of [
      // Moments with a zone are held against local time, as PostgreSQL is told to.
      "SET TimeZone = 'Asia/Ho_Chi_Minh'",
      'SET temp_file_encryption = true',
      'SET preserve_insertion_order = false',
    ])
      await run(setting);
    const limit = await engine.#connection.runAndReadAll("SELECT current_setting('memory_limit')");
    engine.#memory = bytesOf(String(limit.getRowsJson()[0]?.[0]));
    const allowed: string[] = [];
    for (const [i, table] of tables.entries()) {
      if (table.location.kind === 'postgres' || table.location.kind === 'arrow') continue;
      allowed.push(...(await engine.#openTable(table, table.location, `source_${i}`)));
    }
    await run(`SET allowed_paths = [${allowed.map(quotedString).join(', ')}]`);
    for (const setting of ['SET enable_external_access = false', 'SET lock_configuration = true']) await run(setting);
    return engine;
  }

  /** @returns the files it may read from now on; none when the table cannot be read */
  async #openTable(table: Table, location: FileLocation, alias: string): Promise<readonly string[]> {
    const relation = this.fast.identifier(table.id);
    try {
      if (location.kind === 'duckdb') {
        await this.#connection.run(
          `ATTACH ${quotedString(location.path)} AS ${this.fast.identifier(alias)} (READ_ONLY)`,
        );
        const path = [alias, location.schema ?? 'main', location.table].map((name) => this.fast.identifier(name));
        await this.#connection.run(`CREATE VIEW ${relation} AS SELECT * FROM ${path.join('.')}`);
        this.#facts.set(table.id, await this.#describe(relation));
        return [location.path];
      }
      const files = await this.#files(location.paths);
      if (files.length === 0) return [];
      this.#paths.set(table.id, files);
      await this.#connection.run(`CREATE VIEW ${relation} AS SELECT * FROM ${reader(location, files)}`);
      const facts = await this.#describe(relation);
      this.#facts.set(
        table.id,
        location.kind === 'parquet' ? await parquetFacts(this.#connection, files, facts) : facts,
      );
      if (location.kind !== 'parquet') this.#dear.add(table.id);
      return files;
    } catch {
      // Said by its absence: its checks are `table_not_found`.
      return [];
    }
  }

  /** The files that paths and globs name today; from now on, those and no others. */
  async #files(paths: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const path of paths) {
      const reader = await this.#connection.runAndReadAll(`SELECT file FROM glob(${quotedString(path)}) ORDER BY file`);
      found.push(...reader.getRowsJson().map(([file]) => String(file)));
    }
    return [...new Set(found)];
  }

  async #describe(relation: string): Promise<TableFacts> {
    const reader = await this.#connection.runAndReadAll(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${relation})`,
    );
    const columns = new Map<string, ColumnFacts>(
      reader
        .getRowsJson()
        .map(([name, type]) => [
          String(name),
          { type: this.fast.columnType(String(type)), nulls: null, min: null, max: null, dictionary: false },
        ]),
    );
    return { relation, columns, rows: null };
  }

  /** The files a table is read from. */
  files(table: string): readonly string[] {
    return this.#paths.get(table) ?? [];
  }

  async facts(tables: readonly Table[]): Promise<ReadonlyMap<string, TableFacts>> {
    return new Map([...this.#facts].filter(([id]) => tables.some((t) => t.id === id)));
  }

  /** A group takes about 70 bytes; where a part does not fit after all, it is cut again. */
  keyParts(rows: number): number {
    return 2 ** Math.max(0, Math.ceil(Math.log2((rows * 75) / (this.#memory * 0.85))));
  }

  async keep(table: string): Promise<void> {
    const relation = this.#facts.get(table)?.relation;
    if (relation === undefined || !this.#dear.delete(table)) return;
    // A table beside the view, then in its place; where it does not fit, the view stays.
    const kept = this.fast.identifier(`${table} kept`);
    try {
      await this.#connection.run(`CREATE TABLE ${kept} AS SELECT * FROM ${relation}`);
      await this.#connection.run(`CREATE OR REPLACE VIEW ${relation} AS SELECT * FROM ${kept}`);
    } catch {
      await this.#connection.run(`DROP TABLE IF EXISTS ${kept}`).catch(() => undefined);
    }
  }

  async row(sql: string, limitMs: number): Promise<readonly (number | null)[]> {
    const [row] = await this.#read(sql, limitMs, 2);
    return (row ?? []).map(asNumber);
  }

  async hashes(sql: string, limitMs: number): Promise<readonly (readonly string[])[]> {
    return (await this.#read(sql, limitMs)).map((row) => row.map(String));
  }

  async #read(sql: string, limitMs: number, rows?: number): Promise<readonly (readonly unknown[])[]> {
    const end = performance.now() + limitMs;
    const late = (): boolean => performance.now() >= end;
    // Again and again: an interrupt that comes between two steps of a query is forgotten.
    const timer = setInterval(() => {
      if (late() || this.#stopped) this.#connection.interrupt();
    }, 50);
    try {
      const statements = await this.#connection.extractStatements(sql);
      if (statements.count !== 1) throw new EngineProblem('sql_refused', 'more than one statement');
      const prepared = await statements.prepare(0);
      if (prepared.statementType !== StatementType.SELECT) throw new EngineProblem('sql_refused', 'only SELECT is run');
      const reader = await (rows === undefined ? prepared.runAndReadAll() : prepared.runAndReadUntil(rows));
      return reader.getRowsJson();
    } catch (error) {
      if (error instanceof EngineProblem) throw error;
      const message = error instanceof Error ? error.message : '';
      if (this.#stopped) throw new EngineProblem('cancelled', 'the query was stopped');
      if (late()) throw new EngineProblem('out_of_time', 'the time for this database was up');
      if (/^Out of Memory/.test(message))
        throw new EngineProblem('out_of_memory', 'it does not fit in the memory allowed');
      const kind = /^([A-Za-z ]+) Error:/.exec(message)?.[1]?.trim().toLowerCase() ?? 'unknown';
      throw new EngineProblem('engine_failed', `the engine failed: ${kind} error`);
    } finally {
      clearInterval(timer);
    }
  }

  interrupt(): void {
    this.#stopped = true;
    this.#connection.interrupt();
  }

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** Another version may read a text or a number differently. */
export const engineVersion = (): string => version();

/** "953.6 MiB" → bytes, as DuckDB says it. */
function bytesOf(size: string): number {
  const [, n = '0', unit = ''] = /^([0-9.]+) ?([KMGT]?)i?B?/.exec(size) ?? [];
  return Number(n) * 1024 ** ['', 'K', 'M', 'G', 'T'].indexOf(unit);
}

/** CSV is text throughout: what a text means is decided by checks, never by a guess of the reader. */
function reader(location: Exclude<FileLocation, { kind: 'duckdb' }>, files: readonly string[]): string {
  const list = `[${files.map(quotedString).join(', ')}]`;
  const partitioned = location.partitioned === true ? ', hive_partitioning = true, hive_types_autocast = false' : '';
  if (location.kind === 'parquet') return `read_parquet(${list}${partitioned || ', hive_partitioning = false'})`;
  if (location.kind === 'json') return `read_json(${list}${partitioned})`;
  const delimiter = location.delimiter === undefined ? '' : `, delim = ${quotedString(location.delimiter)}`;
  return `read_csv(${list}, header = true, all_varchar = true${delimiter}${partitioned})`;
}
