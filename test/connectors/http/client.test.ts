import { createHash } from 'node:crypto';
import { createServer as createTcp } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ask, fault, SECRET } from '../../support/http-asking.ts';
import { httpServer, listen, tcpServer } from '../../support/loopback.ts';

/** Answers the given ones in turn, the last one for ever. */
const inTurn = (...answers: [status: number, headers?: Record<string, string>][]) => {
  let n = 0;
  return httpServer((_request, response) => {
    const [status, headers = {}] = answers[Math.min(n++, answers.length - 1)] ?? [500];
    response.writeHead(status, headers).end(status === 200 ? 'well' : '');
  });
};

describe('answers', () => {
  test('status, headers, bytes, hash and size; tries and bytes are counted', async () => {
    const { host } = await httpServer((request, response) =>
      response.writeHead(200, { 'X-Asked': request.headers.accept ?? '' }).end('well'),
    );
    const answer = await ask(`http://${host}/a?b=c`, { get: { accept: 'text/csv' } });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'x-asked': 'text/csv' },
      size: 4,
      sha256: createHash('sha256').update('well').digest('hex'),
      meter: { tries: 1, bytes: 4 },
    });
    expect(Buffer.from(answer.bytes).toString()).toBe('well');
  });

  test('304 only where an ETag was sent', async () => {
    const { host } = await httpServer((request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"a"' ? 304 : 200).end();
    });
    expect(await ask(`http://${host}/`, { get: { if_none_match: '"a"' } })).toMatchObject({ status: 304, size: 0 });
    const always = await inTurn([304]);
    expect(await fault(`http://${always.host}/`)).toMatchObject({
      code: 'source/unexpected-status',
      message: 'answered 304',
    });
  });

  test('an unasked-for part is no answer', async () => {
    const { host } = await inTurn([206]);
    expect(await fault(`http://${host}/`)).toMatchObject({ code: 'source/unexpected-status' });
  });
});

describe('status', () => {
  test.each([
    [401, 'source/auth-failed'],
    [403, 'source/permission-denied'],
    [404, 'source/not-found'],
    [410, 'source/not-found'],
    [400, 'source/request-refused'],
    [501, 'source/unavailable'],
  ])('%i is not tried again: %s', async (status, code) => {
    const { host } = await inTurn([status]);
    const { meter, ...told } = await fault(`http://${host}/secret-path`);
    expect(told).toMatchObject({ code, message: `answered ${status}`, pauses: [] });
    expect(meter.tries).toBe(1);
  });

  test.each([408, 425, 429, 500, 502, 503, 504])('%i is tried again, up to so many times', async (status) => {
    const { host } = await inTurn([status]);
    const told = await fault(`http://${host}/`);
    expect(told.message).toBe(`answered ${status} four times`);
    expect(told.code).toBe(status === 429 ? 'source/rate-limited' : 'source/unavailable');
    expect(told.meter.tries).toBe(4);
    // Half of 0.5, 1 and 2 s: the pauses grow, and chance takes its part.
    expect(told.pauses).toEqual([250, 500, 1000]);
  });

  test('one good answer is enough', async () => {
    const { host } = await inTurn([500], [503], [200]);
    expect(await ask(`http://${host}/`)).toMatchObject({ status: 200, meter: { tries: 3 }, pauses: [250, 500] });
  });

  test('different failures are all told', async () => {
    const { host } = await inTurn([500], [503], [404]);
    const { code, message } = await fault(`http://${host}/`);
    expect(code).toBe('source/not-found');
    expect(message).toBe('answered 404 at the last of 3 tries; before that: answered 500; answered 503');
  });

  test('tries: 1 asks once', async () => {
    const { host } = await inTurn([503]);
    expect(await fault(`http://${host}/`, { access: { tries: 1 } })).toMatchObject({
      message: 'answered 503',
      meter: { tries: 1 },
    });
  });
});

describe('Retry-After', () => {
  test('is waited for, in seconds or until a date', async () => {
    const now = new Date('2026-06-29T00:00:00Z');
    const seconds = await inTurn([429, { 'retry-after': '7' }], [200]);
    expect((await ask(`http://${seconds.host}/`)).pauses).toEqual([7000]);
    const date = await inTurn([503, { 'retry-after': 'Mon, 29 Jun 2026 00:00:30 GMT' }], [200]);
    expect((await ask(`http://${date.host}/`, { hub: { now: () => now } })).pauses).toEqual([30_000]);
  });

  test('longer than what is left: given up at once, and said', async () => {
    const { host } = await inTurn([429, { 'retry-after': '3600' }]);
    const told = await fault(`http://${host}/`);
    expect(told).toMatchObject({
      code: 'source/rate-limited',
      message: 'answered 429 and asks us to wait 3600 s, longer than it may take',
      pauses: [],
      meter: { tries: 1 },
    });
  });

  test('pauses count against the total', async () => {
    const { host } = await inTurn([503, { 'retry-after': '40' }]);
    const told = await fault(`http://${host}/`);
    expect(told.pauses).toEqual([40_000, 40_000]);
    expect(told.code).toBe('source/rate-limited');
  });
});

