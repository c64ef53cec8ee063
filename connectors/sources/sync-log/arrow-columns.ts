/**
 * One column of an Arrow record batch as a column of a table: numbers and times as the typed arrays they are, words as
 * codes. What a column claims about its length is checked against what it holds.
 */
import {
  type Data,
  type DataType,
  type Dictionary,
  Precision,
  type Timestamp,
  TimeUnit,
  Type,
  type Vector,
} from 'apache-arrow';
import type { ColumnPiece, ColumnType } from '../../ports.ts';
import { wholeData } from './arrow-data.ts';
import type { Kind, Role } from './columns.ts';
import { hashOf, type WordCodes } from './word-codes.ts';

const BUCKETS = 256;

export interface Words {
  /** Codes of databases and directions, over all batches. */
  codes: WordCodes;
}

/** What a column of this type holds, and as what it is loaded; null where it cannot be what it is for. */
export function arrowKind(type: DataType, role: Role): { kind: Kind; loaded: ColumnType } | null {
  const isText = type.typeId === Type.Utf8 || type.typeId === Type.LargeUtf8;
  const isTextDictionary = type.typeId === Type.Dictionary && (type as Dictionary).dictionary.typeId === Type.Utf8;
  if (isText || isTextDictionary) {
    if (role === 'word' || role === 'way') return { kind: 'code', loaded: 'INTEGER' };
    if (role === 'reason') return { kind: 'bucket', loaded: 'INTEGER' };
    return { kind: 'text', loaded: 'VARCHAR' };
  }
  if (role !== 'count' && role !== 'time') return null;
  if (type.typeId === Type.Int) {
    const { bitWidth, isSigned } = type as DataType & { bitWidth: number; isSigned: boolean };
    if (bitWidth === 64) return { kind: 'whole', loaded: 'BIGINT' };
    return { kind: 'whole', loaded: bitWidth < 32 || isSigned ? 'INTEGER' : 'DOUBLE' };
  }
  if (type.typeId === Type.Float && role === 'count') {
    const { precision } = type as DataType & { precision: Precision };
    return precision === Precision.HALF ? null : { kind: 'real', loaded: 'DOUBLE' };
  }
  if (type.typeId === Type.Timestamp && role === 'time') {
    const { unit, timezone } = type as Timestamp;
    const names: Record<TimeUnit, Kind & ('seconds' | 'millis' | 'micros' | 'nanos')> = {
      [TimeUnit.SECOND]: 'seconds',
      [TimeUnit.MILLISECOND]: 'millis',
      [TimeUnit.MICROSECOND]: 'micros',
      [TimeUnit.NANOSECOND]: 'nanos',
    };
    const local = names[unit];
    return {
      kind: timezone === null || timezone === undefined || timezone === '' ? local : `instant-${local}`,
      loaded: 'BIGINT',
    };
  }
  return null;
}

/** The values of a column in one batch. @throws RangeError where it holds fewer than it claims */
export function arrowPiece(
  vector: Vector,
  rows: number,
  kind: Kind,
  loaded: ColumnType,
  codes: WordCodes,
): ColumnPiece {
  const { data, valid } = wholeData(vector, rows);
  if (kind === 'code' || kind === 'bucket') {
    const bucket = (bytes: Uint8Array, start: number, end: number): number => hashOf(bytes, start, end) & (BUCKETS - 1);
    const word = (bytes: Uint8Array, start: number, end: number): number => codes.codeOf(bytes, start, end);
    return words(data, rows, valid, kind === 'code' ? word : bucket);
  }
  if (loaded === 'VARCHAR') return { values: texts(vector, data, rows, valid) };
  return { values: numbers(data, rows, loaded), valid };
}

type WordOf = (bytes: Uint8Array, start: number, end: number) => number;

