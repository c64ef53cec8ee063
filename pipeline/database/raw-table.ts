/** Tables of schema `raw`, the inputs of the models: gathered, then made in one call to the engine. */
import { type Columns, type Database, tableStatement } from './database.ts';

/** Parts of one() per 100 000: settings keep five decimals, models fifteen. */
export const PARTS = 10_000_000_000;

export class RawTables {
  readonly #statements: string[] = ['CREATE SCHEMA IF NOT EXISTS raw'];

  /** Adds raw.<name> with these rows. */
  add(name: string, columns: Columns, rows: readonly Readonly<Record<string, unknown>>[]): void {
    this.#statements.push(tableStatement(`raw.${name}`, columns, rows));
  }

  async create(database: Database): Promise<void> {
    await database.run(this.#statements.join(';\n'), {}, 'filling schema raw');
  }
}
