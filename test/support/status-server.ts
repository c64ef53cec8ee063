/**
 * The reference server of the contract csdl-status/1: what an owner has to build, with each way to prove who asks, ETag,
 * pages and parts in bulk. Written from the published contract alone, without the code it is to test.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer as createHttp, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { type Listening, listen } from './loopback.ts';

export interface StatusReport {
  id: string;
  title: string;
  stated_at: string;
  facts: readonly unknown[];
}

export type StatusAuth =
  | { kind: 'bearer'; token: string }
  | { kind: 'basic'; user: string; password: string }
  | { kind: 'hmac'; key_id: string; secret: string };

export interface StatusServerOptions {
  report?: Partial<StatusReport>;
  /** Facts a page; without it all on one. */
  pageSize?: number;
  /** Parts in bulk, each an Arrow IPC stream. */
  bulk?: readonly { bytes: Uint8Array; rows?: number }[];
  auth?: StatusAuth;
  /** One ETag for the whole answer, the same on every page and part. */
  etag?: boolean;
  /** https; with `clients` only for who shows a certificate of that authority. */
  tls?: { cert: string; key: string; clients?: string };
  now?: () => Date;
}

export interface StatusServer extends Listening {
  url: string;
  /** What is answered; may be changed. */
  report: StatusReport;
  /** Paths asked, with the status answered. */
  log: { path: string; status: number; headers: IncomingMessage['headers'] }[];
}

export const REPORT: StatusReport = {
  id: 'status',
  title: 'Status of our databases',
  stated_at: '2026-06-29T01:30:00+07:00',
  facts: [],
};
const PATH = '/api/status';
const ARROW = 'application/vnd.apache.arrow.stream';
const MOST_SKEW_SECONDS = 300;

export async function startStatusServer(options: StatusServerOptions = {}): Promise<StatusServer> {
  const report = { ...REPORT, ...options.report };
  const log: StatusServer['log'] = [];
  const listener: RequestListener = (request, response) => {
    response.on('finish', () => {
      log.push({ path: request.url ?? '', status: response.statusCode, headers: request.headers });
    });
    if (!isKnown(request, options)) response.writeHead(401).end();
    else answer(request, response, report, options);
  };
  const { tls } = options;
  const server =
    tls === undefined
      ? createHttp(listener)
      : createHttps(
          {
            cert: tls.cert,
            key: tls.key,
            ...(tls.clients === undefined ? {} : { ca: tls.clients, requestCert: true, rejectUnauthorized: true }),
          },
          listener,
        );
  const listening = await listen(server);
  const scheme = tls === undefined ? 'http' : 'https';
  return { ...listening, url: `${scheme}://${listening.host}${PATH}`, report, log };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  report: StatusReport,
  { pageSize, bulk = [], etag = true }: StatusServerOptions,
): void {
  const url = new URL(request.url ?? '', 'http://server');
  const hash = createHash('sha256').update(JSON.stringify(report));
  for (const { bytes } of bulk) hash.update(bytes);
  const tag = `"${hash.digest('hex').slice(0, 16)}"`;
  const headers: Record<string, string> = etag ? { etag: tag } : {};
  if (etag && request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  const part = /^\/api\/status\/parts\/(\d+)$/.exec(url.pathname)?.[1];
  if (part !== undefined) {
    const { bytes } = bulk[Number(part)] ?? {};
    if (bytes === undefined) response.writeHead(404).end();
    else response.writeHead(200, { ...headers, 'content-type': ARROW }).end(bytes);
    return;
  }
  if (url.pathname !== PATH) {
    response.writeHead(404).end();
    return;
  }
  const size = pageSize ?? Math.max(1, report.facts.length);
  const page = Number(url.searchParams.get('page') ?? 1);
  const isLast = page * size >= report.facts.length;
  const body = {
    schema: 'csdl-status/1',
    ...report,
    facts: report.facts.slice((page - 1) * size, page * size),
    next: isLast ? null : `${PATH}?page=${page + 1}`,
    ...(bulk.length === 0 || page > 1
      ? {}
      : {
          bulk: bulk.map(({ rows }, i) => ({
            href: `${PATH}/parts/${i}`,
            media_type: ARROW,
            ...(rows === undefined ? {} : { rows }),
          })),
        }),
  };
  response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function isKnown(request: IncomingMessage, { auth, tls, now = () => new Date() }: StatusServerOptions): boolean {
  if (tls?.clients !== undefined && !(request.socket as TLSSocket).authorized) return false;
  const given = request.headers.authorization ?? '';
  switch (auth?.kind) {
    case undefined:
      return true;
    case 'bearer':
      return isSame(given, `Bearer ${auth.token}`);
    case 'basic':
      return isSame(given, `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`);
    case 'hmac':
      return isSigned(request, given, auth, now());
  }
}

function isSigned(
  request: IncomingMessage,
  given: string,
  { key_id, secret }: Extract<StatusAuth, { kind: 'hmac' }>,
  now: Date,
): boolean {
  const form = /^CSDL-HMAC-SHA256 key_id="([^"]+)", timestamp="(\d+)", signature="([0-9a-f]{64})"$/;
  const [, key, timestamp = '', signed = ''] = form.exec(given) ?? [];
  if (key !== key_id || Math.abs(now.getTime() / 1000 - Number(timestamp)) > MOST_SKEW_SECONDS) return false;
  const nothing = createHash('sha256').update('').digest('hex');
  const lines = ['CSDL-HMAC-SHA256', request.method, request.url, request.headers.host, timestamp, nothing];
  return isSame(signed, createHmac('sha256', secret).update(lines.join('\n')).digest('hex'));
}

/** In equal time, so that nobody learns a secret sign by sign. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
