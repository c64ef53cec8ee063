/** How the sources of the simulator answer: one that behaves, and the ways in which real ones do not. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export const BEHAVIOURS = [
  'good',
  'hang',
  'reset',
  'drip',
  'slow-headers',
  'error-then-good',
  'rate-limited-then-good',
  'unavailable',
  'wrong-json',
  'html',
  'huge',
  'gzip-bomb',
  'redirect-elsewhere',
  'expired-certificate',
  'changes-shape',
  'truncated',
  'wrong-encoding',
  'unauthorised',
  'missing',
  'closes-keep-alive',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  /** The report of the source, as JSON. */
  body: Buffer;
  /** Path of the source, for a further page. */
  path: string;
  /** Counted from 1. */
  number: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** Pieces of what never ends, so far apart. */
const PACE_MS = 50;

function good({ response, body }: Asked): void {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': body.length }).end(body);
}

/** Sends a piece now and then until the connection ends. */
function forEver(response: ServerResponse, send: () => void): void {
  const timer = setInterval(send, PACE_MS);
  response.on('close', () => clearInterval(timer));
}

/** Without end, as fast as it is taken. */
function flood(response: ServerResponse, piece: Buffer): void {
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more);
  more();
}

let bombPiece: Buffer | undefined;

export const ANSWERS: Record<Behaviour, (asked: Asked) => void> = {
  good,
  // Its certificate is what is wrong.
  'expired-certificate': good,
  hang: () => undefined,
  reset: ({ request, response, body }) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': body.length });
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => {
      // Not before the first half has arrived.
      setTimeout(() => request.socket.resetAndDestroy(), PACE_MS);
    });
  },
  drip: ({ response }) => {
    response.writeHead(200, JSON_TYPE);
    response.flushHeaders();
    forEver(response, () => response.write(' '));
  },
  'slow-headers': ({ request, response }) => {
    request.socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
    forEver(response, () => request.socket.write('x'));
  },
  'error-then-good': (asked) => {
    if (asked.number > 1) good(asked);
    else asked.response.writeHead(500, { 'content-type': 'text/plain' }).end('failed');
  },
  'rate-limited-then-good': (asked) => {
    if (asked.number > 1) good(asked);
    else asked.response.writeHead(429, { 'retry-after': '1' }).end();
  },
  unavailable: ({ response }) => response.writeHead(503).end(),
  'wrong-json': ({ response, body }) => response.writeHead(200, JSON_TYPE).end(body.subarray(0, body.length - 3)),
  html: ({ response }) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><form>Log in</form>'),
  huge: ({ response }) => {
    response.writeHead(200, JSON_TYPE);
    flood(response, Buffer.alloc(65_536, ' '));
  },
  'gzip-bomb': ({ response }) => {
    bombPiece ??= gzipSync(Buffer.alloc(4_000_000, ' '), { level: 9 });
    response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' });
    flood(response, bombPiece);
  },
  'redirect-elsewhere': ({ response }) => response.writeHead(302, { location: 'http://127.0.0.2:9/elsewhere' }).end(),
  'changes-shape': ({ request, response, body, path }) => {
    const first = request.url === path;
    const page: Record<string, unknown> = JSON.parse(body.toString());
    if (first) page.next = `${path}?page=2`;
    else page.facts = { changed: page.facts };
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(page));
  },
  truncated: ({ response, body }) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': body.length });
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.end());
  },
  'wrong-encoding': ({ response, body }) =>
    response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'zstd' }).end(body),
  unauthorised: ({ response }) => response.writeHead(401, { 'www-authenticate': 'Bearer' }).end(),
  missing: ({ response }) => response.writeHead(404).end(),
  'closes-keep-alive': (asked) => {
    asked.response.on('finish', () => asked.request.socket.end());
    good(asked);
  },
};