describe('redirects', () => {
  test('within the same origin are followed, three of them', async () => {
    const { host } = await httpServer((request, response) => {
      const n = Number(request.url?.slice(1));
      if (n === 0) response.end(request.headers.authorization);
      else response.writeHead(302, { location: `/${n - 1}` }).end();
    });
    const access = { auth: { kind: 'bearer', token: SECRET } };
    const answer = await ask(`http://${host}/3`, { access });
    expect(Buffer.from(answer.bytes).toString()).toBe(`Bearer ${SECRET}`);
    expect(answer.meter.tries).toBe(4);
    expect(await fault(`http://${host}/4`, { access })).toMatchObject({
      code: 'source/too-many-redirects',
      message: 'redirects more than 3 times',
    });
  });

  test.each([
    ['http://127.0.0.2:1/', 'another host'],
    ['http://127.0.0.1:1/', 'another port or scheme'],
    ['ftp://127.0.0.1/', 'another port or scheme'],
    ['https://127.0.0.1/', 'another port or scheme'],
    ['http://%', 'no address'],
  ])('elsewhere (%s) are refused and not tried again', async (location, what) => {
    let asked = 0;
    const other = await httpServer(() => asked++);
    const { host } = await inTurn([307, { location: location.replace(':1/', `:${other.port}/`) }]);
    const told = await fault(`http://${host}/`, { access: { auth: { kind: 'bearer', token: SECRET } } });
    expect(told).toMatchObject({
      code: 'source/redirect-elsewhere',
      message: `redirects to ${what}`,
      meter: { tries: 1 },
    });
    expect(asked).toBe(0);
  });
});

describe('where may be asked', () => {
  test('undeclared hosts and ports never see a connection', async () => {
    const { host, accepted } = await tcpServer(() => undefined);
    for (const hosts of [[], ['localhost'], ['127.0.0.1:1'], ['27.0.0.1']]) {
      expect(await fault(`http://${host}/`, { hub: { hosts } })).toMatchObject({
        code: 'source/undeclared-host',
        meter: { tries: 0 },
      });
    }
    expect(accepted()).toBe(0);
  });

  test('a host allows all ports, host:port that one', async () => {
    const { host } = await inTurn([200]);
    expect(await ask(`http://${host}/`, { hub: { hosts: [host] } })).toMatchObject({ status: 200 });
  });

  test.each([
    ['nothing', 'source/bad-url'],
    ['ftp://127.0.0.1/', 'source/bad-url'],
    ['file:///etc/passwd', 'source/bad-url'],
    [`http://user:${SECRET}@127.0.0.1/`, 'source/credentials-in-url'],
    ['http://user@127.0.0.1/', 'source/credentials-in-url'],
  ])('%s: %s', async (url, code) => {
    const error = await ask(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).not.toContain(SECRET);
  });

  test('credentials do not travel unencrypted but to this machine', async () => {
    const access = { auth: { kind: 'bearer', token: SECRET } };
    expect(await fault('http://10.0.0.1/', { access, hub: { hosts: ['10.0.0.1'] } })).toMatchObject({
      code: 'source/credentials-in-clear',
      meter: { tries: 0 },
    });
    expect(await fault('http://127.evil.example/', { access, hub: { hosts: ['127.evil.example'] } })).toMatchObject({
      code: 'source/credentials-in-clear',
    });
  });
});

describe('connections', () => {
  test('a port where nobody listens', async () => {
    const server = await listen(createTcp());
    await server.close();
    expect(await fault(`http://${server.host}/`)).toMatchObject({
      code: 'source/connection-refused',
      message: 'the connection was refused four times',
      cause: { code: 'ECONNREFUSED' },
      meter: { tries: 4 },
    });
  });

  test('a host that does not exist', async () => {
    const told = await fault('http://no-such.invalid/', { hub: { hosts: ['no-such.invalid'] }, access: { tries: 2 } });
    expect(told.code).toBe('source/no-such-host');
  });

  test('closed before an answer, reset while receiving', async () => {
    const closed = await tcpServer((socket) => socket.once('data', () => socket.end()));
    expect(await fault(`http://${closed.host}/`)).toMatchObject({
      code: 'source/connection-reset',
      message: 'the connection was closed before an answer came four times',
    });
    const reset = await httpServer((request, response) => {
      response.writeHead(200, { 'content-length': 9 });
      response.write('some', () => setTimeout(() => request.socket.resetAndDestroy(), 20));
    });
    expect(await fault(`http://${reset.host}/`)).toMatchObject({
      code: 'source/connection-reset',
      message: 'the connection was reset while receiving four times',
    });
  });

  test('what is no HTTP', async () => {
    const { host } = await tcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    expect(await fault(`http://${host}/`)).toMatchObject({
      code: 'source/protocol',
      message: 'the answer is not HTTP',
    });
    const long = await httpServer((_request, response) => response.setHeader('x', 'x'.repeat(70_000)).end());
    expect(await fault(`http://${long.host}/`)).toMatchObject({ code: 'source/protocol' });
  });

  test('a source that closes after each answer is asked again over a new connection', async () => {
    const { host } = await httpServer((request, response) => {
      response.on('finish', () => request.socket.end());
      response.end('well');
    });
    for (let i = 0; i < 5; i++) expect(await ask(`http://${host}/`)).toMatchObject({ status: 200 });
  });
});
