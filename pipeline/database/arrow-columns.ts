/**
 * A column of Arrow → a column DuckDB can be filled with, and the SQL that makes it what it was. Typed arrays are handed over as
 * they are; what a column claims of its length is checked against what it holds.
 */
import {
  type DataType,
  type Decimal,
  type Dictionary,
  type Field,
  type Float,
  type Int,
  Precision,
  type Timestamp,
  TimeUnit,
  Type,
  type Vector,
} from 'apache-arrow';
import { Fault } from '../../config/fault.ts';
import type { ColumnPiece, ColumnType } from '../../connectors/ports.ts';
import { wholeData } from '../../connectors/sources/sync-log/arrow-data.ts';

export interface LoadedColumn {
  readonly loaded: ColumnType;
  /** From the loaded column, quoted, to its own type. */
  sql(column: string): string;
  /** @throws RangeError where it holds fewer values than it claims */
  piece(vector: Vector, rows: number): ColumnPiece;
}

const asIs = (column: string): string => column;

/** @throws Fault `usage/arrow-type` for what no check could be asked of (lists, structs, times, intervals, bytes) */
export function loadedColumn(field: Field): LoadedColumn {
  const type: DataType = field.type;
  switch (type.typeId) {
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Null:
      return { loaded: 'VARCHAR', sql: asIs, piece: texts };
    case Type.Dictionary:
      if ((type as Dictionary).dictionary.typeId !== Type.Utf8) break;
      return { loaded: 'VARCHAR', sql: asIs, piece: texts };
    case Type.Bool:
      return {
        loaded: 'BOOLEAN',
        sql: asIs,
        piece: (vector, rows) => ({ values: list(vector, rows, (value) => value === true) }),
      };
    case Type.Int:
      return whole(type as Int);
    case Type.Float:
      return {
        loaded: 'DOUBLE',
        sql: asIs,
        piece: (vector, rows) =>
          typed(vector, rows, (values) => {
            if (values instanceof Float64Array) return values;
            const isHalf = (type as Float).precision === Precision.HALF;
            return Float64Array.from({ length: rows }, (_, i) => Number((isHalf ? vector.get(i) : values[i]) ?? 0));
          }),
      };
    case Type.Date:
      // Both kinds come as milliseconds; the whole days of it are meant.
      return {
        loaded: 'INTEGER',
        sql: (column) => `(DATE '1970-01-01' + ${column})`,
        piece: (vector, rows) =>
          typed(vector, rows, (values) =>
            values instanceof Int32Array && values.length === rows
              ? values
              : Int32Array.from({ length: rows }, (_, i) => Math.floor(Number(vector.get(i) ?? 0) / 86_400_000)),
          ),
      };
    case Type.Timestamp:
      return moment(type as Timestamp);
    case Type.Decimal: {
      const { precision, scale, bitWidth } = type as Decimal;
      if (precision > 38) break;
      return {
        loaded: 'VARCHAR',
        sql: (column) => `CAST(${column} AS DECIMAL(${precision}, ${scale}))`,
        piece: (vector, rows) => ({
          values: list(vector, rows, (value) => decimalText(value as Uint32Array, bitWidth, scale)),
        }),
      };
    }
    default:
  }
  throw new Fault('usage/arrow-type', `column "${field.name}" is of a type that cannot be measured (${String(type)})`, {
    hint: 'leave it out, or write it as text, a number, a day or a moment',
  });
}

function whole({ bitWidth, isSigned }: Int): LoadedColumn {
  if (bitWidth < 32 || (bitWidth === 32 && isSigned))
    return {
      loaded: 'INTEGER',
      sql: asIs,
      piece: (vector, rows) =>
        typed(vector, rows, (values) =>
          values instanceof Int32Array ? values : Int32Array.from(values as ArrayLike<number>),
        ),
    };
  if (bitWidth === 64 && !isSigned)
    return {
      loaded: 'VARCHAR',
      sql: (column) => `CAST(${column} AS UBIGINT)`,
      piece: (vector, rows) => ({ values: list(vector, rows, String) }),
    };
  return {
    loaded: 'BIGINT',
    sql: asIs,
    piece: (vector, rows) => typed(vector, rows, (values) => big(values, rows)),
  };
}

function moment({ unit, timezone }: Timestamp): LoadedColumn {
  const micros: Readonly<Record<TimeUnit, (column: string) => string>> = {
    [TimeUnit.SECOND]: (column) => `${column} * 1000000`,
    [TimeUnit.MILLISECOND]: (column) => `${column} * 1000`,
    [TimeUnit.MICROSECOND]: asIs,
    [TimeUnit.NANOSECOND]: (column) => `${column} // 1000`,
  };
  const zone = timezone === null || timezone === undefined || timezone === '' ? '' : " AT TIME ZONE 'UTC'";
  return {
    loaded: 'BIGINT',
    sql: (column) => `(make_timestamp(${micros[unit](column)})${zone})`,
    piece: (vector, rows) => typed(vector, rows, (values) => big(values, rows)),
  };
}

type Numbers = ArrayLike<number | bigint> & ArrayBufferView;

function big(values: Numbers, rows: number): BigInt64Array {
  if (values instanceof BigInt64Array) return values;
  return BigInt64Array.from({ length: rows }, (_, i) => BigInt(values[i] ?? 0));
}

/** The values of a batch as one array, with the bits that say which there are. */
function typed(
  vector: Vector,
  rows: number,
  take: (values: Numbers) => Int32Array | BigInt64Array | Float64Array,
): ColumnPiece {
  const { data, valid } = wholeData(vector, rows);
  const values = take(data.values as unknown as Numbers);
  if (values.length < rows) throw new RangeError('too few values');
  return { values, valid };
}

function list<T extends string | boolean>(vector: Vector, rows: number, of: (value: unknown) => T): (T | null)[] {
  if (vector.length < rows) throw new RangeError('too few values');
  return Array.from({ length: rows }, (_, i) => {
    const value: unknown = vector.get(i);
    return value === null || value === undefined ? null : of(value);
  });
}

const texts = (vector: Vector, rows: number): ColumnPiece => ({ values: list(vector, rows, String) });

/** Words of 32 bits, the lowest first, two's complement. */
function decimalText(words: Uint32Array, bits: number, scale: number): string {
  let unscaled = 0n;
  for (let i = words.length - 1; i >= 0; i--) unscaled = (unscaled << 32n) | BigInt(words[i] ?? 0);
  unscaled = BigInt.asIntN(bits, unscaled);
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return unscaled < 0n ? `-${text}` : text;
}
