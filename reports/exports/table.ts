/**
 * A published table on its way out, as every format gets it: columns with their types from the catalogue, rows in
 * batches. Rule: a format knows types, never names of columns, so that a new column or table needs nothing here.
 */

/** Column types a publication may hold (DESIGN section 7). */
export const COLUMN_TYPES = ['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMP', 'VARCHAR'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** What it means, in Vietnamese; empty where nobody said. */
  readonly comment: string;
}

/** DATE: days since 1970-01-01. TIMESTAMP: microseconds since then, UTC. BIGINT: bigint. */
export type Value = null | boolean | number | bigint | string;

/** Some rows, column by column in the order of the table. */
export interface Batch {
  readonly rows: number;
  readonly values: readonly (readonly Value[])[];
}

/** What a publication is called and when it was made. */
export interface ExportMeta {
  readonly run_id: string;
  /** Day of the figures, YYYY-MM-DD. */
  readonly as_of: string;
  readonly edition: string;
  /** ISO instant. */
  readonly published_at: string;
  readonly program_version: string;
}

export interface TableExport {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly Column[];
  readonly meta: ExportMeta;
  /** Read once, in the order of the table. */
  readonly batches: AsyncIterable<Batch>;
}

/** A format that holds one table. Pieces come in order; what is written is never held whole but for xlsx. */
export interface TableFormat {
  readonly extension: string;
  readonly mediaType: string;
  readonly isText: boolean;
  write(table: TableExport): AsyncIterable<string | Uint8Array>;
}

/** The row at `index` of a batch as pairs of column and value. */
export function* rowOf(table: TableExport, batch: Batch, index: number): Iterable<readonly [Column, Value]> {
  for (const [i, column] of table.columns.entries()) yield [column, batch.values[i]?.[index] ?? null];
}

/** 20633 → "2026-06-29". */
export function isoDay(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** Microseconds → "2026-06-29T16:00:00.123456Z"; no fraction where there is none. */
export function isoInstant(micros: bigint): string {
  const second = micros / 1_000_000n - (micros % 1_000_000n < 0n ? 1n : 0n);
  const rest = micros - second * 1_000_000n;
  const clock = new Date(Number(second) * 1000).toISOString().slice(0, 19);
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`;
  return `${clock}${fraction}Z`;
}

/** A value as text of a format: days and instants in ISO 8601, numbers with a point. */
export function plainText(type: ColumnType, value: Exclude<Value, null>): string {
  if (type === 'DATE') return isoDay(Number(value));
  if (type === 'TIMESTAMP') return isoInstant(BigInt(value));
  return String(value);
}
