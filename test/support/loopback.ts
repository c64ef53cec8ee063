/** Servers on the loopback address that end at once, with every connection, when a test is done with them. */
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Socket, type Server as TcpServer } from 'node:net';
import { afterEachTest } from './left-behind.ts';

export interface Listening {
  port: number;
  /** host:port */
  host: string;
  /** Connections accepted so far. */
  accepted: () => number;
  /** Connections open now. */
  open: () => number;
  close(): Promise<void>;
}

/** Listens on a free port. */
export async function listen(server: TcpServer): Promise<Listening> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => done());
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    host: `127.0.0.1:${port}`,
    accepted: () => accepted,
    open: () => sockets.size,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const started: Listening[] = [];
afterEachTest(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

async function untilTheEnd(server: TcpServer): Promise<Listening> {
  const listening = await listen(server);
  started.push(listening);
  return listening;
}

/** An HTTP server until the end of the test. */
export async function httpServer(listener: RequestListener): Promise<Listening> {
  return await untilTheEnd(createHttp(listener) as Server);
}

/** An HTTPS server until the end of the test. */
export async function httpsServer(options: ServerOptions, listener: RequestListener): Promise<Listening> {
  return await untilTheEnd(createHttps(options, listener));
}

/** A server of plain bytes until the end of the test. */
export async function tcpServer(listener: (socket: Socket) => void): Promise<Listening> {
  return await untilTheEnd(createTcp(listener));
}
