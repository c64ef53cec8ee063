import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../config/log.ts';
import { httpAccess } from '../../../connectors/http/access.ts';
import { Slots } from '../../../connectors/http/slots.ts';
import { NETWORK, testHub } from '../../support/http-asking.ts';
import { httpServer } from '../../support/loopback.ts';

/** As each source has one. */
const alone = (): AbortSignal => new AbortController().signal;
const each = <T>(n: number, work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)));

/** Work of so many ms that counts how much of it goes on at once. */
function counter(ms: number) {
  const seen = { now: 0, most: 0, begun: [] as number[] };
  const work = async (): Promise<void> => {
    seen.begun.push(performance.now());
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    await wait(ms);
    seen.now -= 1;
  };
  return { seen, work };
}

/** Most beginnings within any second. */
const within = (times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));

describe('slots', () => {
  test('over all hosts', async () => {
    const slots = new Slots({ ...NETWORK, concurrency: 3 });
    const { seen, work } = counter(10);
    await each(20, (i) => slots.run(`host-${i}:80`, alone(), work));
    expect(seen.most).toBe(3);
  });

  test('of one host, while others go on', async () => {
    const slots = new Slots({ ...NETWORK, per_host: 2 });
    const [one, other] = [counter(20), counter(1)];
    const slow = each(10, () => slots.run('slow:80', alone(), one.work));
    await each(5, () => slots.run('quick:80', alone(), other.work));
    expect(one.seen.now).toBeGreaterThan(0);
    await slow;
    expect(one.seen.most).toBe(2);
  });

  test('ports of one address are hosts of their own', async () => {
    const slots = new Slots({ ...NETWORK, per_host: 1 });
    const { seen, work } = counter(20);
    await each(4, (i) => slots.run(`127.0.0.1:${i}`, alone(), work));
    expect(seen.most).toBe(4);
  });

  test('within a second, also one after the other and when the slots of all are taken', async () => {
    const slots = new Slots({ concurrency: 2, per_host: 8, per_host_per_second: 5 });
    const { seen, work } = counter(1);
    const busy = each(2, (i) => slots.run(`busy-${i}:80`, alone(), () => wait(400)));
    const asked = each(8, () => slots.run('one:80', alone(), work));
    await Promise.all([busy, asked]);
    for (let i = 0; i < 3; i++) await slots.run('one:80', alone(), work);
    expect(seen.begun).toHaveLength(11);
    expect(within(seen.begun)).toBeLessThanOrEqual(5);
  });

  test('thousands of hosts are forgotten again', async () => {
    const slots = new Slots(NETWORK);
    await each(4000, (i) => slots.run(`host-${i}:80`, alone(), async () => undefined));
    expect(slots.size).toBeGreaterThan(1000);
    await wait(1100);
    await slots.run('last:80', alone(), async () => undefined);
    expect(slots.size).toBe(1);
  });

  test('who is stopped while waiting leaves at once, and the place goes on', async () => {
    const slots = new Slots({ concurrency: 1, per_host: 1, per_host_per_second: 1000 });
    const { seen, work } = counter(50);
    const first = slots.run('a:80', alone(), work);
    const controllers = [new AbortController(), new AbortController()];
    const reason = new Error('enough');
    const waiting = ['a:80', 'b:80'].map((host, i) => slots.run(host, controllers[i]?.signal ?? alone(), work));
    const ended = Promise.allSettled(waiting);
    for (const controller of controllers) controller.abort(reason);
    expect(await ended).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    await first;
    await slots.run('a:80', alone(), work);
    await slots.run('b:80', alone(), work);
    expect(seen.begun).toHaveLength(3);
  });
});

describe('requests', () => {
  const use = () => ({ signal: new AbortController().signal, meter: { tries: 0, bytes: 0 }, log: silentLog });

  test('one that pauses keeps nobody else waiting', async () => {
    let n = 0;
    const failing = await httpServer((_request, response) => response.writeHead(n++ === 0 ? 503 : 200).end());
    const fine = await httpServer((_request, response) => response.end());
    let resume: () => void = () => undefined;
    const paused = new Promise<void>((done) => {
      resume = done;
    });
    const hub = testHub({ network: { concurrency: 1, per_host: 1, per_host_per_second: 1000 }, sleep: () => paused });
    const get = (host: string) =>
      hub.port(use()).client(httpAccess.parse({}), (client) => client.get(`http://${host}/`));
    const first = get(failing.host);
    while (n === 0) await wait(5);
    // The only slot, and the only one of the host, are free.
    expect((await get(fine.host)).status).toBe(200);
    expect((await get(failing.host)).status).toBe(200);
    resume();
    expect((await first).status).toBe(200);
    await hub.close();
  });

  test('of many sources at once never exceed what is set; connections end with their client', async () => {
    const seen = { now: 0, most: 0 };
    const servers = await each(20, () =>
      httpServer((_request, response) => {
        seen.now += 1;
        seen.most = Math.max(seen.most, seen.now);
        setTimeout(() => {
          seen.now -= 1;
          response.end('well');
        }, 20);
      }),
    );
    const hub = testHub({ network: { ...NETWORK, concurrency: 5 } });
    await Promise.all(
      servers.map(({ host }) =>
        hub.port(use()).client(httpAccess.parse({}), (client) => each(4, () => client.get(`http://${host}/`))),
      ),
    );
    expect(seen.most).toBe(5);
    await wait(50);
    expect(servers.map((server) => server.open())).toEqual(servers.map(() => 0));
    expect(hub.held().clients).toBe(0);
    await hub.close();
  });
});
