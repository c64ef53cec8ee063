/**
 * One try of one request: within its time, whatever the source does, and stopped at once by the signal. Redirects within
 * the same origin are followed; a redirect elsewhere is refused, so that credentials never travel on.
 */
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { urlOf } from '../../config/url-of.ts';
import type { HttpAnswer } from '../ports.ts';
import { receive } from './body.ts';
import { seconds, TryFailure } from './failure.ts';
import { networkFailure } from './network-failure.ts';
import { retryAfter } from './retry.ts';
import { statusFailure } from './status-failure.ts';

export interface Attempt {
  url: URL;
  /** For this address; signed anew for each redirect. */
  headers: (url: URL) => Record<string, string>;
  /** Sent with POST; a GET without it. */
  posted: string | undefined;
  dispatcher: Dispatcher;
  proxied: boolean;
  toFile: string | undefined;
  maxBytes: number;
  /** For connecting, for silence between two pieces, and for all of it. */
  connectMs: number;
  silenceMs: number;
  wholeMs: number;
  /** May 304 be an answer? */
  conditional: boolean;
  signal: AbortSignal;
  now: () => Date;
  onRequest: () => void;
  onBytes: (n: number) => void;
  /** Last day of the certificate that the server showed last. */
  expires: () => string | undefined;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 3;
const SLOW = 'ask the owner why it is slow; `try_seconds` of the source can be raised';

/** @throws TryFailure; the reason of the signal when it was stopped */
export async function tryOnce(attempt: Attempt): Promise<HttpAnswer> {
  attempt.signal.throwIfAborted();
  const limit = new AbortController();
  /** When something of the body came last; undefined before the answer. */
  let heardAt: number | undefined;
  const stop = (): void => limit.abort(attempt.signal.reason);
  const tooLate = (message: string): void =>
    limit.abort(new TryFailure('source/timeout', message, { hint: SLOW, again: true }));
  const whole = setTimeout(() => tooLate(givenUp(attempt.wholeMs, heardAt)), attempt.wholeMs);
  let silence: NodeJS.Timeout | undefined;
  const heard = (): void => {
    heardAt = performance.now();
    clearTimeout(silence);
    silence = setTimeout(() => tooLate(`sent nothing more for ${seconds(attempt.silenceMs)}`), attempt.silenceMs);
  };
  attempt.signal.addEventListener('abort', stop, { once: true });
  try {
    return await follow(attempt, limit.signal, (body, headers) => {
      heard();
      return receive(body, headers, {
        maxBytes: attempt.maxBytes,
        toFile: attempt.toFile,
        onBytes: (n) => {
          heard();
          attempt.onBytes(n);
        },
      });
    });
  } catch (error) {
    attempt.signal.throwIfAborted();
    const cause = limit.signal.aborted ? limit.signal.reason : error;
    // Whatever of the answer was not read is not wanted any more.
    if (!limit.signal.aborted) limit.abort(cause);
    const { proxied, connectMs } = attempt;
    const receiving = heardAt !== undefined;
    throw networkFailure(cause, { receiving, proxied, connectWithin: seconds(connectMs), expires: attempt.expires() });
  } finally {
    clearTimeout(whole);
    clearTimeout(silence);
    attempt.signal.removeEventListener('abort', stop);
  }
}

/** What there is to say when the time of a try is up. */
function givenUp(wholeMs: number, heardAt: number | undefined): string {
  if (heardAt === undefined) return `no answer within ${seconds(wholeMs)}`;
  const silentMs = performance.now() - heardAt;
  return silentMs > wholeMs / 4
    ? `stopped sending and was given up after ${seconds(wholeMs)}`
    : `was still sending after ${seconds(wholeMs)}`;
}

type Take = (
  body: Readable,
  headers: Readonly<Record<string, string>>,
) => Promise<{ bytes: Uint8Array; sha256: string; size: number }>;

async function follow(attempt: Attempt, signal: AbortSignal, take: Take): Promise<HttpAnswer> {
  let url = attempt.url;
  for (let hops = 0; ; hops++) {
    attempt.onRequest();
    const {
      statusCode: status,
      headers: raw,
      body,
    } = await attempt.dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      ...(attempt.posted === undefined ? { method: 'GET' } : { method: 'POST', body: attempt.posted }),
      headers: attempt.headers(url),
      signal,
      // Time is kept above, to the point; undici's own clocks only tick every half second.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    body.on('error', () => undefined);
    const headers = flat(raw);
    if (status >= 200 && status < 300 && status !== 206) {
      return { status, headers, ...(await take(body, headers)) };
    }
    body.destroy();
    if (status === 304 && attempt.conditional) {
      return { status, headers, bytes: new Uint8Array(), sha256: '', size: 0 };
    }
    if (!REDIRECTS.has(status)) throw statusFailure(status, retryAfter(headers['retry-after'], attempt.now()));
    // What was sent to one address was not meant for another.
    if (attempt.posted !== undefined) throw elsewhere('redirects a message');
    if (hops === MOST_REDIRECTS) {
      throw new TryFailure('source/too-many-redirects', `redirects more than ${MOST_REDIRECTS} times`, {
        hint: 'set the address in sources.yaml to where the answer really is',
      });
    }
    url = within(url, headers.location);
  }
}

/** @throws TryFailure where the redirect leads to another scheme, host or port */
function within(from: URL, location: string | undefined): URL {
  const to = location === undefined ? null : urlOf(location, from);
  if (to === null) throw elsewhere('redirects to no address');
  if (to.origin !== from.origin || to.username !== '' || to.password !== '') {
    const what = to.hostname === from.hostname ? 'another port or scheme' : 'another host';
    throw elsewhere(`redirects to ${what}`);
  }
  return to;
}

function elsewhere(message: string): TryFailure {
  const hint = 'find out why; if it has moved, set the address in the settings and declare its host in sources.yaml';
  return new TryFailure('source/redirect-elsewhere', message, { hint });
}

/** A header that is sent several times is a list. */
function flat(raw: Record<string, string | string[] | undefined>): Record<string, string> {
  const pairs = Object.entries(raw).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(pairs);
}
