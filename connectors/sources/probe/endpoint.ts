/** Where an endpoint is and how it is asked, read from what the operator wrote. */
import { isIP } from 'node:net';
import { urlOf } from '../../../config/url-of.ts';

export interface Endpoint {
  kind: 'url' | 'tcp' | 'tls';
  /** Lower case, an IPv6 address without brackets. */
  host: string;
  port: number;
  /** TLS is spoken on the connection. */
  secure: boolean;
  /** Path and query of a fetch; empty otherwise. */
  path: string;
}

/** @returns the endpoint, or what is wrong with the text */
export function endpointOf(kind: Endpoint['kind'], text: string): Endpoint | string {
  return kind === 'url' ? fromUrl(text) : fromPair(kind, text);
}

function fromUrl(text: string): Endpoint | string {
  const url = urlOf(text);
  if (url === null) return 'is no URL';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must begin with http:// or https://';
  if (url.username !== '' || url.password !== '') return 'must not hold a user or password';
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  if (port === 0) return 'must have a port of 1 to 65535';
  return { kind: 'url', host: bare(url.hostname), port, secure, path: `${url.pathname}${url.search}` };
}

function fromPair(kind: 'tcp' | 'tls', text: string): Endpoint | string {
  const found = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?):(\d{1,5})$/i.exec(text);
  if (found === null) return 'must be host:port, an IPv6 address in square brackets';
  const [, name = '', digits = ''] = found;
  const [host, port] = [bare(name), Number(digits)];
  if (name.startsWith('[') && isIP(host) !== 6) return 'must be host:port, an IPv6 address in square brackets';
  if (port < 1 || port > 65_535) return 'must have a port of 1 to 65535';
  return { kind, host, port, secure: kind === 'tls', path: '' };
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
}

/** `host:port` as sources.yaml declares it. */
export function address({ host, port }: Pick<Endpoint, 'host' | 'port'>): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}
