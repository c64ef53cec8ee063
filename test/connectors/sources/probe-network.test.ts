import { promises as dns } from 'node:dns';
import { createServer as createHttp } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isCutOff } from '../../../connectors/sources/probe/no-network.ts';
import connector from '../../../connectors/sources/probe/probe.ts';
import { Normaliser } from '../../../pipeline/stages/normalise.ts';
import { collectAll, collectContext } from '../../support/collect-context.ts';
import { closedPort, config, listen, observe, one, QUICK, sockets, status } from '../../support/probe-servers.ts';

afterEach(() => void vi.restoreAllMocks());

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
