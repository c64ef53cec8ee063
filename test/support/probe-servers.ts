/** Servers on the loopback address, and the connector probe asked about them. */
import type { RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { expect } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import type { CollectContext } from '../../connectors/contract.ts';
import connector from '../../connectors/sources/probe/probe.ts';
import { Authority } from './certificates.ts';
import { collectAll } from './collect-context.ts';
import { lastingFolder } from './folders.ts';
import { afterEachTest } from './left-behind.ts';

export const { config } = loadConfig(undefined, {});
export const database = config.databases[0]?.database_id ?? '';
export const authority = new Authority();
export const folder = lastingFolder({ 'ca.pem': authority.cert });
export const open = new Set<Server>();
export const sockets = new Set<Socket>();

afterEachTest(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all([...open].map((server) => new Promise((done) => server.close(done))));
  open.clear();
});

/** Starts a server on a free port of the loopback address. @returns host:port */
export async function listen(server: Server, host = '127.0.0.1'): Promise<string> {
  open.add(server);
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((done) => server.listen(0, host, done));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(code, headers).end('body');

/** Both were done on the way here. */
export const also = (..._done: unknown[]): void => undefined;

/** A port on which nothing listens. */
export async function closedPort(): Promise<string> {
  const server = createTcp();
  const address = await listen(server);
  open.delete(server);
  await new Promise((done) => server.close(done));
  return address;
}

export type Target = Record<string, unknown>;
export const QUICK = { database, name: 'Cổng tra cứu', tries: 2, pause_seconds: 0, timeout_seconds: 2 };

export interface Seen {
  value_number: number;
  value_total: number;
  target: string;
  flags: Record<string, unknown>;
}

export async function observe(
  targets: Target[],
  given: Partial<CollectContext> = {},
  rest: Target = {},
): Promise<Seen[]> {
  const options = {
    title: 'Đo',
    targets: targets.map((target, i) => ({ ...QUICK, name: `Cổng ${i}`, ...target })),
    ...rest,
  };
  const pieces = await collectAll(connector, options, { hosts: ['127.0.0.1', 'localhost'], folder, ...given });
  return pieces.slice(1).map((p) => (p.kind === 'statement' ? p.statement : p) as Seen);
}

export async function one(
  target: Target,
  given: Partial<CollectContext> = {},
): Promise<[number, Record<string, unknown>]> {
  const [seen] = await observe([target], given);
  expect(seen?.value_total).toBe(QUICK.tries);
  return [seen?.value_number ?? -1, seen?.flags ?? {}];
}
