/**
 * A log that is fetched: into the source's own folder, and only when it is not the one of the last good run. A server that
 * dates it says up to when it speaks; one that does not speaks up to now.
 */
import { join } from 'node:path';
import type { CollectContext } from '../../contract.ts';
import { absoluteAccess } from '../../http/access.ts';
import { type DeliveredFile, datedName, formatOf } from './delivered-files.ts';
import type { Options } from './options.ts';

/** Name of the log in an address, for its ending and its date. */
export function nameInUrl(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? '';
}

/**
 * @returns the file, or `since` when the server says that it is the one already read: until when that one spoke
 * @param only how light the request must be: `probe` tries once
 */
export async function download(
  settings: Options,
  url: string,
  context: CollectContext,
  only?: 'probe',
): Promise<DeliveredFile | { since: number }> {
  const { memory, now, asOf } = context;
  const kind = formatOf(nameInUrl(url), settings.format);
  const name = `log.${kind.format}${kind.gzipped ? '.gz' : ''}`;
  const path = join(context.scratch(), name);
  const until = Number(memory.get('until'));
  const etag = memory.get('etag');
  // A log that is not dated shows one day more of silence each day: it is read again, though it is the same.
  const mayBeSame =
    etag !== undefined && (only === 'probe' || memory.get('dated') === 'yes' || memory.get('as_of') === asOf);
  const access = absoluteAccess(settings.http, context.folder);
  const http = only === 'probe' ? { ...access, tries: 1 } : access;
  const answer = await context.http.client(http, (client) =>
    client.get(url, { to_file: path, ...(mayBeSame ? { if_none_match: etag } : {}) }),
  );
  if (answer.status === 304) {
    for (const key of ['etag', 'until', 'dated', 'as_of']) {
      const value = memory.get(key);
      if (value !== undefined) memory.set(key, value);
    }
    return { since: until };
  }
  const modified = Date.parse(answer.headers['last-modified'] ?? '');
  const dated = datedName(nameInUrl(url));
  const stamp = Math.min(Number.isNaN(modified) ? now().getTime() : modified, dated?.until ?? Number.POSITIVE_INFINITY);
  const given = answer.headers.etag;
  if (given !== undefined && only === undefined) {
    memory.set('etag', given);
    memory.set('until', String(stamp));
    memory.set('dated', Number.isNaN(modified) ? 'no' : 'yes');
    memory.set('as_of', asOf);
  }
  return { path, name, size: answer.size, ...kind, until: stamp, from: dated?.from ?? null };
}
