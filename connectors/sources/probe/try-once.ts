/**
 * One try of one endpoint: name, connection, TLS, answer, each step only after the one before. It never throws but for the
 * end of the run; how far it came is the measurement. A name is looked up once, and only its addresses are connected to.
 */
import { promises as dns } from 'node:dns';
import { request } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { localDay } from '../../../config/time.ts';
import type { Meter } from '../../ports.ts';
import type { Endpoint } from './endpoint.ts';

export type Stage = 'dns' | 'tcp' | 'tls' | 'http';

export interface Try {
  /** The step that failed; null when the endpoint answered. */
  failedAt: Stage | null;
  /** Codes of the system for what failed, one for each address tried; `TIMEOUT` when the time was up. */
  codes: readonly string[];
  /** From connecting to the answer. */
  ms: number;
  status?: number;
  /** Local day on which the certificate ends, also of one that was refused. */
  expires?: string;
}

export interface TryOptions {
  timeoutMs: number;
  ca: Buffer | undefined;
  /** Whether a status is an answer. */
  accepts: (status: number) => boolean;
}

export async function tryOnce(
  endpoint: Endpoint,
  options: TryOptions,
  signal: AbortSignal,
  meter: Meter,
): Promise<Try> {
  signal.throwIfAborted();
  meter.tries += 1;
  const steps = new Steps(endpoint, options);
  const over = (): void => steps.stop(new Error('stopped'));
  const timer = setTimeout(
    () => steps.stop(Object.assign(new Error('time is up'), { code: 'TIMEOUT' })),
    options.timeoutMs,
  );
  signal.addEventListener('abort', over, { once: true });
  try {
    const result = await steps.run();
    signal.throwIfAborted();
    return result;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', over);
    meter.bytes += steps.close();
  }
}

class Steps {
  readonly #endpoint: Endpoint;
  readonly #options: TryOptions;
  /** The outermost last: TLS over its plain connection. */
  readonly #sockets: Socket[] = [];
  readonly #stopped: Promise<never>;
  #stop: (reason: Error) => void = () => {};
  #stage: Stage = 'dns';
  #began: number | null = null;
  #seen: Pick<Try, 'status' | 'expires'> = {};

  constructor(endpoint: Endpoint, options: TryOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.#stopped = new Promise((_, reject) => {
      this.#stop = reject;
    });
    // Stopped while nothing waits: the next step hears of it.
    this.#stopped.catch(() => undefined);
  }

  /** Ends what is waited for. */
  stop(reason: Error): void {
    this.#stop(reason);
  }

  /** Leaves nothing open. @returns bytes received */
  close(): number {
    // Never the plain one under a living TLS: within a handshake that takes the whole process down (Node 20).
    for (const socket of this.#sockets.toReversed()) socket.destroy();
    return this.#sockets[0]?.bytesRead ?? 0;
  }

  async run(): Promise<Try> {
    try {
      await this.#ask();
      return { failedAt: null, codes: [], ms: this.#elapsed(), ...this.#seen };
    } catch (error) {
      return { failedAt: this.#stage, codes: codesOf(error), ms: this.#elapsed(), ...this.#seen };
    }
  }

  async #ask(): Promise<void> {
    const { host, kind, secure } = this.#endpoint;
    const addresses = await this.#orStopped(dns.lookup(host, { all: true }));
    this.#stage = 'tcp';
    this.#began = performance.now();
    const plain = await this.#orStopped(this.#connect(addresses));
    if (secure) this.#stage = 'tls';
    const socket = secure ? await this.#orStopped(this.#secure(plain)) : plain;
    if (kind !== 'url') return;
    this.#stage = 'http';
    const status = await this.#orStopped(this.#fetch(socket));
    this.#seen.status = status;
    if (!this.#options.accepts(status))
      throw Object.assign(new Error('a status that is no answer'), { code: 'STATUS' });
  }

  #elapsed(): number {
    return this.#began === null ? 0 : Math.round(performance.now() - this.#began);
  }

  async #orStopped<T>(step: Promise<T>): Promise<T> {
    step.catch(() => undefined);
    return await Promise.race([step, this.#stopped]);
  }

  #connect(addresses: readonly { address: string; family: number }[]): Promise<Socket> {
    const { host, port } = this.#endpoint;
    return new Promise((resolve, reject) => {
      const socket = connect({
        host,
        port,
        autoSelectFamily: true,
        // Each address has its share of the time; the system's own would give up on a far one.
        autoSelectFamilyAttemptTimeout: Math.max(
          10,
          Math.floor(this.#options.timeoutMs / Math.max(1, addresses.length)),
        ),
        lookup: (_name, _options, done) => done(null, [...addresses]),
      });
      this.#sockets.push(socket);
      socket.once('error', reject).once('connect', () => resolve(socket));
      socket.on('error', () => undefined);
    });
  }

  /** A handshake with a certificate that is in force, trusted and for this host; anything else is a failure. */
  #secure(plain: Socket): Promise<Socket> {
    const { host, kind } = this.#endpoint;
    return new Promise((resolve, reject) => {
      const socket = connectTls({
        socket: plain,
        host,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(kind === 'url' ? { ALPNProtocols: ['http/1.1'] } : {}),
        ...(this.#options.ca === undefined ? {} : { ca: this.#options.ca }),
      });
      this.#sockets.push(socket);
      // Ahead of the check, which ends the connection of an expired certificate: its day is what the owner must know.
      socket.prependListener('secure', () => {
        const ends = Date.parse(socket.getPeerCertificate().valid_to ?? '');
        if (!Number.isNaN(ends)) this.#seen.expires = localDay(new Date(ends));
      });
      socket.once('error', reject).once('secureConnect', () => resolve(socket));
      socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
      socket.on('error', () => undefined);
    });
  }

  /** The status alone; no redirect is followed, and of the body nothing is read. */
  #fetch(socket: Socket): Promise<number> {
    const { host, port, secure, path } = this.#endpoint;
    const name = isIP(host) === 6 ? `[${host}]` : host;
    const usual = port === (secure ? 443 : 80);
    return new Promise((resolve, reject) => {
      const asked = request({
        createConnection: () => socket,
        method: 'GET',
        path,
        headers: {
          host: usual ? name : `${name}:${port}`,
          'user-agent': 'csdl-readiness',
          accept: '*/*',
          connection: 'close',
        },
      });
      asked.once('response', (response) => {
        resolve(response.statusCode ?? 0);
        response.on('error', () => undefined).destroy();
      });
      asked.once('error', reject);
      asked.on('error', () => undefined);
      asked.end();
    });
  }
}

function codesOf(error: unknown): string[] {
  const all = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return all.map((one) => {
    const code = (one as { code?: unknown } | null)?.code;
    return typeof code === 'string' ? code : 'OTHER';
  });
}
