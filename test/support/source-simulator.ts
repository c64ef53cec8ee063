/**
 * Any number of sources of `status-api` on the loopback address, each with a latency and a behaviour, on a port of its own or
 * all behind one. Needs nothing but Node, so that a bench can start it in a process of its own.
 */
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Authority } from './certificates.ts';
import { ANSWERS, type Behaviour } from './simulated-answers.ts';

export interface SimulatedSource {
  id: string;
  /** May be changed while it runs. */
  behaviour?: Behaviour;
  /** Before every answer. */
  latencyMs?: number;
  /** Facts of the contract csdl-status/1. */
  facts?: readonly unknown[];
  /** Default: 2026-06-29T01:00:00+07:00. */
  statedAt?: string;
}

export interface SimulatorOptions {
  /** All sources behind one port, told apart by their path (those with a certificate apart). */
  sharePort?: boolean;
}

export interface Simulator {
  sources: { id: string; url: string; host: string }[];
  /** Authority of the sources with https, PEM: for `tls.ca`. */
  ca: string;
  /** Requests that reached the source. */
  requests(id: string): number;
  /** Requests of all sources answered at the same time, at most. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

const LONG_AGO = new Date('2026-01-01T00:00:00Z');

export async function startSimulator(
  given: readonly SimulatedSource[],
  { sharePort = false }: SimulatorOptions = {},
): Promise<Simulator> {
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const servers: Server[] = [];
  const authority = new Authority('Simulated CA');
  let now = 0;
  let most = 0;

  const answer = (source: SimulatedSource, path: string, body: Buffer): RequestListener => {
    const { id, latencyMs = 0 } = source;
    return (request, response) => {
      const number = (counts.get(id) ?? 0) + 1;
      counts.set(id, number);
      now += 1;
      most = Math.max(most, now);
      response.on('close', () => {
        now -= 1;
      });
      const go = (): void => {
        timers.delete(timer);
        if (!response.destroyed) ANSWERS[source.behaviour ?? 'good']({ request, response, body, path, number });
      };
      const timer = setTimeout(go, latencyMs);
      timers.add(timer);
    };
  };
  const start = async (server: Server): Promise<number> => {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => done());
    });
    return (server.address() as AddressInfo).port;
  };

  const shared = new Map<string, RequestListener>();
  const sharedPort = sharePort
    ? await start(
        createHttp((request, response) => {
          const listener = shared.get((request.url ?? '').split('?', 1)[0] ?? '');
          if (listener === undefined) response.writeHead(404).end();
          else listener(request, response);
        }),
      )
    : 0;
  const sources: Simulator['sources'] = [];
  for (const source of given) {
    const path = `/${source.id}/status`;
    const listener = answer(source, path, bodyOf(source));
    const secure = source.behaviour === 'expired-certificate';
    let port = sharedPort;
    if (sharePort && !secure) shared.set(path, listener);
    else {
      const certificate = secure ? authority.issue({ from: new Date('2025-01-01T00:00:00Z'), until: LONG_AGO }) : null;
      port = await start(certificate === null ? createHttp(listener) : createHttps(certificate, listener));
    }
    const host = `127.0.0.1:${port}`;
    sources.push({ id: source.id, url: `${secure ? 'https' : 'http'}://${host}${path}`, host });
  }
  return {
    sources,
    ca: authority.cert,
    requests: (id) => counts.get(id) ?? 0,
    mostAtOnce: () => most,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      const ended = servers.map((server) => new Promise<void>((done) => server.close(() => done())));
      for (const socket of sockets) socket.destroy();
      await Promise.all(ended);
    },
  };
}

function bodyOf({ id, facts = [], statedAt = '2026-06-29T01:00:00+07:00' }: SimulatedSource): Buffer {
  const page = { schema: 'csdl-status/1', id: 'status', title: `Status ${id}`, stated_at: statedAt, facts, next: null };
  return Buffer.from(JSON.stringify(page));
}
