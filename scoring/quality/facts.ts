/**
 * What is known of a table before any row is read: the types that are really there and, where the format keeps them (Parquet),
 * exact counts and bounds. Numbers here are as good as counted ones; what is not exact is null.
 */
import type { ColumnType } from './check.ts';

export interface ColumnFacts {
  readonly type: ColumnType;
  readonly nulls: number | null;
  /** Of integers, dates (yyyy-mm-dd) and nothing else; over all rows that have a value. */
  readonly min: string | null;
  readonly max: string | null;
  /** Kept as a dictionary of few different values: what is asked of a value is asked once a dictionary. */
  readonly dictionary: boolean;
}

export interface TableFacts {
  /** How SQL calls it: quoted. */
  readonly relation: string;
  /** By the name in the data. */
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  readonly rows: number | null;
}
