import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { ask, fault } from '../../support/http-asking.ts';
import { httpServer, tcpServer } from '../../support/loopback.ts';

const TEXT = Buffer.from('{"a": "one"}'.repeat(500));
const served =
  (body: Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { 'content-length': body.length, ...headers }).end(body);
const url = async (listener: RequestListener): Promise<string> => `http://${(await httpServer(listener)).host}/`;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** As fast as it is taken, until the connection ends. */
const endless =
  (piece: Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(200, headers);
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', more);
    more();
  };

describe('content-encoding', () => {
  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (bytes: Buffer) => bytes],
  ] as const)('%s', async (encoding, compress) => {
    const sent = compress(TEXT);
    const answer = await ask(await url(served(sent, { 'content-encoding': encoding })));
    expect(Buffer.from(answer.bytes).equals(TEXT)).toBe(true);
    expect(answer).toMatchObject({ size: TEXT.length, sha256: sha256(TEXT), meter: { bytes: sent.length } });
  });

  test.each(['zstd', 'compress', 'gzip, gzip', 'rubbish'])('%s is refused', async (encoding) => {
    expect(await fault(await url(served(TEXT, { 'content-encoding': encoding })))).toMatchObject({
      code: 'source/wrong-encoding',
      message: 'the body has an encoding that was not asked for',
      meter: { tries: 1 },
    });
  });

  test.each(['gzip', 'deflate', 'br'])('bytes that are no %s although the header says so', async (encoding) => {
    expect(await fault(await url(served(TEXT, { 'content-encoding': encoding })))).toMatchObject({
      code: 'source/wrong-encoding',
      message: 'the body is not compressed as its header says',
      meter: { tries: 1 },
    });
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('%s that ends too early is tried again', async (encoding, compress) => {
    const sent = compress(randomBytes(5000));
    const half = sent.subarray(0, sent.length - 20);
    expect(await fault(await url(served(half, { 'content-encoding': encoding })))).toMatchObject({
      code: 'source/truncated',
      message: 'the body ended before it was complete four times',
    });
  });

  test('nothing, said to be gzip, is nothing', async () => {
    const answer = await ask(await url(served(Buffer.alloc(0), { 'content-encoding': 'gzip' })));
    expect(answer.size).toBe(0);
  });
});

describe('size', () => {
  const access = { max_bytes: 10_000 };

  test('announced as too large: not a byte is read', async () => {
    const told = await fault(await url(served(Buffer.alloc(20_000))), { access });
    expect(told).toMatchObject({
      code: 'source/too-large',
      message: 'the body has 20 kB, more than the 10 kB allowed',
      meter: { tries: 1, bytes: 0 },
    });
  });

  test('grown too large', async () => {
    const told = await fault(await url(endless(Buffer.alloc(1000))), { access });
    expect(told).toMatchObject({ code: 'source/too-large', message: 'the body grew beyond 10 kB' });
    expect(told.meter.bytes).toBeLessThan(200_000);
  });

  test('grown too large when inflated', async () => {
    const sent = gzipSync(Buffer.alloc(20_000));
    expect(await fault(await url(served(sent, { 'content-encoding': 'gzip' })), { access })).toMatchObject({
      code: 'source/too-large',
      message: 'the body grew beyond 10 kB when inflated',
    });
  });

  test('exactly as large as allowed', async () => {
    expect(await ask(await url(served(Buffer.alloc(10_000))), { access })).toMatchObject({ size: 10_000 });
    expect(await fault(await url(served(Buffer.alloc(10_001))), { access })).toMatchObject({
      code: 'source/too-large',
    });
  });

  test.each(['memory', 'file'])('a bomb is not inflated into %s', async (where) => {
    const bomb = await url(endless(gzipSync(Buffer.alloc(4_000_000), { level: 9 }), { 'content-encoding': 'gzip' }));
    const to_file = join(temporaryFolder(), 'bomb');
    const get = where === 'file' ? { to_file } : {};
    await fault(bomb, { get });
    global.gc?.();
    const before = process.memoryUsage();
    const told = await fault(bomb, { get, access: { max_bytes: 2_000_000_000 } });
    const after = process.memoryUsage();
    expect(told).toMatchObject({
      code: 'source/inflates-too-much',
      message: 'the body inflates more than 100-fold',
      meter: { tries: 1 },
    });
    // Some pieces on their way, not the bomb.
    const grown = after.arrayBuffers + after.external - before.arrayBuffers - before.external;
    expect(grown).toBeLessThan(30_000_000);
    expect(existsSync(to_file)).toBe(false);
  });

  test('a small text that repeats itself is no bomb', async () => {
    const text = Buffer.alloc(900_000, 'a');
    expect(await ask(await url(served(gzipSync(text), { 'content-encoding': 'gzip' })))).toMatchObject({
      size: 900_000,
    });
  });
});

describe('cut off', () => {
  test('fewer bytes than announced', async () => {
    const { host } = await tcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this')),
    );
    expect(await fault(`http://${host}/`)).toMatchObject({
      code: 'source/truncated',
      message: 'the body ended before it was complete four times',
      meter: { tries: 4 },
    });
  });

  test('pieces without the last one', async () => {
    const { host } = await tcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nonly\r\n')),
    );
    expect(await fault(`http://${host}/`)).toMatchObject({ code: 'source/truncated' });
  });

  test('whole at the second try', async () => {
    let n = 0;
    const { host } = await httpServer((_request, response) => {
      if (n++ === 0) {
        response.writeHead(200, { 'content-length': TEXT.length });
        response.write(TEXT.subarray(0, 50), () => response.socket?.end());
      } else response.end(TEXT);
    });
    expect(await ask(`http://${host}/`)).toMatchObject({
      size: TEXT.length,
      sha256: sha256(TEXT),
      meter: { tries: 2 },
    });
  });
});

describe('to a file', () => {
  test('is written as a whole or not at all', async () => {
    const folder = temporaryFolder();
    const to_file = join(folder, 'part');
    const large = randomBytes(1_000_000);
    const answer = await ask(await url(served(gzipSync(large), { 'content-encoding': 'gzip' })), { get: { to_file } });
    expect(answer).toMatchObject({ size: large.length, sha256: sha256(large), bytes: { length: 0 } });
    expect(readFileSync(to_file).equals(large)).toBe(true);
    expect(readdirSync(folder)).toEqual(['part']);
  });

  test('nothing stays of one that failed', async () => {
    const folder = temporaryFolder();
    const { host } = await tcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this')),
    );
    await fault(`http://${host}/`, { get: { to_file: join(folder, 'part') } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a folder that is not there is our own fault, not tried again', async () => {
    const to_file = join(temporaryFolder(), 'none', 'part');
    expect(await fault(await url(served(TEXT)), { get: { to_file } })).toMatchObject({
      code: 'source/no-room',
      message: 'the download could not be written (ENOENT)',
      meter: { tries: 1 },
    });
  });
});
