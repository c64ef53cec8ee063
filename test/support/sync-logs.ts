/** Logs of synchronisation for tests: the same batches in every form, and what they should measure, worked out plainly. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Dictionary,
  Field,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { Database } from '../../pipeline/database/database.ts';

/** Times in milliseconds, counts as numbers; null is blank. */
export interface Batch {
  db: string | null;
  way: string | null;
  started: number | null;
  finished: number | null;
  sent: number | null;
  accepted: number | null;
  rejected: number | null;
  backlog: number | null;
  reason: string | null;
}

export const COLUMNS = {
  database: 'db',
  direction: 'way',
  started: 'started',
  finished: 'finished',
  sent: 'sent',
  accepted: 'accepted',
  rejected: 'rejected',
  backlog: 'backlog',
  reason: 'reason',
};

const NAMES = ['db', 'way', 'started', 'finished', 'sent', 'accepted', 'rejected', 'backlog', 'reason'] as const;
const OFFSET = 7 * 3600 * 1000;
const DAY = 86_400_000;

export function batch(given: Partial<Batch> = {}): Batch {
  const started = given.started === undefined ? at('2026-06-28 08:00:00') : given.started;
  const finished = started === null ? null : started + 60_000;
  return {
    db: 'a',
    way: 'out',
    started,
    finished,
    sent: 10,
    accepted: 10,
    rejected: 0,
    backlog: 0,
    reason: null,
    ...given,
  };
}

