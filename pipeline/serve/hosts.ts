/**
 * Which names a browser may have for this server. Rule: a name that was not given is refused, since a stranger's page
 * can let its own name point here and then read what it likes (DNS rebinding); an address cannot be bent that way.
 */
import { isIP } from 'node:net';

/** Whether only this machine can reach the address. */
export function isLoopback(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    bare === 'localhost' ||
    bare === '::1' ||
    (isIP(bare) === 4 && bare.startsWith('127.')) ||
    /^::ffff:127\./.test(bare)
  );
}

/**
 * @param header the Host header as sent
 * @param bound the address listened on; on a loopback address only loopback names are answered
 * @param names further names under which this server is known, in small letters
 */
export function isAllowedHost(header: string | undefined, bound: string, names: readonly string[]): boolean {
  const [, host = ''] = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(header ?? '') ?? [];
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === '') return false;
  if (isLoopback(name) || names.includes(name)) return true;
  return !isLoopback(bound) && isIP(name) !== 0;
}
