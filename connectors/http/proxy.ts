/**
 * Which proxy a request goes through, from HTTP_PROXY, HTTPS_PROXY and NO_PROXY in either case (lower case first), as curl
 * reads them: NO_PROXY lists hosts (with all below them), each with a port where only that one is meant, or `*` for all.
 */
import { Fault } from '../../config/fault.ts';
import { urlOf } from '../../config/url-of.ts';

export function proxyFor(url: URL, environment: NodeJS.ProcessEnv): string | null {
  const setting = (name: string): string | undefined =>
    [environment[name.toLowerCase()], environment[name]].find((value) => value !== undefined && value !== '');
  const proxy = setting(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === undefined || isExempt(url, setting('NO_PROXY') ?? '')) return null;
  const written = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (!/^https?:$/.test(urlOf(written)?.protocol ?? '')) {
    throw new Fault('source/proxy', 'the proxy named in the environment is no address of a proxy', {
      hint: 'write HTTP_PROXY and HTTPS_PROXY as http://host:port',
    });
  }
  return written;
}

function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(bracketed(entry.toLowerCase())) ?? [];
      const suffix = name.replace(/^\*?\./, '');
      return (only === undefined || only === port) && (host === suffix || host.endsWith(`.${suffix}`));
    });
}

/** An IPv6 address may stand there without brackets; URLs have them. */
function bracketed(entry: string): string {
  return (entry.match(/:/g)?.length ?? 0) > 1 && !entry.startsWith('[') ? `[${entry}]` : entry;
}
