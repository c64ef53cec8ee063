/**
 * The files of a log as they were delivered, and up to when they speak. A file speaks up to when it was last written, or
 * to the end of the day or month in its name where that is earlier; links are not followed out of a folder.
 */
import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Fault } from '../../../config/fault.ts';
import { isDay } from '../../../config/schema/parts.ts';
import { parseInstant } from '../../../config/time.ts';
import { FORMATS, type Format } from './options.ts';

export interface DeliveredFile {
  /** Absolute. */
  path: string;
  /** For messages. */
  name: string;
  size: number;
  format: Format;
  gzipped: boolean;
  /** Up to when it speaks, in milliseconds. */
  until: number;
  /** First day that its name claims, where its name holds a date. */
  from: string | null;
}

/** More is somebody's disk. */
const MAX_FILES = 5_000;
const DAY_MS = 86_400_000;

const ENDINGS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  ipc: 'arrow',
};

/** What systems and programs put beside files: hidden ones, copies not finished. */
const UNFINISHED = /^[._~]|(?:\.part|\.crdownload|\.tmp|~)$/i;

/** The files under `path`, sorted by name. @throws Fault where there is none, too many, or one that is no log */
export function deliveredFiles(folder: string, path: string, format?: Format): DeliveredFile[] {
  const full = resolve(folder, path);
  const pattern = /[*?]/.test(basename(path)) ? basename(path) : null;
  const place = pattern === null ? full : dirname(full);
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new Fault(
      'source/no-log-delivered',
      `there is no ${pattern === null ? 'file' : 'folder'} ${pattern === null ? path : dirname(path)}`,
      {
        hint: 'correct `path` in sources.yaml, or have the log delivered',
      },
    );
  }
  if (pattern === null && !found.isDirectory()) return [fileOf(realpathSync(full), path, found, format)];
  return inFolder(place, path, pattern ?? '*', format);
}

function inFolder(place: string, path: string, pattern: string, format: Format | undefined): DeliveredFile[] {
  const fits = wildcard(pattern);
  const names = readdirSync(place).filter((name) => fits.test(name) && !UNFINISHED.test(name));
  if (names.length > MAX_FILES) {
    throw new Fault('source/too-many-files', `${path} stands for ${names.length} files`, {
      hint: `deliver at most ${MAX_FILES}: a file a day or a month, and earlier years elsewhere`,
    });
  }
  const files: DeliveredFile[] = [];
  for (const name of names.sort()) {
    const stats = lstatSync(join(place, name), { throwIfNoEntry: false });
    if (stats?.isDirectory() === true || stats === undefined) continue;
    files.push(fileOf(join(place, name), name, stats, format));
  }
  if (files.length === 0) {
    throw new Fault('source/no-log-delivered', `there is no file under ${path}`, {
      hint: 'have the log delivered, or correct `path` in sources.yaml',
    });
  }
  return files;
}

function fileOf(path: string, name: string, stats: Stats, format: Format | undefined): DeliveredFile {
  if (!stats.isFile()) {
    throw new Fault('source/no-regular-file', `${name} is a link, a pipe or another thing that is no file`, {
      hint: 'put the file itself there',
    });
  }
  if (/[*?[\]{}]/.test(path)) {
    throw new Fault('source/strange-name', `the path of ${name} has one of * ? [ ] { }`, { hint: 'rename it' });
  }
  const kind = formatOf(name, format);
  const dated = datedName(basename(name));
  const until = Math.min(stats.mtimeMs, dated?.until ?? Number.POSITIVE_INFINITY);
  return { path, name, size: stats.size, ...kind, until, from: dated?.from ?? null };
}

/** What a file is, by what the settings say or by its ending. */
export function formatOf(name: string, given?: Format): { format: Format; gzipped: boolean } {
  const bare = name.replace(/\.gz$/i, '');
  const gzipped = bare !== name;
  const format = given ?? ENDINGS[/\.([a-z]+)$/i.exec(bare)?.[1]?.toLowerCase() ?? ''];
  if (format === undefined) {
    throw new Fault('source/unknown-format', `the ending of ${name} does not say what it is`, {
      hint: `give \`format\`: ${FORMATS.join(', ')}; or narrow \`path\` to the files of the log`,
    });
  }
  if (gzipped && (format === 'parquet' || format === 'arrow')) {
    throw new Fault('source/unknown-format', `${name} is a compressed ${format} file`, {
      hint: 'deliver it as it is; only CSV and JSON lines may be .gz',
    });
  }
  return { format, gzipped };
}

/** The day or month in a name: sync-2026-06-29.csv, sync_20260629.csv, sync-2026-06.csv. The last one counts. */
export function datedName(name: string): { from: string; until: number } | null {
  const days = [...name.matchAll(/(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)/g)].map(
    ([, year, , month, day]) => `${year}-${month}-${day}`,
  );
  const last = days.filter(isDay).at(-1);
  if (last !== undefined) return { from: last, until: start(last) + DAY_MS - 1 };
  const [, year, month] = [...name.matchAll(/(?<!\d)(20\d{2})[-_.](\d{2})(?![-_.]?\d)/g)].at(-1) ?? [];
  const first = `${year}-${month}-01`;
  if (year === undefined || !isDay(first)) return null;
  const next =
    month === '12' ? `${Number(year) + 1}-01-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`;
  return { from: first, until: start(next) - 1 };
}

function start(day: string): number {
  const instant = parseInstant(day);
  if (instant === null) throw new Error(`${day} is no day`);
  return instant.getTime();
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/\*+/g, '*').replace(/[.+^$()[\]{}|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u');
}
