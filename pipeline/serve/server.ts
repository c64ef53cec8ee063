/**
 * The read-only server behind `csdl serve`: GET and HEAD, for names it knows, of what is published now.
 * Rule: whatever is asked, nothing is written and nothing outside the publication is read.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EXIT, Fault } from '../../config/fault.ts';
import type { Log } from '../../config/log.ts';
import { type Answer, plainAnswer, send } from './answer.ts';
import { isAllowedHost } from './hosts.ts';
import { route, type Served } from './routes.ts';

export interface ServerOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Further names under which the server is known. */
  names: readonly string[];
  served: Served;
  log: Log;
}

export interface RunningServer {
  /** Address to open, with a slash at its end. */
  url: string;
  /** Lets answers under way end, for two seconds. */
  stop(): Promise<void>;
}

/** @throws Fault `serve/…` when the address cannot be listened on (exit 2) */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    void answerOf(request, options)
      .then((answer) => send(request, response, answer))
      .catch((error: unknown) => failed(error, request, response, options.log));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, options)));
    server.listen({ host: options.host, port: options.port }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), 2000);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function answerOf(request: IncomingMessage, { host, names, served }: ServerOptions): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plainAnswer(405, 'this server is only read', { allow: 'GET, HEAD' });
  if (!isAllowedHost(request.headers.host, host, names))
    return plainAnswer(421, 'this server is not known by that name; csdl serve --name adds one');
  return route(request.url ?? '', served);
}

/** A reader that goes away in the middle is not worth a word; anything else is told, and never to the reader. */
function failed(error: unknown, request: IncomingMessage, response: ServerResponse, log: Log): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET' && code !== 'EPIPE')
    log.warn('serve.failed', { path: request.url, message: error instanceof Error ? error.message : String(error) });
  if (response.headersSent) response.destroy();
  else void send(request, response, plainAnswer(500, 'the server failed; its log says why')).catch(() => {});
}

function listenFault(error: NodeJS.ErrnoException, { host, port }: ServerOptions): Fault {
  const isTaken = error.code === 'EADDRINUSE';
  return new Fault(
    isTaken ? 'serve/port-taken' : 'serve/cannot-listen',
    isTaken ? `port ${port} of ${host} is taken` : `cannot listen on ${host}, port ${port}: ${error.message}`,
    {
      exit: EXIT.usage,
      cause: error,
      hint: isTaken ? '--port 0 takes any free port' : 'give an address of this machine with --host',
    },
  );
}
