/** The client of one source: which addresses may be asked and how, tries, pauses, and what is said when all failed. */
import { Fault } from '../../config/fault.ts';
import type { Log } from '../../config/log.ts';
import { urlOf } from '../../config/url-of.ts';
import { hostAndPort, mustBeDeclared } from '../declared-hosts.ts';
import type { HttpAccess, HttpAnswer, HttpClient, HttpGet, HttpPost, Meter } from '../ports.ts';
import { faultOf, seconds, TryFailure } from './failure.ts';
import type { Connections } from './pool.ts';
import { backoff } from './retry.ts';
import { authorization } from './sign.ts';
import type { Slots } from './slots.ts';
import { tryOnce } from './try-once.ts';

/** What all clients of a run share. */
export interface Shared {
  hosts: readonly string[];
  slots: Slots;
  now: () => Date;
  /** 0 ≤ random < 1 */
  random: () => number;
  /** Waits, and ends at once with an error when the signal is aborted. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface ClientUse {
  signal: AbortSignal;
  meter: Meter;
  log: Log;
}

const LONGEST_CONNECT_MS = 10_000;
const LONGEST_SILENCE_MS = 30_000;

/** How long connecting may take within a try of so many seconds. */
export function connectLimit(access: HttpAccess): number {
  return Math.min(LONGEST_CONNECT_MS, access.try_seconds * 500);
}

export function createClient(access: HttpAccess, pool: Connections, shared: Shared, use: ClientUse): HttpClient {
  return {
    get: (text, options = {}) => askUntilAnswered(text, options),
    post: (text, message) => askUntilAnswered(text, {}, message),
  };

  async function askUntilAnswered(text: string, options: HttpGet, message?: HttpPost): Promise<HttpAnswer> {
    const url = checkedUrl(text, access, shared.hosts);
    const host = hostAndPort(bare(url), portOf(url));
    const failures: TryFailure[] = [];
    const totalMs = access.total_seconds * 1000;
    // Waiting for others of our own is not the source's time and is not counted.
    let spent = 0;
    while (true) {
      try {
        return await shared.slots.run(host, use.signal, async () => {
          const begun = performance.now();
          try {
            return await ask(url, options, message, Math.min(access.try_seconds * 1000, totalMs - spent));
          } finally {
            spent += performance.now() - begun;
          }
        });
      } catch (error) {
        use.signal.throwIfAborted();
        if (!(error instanceof TryFailure)) throw error;
        failures.push(error);
        const pause = pauseAfter(failures, totalMs - spent);
        use.log.info('http.retry', { host, code: error.code, why: error.message, tries: failures.length, pause });
        await shared.sleep(pause, use.signal).catch((cause) => {
          use.signal.throwIfAborted();
          throw cause;
        });
        spent += pause;
      }
    }
  }

  /** @throws Fault when no other try is to be made */
  function pauseAfter(failures: readonly TryFailure[], leftMs: number): number {
    const last = failures.at(-1);
    if (last === undefined || !last.again) throw faultOf(failures);
    const { afterMs } = last;
    if (afterMs !== undefined && afterMs >= leftMs) {
      const message = `${last.message} and asks us to wait ${seconds(afterMs)}, longer than it may take`;
      throw new Fault('source/rate-limited', message, {
        hint: 'the next run asks again; `total_seconds` of the source can be raised, or ask the owner for another hour',
        cause: last,
      });
    }
    const pause = Math.max(afterMs ?? 0, backoff(failures.length, shared.random()));
    if (failures.length >= access.tries || pause >= leftMs) throw faultOf(failures);
    return pause;
  }

  async function ask(url: URL, options: HttpGet, message: HttpPost | undefined, wholeMs: number): Promise<HttpAnswer> {
    const { dispatcher, proxied } = pool.route(url);
    const headers = (to: URL): Record<string, string> => {
      const proof = authorization(access.auth, to, shared.now(), message?.body);
      return {
        accept: options.accept ?? '*/*',
        'accept-encoding': 'gzip, br',
        'user-agent': 'csdl-readiness',
        ...(options.if_none_match === undefined ? {} : { 'if-none-match': options.if_none_match }),
        ...(message === undefined ? {} : { 'content-type': message.content_type }),
        ...(proof === undefined ? {} : { authorization: proof }),
      };
    };
    return await tryOnce({
      url,
      headers,
      posted: message?.body,
      dispatcher,
      proxied,
      toFile: options.to_file,
      maxBytes: access.max_bytes,
      connectMs: connectLimit(access),
      silenceMs: LONGEST_SILENCE_MS,
      wholeMs,
      conditional: options.if_none_match !== undefined,
      signal: use.signal,
      now: shared.now,
      onRequest: () => {
        use.meter.tries += 1;
      },
      onBytes: (n) => {
        use.meter.bytes += n;
      },
      expires: pool.expires,
    });
  }
}

/** @throws Fault before anything is opened */
function checkedUrl(text: string, access: HttpAccess, hosts: readonly string[]): URL {
  const url = urlOf(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Fault('source/bad-url', 'the address is no http or https address', {
      hint: 'correct it in sources.yaml',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new Fault('source/credentials-in-url', 'the address holds a user or password', {
      hint: 'write them under `auth`, each as the name of an environment variable',
    });
  }
  mustBeDeclared(hosts, bare(url), portOf(url), 'the address');
  if (access.auth !== undefined && url.protocol === 'http:' && !isLoopback(bare(url))) {
    throw new Fault('source/credentials-in-clear', 'credentials would travel unencrypted', {
      hint: 'ask for an https address; http with credentials is only for this machine itself',
    });
  }
  return url;
}

/** The host, an IPv6 address without brackets. */
function bare(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
