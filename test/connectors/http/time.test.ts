import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../config/log.ts';
import { httpAccess } from '../../../connectors/http/access.ts';
import { ask, fault, testHub } from '../../support/http-asking.ts';
import { httpServer, tcpServer } from '../../support/loopback.ts';

const QUICK = { try_seconds: 0.4, total_seconds: 10, tries: 2 };

async function took<T>(work: Promise<T>): Promise<[T, number]> {
  const begun = performance.now();
  const result = await work;
  return [result, performance.now() - begun];
}

describe('a try ends in time', () => {
  test('no answer', async () => {
    const { host } = await httpServer(() => undefined);
    const [told, ms] = await took(fault(`http://${host}/`, { access: QUICK }));
    expect(told).toMatchObject({
      code: 'source/timeout',
      message: 'no answer within 0.4 s twice',
      meter: { tries: 2 },
    });
    expect(ms).toBeGreaterThan(700);
    expect(ms).toBeLessThan(3000);
  });

  test('headers that never end', async () => {
    const { host } = await tcpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const [told, ms] = await took(fault(`http://${host}/`, { access: QUICK }));
    expect(told.message).toBe('no answer within 0.4 s twice');
    expect(ms).toBeLessThan(3000);
  });

  test('a body that comes in drips', async () => {
    const { host } = await httpServer((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const [told, ms] = await took(fault(`http://${host}/`, { access: QUICK }));
    expect(told).toMatchObject({ code: 'source/timeout', message: 'was still sending after 0.4 s twice' });
    expect(ms).toBeLessThan(3000);
  });

  test('a body that stops', async () => {
    const { host } = await httpServer((_request, response) => void response.write('some'));
    const told = await fault(`http://${host}/`, { access: QUICK });
    expect(told).toMatchObject({
      code: 'source/timeout',
      message: 'stopped sending and was given up after 0.4 s twice',
    });
  });

  test('all tries together', async () => {
    const { host } = await httpServer(() => undefined);
    const access = { try_seconds: 0.4, total_seconds: 0.6, tries: 10 };
    const [told, ms] = await took(fault(`http://${host}/`, { access, hub: { random: () => 0 } }));
    expect(told.meter.tries).toBe(2);
    expect(told.message).toContain('no answer within 0.2 s at the last of 2 tries');
    expect(ms).toBeLessThan(3000);
  });

  test('a slow answer that comes in time', async () => {
    const { host } = await httpServer((_request, response) => setTimeout(() => response.end('well'), 200));
    expect(await ask(`http://${host}/`, { access: QUICK })).toMatchObject({ status: 200, meter: { tries: 1 } });
  });
});

describe('stopping', () => {
  const reason = new Error('that is enough');
  const stopped = async (host: string, given: Parameters<typeof ask>[1] = {}): Promise<[unknown, number]> => {
    const controller = new AbortController();
    const asked = ask(`http://${host}/`, { signal: controller.signal, ...given }).catch((error: unknown) => error);
    await wait(100);
    const begun = performance.now();
    controller.abort(reason);
    return [await asked, performance.now() - begun];
  };

  test('while waiting for an answer, within the body, between two tries: at once, with its own reason', async () => {
    const silent = await httpServer(() => undefined);
    const dripping = await httpServer((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const failing = await httpServer((_request, response) => response.writeHead(503).end());
    const slow = { hub: { sleep: (_ms: number, signal: AbortSignal) => wait(60_000, undefined, { signal }) } };
    for (const asked of [stopped(silent.host), stopped(dripping.host), stopped(failing.host, slow)]) {
      const [error, ms] = await asked;
      expect(error).toBe(reason);
      expect(ms).toBeLessThan(3000);
    }
    await wait(50);
    expect([silent.open(), dripping.open()]).toEqual([0, 0]);
  });

  test('before anything began: nothing is asked', async () => {
    const { host, accepted } = await httpServer((_request, response) => response.end());
    const error = await ask(`http://${host}/`, { signal: AbortSignal.abort(reason) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBe(reason);
    expect(accepted()).toBe(0);
  });

  test('closing the hub, and leaving a client, end what is still open', async () => {
    const { host, open } = await httpServer(() => undefined);
    const hub = testHub();
    const use = { signal: new AbortController().signal, meter: { tries: 0, bytes: 0 }, log: silentLog };
    let left: Promise<unknown> | undefined;
    await hub.port(use).client(httpAccess.parse({}), async (client) => {
      left = client.get(`http://${host}/`).catch((error: unknown) => error);
      await wait(50);
    });
    expect(await left).toMatchObject({ name: 'AbortError' });
    const asked = hub
      .port(use)
      .client(httpAccess.parse({}), (client) => client.get(`http://${host}/`))
      .catch((error: unknown) => error);
    await wait(50);
    await hub.close();
    expect(await asked).toMatchObject({ name: 'AbortError' });
    await wait(50);
    expect(open()).toBe(0);
  });
});
