/** The connections of one client: its certificates, its proxy. Closed with the client, so that nothing is left open. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { Fault } from '../../config/fault.ts';
import type { HttpAccess } from '../ports.ts';
import { proxyFor } from './proxy.ts';

export interface Route {
  dispatcher: Dispatcher;
  proxied: boolean;
}

export interface Connections {
  /** The way to an address; connections are kept and used again. */
  route(url: URL): Route;
  /** Last day of the certificate that a server showed last, YYYY-MM-DD. */
  expires(): string | undefined;
  close(): Promise<void>;
}

const LEAST_TLS = 'TLSv1.2';
let usual: SecureContext | undefined;

export function connections(
  access: HttpAccess,
  options: { perHost: number; connectMs: number; environment: NodeJS.ProcessEnv },
): Connections {
  const { perHost, connectMs: timeout, environment } = options;
  const secureContext = contextOf(access.tls);
  let expires: string | undefined;
  const connector = buildConnector({ secureContext, rejectUnauthorized: true, timeout });
  const connect: buildConnector.connector = (target, done) => {
    // Type says void; it is the socket. The certificate is gone once it was found wrong, so it is looked at before.
    const socket = connector(target, done) as unknown as Partial<TLSSocket> | undefined;
    socket?.prependOnceListener?.('secure', () => {
      expires = dayOf(socket.getPeerCertificate?.().valid_to);
    });
  };
  const open = new Map<string, Dispatcher>();
  const limits = { connections: perHost, pipelining: 1, keepAliveTimeout: 4000 };
  const start = (proxy: string | null): Dispatcher =>
    proxy === null
      ? new Agent({ ...limits, connect })
      : new ProxyAgent({
          ...limits,
          uri: proxy,
          // http goes to the proxy as it is, as proxies expect it; only https needs a tunnel.
          proxyTunnel: false,
          proxyTls: { timeout, rejectUnauthorized: true },
          requestTls: { secureContext, rejectUnauthorized: true, timeout },
          clientFactory: (origin, given) => new Pool(origin, { ...given, headersTimeout: timeout }),
        });
  return {
    route(url) {
      const proxy = proxyFor(url, environment);
      const key = proxy ?? '';
      const dispatcher = open.get(key) ?? start(proxy);
      open.set(key, dispatcher);
      return { dispatcher, proxied: proxy !== null };
    },
    expires: () => expires,
    async close() {
      await Promise.allSettled([...open.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function dayOf(text: string | undefined): string | undefined {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString().slice(0, 10);
}

/** @throws Fault where a file is missing or is not what it should be */
function contextOf(tls: HttpAccess['tls']): SecureContext {
  if (tls === undefined || Object.values(tls).every((path) => path === undefined)) {
    // Reading the system's authorities takes time; thousands of sources share them.
    usual ??= createSecureContext({ minVersion: LEAST_TLS });
    return usual;
  }
  const { ca, cert, key } = tls;
  try {
    // What is no certificate would be passed over in silence.
    if (ca !== undefined) new X509Certificate(readFileSync(ca));
    return createSecureContext({
      minVersion: LEAST_TLS,
      ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
      ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
      ...(key === undefined ? {} : { key: readFileSync(key) }),
    });
  } catch (cause) {
    throw new Fault('source/certificate-file', 'the files of `tls` cannot be used', {
      hint: 'they must be PEM files; the key without password, and of the same pair as the certificate',
      cause,
    });
  }
}
