/**
 * A table filled with whole columns: typed arrays are copied into DuckDB's vectors as they are, 2 048 rows at a time, and
 * bits that say which rows hold a value are handed over as bits.
 */
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  quotedIdentifier,
  VARCHAR,
} from '@duckdb/node-api';
import { Fault } from '../../config/fault.ts';
import type { ColumnPiece, ColumnType } from '../../connectors/ports.ts';

const TYPES: Readonly<Record<ColumnType, DuckDBType>> = { BOOLEAN, INTEGER, BIGINT, DOUBLE, VARCHAR };

/** Rows of a chunk of DuckDB. */
const CHUNK = 2048;
const ALL_SET = 0xffff_ffff_ffff_ffffn;

export interface ColumnTable {
  append(columns: Readonly<Record<string, ColumnPiece>>, rows: number): void;
  /** Only then all rows are seen. */
  end(): void;
}

export async function columnTable(
  connection: DuckDBConnection,
  table: string,
  columns: Readonly<Record<string, ColumnType>>,
): Promise<ColumnTable> {
  const names = Object.keys(columns);
  const types = names.map((name) => TYPES[columns[name] ?? 'VARCHAR']);
  const shape = names.map((name) => `${quotedIdentifier(name)} ${columns[name]}`).join(', ');
  await connection.run(`CREATE OR REPLACE TABLE ${quotedIdentifier(table)} (${shape})`);
  const appender = await connection.createAppender(table);
  // Numbers are copied over those of the chunk before; text would pile up in a chunk that is used again.
  const kept = types.includes(VARCHAR) ? null : DuckDBDataChunk.create(types, CHUNK);
  return {
    append(pieces, rows) {
      const given = names.map((name) => pieceOf(pieces, name, rows));
      for (let start = 0; start < rows; start += CHUNK) {
        const count = Math.min(CHUNK, rows - start);
        const chunk = kept !== null && count === CHUNK ? kept : DuckDBDataChunk.create(types, count);
        for (const [i, piece] of given.entries()) fill(chunk, i, piece, start, count);
        appender.appendDataChunk(chunk);
      }
    },
    end: () => appender.closeSync(),
  };
}

function pieceOf(pieces: Readonly<Record<string, ColumnPiece>>, name: string, rows: number): ColumnPiece {
  const piece = Object.hasOwn(pieces, name) ? pieces[name] : undefined;
  if (piece === undefined || piece.values.length < rows) {
    throw new Fault('database/short-column', `column ${name} has fewer than ${rows} values`);
  }
  if ('valid' in piece && piece.valid != null && piece.valid.length * 8 < rows) {
    throw new Fault(
      'database/short-column',
      `column ${name} says of fewer than ${rows} rows whether they hold a value`,
    );
  }
  return piece;
}

/**
 * What the driver's vectors keep and its types do not name. The version of the driver is fixed in package.json, and a test
 * fills every type through here.
 */
interface Inside {
  items: Int32Array | BigInt64Array | Float64Array;
  validity: { data: BigUint64Array | null };
}

function fill(chunk: DuckDBDataChunk, column: number, piece: ColumnPiece, start: number, count: number): void {
  const vector = chunk.getColumnVector(column);
  if (isList(piece.values)) {
    for (let i = 0; i < count; i++) vector.setItem(i, piece.values[start + i] ?? null);
    vector.flush();
    return;
  }
  const inside = vector as unknown as Inside;
  const { items } = inside;
  if (items instanceof Int32Array && piece.values instanceof Int32Array) {
    items.set(piece.values.subarray(start, start + count));
  } else if (items instanceof BigInt64Array && piece.values instanceof BigInt64Array) {
    items.set(piece.values.subarray(start, start + count));
  } else if (items instanceof Float64Array && piece.values instanceof Float64Array) {
    items.set(piece.values.subarray(start, start + count));
  } else {
    throw new Fault('database/wrong-column', `the values of column ${column + 1} do not fit its type`);
  }
  const valid = 'valid' in piece ? piece.valid : null;
  if (valid != null) inside.validity.data = bits(valid, start, count);
  else inside.validity.data?.fill(ALL_SET);
  vector.flush();
}

function isList(values: ColumnPiece['values']): values is readonly (string | boolean | null)[] {
  return Array.isArray(values);
}

/** `start` is a multiple of 2 048, so the bits of a chunk begin with a byte; beyond the last row they say nothing. */
function bits(valid: Uint8Array, start: number, count: number): BigUint64Array {
  const words = new BigUint64Array(Math.ceil(count / 64));
  new Uint8Array(words.buffer).set(valid.subarray(start / 8, start / 8 + Math.ceil(count / 8)));
  return words;
}
