/**
 * `sync-log`: what C12, a gateway or a reconciliation writes of each batch, measured over a window that ends when the log
 * was written. No batch in a log that was delivered is a measurement; no log is a failure of the source. README.md says
 * what each figure counts.
 */
import { createHash } from 'node:crypto';
import { constants, createReadStream, existsSync, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Fault, withRemedy } from '../../../config/fault.ts';
import { parseInstant } from '../../../config/time.ts';
import type { CollectContext, Collected, Connector } from '../../contract.ts';
import { hostAndPort } from '../../declared-hosts.ts';
import { accessProblem } from '../../http/access.ts';
import { missingFolder } from '../../path-check.ts';
import { type DeliveredFile, deliveredFiles, formatOf } from './delivered-files.ts';
import { download, nameInUrl } from './download.ts';
import { dayText, factsOf, rejectionsOf } from './facts.ts';
import { measure } from './measure.ts';
import { type Options, options } from './options.ts';

const DAY_MS = 86_400_000;
const OFFSET_MS = 7 * 3600 * 1000;

async function* collect(settings: Options, context: CollectContext): AsyncIterable<Collected> {
  const started = performance.now();
  const dayEnd = (parseInstant(context.asOf)?.getTime() ?? Number.NaN) + DAY_MS - 1;
  const latest = Math.min(context.now().getTime(), dayEnd);
  const oldest = latest - settings.delivered_within_days * DAY_MS;
  const files = await filesOf(settings, context, oldest);
  if (files === null) return;
  const stamp = Math.min(latest, Math.max(...files.map(({ until }) => until)));
  const isFresh = stamp >= oldest;
  const bounds = { startDay: localDayOf(isFresh ? stamp : latest) - settings.window_days + 1, latest };
  const endOf = (lastAt: number | null): { end: number; endDay: number } => {
    // An old file whose batches are of these days was delivered all the same; its own date is wrong.
    if (!isFresh && (lastAt === null || lastAt < oldest)) throw notDelivered(settings, Math.max(stamp, lastAt ?? 0));
    const end = Math.max(isFresh ? stamp : 0, lastAt ?? 0);
    return { end, endDay: localDayOf(end) };
  };
  const [measured, sha256] = await Promise.all([
    measure(files, settings, bounds, endOf, context),
    hashOf(files, context.signal),
  ]);
  const { end, endDay } = measured;
  const known = [
    measured.firstAt === null ? null : localDayOf(measured.firstAt),
    ...[settings.covers_from ?? null, ...files.map(({ from }) => from)].map((day) =>
      day === null ? null : Date.parse(`${day}T00:00:00Z`) / DAY_MS,
    ),
  ].filter((day) => day !== null);
  const covered = known.length === 0 ? bounds.startDay : Math.min(...known);
  const firstDay = Math.min(endDay, Math.max(bounds.startDay, covered));
  const document = `${context.sourceId}-${context.asOf}`;
  const at = files.length === 1 ? (files[0]?.name ?? '') : `${files.length} files`;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const head = { type: 'document', id: document, title: settings.title, stated_at: new Date(end).toISOString() };
  const { grade, said_by } = settings;
  yield { kind: 'statement', statement: { ...head, grade, said_by, sha256, file: at, size }, at: document };
  yield* factsOf(measured, settings, { document, firstDay, endDay, end }, context.registry.databases);
  yield* rejectionsOf(measured);
  context.log.info('sync-log.read', {
    files: files.length,
    rows: measured.rows,
    from: dayText(firstDay),
    to: dayText(endDay),
    databases: measured.windows.length,
    // How often the most frequent reasons of refusal were given; what they say stays in the log.
    reasons: measured.reasons.kinds,
    reason_counts: measured.reasons.counts,
    ms: Math.round(performance.now() - started),
  });
}

/** The files to read; null where they are those of the last good run, whose facts still speak. */
async function filesOf(settings: Options, context: CollectContext, oldest: number): Promise<DeliveredFile[] | null> {
  if (settings.url !== undefined) {
    const found = await download(settings, settings.url, context);
    if ('path' in found) return [found];
    if (!(found.since >= oldest)) throw notDelivered(settings, found.since);
    context.log.info('sync-log.unchanged', { until: new Date(found.since).toISOString() });
    return null;
  }
  const files = deliveredFiles(context.folder, settings.path ?? '', settings.format);
  context.meter.tries += files.length;
  for (const { size } of files) context.meter.bytes += size;
  return files;
}

function notDelivered(settings: Options, newest: number): Fault {
  const last = newest > 0 ? `; what there is ends on ${dayText(localDayOf(newest))}` : '';
  return new Fault(
    'source/no-log-delivered',
    `no log was delivered for ${settings.delivered_within_days} days${last}`,
    {
      hint: 'have it delivered again; a log without batches is delivered, too, with its header',
    },
  );
}

function localDayOf(ms: number): number {
  return Math.floor((ms + OFFSET_MS) / DAY_MS);
}

/** Of one file its own; of several, that of the list of theirs. */
async function hashOf(files: readonly DeliveredFile[], signal: AbortSignal): Promise<string> {
  const list: string[] = [];
  for (const { path, name } of files) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20, signal })) hash.update(chunk as Buffer);
    list.push(`${hash.digest('hex')}  ${name}\n`);
  }
  const [only = ''] = list;
  return list.length === 1 ? only.slice(0, 64) : createHash('sha256').update(list.join('')).digest('hex');
}

async function probe(settings: Options, context: CollectContext): Promise<void> {
  if (settings.url !== undefined) {
    await download(settings, settings.url, context, 'probe');
    return;
  }
  const files = deliveredFiles(context.folder, settings.path ?? '', settings.format);
  const newest = files.reduce((a, b) => (b.until > a.until ? b : a));
  context.meter.tries += 1;
  await access(newest.path, constants.R_OK).catch(() => {
    throw new Fault('source/unreadable-log', `${newest.name} may not be read`, { hint: 'let the program read it' });
  });
}

/** A log that is not there yet may come; a folder that is not there, or a file that no ending explains, is a mistake. */
function check(settings: Options, folder: string): string | null {
  const path = settings.path;
  const name = path === undefined ? nameInUrl(settings.url ?? '') : basename(path);
  if (path !== undefined) {
    const full = resolve(folder, path);
    if (/[*?]/.test(dirname(path))) return 'only the name of the file may be a pattern';
    const absent = missingFolder(folder, dirname(path));
    if (absent !== null) return absent;
    if (/[*?]/.test(name) || (existsSync(full) && statSync(full).isDirectory())) return null;
  }
  try {
    formatOf(name, settings.format);
    return settings.url === undefined ? null : accessProblem(settings.http, folder);
  } catch (error) {
    return error instanceof Fault ? withRemedy(error) : String(error);
  }
}

function hostOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return hostAndPort(hostname, port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port));
}

const connector: Connector<Options> = {
  id: 'sync-log',
  summary:
    'logs of synchronisation and reconciliation (CSV, JSON lines, Parquet, Arrow): one row a batch, measured over a window',
  options,
  check,
  hosts: ({ url }) => (url === undefined ? [] : [hostOf(url)]),
  probe,
  collect,
};
export default connector;
