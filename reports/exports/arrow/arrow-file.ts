/**
 * A table as an Arrow IPC file. Rule: one record batch for each batch of rows, handed on before the next is read, so
 * that memory holds one batch whatever the table.
 */
import {
  AsyncByteQueue,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';
import type { Column, ColumnType, TableExport, Value } from '../table.ts';

/** The file in pieces. */
export async function* arrowPieces(table: TableExport): AsyncGenerator<Uint8Array> {
  const schema = schemaOf(table);
  const struct = new Struct(schema.fields);
  const sink = new Pieces();
  const writer = new RecordBatchFileWriter();
  writer.reset(sink, schema);
  for await (const batch of table.batches) {
    if (batch.rows === 0) continue;
    const children = table.columns.map((column, i) => columnData(column, batch.values[i] ?? [], batch.rows));
    writer.write(new RecordBatch(schema, makeData({ type: struct, length: batch.rows, nullCount: 0, children })));
    yield* sink.take();
  }
  writer.finish();
  yield* sink.take();
}

/** What the writer wrote since it was last asked; the writer reuses its buffers, so pieces are copies. */
class Pieces extends AsyncByteQueue {
  #pieces: Uint8Array[] = [];
  override write(value: Uint8Array): void {
    this.#pieces.push(Uint8Array.from(value));
  }
  take(): Uint8Array[] {
    const taken = this.#pieces;
    this.#pieces = [];
    return taken;
  }
}

function schemaOf({ name, comment, columns, meta }: TableExport): Schema {
  const fields = columns.map(
    (column) => new Field(column.name, typeOf(column.type), true, new Map([['comment', column.comment]])),
  );
  return new Schema(fields, new Map([['table', name], ['comment', comment], ...Object.entries(meta)]));
}

function typeOf(type: ColumnType): DataType {
  switch (type) {
    case 'BOOLEAN':
      return new Bool();
    case 'INTEGER':
      return new Int32();
    case 'BIGINT':
      return new Int64();
    case 'DOUBLE':
      return new Float64();
    case 'DATE':
      return new DateDay();
    case 'TIMESTAMP':
      // Without a zone, as the published column: the instant is UTC.
      return new TimestampMicrosecond();
    case 'VARCHAR':
      return new Utf8();
  }
}

function columnData({ type }: Column, values: readonly Value[], length: number): Data {
  const { nullBitmap, nullCount } = validity(values, length);
  const common = { length, nullCount, nullBitmap };
  switch (type) {
    case 'BOOLEAN':
      return makeData({ ...common, type: new Bool(), data: bits(length, (i) => values[i] === true) });
    case 'INTEGER':
      return makeData({ ...common, type: new Int32(), data: Int32Array.from(values, number) });
    case 'BIGINT':
      return makeData({ ...common, type: new Int64(), data: BigInt64Array.from(values, integer) });
    case 'DOUBLE':
      return makeData({ ...common, type: new Float64(), data: Float64Array.from(values, number) });
    case 'DATE':
      return makeData({ ...common, type: new DateDay(), data: Int32Array.from(values, number) });
    case 'TIMESTAMP':
      return makeData({ ...common, type: new TimestampMicrosecond(), data: BigInt64Array.from(values, integer) });
    case 'VARCHAR': {
      const texts = values.map((value) => Buffer.from(value === null ? '' : String(value), 'utf8'));
      const valueOffsets = new Int32Array(length + 1);
      for (const [i, text] of texts.entries()) valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + text.length;
      return makeData({ ...common, type: new Utf8(), valueOffsets, data: Buffer.concat(texts) });
    }
  }
}

const number = (value: Value): number => (value === null ? 0 : Number(value));
const integer = (value: Value): bigint => (value === null ? 0n : BigInt(value));

function validity(values: readonly Value[], length: number): { nullBitmap: Uint8Array; nullCount: number } {
  const nullCount = values.reduce<number>((n, value) => n + Number(value === null), 0);
  return { nullCount, nullBitmap: nullCount === 0 ? new Uint8Array() : bits(length, (i) => values[i] !== null) };
}

function bits(length: number, isSet: (index: number) => boolean): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(length / 8));
  for (let i = 0; i < length; i++) if (isSet(i)) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  return bytes;
}
