/** Facts in bulk: an Apache Arrow IPC stream, read batch by batch from the file it was downloaded to. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { DataType, type Field, type RecordBatch, RecordBatchReader } from 'apache-arrow';
import { Fault } from '../../../config/fault.ts';
import { checkArrowStream } from '../../arrow-stream.ts';
import { fact as factSchema } from './contract.ts';
import type { FetchedPart } from './pages.ts';

const MOST_ROWS = 1_000_000;
const FLAG = /^flags\.([A-Za-z0-9_]{1,60})$/;
const AMOUNTS = new Set(['number', 'of', 'low', 'high']);
const TIMES = new Set(['time', 'observed_at']);
const OWNER = 'the owner has to correct the part; its columns are those of the contract csdl-status/1';

export interface BulkRow {
  /** As a fact of the contract, unchecked. */
  fact: Record<string, unknown>;
  part: number;
  row: number;
}

/** @throws Fault where a part is no such stream, or has other columns than agreed */
export async function* bulkRows(parts: readonly FetchedPart[], signal: AbortSignal): AsyncIterable<BulkRow> {
  let total = 0;
  for (const [i, part] of parts.entries()) {
    const number = i + 1;
    let row = 0;
    for await (const batch of batches(part.file, number)) {
      signal.throwIfAborted();
      total += batch.numRows;
      if (!(total <= MOST_ROWS)) throw wrong('source/too-many-facts', `has more than ${MOST_ROWS} rows in bulk`);
      for (const fact of facts(batch, number)) yield { fact, part: number, row: ++row };
    }
    if (part.rows !== undefined && part.rows !== row) {
      throw wrong('source/truncated', `part ${number} in bulk has ${row} rows, ${part.rows} were announced`);
    }
  }
}

/** Whatever a reader throws at bytes that were made up is the file's fault. */
async function* batches(file: string, number: number): AsyncIterable<RecordBatch> {
  if (await isArrowFile(file)) {
    throw wrong('source/not-arrow', `part ${number} in bulk is an Arrow file; an Arrow stream was agreed`);
  }
  const stream = createReadStream(file);
  try {
    await checkArrowStream(file, { rows: MOST_ROWS });
    const reader = await RecordBatchReader.from(stream);
    await reader.open();
    checkColumns(reader.schema.fields, number);
    for await (const batch of reader) yield batch;
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw wrong('source/not-arrow', `part ${number} in bulk is no Arrow stream that can be read`, cause);
  } finally {
    stream.destroy();
  }
}

async function isArrowFile(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(6), 0, 6, 0);
    return bytesRead === 6 && buffer.toString('latin1') === 'ARROW1';
  } finally {
    await file.close();
  }
}

function checkColumns(fields: readonly Field[], part: number): void {
  const names = fields.map((field) => field.name);
  if (new Set(names).size !== names.length)
    throw wrong('source/double-column', `part ${part} in bulk names a column twice`);
  for (const { name, type } of fields) {
    const flag = FLAG.test(name);
    if (!flag && (name === 'flags' || !Object.hasOwn(factSchema.shape, name))) {
      const shown = /^[a-z_.]{1,40}$/.test(name) ? `a column ${name}` : 'a column';
      throw wrong('source/wrong-column', `part ${part} in bulk has ${shown} that is not agreed`);
    }
    if (!(flag ? isFlag(type) : fits(name, type)) && !DataType.isNull(type)) {
      throw wrong('source/wrong-column-type', `column ${name} of part ${part} in bulk is ${String(type).slice(0, 40)}`);
    }
  }
  if (!names.includes('attribute') || !(names.includes('database') || names.includes('agency'))) {
    throw wrong('source/missing-column', `part ${part} in bulk needs the columns attribute, and database or agency`);
  }
}

function isText(type: DataType): boolean {
  if (DataType.isDictionary(type)) return isText(type.dictionary as DataType);
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}

const isNumber = (type: DataType): boolean => DataType.isInt(type) || DataType.isFloat(type);
/** Without a time zone nobody knows when it was. */
const isTime = (type: DataType): boolean => DataType.isTimestamp(type) && (type.timezone ?? '') !== '';
const isFlag = (type: DataType): boolean => isText(type) || isNumber(type) || DataType.isBool(type);

function fits(name: string, type: DataType): boolean {
  if (AMOUNTS.has(name)) return isNumber(type);
  return isText(type) || (TIMES.has(name) && isTime(type));
}

function* facts(batch: RecordBatch, part: number): Iterable<Record<string, unknown>> {
  const columns = batch.schema.fields.map(({ name, type }, i) => ({
    name,
    flag: FLAG.exec(name)?.[1],
    isTime: DataType.isTimestamp(type),
    values: batch.getChildAt(i),
  }));
  for (let row = 0; row < batch.numRows; row++) {
    const fact: Record<string, unknown> = {};
    const flags: Record<string, unknown> = {};
    for (const { name, flag, isTime, values } of columns) {
      const value = cell(() => values?.get(row), isTime, part);
      if (value === null) continue;
      if (flag === undefined) fact[name] = value;
      else flags[flag] = value;
    }
    if (Object.keys(flags).length > 0) fact.flags = flags;
    yield fact;
  }
}

function cell(read: () => unknown, isTime: boolean, part: number): unknown {
  let value: unknown;
  try {
    value = read() ?? null;
  } catch (cause) {
    throw wrong('source/not-arrow', `part ${part} in bulk holds a cell that cannot be read`, cause);
  }
  if (isTime && typeof value === 'number') {
    const at = new Date(value);
    return Number.isNaN(at.getTime()) ? 'no time' : at.toISOString();
  }
  // A whole number beyond 2^53 stays beyond the largest amount of the contract, and is refused there.
  return typeof value === 'bigint' ? Number(value) : value;
}

function wrong(code: string, message: string, cause?: unknown): Fault {
  return new Fault(code, message, { hint: OWNER, cause });
}
