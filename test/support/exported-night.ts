/** One published night on the shipped facts, for tests of what it exported. */
import { join } from 'node:path';
import { silentLog } from '../../config/log.ts';
import { Database } from '../../pipeline/database/database.ts';
import { runNight } from '../../pipeline/run.ts';
import { temporaryFolder } from './folders.ts';
import { clockFrom } from './project.ts';

export type Rows = Record<string, unknown>[];

export class ExportedNight {
  readonly out = temporaryFolder();
  #database: Database | undefined;

  async run(): Promise<void> {
    const { report } = await runNight({
      configFolder: undefined,
      environment: {},
      out: this.out,
      asOf: undefined,
      now: clockFrom('2026-06-29T16:00:00Z'),
      log: silentLog,
      signal: new AbortController().signal,
    });
    if (!report.published) throw new Error('the night was withheld');
    this.#database = await Database.open({ path: join(this.out, 'csdl.duckdb'), readOnly: true });
  }

  /** Path of an exported file. */
  file(name: string): string {
    return join(this.out, 'exports', name);
  }

  /** Rows of a query over the published tables. */
  query(sql: string): Promise<Rows> {
    if (this.#database === undefined) throw new Error('the night has not run');
    return this.#database.anyRows(sql);
  }

  /** The one number of a query. */
  async count(sql: string): Promise<number> {
    return Number(Object.values((await this.query(sql))[0] ?? {})[0]);
  }

  close(): void {
    this.#database?.close();
  }
}