/** Blank is no word: like what is missing, it is NULL. */
function words(data: Data, rows: number, valid: Uint8Array | null, wordOf: WordOf): ColumnPiece {
  const values = new Int32Array(rows);
  const given = new Uint8Array(Math.ceil(rows / 8));
  const isDictionary = data.type.typeId === Type.Dictionary;
  const texts = isDictionary ? dictionaryOf(data) : null;
  const known = texts === null ? null : dictionaryCodes(texts, wordOf);
  const keys = known === null ? null : (data.values as ArrayLike<number | bigint>);
  if (keys !== null && keys.length < rows) throw new RangeError('too few keys');
  const { bytes, offsets } = known === null ? textBuffers(data, rows) : { bytes: NONE, offsets: NONE };
  for (let i = 0; i < rows; i++) {
    if (valid !== null && ((valid[i >> 3] as number) & (1 << (i & 7))) === 0) continue;
    let code: number;
    if (known !== null && keys !== null) {
      const found = known[Number(keys[i])];
      if (found === undefined) throw new RangeError('a key beyond the dictionary');
      code = found;
    } else {
      const start = Number(offsets[i]);
      const end = Number(offsets[i + 1]);
      if (start > end || end > bytes.length) throw new RangeError('text beyond its bytes');
      code = isBlank(bytes, start, end) ? -1 : wordOf(bytes, start, end);
    }
    if (code < 0) continue;
    values[i] = code;
    given[i >> 3] = (given[i >> 3] as number) | (1 << (i & 7));
  }
  return { values, valid: given };
}

const NONE = new Uint8Array(0);

function dictionaryOf(data: Data): Vector {
  const dictionary = data.dictionary as Vector | undefined;
  if (dictionary === undefined) throw new RangeError('no dictionary');
  return dictionary;
}

function dictionaryCodes(texts: Vector, wordOf: WordOf): Int32Array {
  const codes = new Int32Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const text: unknown = texts.get(i);
    if (typeof text !== 'string' || text.trim() === '') {
      codes[i] = -1;
      continue;
    }
    const bytes = Buffer.from(text, 'utf8');
    codes[i] = wordOf(bytes, 0, bytes.length);
  }
  return codes;
}

function textBuffers(data: Data, rows: number): { bytes: Uint8Array; offsets: ArrayLike<number | bigint> } {
  const offsets = data.valueOffsets as unknown as ArrayLike<number | bigint>;
  if (offsets.length < rows + 1) throw new RangeError('too few offsets');
  return { bytes: data.values as unknown as Uint8Array, offsets };
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0x20) return false;
  return true;
}

/** Counts and times that are text: the slow way. */
function texts(vector: Vector, data: Data, rows: number, valid: Uint8Array | null): (string | null)[] {
  const values: (string | null)[] = [];
  if (data.type.typeId !== Type.Dictionary) textBuffers(data, rows);
  for (let i = 0; i < rows; i++) {
    const isGiven = valid === null || ((valid[i >> 3] as number) & (1 << (i & 7))) !== 0;
    const text: unknown = isGiven ? vector.get(i) : null;
    values.push(typeof text === 'string' ? text.replaceAll('\0', ' ') : null);
  }
  return values;
}

function numbers(data: Data, rows: number, loaded: ColumnType): Int32Array | BigInt64Array | Float64Array {
  const values = data.values as unknown as ArrayLike<number | bigint> & ArrayBufferView;
  if (loaded === 'BIGINT') {
    // An unsigned number beyond the signed ones turns negative, and a negative count is refused.
    const big = new BigInt64Array(values.buffer, values.byteOffset, Math.floor(values.byteLength / 8));
    if (big.length < rows) throw new RangeError('too few numbers');
    return big;
  }
  if (values.length < rows) throw new RangeError('too few numbers');
  if (loaded === 'INTEGER') {
    return values instanceof Int32Array ? values : Int32Array.from(values as ArrayLike<number>);
  }
  return values instanceof Float64Array ? values : Float64Array.from(values as ArrayLike<number>);
}
