import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTls } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { Authority } from '../../support/certificates.ts';
import { also, authority, listen, one, status } from '../../support/probe-servers.ts';

describe('http', () => {
  test('an answer below 500 is life, with its status and how long it took', async () => {
    for (const code of [200, 204, 301, 401, 403, 404]) {
      const url = `http://${await listen(createHttp(status(code)))}/trang?x=1`;
      expect(await one({ url }), String(code)).toEqual([2, { status: code, latency_ms: expect.any(Number) }]);
    }
  });

  test('503 is none', async () => {
    const url = `http://${await listen(createHttp(status(503)))}`;
    expect(await one({ url })).toEqual([0, { failed_at: 'http', status: 503 }]);
  });

  test('only the statuses that are asked for', async () => {
    const url = `http://${await listen(createHttp(status(404)))}`;
    expect(await one({ url, expect_status: [200] })).toEqual([0, { failed_at: 'http', status: 404 }]);
    expect(await one({ url, expect_status: [200, 404] })).toMatchObject([2, { status: 404 }]);
  });

  test('what answers every second time', async () => {
    let n = 0;
    const url = `http://${await listen(createHttp((q, s) => status(n++ % 2 === 0 ? 200 : 500)(q, s)))}`;
    expect(await one({ url })).toEqual([1, { failed_at: 'http', status: 500, latency_ms: expect.any(Number) }]);
  });

  test('a redirect is not followed, and the request says who asks and nothing else', async () => {
    const asked: unknown[] = [];
    const elsewhere = await listen(createHttp((q, s) => also(asked.push('elsewhere'), status(200)(q, s))));
    const address = await listen(
      createHttp((q, s) =>
        also(asked.push([q.method, q.url, q.headers]), status(302, { location: `http://${elsewhere}/` })(q, s)),
      ),
    );
    expect(await one({ url: `http://${address}/a?b=c`, tries: 2 })).toMatchObject([2, { status: 302 }]);
    const headers = { host: address, 'user-agent': 'csdl-readiness', accept: '*/*', connection: 'close' };
    expect(asked).toEqual([
      ['GET', '/a?b=c', headers],
      ['GET', '/a?b=c', headers],
    ]);
  });

  test('a body without end is not read', async () => {
    let sent = 0;
    const server = createHttp((_q, s) => {
      const more = (): void => {
        while (!s.destroyed && s.write(Buffer.alloc(65536))) sent += 65536;
        if (!s.destroyed) s.once('drain', more);
      };
      s.writeHead(200);
      more();
    });
    const meter = { tries: 0, bytes: 0 };
    expect(await one({ url: `http://${await listen(server)}` }, { meter })).toMatchObject([2, { status: 200 }]);
    expect(meter.tries).toBe(2);
    expect(meter.bytes).toBeGreaterThan(0);
    expect(meter.bytes).toBeLessThan(5_000_000);
    const before = sent;
    await wait(50);
    expect(sent).toBe(before);
  });

  test.each([
    ['hangs', () => undefined],
    ['hangs up', (socket: Socket) => void socket.destroy()],
    ['resets', (socket: Socket) => void socket.once('data', () => socket.resetAndDestroy())],
    ['speaks something else', (socket: Socket) => void socket.end('220 mail ready\r\n')],
    ['sends headers without end', (socket: Socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}`)],
  ])('a server that %s', async (_, behave) => {
    const url = `http://${await listen(createTcp(behave))}`;
    expect(await one({ url, timeout_seconds: 0.3 })).toEqual([0, { failed_at: 'http' }]);
  });

  test('a slow one within its time, and beyond it', async () => {
    const url = `http://${await listen(createHttp((q, s) => void setTimeout(() => status(200)(q, s), 250)))}`;
    const [answered, flags] = await one({ url, timeout_seconds: 2 });
    expect(answered).toBe(2);
    expect(flags.latency_ms).toBeGreaterThanOrEqual(245);
    expect(await one({ url, timeout_seconds: 0.1 })).toEqual([0, { failed_at: 'http' }]);
  });
});

describe('tls', () => {
  const day = /^\d{4}-\d{2}-\d{2}$/;

  test('a certificate of our authority, and the day on which it ends', async () => {
    const until = new Date('2031-05-06T20:00:00Z');
    const address = await listen(createHttps(authority.issue({ until }), status(200)));
    const flags = { status: 200, latency_ms: expect.any(Number), tls_expires: '2031-05-07' };
    expect(await one({ url: `https://${address}`, ca: 'ca.pem' })).toEqual([2, flags]);
    const bare = await listen(createTls(authority.issue({ until })));
    expect(await one({ tls: bare, ca: 'ca.pem' })).toEqual([
      2,
      { latency_ms: expect.any(Number), tls_expires: '2031-05-07' },
    ]);
  });

  test('the name of the host is asked for and checked', async () => {
    const names: unknown[] = [];
    const server = createTls({
      ...authority.issue({ names: ['localhost'] }),
      SNICallback: (name, done) => also(names.push(name), done(null)),
    });
    const port = (await listen(server)).split(':')[1];
    expect(await one({ tls: `localhost:${port}`, ca: 'ca.pem' })).toMatchObject([2, {}]);
    expect(names).toEqual(['localhost', 'localhost']);
    expect(await one({ tls: `127.0.0.1:${port}`, ca: 'ca.pem' })).toMatchObject([0, { failed_at: 'tls' }]);
  });

  test('an expired one is refused, and its day is told', async () => {
    const [from, until] = [new Date('2020-01-01'), new Date('2026-06-01')];
    const address = await listen(createHttps(authority.issue({ from, until }), status(200)));
    expect(await one({ url: `https://${address}`, ca: 'ca.pem' })).toEqual([
      0,
      { failed_at: 'tls', tls_expires: '2026-06-01' },
    ]);
  });

  test('an unknown authority is refused, and nothing is asked', async () => {
    let asked = 0;
    const server = createHttps(new Authority('Other').issue(), (q, s) => also(asked++, status(200)(q, s)));
    const address = await listen(server);
    expect(await one({ url: `https://${address}` })).toEqual([
      0,
      { failed_at: 'tls', tls_expires: expect.stringMatching(day) },
    ]);
    expect(await one({ url: `https://${address}`, ca: 'ca.pem' })).toMatchObject([0, { failed_at: 'tls' }]);
    expect(asked).toBe(0);
  });

  test('a port that speaks no TLS, hangs in the handshake, or hangs up', async () => {
    for (const behave of [
      (socket: Socket) => void socket.end('220 mail ready\r\n'),
      () => undefined,
      (socket: Socket) => void socket.end(),
    ])
      expect(await one({ tls: await listen(createTcp(behave)), timeout_seconds: 0.3 })).toEqual([
        0,
        { failed_at: 'tls' },
      ]);
  });
});
