/**
 * The body of an answer: counted as it comes, inflated piece by piece, hashed, and kept in memory or written to a file.
 * Never is more than a few pieces held beyond what is kept, whatever the source sends.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { size, TryFailure } from './failure.ts';

export interface BodyLimits {
  /** Largest body, as sent and as inflated. */
  maxBytes: number;
  /** A piece came. */
  onBytes: (n: number) => void;
  toFile: string | undefined;
}

export interface ReceivedBody {
  bytes: Uint8Array;
  sha256: string;
  size: number;
}

/** More is downloaded to a file. */
const MOST_IN_MEMORY = 200_000_000;
/** Deflate reaches 1000-fold only on bytes made for it; small bodies may well be one word repeated. */
const MOST_INFLATED = 100;
const RATIO_COUNTS_FROM = 1_000_000;
const OWNER = 'the owner has to send less at a time, or raise `max_bytes` of the source after asking why it is so much';

/** @throws TryFailure, or an error of the stream */
export async function receive(
  body: Readable,
  headers: Readonly<Record<string, string>>,
  limits: BodyLimits,
): Promise<ReceivedBody> {
  const most = limits.toFile === undefined ? Math.min(limits.maxBytes, MOST_IN_MEMORY) : limits.maxBytes;
  const announced = Number(headers['content-length'] ?? 0);
  // Some servers name an encoding for nothing at all.
  const inflate = headers['content-length'] === '0' ? null : inflater(headers['content-encoding']);
  if (announced > most) throw tooLarge(`the body has ${size(announced)}, more than the ${size(most)} allowed`);

  let sent = 0;
  async function* counted(pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const piece of pieces) {
      sent += piece.length;
      limits.onBytes(piece.length);
      if (sent > most) throw tooLarge(`the body grew beyond ${size(most)}`);
      yield piece;
    }
  }
  const hash = createHash('sha256');
  let total = 0;
  async function* checked(pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const piece of pieces) {
      total += piece.length;
      if (inflate !== null && total > RATIO_COUNTS_FROM && total > sent * MOST_INFLATED) {
        throw new TryFailure('source/inflates-too-much', `the body inflates more than ${MOST_INFLATED}-fold`, {
          hint: 'the owner has to look at what is sent; nothing of it was kept',
        });
      }
      if (total > most) throw tooLarge(`the body grew beyond ${size(most)} when inflated`);
      hash.update(piece);
      yield piece;
    }
  }
  const through = async (sink: (pieces: AsyncIterable<Buffer>) => Promise<void>): Promise<void> => {
    try {
      if (inflate === null) await pipeline(body, counted, checked, sink);
      else await pipeline(body, counted, inflate, checked, sink);
    } catch (error) {
      throw inflationFailure(error) ?? error;
    }
  };
  const pieces: Buffer[] = [];
  if (limits.toFile === undefined) {
    await through(async (source) => {
      for await (const piece of source) pieces.push(piece);
    });
  } else await written(limits.toFile, through);
  return { bytes: Buffer.concat(pieces), sha256: hash.digest('hex'), size: total };
}

function tooLarge(message: string): TryFailure {
  return new TryFailure('source/too-large', message, { hint: OWNER });
}

/** @returns null where nothing is to be inflated */
function inflater(encoding = ''): Transform | null {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new TryFailure('source/wrong-encoding', 'the body has an encoding that was not asked for', {
        hint: 'the source may send gzip, deflate, br or no content-encoding, and only one of them',
      });
  }
}

/** What zlib says of bytes that are not what the headers call them, or that end too early. */
function inflationFailure(error: unknown): TryFailure | null {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  if (code === 'Z_BUF_ERROR') {
    const hint = 'what arrived is incomplete and is not used; see what cuts the connection';
    return new TryFailure('source/truncated', 'the body ended before it was complete', {
      hint,
      again: true,
      cause: error,
    });
  }
  if (typeof code === 'string' && /^(?:Z_|ERR_?_?BROTLI|ERR__ERROR_FORMAT|ERR__ERROR)/.test(code)) {
    const hint = 'the owner has to correct `content-encoding`, or what compresses the answer';
    return new TryFailure('source/wrong-encoding', 'the body is not compressed as its header says', {
      hint,
      cause: error,
    });
  }
  return null;
}

/** Written under another name first: under its own name there is never half a file. */
async function written(
  path: string,
  through: (sink: (pieces: AsyncIterable<Buffer>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const unfinished = `${path}.part`;
  let file: FileHandle | undefined;
  try {
    const opened = await onDisk(() => open(unfinished, 'w'));
    file = opened;
    await through(async (pieces) => {
      for await (const piece of pieces) await onDisk(() => opened.writeFile(piece));
    });
    await opened.close();
    file = undefined;
    await onDisk(() => rename(unfinished, path));
  } finally {
    await file?.close().catch(() => undefined);
    await rm(unfinished, { force: true });
  }
}

/** What fails on our own disk is not the source's fault, and no other try would help. */
async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new TryFailure('source/no-room', `the download could not be written (${String(code ?? 'unknown')})`, {
      hint: 'see the room and the rights of the folder for temporary files',
      cause: error,
    });
  }
}
