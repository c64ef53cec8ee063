/**
 * An Arrow file, record batch by record batch: its columns are copied into a table, and the table is rolled up and begun
 * anew whenever it has grown to half a million rows, so that memory does not grow with the log.
 */
import type { RecordBatch } from 'apache-arrow';
import { Fault } from '../../../config/fault.ts';
import type { ColumnPiece, ColumnSink, ColumnType, QuerySession } from '../../ports.ts';
import { arrowKind, arrowPiece } from './arrow-columns.ts';
import { arrowBatches, unreadable } from './arrow-frames.ts';
import { type Kind, mustHaveColumns, rollUp, unfit, type Wanted, wantedColumns } from './columns.ts';
import type { DeliveredFile } from './delivered-files.ts';
import type { Options } from './options.ts';
import type { WordCodes } from './word-codes.ts';

/** A multiple of 2 048, the rows of a chunk of DuckDB. */
const PIECE_ROWS = 244 * 2048;

interface Loaded extends Wanted {
  kind: Kind;
  loaded: ColumnType;
}

export async function scanArrow(
  file: DeliveredFile,
  settings: Options,
  window: { startDay: number; latest: number },
  session: QuerySession,
  codes: WordCodes,
  signal: AbortSignal,
): Promise<void> {
  const wanted = wantedColumns(settings);
  let columns: Loaded[] | null = null;
  let sink: ColumnSink | null = null;
  let filled = 0;
  const finish = async (): Promise<void> => {
    if (sink === null || columns === null) return;
    await sink.end();
    sink = null;
    filled = 0;
    const kinds = new Map(columns.map(({ ours, kind }) => [ours, kind]));
    await session.run(rollUp({ rows: 'piece', kinds, named: 'ours' }, settings, window, file.name));
  };
  for await (const batch of arrowBatches(file)) {
    signal.throwIfAborted();
    columns ??= loadedColumns(batch, wanted, file);
    for (const piece of pieces(batch, columns, codes, file)) {
      sink ??= await session.table('piece', Object.fromEntries(columns.map(({ ours, loaded }) => [ours, loaded])));
      await sink.append(piece.columns, piece.rows);
      filled += piece.rows;
      if (filled >= PIECE_ROWS) await finish();
    }
  }
  if (columns === null) {
    throw new Fault('source/no-log-delivered', `${file.name} is empty: it has no names of columns`, {
      hint: 'deliver the file with its schema, even where there was no batch',
    });
  }
  await finish();
}

function loadedColumns(batch: RecordBatch, wanted: readonly Wanted[], file: DeliveredFile): Loaded[] {
  const fields = batch.schema.fields;
  mustHaveColumns(
    wanted,
    fields.map((field) => field.name),
    file.name,
  );
  return wanted.map((column) => {
    const field = fields.find(({ name }) => name === column.theirs);
    const found = field === undefined ? null : arrowKind(field.type, column.role);
    if (found === null) throw unfit(column.theirs, column.ours, file.name);
    return { ...column, ...found };
  });
}

/** The wanted columns of a batch, cut so that no piece is larger than the table may grow. */
function* pieces(
  batch: RecordBatch,
  columns: readonly Loaded[],
  codes: WordCodes,
  file: DeliveredFile,
): Iterable<{ columns: Record<string, ColumnPiece>; rows: number }> {
  const rows = batch.numRows;
  const whole: Record<string, ColumnPiece> = {};
  try {
    for (const { ours, theirs, kind, loaded } of columns) {
      const vector = batch.getChild(theirs);
      if (vector === null) throw new RangeError('a batch without a column');
      if (rows > 0) whole[ours] = arrowPiece(vector, rows, kind, loaded, codes);
    }
  } catch (error) {
    throw error instanceof Fault ? error : unreadable(file, error);
  }
  for (let start = 0; start < rows; start += PIECE_ROWS) {
    const end = Math.min(rows, start + PIECE_ROWS);
    const part = Object.fromEntries(Object.entries(whole).map(([name, piece]) => [name, cut(piece, start, end)]));
    yield { columns: part, rows: end - start };
  }
}

function cut(piece: ColumnPiece, start: number, end: number): ColumnPiece {
  if (!('valid' in piece)) return { values: piece.values.slice(start, end) as readonly (string | null)[] };
  return {
    values: piece.values.subarray(start, end) as Int32Array,
    valid: piece.valid == null ? null : piece.valid.subarray(start / 8),
  };
}
