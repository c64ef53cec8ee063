import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Dictionary,
  Int32,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Struct,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArrowProblem, checkArrowStream } from '../../connectors/arrow-stream.ts';
import { temporaryFolder } from '../support/folders.ts';

const path = join(temporaryFolder(), 'stream');
const check = async (bytes: Uint8Array, rows = 1000): Promise<string> => {
  writeFileSync(path, bytes);
  return await checkArrowStream(path, { rows }).then(
    () => 'well',
    (error: unknown) => {
      expect(error).toBeInstanceOf(ArrowProblem);
      return (error as Error).message;
    },
  );
};

const table = new Table({
  word: vectorFromArray(['a', 'b', null], new Dictionary(new Utf8(), new Int32())),
  text: vectorFromArray(['one', null, 'three'], new Utf8()),
  time: vectorFromArray([1, 2, 3], new TimestampMillisecond('Asia/Ho_Chi_Minh')),
  pair: vectorFromArray([{ x: 'a' }, { x: 'b' }, { x: 'c' }], new Struct([])),
});
const whole = tableToIPC(table, 'stream');

describe('streams', () => {
  test('as they are written, with dictionaries, nested, in several batches, without a sign at the end', async () => {
    expect(await check(whole)).toBe('well');
    expect(await check(whole.subarray(0, whole.length - 8))).toBe('well');
    const writer = new RecordBatchStreamWriter();
    for (let i = 0; i < 3; i++) for (const batch of table.batches) writer.write(batch);
    writer.finish();
    expect(await check(await writer.toUint8Array())).toBe('well');
  });

  test('more rows in a batch than allowed', async () => {
    expect(await check(whole, 2)).toBe('a batch has too many rows');
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('database,attribute\n')],
    ['ones', Buffer.alloc(4000, 0xff)],
    ['a file, not a stream', tableToIPC(table, 'file')],
    ['an end in the middle of a message', whole.subarray(0, 100)],
  ])('%s', async (_what, bytes) => {
    expect(await check(bytes)).not.toBe('well');
  });
});

test('what passes is read without taking all memory, whatever bytes were changed', async () => {
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(changes, async (given) => {
      const bytes = Uint8Array.from(whole);
      for (const [at, value] of given) bytes[at] = value;
      if ((await check(bytes)) !== 'well') return;
      try {
        for (const batch of RecordBatchReader.from(bytes)) {
          expect(batch.numRows).toBeLessThanOrEqual(1000);
          for (let i = 0; i < batch.numCols; i++)
            for (let row = 0; row < batch.numRows; row++) batch.getChildAt(i)?.get(row);
        }
      } catch (error) {
        // The reader may well refuse it; only running out of memory would end the test.
        expect(error).toBeInstanceOf(Error);
      }
    }),
    { numRuns: 1000 },
  );
});
