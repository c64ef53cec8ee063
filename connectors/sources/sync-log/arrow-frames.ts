/**
 * The messages of an Arrow file, one after the other, whether it is in the file or in the stream format: both hold the
 * same messages. Lengths are checked against the file before anything is set aside for them.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { type RecordBatch, RecordBatchReader, Table, tableToIPC } from 'apache-arrow';
import { Fault } from '../../../config/fault.ts';
import { checkArrowFooter, checkArrowMessage, strikeBlocks } from '../../arrow-stream.ts';

const MAX_METADATA = 16 * 2 ** 20;
const MAX_BODY = 384 * 2 ** 20;
/** Rows of one record batch; a body of that many bits would still fit. */
const MAX_ROWS = 50_000_000;
/** Type of the message that holds the schema. */
const SCHEMA = 1;
/** The word at the end of a file, with the length of its index before it. */
const TAIL = 10;

export interface ArrowFile {
  /** Absolute. */
  path: string;
  /** For messages. */
  name: string;
  size: number;
}

export interface Frame {
  /** Prefix and metadata. */
  head: Uint8Array;
  body: Uint8Array;
}

/** Record batches; a schema without batches gives one without rows. */
export async function* arrowBatches(file: ArrowFile): AsyncIterable<RecordBatch> {
  const handle = await open(file.path);
  let failure: unknown = null;
  async function* bytes(): AsyncIterable<Uint8Array> {
    try {
      for await (const { head, body } of arrowFrames(handle, file)) {
        yield head;
        if (body.length > 0) yield body;
      }
    } catch (error) {
      // The reader takes the end of its bytes for the end of the file, and swallows why.
      failure = error;
    }
  }
  try {
    const reader = await RecordBatchReader.from(bytes());
    await reader.open({ autoDestroy: false });
    for await (const batch of reader) {
      if (failure !== null) break;
      yield batch;
    }
    await reader.cancel();
  } catch (error) {
    if (failure === null) throw error instanceof Fault ? error : unreadable(file, error);
  } finally {
    await handle.close();
  }
  if (failure !== null) throw failure;
}

/** @throws Fault where the file ends in the middle, or a message is larger than memory allows */
export async function* arrowFrames(handle: FileHandle, file: ArrowFile): AsyncIterable<Frame> {
  const magic = await read(handle, 0, Math.min(8, file.size));
  // The file format is a stream between two magic words, with an index at its end that is not needed.
  const isFile = magic.toString('latin1').startsWith('ARROW1');
  let position = isFile ? 8 : 0;
  let isFirst = true;
  while (position + 8 <= file.size) {
    const prefix = await read(handle, position, 8);
    // Files of before 2019 have no continuation sign before the length.
    const isOld = prefix.readInt32LE(0) !== -1;
    const metadata = prefix.readInt32LE(isOld ? 0 : 4);
    if (metadata === 0) {
      if (isFile && isFirst) yield await schemaFrame(handle, file);
      return;
    }
    const bodyAt = position + (isOld ? 4 : 8) + metadata;
    if (metadata < 0 || metadata > MAX_METADATA) throw unreadable(file);
    if (bodyAt > file.size) throw cutOff(file);
    const head = await read(handle, position, bodyAt - position);
    const { type, body } = messageOf(head.subarray(isOld ? 4 : 8), file);
    if (bodyAt + body > file.size) throw cutOff(file);
    if (body > MAX_BODY) {
      throw new Fault('source/too-large', `a record batch of ${file.name} has ${Math.ceil(body / 2 ** 20)} MB`, {
        hint: `write record batches of at most ${MAX_BODY / 2 ** 20} MB, such as 65 536 rows each`,
      });
    }
    if (isFile && isFirst && type !== SCHEMA) yield await schemaFrame(handle, file);
    isFirst = false;
    yield { head, body: await read(handle, bodyAt, body) };
    position = bodyAt + body;
  }
  // The sign of the end may be missing from a stream, but no message may be cut.
  if (isFile || position !== file.size) throw cutOff(file);
}

/** Some writers put the schema into the index at the end of a file only. */
async function schemaFrame(handle: FileHandle, file: ArrowFile): Promise<Frame> {
  try {
    const tail = await read(handle, file.size - TAIL, TAIL);
    const length = tail.readInt32LE(0);
    if (length < 0 || length > MAX_METADATA || length + TAIL > file.size) throw unreadable(file);
    // The reader believes what the index says, so that is looked at first; and it gets nothing but the schema.
    const footer = await read(handle, file.size - TAIL - length, length);
    checkArrowFooter(viewOf(footer));
    strikeBlocks(viewOf(footer));
    const reader = RecordBatchReader.from(Buffer.concat([Buffer.from('ARROW1\0\0'), footer, tail]));
    reader.open();
    const bytes = Buffer.from(tableToIPC(new Table(reader.schema), 'stream'));
    return { head: bytes.subarray(0, 8 + bytes.readInt32LE(4)), body: new Uint8Array(0) };
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** What a message is, and the length of its body; every length in it fits. */
function messageOf(metadata: Buffer, file: ArrowFile): { type: number; body: number } {
  try {
    const table = metadata.readUInt32LE(0);
    const vtable = table - metadata.readInt32LE(table);
    const place = metadata.readUInt16LE(vtable) < 8 ? 0 : metadata.readUInt16LE(vtable + 6);
    const type = place === 0 ? 0 : metadata.readUInt8(table + place);
    return { type, body: checkArrowMessage(viewOf(metadata), { rows: MAX_ROWS }, type === SCHEMA) };
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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

function cutOff(file: ArrowFile): Fault {
  return new Fault('source/truncated-log', `${file.name} ends in the middle of a message: it was cut off`, {
    hint: 'deliver it again, under another name until it is complete',
  });
}

export function unreadable(file: Pick<ArrowFile, 'name'>, cause?: unknown): Fault {
  return new Fault('source/unreadable-log', `${file.name} cannot be read as an Arrow file`, {
    hint: 'write it in the Arrow file or stream format, without compression',
    cause,
  });
}