/** A local time in milliseconds. */
export function at(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}Z`) - OFFSET;
}

export function local(ms: number): string {
  return new Date(ms + OFFSET).toISOString().slice(0, 19).replace('T', ' ');
}

const isTime = (name: string): boolean => name === 'started' || name === 'finished';

function shown(batches: readonly Batch[], time: (ms: number) => string): Record<string, string | number | null>[] {
  return batches.map((b) =>
    Object.fromEntries(
      NAMES.map((name) => {
        const value = b[name];
        return [name, isTime(name) && typeof value === 'number' ? time(value) : value];
      }),
    ),
  );
}

export function csvText(batches: readonly Batch[], delimiter = ','): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? '' : String(value);
    return /[",;\n|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = shown(batches, local).map((row) => NAMES.map((name) => cell(row[name] ?? null)).join(delimiter));
  return `\ufeff${[NAMES.join(delimiter), ...rows].join('\r\n')}\r\n`;
}

export function jsonText(batches: readonly Batch[]): string {
  const rows = shown(batches, (ms) => new Date(ms).toISOString());
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** @param types of the columns of the file; times as local timestamps unless given */
export async function writeParquet(
  path: string,
  batches: readonly Batch[],
  types: Partial<Record<(typeof NAMES)[number], string>> = {},
): Promise<void> {
  const count = 'BIGINT';
  const all = { db: 'VARCHAR', way: 'VARCHAR', started: 'TIMESTAMP', finished: 'TIMESTAMP', reason: 'VARCHAR' };
  const columns = { ...all, sent: count, accepted: count, rejected: count, backlog: count, ...types };
  const database = await Database.open();
  await database.createTable('log', columns, shown(batches, local));
  await database.run(`COPY log TO '${path}' (FORMAT parquet)`);
  database.close();
}

export function arrowBytes(
  batches: readonly Batch[],
  form: 'file' | 'stream',
  words: 'text' | 'dictionary',
  rowsPerBatch = 1000,
): Uint8Array {
  const word = words === 'text' ? new Utf8() : null;
  const types = NAMES.map((name) => {
    if (name === 'db' || name === 'way' || name === 'reason')
      return word ?? new Dictionary(new Utf8(), new Int32(), NAMES.indexOf(name));
    if (isTime(name)) return new TimestampMillisecond('UTC');
    return name === 'backlog' ? new Int32() : new Int64();
  });
  const schema = new Schema(NAMES.map((name, i) => new Field(name, types[i] as Utf8, true)));
  const pieces: RecordBatch[] = [];
  const cut = (from: number): Batch[] => batches.slice(from, from + rowsPerBatch);
  const dictionaries = NAMES.map((name) =>
    vectorFromArray([...new Set(batches.map((b) => b[name]).filter((v) => v !== null))].map(String), new Utf8()),
  );
  for (let from = 0; from < Math.max(1, batches.length); from += rowsPerBatch) {
    const rows = cut(from);
    const children = NAMES.map((name, i) => {
      const values = rows.map((b) => b[name]);
      const type = types[i] as Utf8;
      if (types[i] instanceof Dictionary) {
        const texts = dictionaries[i];
        const list = [...(texts ?? [])];
        const bits = new Uint8Array(Math.ceil(rows.length / 8));
        values.forEach((v, k) => {
          if (v !== null) bits[k >> 3] = (bits[k >> 3] ?? 0) | (1 << (k & 7));
        });
        const keys = Int32Array.from(values, (v) => (v === null ? 0 : list.indexOf(String(v))));
        const nullCount = values.filter((v) => v === null).length;
        return makeData({
          type: type as never,
          length: rows.length,
          data: keys,
          nullBitmap: bits,
          nullCount,
          dictionary: texts as never,
        });
      }
      const big = name !== 'backlog' && typeof (values.find((v) => v !== null) ?? '') === 'number' && !isTime(name);
      const [data] = vectorFromArray(
        values.map((v) => (big && typeof v === 'number' ? BigInt(v) : v)) as never[],
        type as never,
      ).data;
      return data ?? makeData({ type: type as never, length: 0 } as never);
    });
    const data = makeData({
      type: new Struct(schema.fields),
      length: rows.length,
      nullCount: 0,
      children: children as never,
    });
    pieces.push(new RecordBatch(schema, data as never));
  }
  return tableToIPC(new Table(schema, pieces as never), form);
}

/** All forms of one log, written into `folder`: name of the file → what the log is called there. */
export async function writeAllForms(folder: string, batches: readonly Batch[]): Promise<string[]> {
  writeFileSync(join(folder, 'log.csv'), csvText(batches));
  writeFileSync(join(folder, 'semicolons.csv'), csvText(batches, ';'));
  writeFileSync(join(folder, 'log.jsonl'), jsonText(batches));
  await writeParquet(join(folder, 'log.parquet'), batches);
  await writeParquet(join(folder, 'texts.parquet'), batches, {
    started: 'VARCHAR',
    finished: 'VARCHAR',
    sent: 'VARCHAR',
    accepted: 'DOUBLE',
    backlog: 'DECIMAL(18,2)',
  });
  writeFileSync(join(folder, 'text.arrow'), arrowBytes(batches, 'file', 'text', 7));
  writeFileSync(join(folder, 'dictionary.arrow'), arrowBytes(batches, 'stream', 'dictionary', 100));
  return ['log.csv', 'semicolons.csv', 'log.jsonl', 'log.parquet', 'texts.parquet', 'text.arrow', 'dictionary.arrow'];
}

export interface Expected {
  accepted: number;
  sent: number;
  flags: Record<string, number | string | undefined>;
}

const dayOf = (ms: number): string => local(ms).slice(0, 10);
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** The figures of one database, each worked out on its own from its batches; all of them well formed. */
export function expectedWindow(
  batches: readonly Batch[],
  span: { first: string; last: string; lastWhole: string; every: number | null },
): Expected {
  const time = (b: Batch): number => b.finished ?? b.started ?? 0;
  const isGood = (b: Batch): boolean => b.finished !== null && ((b.accepted ?? 0) > 0 || b.sent === 0);
  const back = (n: number): string => dayOf(at(`${span.last} 12:00:00`) - n * DAY);
  const since = (list: readonly Batch[], day: string): Batch[] => list.filter((b) => dayOf(time(b)) >= day);
  const out = batches.filter((b) => b.way === 'out');
  const inside = since(out, span.first);
  const newest = (list: readonly Batch[]): string | undefined =>
    list
      .map((b) => dayOf(time(b)))
      .sort()
      .at(-1);
  const lags = inside
    .filter((b) => isGood(b) && (b.accepted ?? 0) > 0 && b.started !== null)
    .map((b) => lagMinutes((b.finished ?? 0) - (b.started ?? 0)))
    .sort((a, b) => a - b);
  const rank = (share: number): number | undefined => lags[Math.ceil(lags.length * share) - 1];
  const waiting = out
    .filter((b) => b.backlog !== null)
    .sort((a, b) => time(a) - time(b) || (a.backlog ?? 0) - (b.backlog ?? 0));
  const waitingInside = since(waiting, span.first);
  const before = waiting.filter((b) => dayOf(time(b)) < span.first).at(-1) ?? waitingInside[0];
  const last = waitingInside.at(-1);
  const goodDays = new Set(out.filter(isGood).map((b) => dayOf(time(b))));
  let missed = 0;
  for (let day = span.first; day <= span.lastWhole; day = dayOf(at(`${day} 12:00:00`) + DAY)) {
    const cycle = Array.from({ length: span.every ?? 1 }, (_, i) => dayOf(at(`${day} 12:00:00`) - i * DAY));
    const isKnown = [...goodDays].some((d) => d <= day) || cycle.every((d) => d >= span.first);
    if (isKnown && !cycle.some((d) => goodDays.has(d))) missed += 1;
  }
  const days = Math.round((at(`${span.last} 00:00:00`) - at(`${span.first} 00:00:00`)) / DAY) + 1;
  const incoming = batches.filter((b) => b.way === 'in');
  return {
    accepted: sum(inside.map((b) => b.accepted ?? 0)),
    sent: sum(inside.map((b) => b.sent ?? (b.accepted ?? 0) + (b.rejected ?? 0))),
    flags: {
      days,
      batches: inside.length,
      succeeded: inside.filter(isGood).length,
      batches_7d: days < 7 ? undefined : since(out, back(6)).length,
      succeeded_7d: days < 7 ? undefined : since(out, back(6)).filter(isGood).length,
      batches_1d: since(out, span.last).length,
      succeeded_1d: since(out, span.last).filter(isGood).length,
      heartbeats: inside.filter((b) => isGood(b) && b.sent === 0).length,
      last_success: newest(out.filter(isGood)),
      last_change: newest(out.filter((b) => isGood(b) && (b.accepted ?? 0) > 0)),
      rejected: sum(inside.map((b) => b.rejected ?? 0)),
      backlog: last?.backlog ?? undefined,
      backlog_change: last === undefined ? undefined : (last.backlog ?? 0) - (before?.backlog ?? 0),
      lag_p50_minutes: rank(0.5),
      lag_p95_minutes: rank(0.95),
      missed_days: span.every === null ? undefined : missed,
      batches_in: since(incoming, span.first).length,
      last_success_in: newest(incoming.filter(isGood)),
    },
  };
}

function lagMinutes(ms: number): number {
  return ms < DAY ? Math.floor(ms / 60_000) : Math.min(Math.floor(ms / 3_600_000) * 60, 86_400);
}
