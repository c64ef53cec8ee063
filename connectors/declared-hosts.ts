/** Which hosts may be asked: those that sources.yaml declares under `hosts`, and no others. */
import { isIP } from 'node:net';
import { Fault } from '../config/fault.ts';

/** A host and port as sources.yaml writes them: an IPv6 address in square brackets. */
export function hostAndPort(host: string, port: number): string {
  const name = host.toLowerCase();
  return `${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}

/**
 * @param address `host` or `host:port`, lower case, an IPv6 address in square brackets
 * @param hosts entries of `hosts` in sources.yaml; one without a port stands for all its ports
 */
export function isDeclared(address: string, hosts: readonly string[]): boolean {
  return hosts.includes(address) || hosts.includes(address.replace(/:\d+$/, ''));
}

/**
 * @param what whose host it is, for the message, which must not name the host
 * @throws Fault `source/undeclared-host`
 */
export function mustBeDeclared(hosts: readonly string[], host: string, port: number, what: string): void {
  if (isDeclared(hostAndPort(host, port), hosts)) return;
  throw new Fault('source/undeclared-host', `the host of ${what} is not declared`, {
    hint: 'add it to `hosts` in sources.yaml',
  });
}
