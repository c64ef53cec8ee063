import { promises as dns } from 'node:dns';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTls } from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadConfig } from '../../../config/load.ts';
import type { CollectContext } from '../../../connectors/contract.ts';
import { isCutOff } from '../../../connectors/sources/probe/no-network.ts';
import connector from '../../../connectors/sources/probe/probe.ts';
import { Normaliser } from '../../../pipeline/stages/normalise.ts';
import { Authority } from '../../support/certificates.ts';
import { collectAll, collectContext } from '../../support/collect-context.ts';
import { folderWith } from '../../support/folders.ts';

const { config } = loadConfig(undefined, {});
const database = config.databases[0]?.database_id ?? '';
const authority = new Authority();
const folder = folderWith({ 'ca.pem': authority.cert });
const open = new Set<Server>();
const sockets = new Set<Socket>();

afterEach(async () => {
  vi.restoreAllMocks();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all([...open].map((server) => new Promise((done) => server.close(done))));
  open.clear();
});

/** Starts a server on a free port of the loopback address. @returns host:port */
async function listen(server: Server, host = '127.0.0.1'): Promise<string> {
  open.add(server);
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((done) => server.listen(0, host, done));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(code, headers).end('body');

/** Both were done on the way here. */
const also = (..._done: unknown[]): void => undefined;

/** A port on which nothing listens. */
async function closedPort(): Promise<string> {
  const server = createTcp();
  const address = await listen(server);
  open.delete(server);
  await new Promise((done) => server.close(done));
  return address;
}

type Target = Record<string, unknown>;
const QUICK = { database, name: 'Cổng tra cứu', tries: 2, pause_seconds: 0, timeout_seconds: 2 };

interface Seen {
  value_number: number;
  value_total: number;
  target: string;
  flags: Record<string, unknown>;
}

async function observe(targets: Target[], given: Partial<CollectContext> = {}, rest: Target = {}): Promise<Seen[]> {
  const options = {
    title: 'Đo',
    targets: targets.map((target, i) => ({ ...QUICK, name: `Cổng ${i}`, ...target })),
    ...rest,
  };
  const pieces = await collectAll(connector, options, { hosts: ['127.0.0.1', 'localhost'], folder, ...given });
  return pieces.slice(1).map((p) => (p.kind === 'statement' ? p.statement : p) as Seen);
}

async function one(target: Target, given: Partial<CollectContext> = {}): Promise<[number, Record<string, unknown>]> {
  const [seen] = await observe([target], given);
  expect(seen?.value_total).toBe(QUICK.tries);
  return [seen?.value_number ?? -1, seen?.flags ?? {}];
}

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

describe('tcp and names', () => {
  test('an open port and a closed one', async () => {
    const [opened, closed] = await observe([{ tcp: await listen(createTcp()) }, { tcp: await closedPort() }]);
    expect(opened).toMatchObject({ value_number: 2, flags: { latency_ms: expect.any(Number) } });
    expect(closed).toMatchObject({ value_number: 0, value_total: 2, flags: { failed_at: 'tcp' } });
  });

  test('a closed port alone is a measurement: it was refused', async () => {
    expect(await one({ tcp: await closedPort() })).toEqual([0, { failed_at: 'tcp' }]);
  });

  test('a name that does not exist', async () => {
    vi.spyOn(dns, 'lookup').mockRejectedValue(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
    expect(await one({ url: 'http://khong-co.example/' }, { hosts: ['khong-co.example'] })).toEqual([
      0,
      { failed_at: 'dns' },
    ]);
  });

  test('a name is looked up once a try, and only its addresses are connected to', async () => {
    const port = (
      await listen(createHttp((q, s) => status(q.headers.host === `csdl.example:${port}` ? 200 : 500)(q, s)))
    ).split(':')[1];
    const lookup = vi.spyOn(dns, 'lookup') as unknown as ReturnType<typeof vi.fn>;
    lookup.mockResolvedValue([{ address: '127.0.0.1', family: 4 }]);
    expect(await one({ url: `http://csdl.example:${port}/` }, { hosts: ['csdl.example'] })).toMatchObject([
      2,
      { status: 200 },
    ]);
    expect(lookup).toHaveBeenCalledTimes(2);
  });

  test('a second address is tried when the first refuses', async () => {
    const port = (await listen(createTcp())).split(':')[1];
    (vi.spyOn(dns, 'lookup') as unknown as ReturnType<typeof vi.fn>).mockResolvedValue([
      { address: '127.0.0.9', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]);
    expect(await one({ tcp: `csdl.example:${port}` }, { hosts: ['csdl.example'] })).toMatchObject([2, {}]);
  });

  test('a host that is not declared is not asked, whatever the settings were', async () => {
    const lookup = vi.spyOn(dns, 'lookup');
    const error = await observe([{ tcp: '127.0.0.1:9' }], { hosts: ['127.0.0.1:10', 'csdl.example'] }).catch((e) => e);
    expect(error).toMatchObject({
      code: 'source/undeclared-host',
      message: 'the host of target "Cổng 0" is not declared',
    });
    expect(lookup).not.toHaveBeenCalled();
  });
});

describe('our own network', () => {
  const failing = (code: string) => vi.spyOn(dns, 'lookup').mockRejectedValue(Object.assign(new Error('x'), { code }));
  const hosts = ['a.example', 'b.example', '127.0.0.1'];

  test('no name server: the source fails, nobody is blamed', async () => {
    failing('EAI_AGAIN');
    const error = await observe([{ tcp: 'a.example:1' }, { tcp: 'b.example:2' }], { hosts }).catch((e) => e);
    expect(error).toMatchObject({ code: 'source/no-network' });
    const options = connector.options.parse({ title: 'Đo', targets: [{ ...QUICK, tcp: 'a.example:1' }] });
    await expect(connector.probe?.(options, collectContext({ hosts }))).rejects.toMatchObject({
      code: 'source/no-network',
    });
  });

  test('an open control port proves the network', async () => {
    failing('EAI_AGAIN');
    vi.mocked(dns.lookup).mockImplementation((async (name: string) => {
      if (name.endsWith('.example')) throw Object.assign(new Error('x'), { code: 'EAI_AGAIN' });
      return [{ address: name, family: 4 }];
    }) as never);
    const control = await listen(createTcp());
    expect(await observe([{ tcp: 'a.example:1' }], { hosts }, { control })).toMatchObject([
      { value_number: 0, flags: { failed_at: 'dns' } },
    ]);
  });

  const tried = (host: string, failedAt: 'dns' | 'tcp' | 'tls' | 'http' | null, ...codes: string[]) => ({
    host,
    tries: [{ failedAt, codes, ms: 0 }],
  });
  test.each([
    ['one answer', [tried('a', null), tried('b', 'tcp', 'ENETUNREACH')], null, false],
    ['a refusal', [tried('a', 'tcp', 'ECONNREFUSED'), tried('b', 'tcp', 'ENETUNREACH')], null, false],
    ['a name that is not known', [tried('a', 'dns', 'ENOTFOUND'), tried('b', 'tcp', 'TIMEOUT')], null, false],
    ['a bad certificate', [tried('a', 'tls', 'CERT_HAS_EXPIRED'), tried('b', 'tcp', 'TIMEOUT')], null, false],
    ['no route', [tried('a', 'tcp', 'ENETUNREACH')], null, true],
    ['no route by either family', [tried('a', 'tcp', 'ENETUNREACH', 'EHOSTUNREACH')], null, true],
    ['one host that lets us wait', [tried('a', 'tcp', 'TIMEOUT'), tried('a', 'tcp', 'TIMEOUT')], null, false],
    ['two hosts that let us wait', [tried('a', 'tcp', 'TIMEOUT'), tried('b', 'tcp', 'EHOSTUNREACH')], null, true],
    [
      'the same with an open control',
      [tried('a', 'tcp', 'TIMEOUT'), tried('b', 'tcp', 'TIMEOUT')],
      tried('c', null),
      false,
    ],
    ['one host and a silent control', [tried('a', 'tcp', 'TIMEOUT')], tried('c', 'tcp', 'TIMEOUT'), true],
  ])('%s', (_, targets, control, cutOff) => {
    expect(isCutOff(targets, control?.tries ?? null)).toBe(cutOff);
  });
});

describe('the night', () => {
  test('what it yields is taken by the pipeline, of our own measuring', async () => {
    const url = `http://${await listen(createHttp(status(200)))}`;
    const options = {
      title: 'Đo',
      targets: [
        { ...QUICK, url },
        { ...QUICK, name: 'Cổng kết nối', tcp: await closedPort() },
      ],
    };
    const normaliser = new Normaliser({
      config,
      runId: 'r',
      sourceId: 's',
      collectedAt: new Date('2026-06-29T18:00:00Z'),
    });
    const pieces = await collectAll(connector, options, { hosts: ['127.0.0.1'] });
    for (const piece of pieces) normaliser.add(piece);
    const { observations, rejections } = normaliser.finish();
    expect(rejections).toEqual([]);
    expect(observations).toMatchObject([
      {
        attribute: 'probe.available',
        target: QUICK.name,
        value_number: 2,
        value_total: 2,
        grade: 'E4',
        said_by: 'system',
      },
      { target: 'Cổng kết nối', value_number: 0, value_total: 2, observed_at: '2026-06-29 18:00:00.000' },
    ]);
    expect(pieces[0]).toMatchObject({
      statement: { id: 's-2026-06-29', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(JSON.stringify(pieces)).not.toMatch(/127\.0\.0\.1|localhost|http:|:\d{4,5}"/);
  });

  test('many targets are tried side by side', async () => {
    const tcp = await listen(createTcp());
    const url = `http://${await listen(createTcp())}`;
    const started = performance.now();
    const targets = Array.from({ length: 32 }, (_, i) =>
      i % 2 === 0 ? { tcp } : { url, tries: 1, timeout_seconds: 0.5 },
    );
    expect(await observe(targets)).toHaveLength(32);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test('it stops at once when the run is cancelled, whatever it waits for', async () => {
    const hanging = `http://${await listen(createTcp((socket) => void socket.resume()))}`;
    const closed = await closedPort();
    for (const target of [
      { url: hanging, timeout_seconds: 30 },
      { tcp: closed, pause_seconds: 30 },
    ]) {
      const control = new AbortController();
      setTimeout(() => control.abort(new Error('over')), 100);
      const started = performance.now();
      await expect(observe([target, target, target], { signal: control.signal })).rejects.toThrow();
      expect(performance.now() - started).toBeLessThan(1000);
    }
    await wait(50);
    expect([...sockets].filter((socket) => socket.readyState === 'open').length).toBe(0);
    await expect(observe([{ tcp: closed }], { signal: AbortSignal.abort(new Error('over')) })).rejects.toThrow('over');
  });
});

describe('options', () => {
  const problems = (target: Target, rest: Target = {}): string => {
    const result = connector.options.safeParse({
      title: 'Đo',
      targets: [{ database, name: 'Cổng', ...target }],
      ...rest,
    });
    return result.error?.issues.map((issue) => issue.message).join('; ') ?? '';
  };
  const url = 'https://csdl.example/';

  test('what is right, and which hosts it names', () => {
    const targets = [
      { database, name: 'Cổng', url },
      { database, name: 'TP.HCM', url: 'http://CSDL.example:8080' },
      { database, name: 'Trục', tls: '[2001:db8::1]:443', ca: 'ca.pem' },
      { database, name: 'C12', tcp: 'c12.example:5432' },
    ];
    const options = connector.options.parse({ title: 'Đo', targets, control: '192.0.2.1:53' });
    expect(connector.hosts?.(options)).toEqual([
      'csdl.example:443',
      'csdl.example:8080',
      '[2001:db8::1]:443',
      'c12.example:5432',
      '192.0.2.1:53',
    ]);
    expect(connector.check?.(options, folder)).toBeNull();
    expect(connector.check?.(options, '/nowhere')).toBe('there is no file ca.pem');
  });

  test.each<[Target, string]>([
    [{}, 'give one of'],
    [{ url, tcp: 'a.example:1' }, 'give one of'],
    [{ url: 'ftp://csdl.example' }, 'must begin with http'],
    [{ url: 'file:///etc/passwd' }, 'must begin with http'],
    [{ url: 'https://ai:mat-khau@csdl.example' }, 'must not hold a user'],
    [{ url: 'khong phai' }, 'is no URL'],
    [{ tcp: 'csdl.example' }, 'host:port'],
    [{ tcp: 'csdl.example:0' }, 'port of 1'],
    [{ tcp: 'csdl.example:70000' }, 'port of 1'],
    [{ tcp: 'csdl.example:80/../x' }, 'host:port'],
    [{ tcp: '-x.example:80' }, 'host:port'],
    [{ tls: '[zz]:443' }, 'host:port'],
    [{ tcp: 'a.example:1', expect_status: [200] }, 'is for `url` alone'],
    [{ tcp: 'a.example:1', ca: 'ca.pem' }, 'https alone'],
    [{ url, name: 'https://csdl.example' }, 'no address'],
    [{ url, name: 'api.csdl.example' }, 'no address'],
    [{ url, name: 'may chu 10.0.0.1' }, 'no address'],
    [{ url, name: 'may chu fe80::1' }, 'no address'],
    [{ url, name: 'cong :8443' }, 'no address'],
    [{ url, name: 'a\nb' }, 'one line'],
    [{ tcp: 'maychu-noibo:1', name: 'MAYCHU-NOIBO chính' }, 'must not hold the host'],
    [{ url, tries: 0 }, '>=1'],
  ])('wrong: %o', (target, message) => {
    const told = problems(target);
    expect(told).toContain(message);
    expect(told).not.toMatch(/csdl\.example|10\.0\.0\.1|mat-khau|maychu/i);
  });

  test('two targets of one name', () => {
    const targets = [
      { ...QUICK, url },
      { ...QUICK, url },
    ];
    expect(connector.options.safeParse({ title: 'Đo', targets }).success).toBe(false);
  });
});
