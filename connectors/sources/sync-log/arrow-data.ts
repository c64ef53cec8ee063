/** One column of a batch as its single piece of memory. Rule: what it claims of its length is checked against what it holds. */
import type { Data, Vector } from 'apache-arrow';

/** The piece and the bits that say which rows hold a value (null: all do). @throws RangeError where it is not as it claims */
export function wholeData(vector: Vector, rows: number): { data: Data; valid: Uint8Array | null } {
  const [data] = vector.data;
  if (data === undefined || vector.data.length !== 1 || data.length < rows || data.offset !== 0)
    throw new RangeError('a column in pieces');
  const valid =
    data.nullCount === 0 || data.nullBitmap === null || data.nullBitmap.length === 0 ? null : data.nullBitmap;
  if (valid !== null && valid.length * 8 < rows) throw new RangeError('too few bits');
  return { data, valid };
}
