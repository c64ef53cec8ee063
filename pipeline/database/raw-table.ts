/** One table of schema `raw`: the inputs of the models. */
import type { Columns, Database } from './database.ts';

type Row = Record<string, unknown>;

/** Parts of one() per 100 000: settings keep five decimals, models fifteen. */
export const PARTS = 10_000_000_000;

/** Creates (or replaces) raw.<name>. */
export async function rawTable(
  database: Database,
  name: string,
  columns: Columns,
  rows: readonly Row[],
): Promise<void> {
  await database.createTable(`raw.${name}`, columns, rows);
}
