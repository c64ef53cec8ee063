/**
 * The messages of an Arrow file, one after the other, whether it is in the file or in the stream format: both hold the
 * same messages. Lengths are checked against the file before anything is set aside for them.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { Fault } from '../../../config/fault.ts';
import type { DeliveredFile } from './delivered-files.ts';

const MAX_METADATA = 16 * 2 ** 20;
const MAX_BODY = 384 * 2 ** 20;

export interface Frame {
  /** Prefix and metadata. */
  head: Uint8Array;
  body: Uint8Array;
}

/** @throws Fault where the file ends in the middle, or a message is larger than memory allows */
export async function* arrowFrames(file: DeliveredFile): AsyncIterable<Frame> {
  const handle = await open(file.path);
  try {
    const magic = await read(handle, 0, Math.min(8, file.size));
    // The file format is a stream between two magic words, with an index at its end that is not needed.
    const isFile = magic.toString('latin1').startsWith('ARROW1');
    let position = isFile ? 8 : 0;
    while (position + 8 <= file.size) {
      const prefix = await read(handle, position, 8);
      // Files of before 2019 have no continuation sign before the length.
      const isOld = prefix.readInt32LE(0) !== -1;
      const metadata = prefix.readInt32LE(isOld ? 0 : 4);
      if (metadata === 0) return;
      const bodyAt = position + (isOld ? 4 : 8) + metadata;
      if (metadata < 0 || metadata > MAX_METADATA) throw unreadable(file);
      if (bodyAt > file.size) throw cutOff(file);
      const head = await read(handle, position, bodyAt - position);
      const body = bodyLength(head.subarray(isOld ? 4 : 8));
      if (body < 0) throw unreadable(file);
      if (bodyAt + body > file.size) throw cutOff(file);
      if (body > MAX_BODY) {
        throw new Fault('source/too-large', `a record batch of ${file.name} has ${Math.ceil(body / 2 ** 20)} MB`, {
          hint: `write record batches of at most ${MAX_BODY / 2 ** 20} MB, such as 65 536 rows each`,
        });
      }
      yield { head, body: await read(handle, bodyAt, body) };
      position = bodyAt + body;
    }
    // The sign of the end may be missing from a stream, but no message may be cut.
    if (isFile || position !== file.size) throw cutOff(file);
  } finally {
    await handle.close();
  }
}

/** Field `bodyLength` of the flatbuffer Message: the fourth of its table. -1 where the table is broken. */
function bodyLength(metadata: Buffer): number {
  try {
    const table = metadata.readUInt32LE(0);
    const vtable = table - metadata.readInt32LE(table);
    if (metadata.readUInt16LE(vtable) < 12) return 0;
    const field = metadata.readUInt16LE(vtable + 10);
    const length = field === 0 ? 0n : metadata.readBigInt64LE(table + field);
    return length < 0n || length > 2n ** 50n ? -1 : Number(length);
  } catch {
    return -1;
  }
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.from(new ArrayBuffer(length));
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

function cutOff(file: DeliveredFile): Fault {
  return new Fault('source/truncated-log', `${file.name} ends in the middle of a message: it was cut off`, {
    hint: 'deliver it again, under another name until it is complete',
  });
}

export function unreadable(file: Pick<DeliveredFile, 'name'>, cause?: unknown): Fault {
  return new Fault('source/unreadable-log', `${file.name} cannot be read as an Arrow file`, {
    hint: 'write it in the Arrow file or stream format, without compression',
    cause,
  });
}
