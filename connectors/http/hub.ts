/**
 * The one way to the network over HTTP, shared by all sources of a run: only to declared hosts, never more at a time than
 * `network` in sources.yaml allows. Each client has connections of its own, which end with it.
 */
import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpPort } from '../ports.ts';
import { type ClientUse, connectLimit, createClient, type Shared } from './client.ts';
import { type Connections, connections } from './pool.ts';
import { type SlotLimits, Slots } from './slots.ts';

export interface HttpHubOptions {
  /** `host` or `host:port`, as sources.yaml declares them. */
  hosts: readonly string[];
  network: SlotLimits;
  /** For HTTP_PROXY, HTTPS_PROXY and NO_PROXY; nothing else of it is read. */
  environment: NodeJS.ProcessEnv;
  now: () => Date;
  random?: () => number;
  sleep?: Shared['sleep'];
}

export interface HttpHub {
  /** The port of one source. */
  port(use: ClientUse): HttpPort;
  /** Ends what is still open; what is being asked fails. */
  close(): Promise<void>;
  /** What is held now: clients at work, and hosts whose rate is counted. */
  held(): { clients: number; hosts: number };
}

const CHANCE = 2 ** 32;

export function createHttpHub(options: HttpHubOptions): HttpHub {
  const { environment, network } = options;
  const shared: Shared = {
    hosts: options.hosts,
    slots: new Slots(network),
    now: options.now,
    random: options.random ?? (() => randomInt(CHANCE) / CHANCE),
    sleep: options.sleep ?? ((ms, signal) => wait(ms, undefined, { signal })),
  };
  const open = new Map<Connections, AbortController>();
  return {
    port: (use) => ({
      async client(access, work) {
        use.signal.throwIfAborted();
        const settings = { perHost: network.per_host, connectMs: connectLimit(access), environment };
        const pool = connections(access, settings);
        // One listener on the source's signal, however much is asked at a time.
        const limit = new AbortController();
        setMaxListeners(0, limit.signal);
        const stop = (): void => limit.abort(use.signal.reason);
        use.signal.addEventListener('abort', stop, { once: true });
        open.set(pool, limit);
        try {
          return await work(createClient(access, pool, shared, { ...use, signal: limit.signal }));
        } finally {
          use.signal.removeEventListener('abort', stop);
          limit.abort(new DOMException('the client is closed', 'AbortError'));
          open.delete(pool);
          await pool.close();
        }
      },
    }),
    async close() {
      for (const limit of open.values()) limit.abort(new DOMException('the hub is closed', 'AbortError'));
      await Promise.all([...open.keys()].map((pool) => pool.close()));
    },
    held: () => ({ clients: open.size, hosts: shared.slots.size }),
  };
}
