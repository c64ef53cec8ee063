/** An answer as a value, and its sending: not changed (304), a part (206) or the whole. Every answer goes out here. */
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { byteRange } from './byte-range.ts';
import { policyHeaders } from './policy.ts';

export interface Answer {
  status: number;
  type: string;
  /** With its quotes; none for what is not to be kept. */
  etag?: string;
  isConsole?: boolean;
  headers?: Readonly<Record<string, string>>;
  /** What to send; a handle is closed by the sending. */
  body: Buffer | { handle: FileHandle; bytes: number };
  /** The body is compressed with gzip. */
  isGzip?: boolean;
}

export function plainAnswer(status: number, text: string, headers: Record<string, string> = {}): Answer {
  return { status, type: 'text/plain; charset=utf-8', headers, body: Buffer.from(`${text}\n`) };
}

export async function send(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { body, etag } = answer;
  const size = Buffer.isBuffer(body) ? body.length : body.bytes;
  const headers: Record<string, string | number> = {
    ...policyHeaders(answer.isConsole ?? false),
    'cache-control': etag === undefined ? 'no-store' : 'no-cache',
    'content-type': answer.type,
    ...answer.headers,
  };
  if (etag !== undefined) headers.etag = etag;
  const isInflated = answer.isGzip === true && !acceptsGzip(request);
  if (answer.isGzip === true) {
    headers.vary = 'accept-encoding';
    if (!isInflated) headers['content-encoding'] = 'gzip';
  }
  try {
    if (etag !== undefined && isKnown(request.headers['if-none-match'], etag)) {
      delete headers['content-type'];
      response.writeHead(304, headers).end();
      return;
    }
    const isWhole = answer.status !== 200 || answer.isGzip === true || etag === undefined;
    const asked =
      isWhole || isOther(request.headers['if-range'] as string | undefined, etag) ? undefined : request.headers.range;
    const range = byteRange(asked, size);
    if (!isWhole) headers['accept-ranges'] = 'bytes';
    if (range === null) {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end();
      return;
    }
    const { first, last } = range ?? { first: 0, last: size - 1 };
    if (range !== undefined) headers['content-range'] = `bytes ${first}-${last}/${size}`;
    if (!isInflated) headers['content-length'] = last - first + 1;
    response.writeHead(range === undefined ? answer.status : 206, headers);
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const bytes = Buffer.isBuffer(body)
      ? Readable.from([body.subarray(first, last + 1)])
      : body.handle.createReadStream({ start: first, end: Math.max(first, last), autoClose: false });
    await (isInflated ? pipeline(bytes, createGunzip(), response) : pipeline(bytes, response));
  } finally {
    if (!Buffer.isBuffer(body)) await body.handle.close();
  }
}

const acceptsGzip = (request: IncomingMessage): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(request.headers['accept-encoding'] ?? ''));

function isKnown(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}

/** If-Range: a part of another state of the file is of no use. */
const isOther = (header: string | undefined, etag: string): boolean => header !== undefined && header !== etag;
