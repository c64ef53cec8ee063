/**
 * Arrow IPC (files and streams) handed over to the engine that measures: batch by batch into Parquet files below the scratch
 * folder of the measuring, which goes with it. Memory stays that of a piece. That folder must be as safe as the data.
 */
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, quotedIdentifier, quotedString } from '@duckdb/node-api';
import type { RecordBatch } from 'apache-arrow';
import { Fault } from '../../config/fault.ts';
import type { ColumnPiece } from '../../connectors/ports.ts';
import { arrowBatches, unreadable } from '../../connectors/sources/sync-log/arrow-frames.ts';
import type { Table } from '../../scoring/quality/check.ts';
import { type LoadedColumn, loadedColumn } from './arrow-columns.ts';
import { type ColumnTable, columnTable } from './query-columns.ts';

/** A multiple of 2 048, the rows of a chunk of DuckDB. */
const PIECE_ROWS = 244 * 2048;

/** The tables, those in Arrow as what was made of them. @throws Fault where a file cannot be read, or holds what cannot be measured */
export async function landArrow(
  tables: readonly Table[],
  scratch: string,
  signal: AbortSignal,
): Promise<readonly Table[]> {
  if (!tables.some(({ location }) => location.kind === 'arrow')) return tables;
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '512MB', threads: '2', temp_directory: '' });
  const connection = await instance.connect();
  try {
    const landed: Table[] = [];
    for (const [i, table] of tables.entries()) {
      const { location } = table;
      if (location.kind !== 'arrow') {
        landed.push(table);
        continue;
      }
      const paths: string[] = [];
      for (const pattern of location.paths) {
        const found = await connection.runAndReadAll(`SELECT file FROM glob(${quotedString(pattern)}) ORDER BY file`);
        for (const [file] of found.getRowsJson())
          paths.push(...(await land(String(file), join(scratch, `arrow-${i}-${paths.length}`), connection, signal)));
      }
      landed.push({ ...table, location: { kind: 'parquet', paths } });
    }
    return landed;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** @returns the Parquet files made of it */
async function land(path: string, into: string, connection: DuckDBConnection, signal: AbortSignal): Promise<string[]> {
  const file = { path, name: basename(path), size: statSync(path).size };
  const made: string[] = [];
  let columns: readonly (LoadedColumn & { readonly name: string })[] | null = null;
  let sink: ColumnTable | null = null;
  let filled = 0;
  const begin = async (): Promise<ColumnTable> =>
    columnTable(connection, 'piece', Object.fromEntries((columns ?? []).map(({ loaded }, i) => [`c${i}`, loaded])));
  const finish = async (): Promise<void> => {
    sink ??= await begin();
    sink.end();
    sink = null;
    filled = 0;
    const list = (columns ?? []).map(({ name, sql }, i) => `${sql(`c${i}`)} AS ${quotedIdentifier(name)}`).join(', ');
    const to = `${into}-${made.length}.parquet`;
    try {
      await connection.run(`COPY (SELECT ${list} FROM piece) TO ${quotedString(to)} (FORMAT parquet)`);
    } catch {
      // The engine's words may quote a value; not even as a cause are they kept.
      throw unreadable(file);
    }
    made.push(to);
  };
  for await (const batch of arrowBatches(file)) {
    signal.throwIfAborted();
    columns ??= batch.schema.fields.map((field) => ({ name: field.name, ...loadedColumn(field) }));
    for (const piece of pieces(batch, columns, file)) {
      sink ??= await begin();
      sink.append(piece.columns, piece.rows);
      filled += piece.rows;
      if (filled >= PIECE_ROWS) await finish();
    }
  }
  if (columns === null || columns.length === 0) throw unreadable(file);
  if (filled > 0 || made.length === 0) await finish();
  return made;
}

/** A batch, cut so that no piece is larger than the table may grow. */
function* pieces(
  batch: RecordBatch,
  columns: readonly LoadedColumn[],
  file: { readonly name: string },
): Iterable<{ columns: Record<string, ColumnPiece>; rows: number }> {
  const rows = batch.numRows;
  let whole: ColumnPiece[];
  try {
    whole = columns.map(({ piece }, i) => {
      const vector = batch.getChildAt(i);
      if (vector === null) throw new RangeError('a batch without a column');
      return rows === 0 ? { values: [] } : piece(vector, rows);
    });
  } catch (error) {
    throw error instanceof Fault ? error : unreadable(file);
  }
  for (let start = 0; start < rows; start += PIECE_ROWS) {
    const end = Math.min(rows, start + PIECE_ROWS);
    yield {
      columns: Object.fromEntries(whole.map((piece, i) => [`c${i}`, cut(piece, start, end)])),
      rows: end - start,
    };
  }
}

function cut(piece: ColumnPiece, start: number, end: number): ColumnPiece {
  if (!('valid' in piece)) return { values: piece.values.slice(start, end) as readonly (string | boolean | null)[] };
  return {
    values: piece.values.subarray(start, end) as Int32Array,
    valid: piece.valid == null ? null : piece.valid.subarray(start / 8),
  };
}
