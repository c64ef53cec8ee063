import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../config/load.ts';
import type { HttpAnswer, HttpPort } from '../../../connectors/ports.ts';
import connector from '../../../connectors/sources/sync-log/sync-log.ts';
import { createQuerySessions } from '../../../pipeline/database/query-session.ts';
import { Normaliser } from '../../../pipeline/stages/normalise.ts';
import { collectAll, collectContext } from '../../support/collect-context.ts';
import { folderWith, temporaryFolder } from '../../support/folders.ts';
import { at, batch, COLUMNS, csvText } from '../../support/sync-logs.ts';

const sessions = createQuerySessions();
afterAll(() => sessions.close());
const query = sessions.port(new AbortController().signal);
const registry = {
  databases: [
    { database_id: 'a', sync_schedule: 'P1D' },
    { database_id: 'b', sync_schedule: null },
  ],
} as never;
const now = (): Date => new Date('2026-06-29T17:30:00Z');

interface Result {
  document: Record<string, unknown> | undefined;
  windows: Record<
    string,
    { value_number: number; value_total: number; flags: Record<string, unknown>; observed_at: string }
  >;
  statements: Record<string, unknown>[];
  rejections: [string, string][];
}

async function collect(options: object, given: object = {}): Promise<Result> {
  const all = { partner: 'c12', columns: COLUMNS, ...options };
  const pieces = await collectAll(connector, all, { query, registry, now, ...given });
  const statements = pieces.flatMap((p) => (p.kind === 'statement' ? [p.statement as Record<string, unknown>] : []));
  const windows = statements.filter((s) => s.attribute === 'c12.sync.window');
  return {
    document: statements[0],
    windows: Object.fromEntries(windows.map((w) => [w.subject_id, w])) as Result['windows'],
    statements,
    rejections: pieces.flatMap((p): [string, string][] => (p.kind === 'rejection' ? [[p.code, p.message]] : [])),
  };
}

/** A log in one file, written at a local time. */
function delivered(name: string, text: string | Buffer, written = '2026-06-29 23:00:00'): string {
  const folder = folderWith({ [name]: text });
  utimesSync(join(folder, name), new Date(at(written)), new Date(at(written)));
  return folder;
}

const HEADER = 'db,way,started,finished,sent,accepted,rejected,backlog,reason\n';
const row = (started: string, finished: string, counts = '10,10,0', db = 'a', way = 'out'): string =>
  `${db},${way},${started},${finished},${counts},0,\n`;

describe('what is delivered', () => {
  test('a log without batches of a covered database is a measurement of none', async () => {
    const folder = delivered('log.csv', HEADER);
    const { windows, document } = await collect({ path: 'log.csv', covers: ['a', 'b'] }, { folder });
    expect(Object.keys(windows)).toEqual(['a', 'b']);
    expect(windows.a).toMatchObject({ value_number: 0, value_total: 0, observed_at: '2026-06-29T16:00:00.000Z' });
    expect(windows.a?.flags).toMatchObject({ days: 30, batches: 0, succeeded: 0, missed_days: 29 });
    expect(document).toMatchObject({
      id: 's-2026-06-29',
      grade: 'E4',
      said_by: 'receiver',
      stated_at: '2026-06-29T16:00:00.000Z',
    });
  });

  test('a database that was in the log before the window has none in it', async () => {
    const folder = delivered('log.csv', csvText([batch({ started: at('2026-03-01 08:00:00') }), batch({ db: 'b' })]));
    const { windows } = await collect({ path: 'log.csv' }, { folder });
    expect(windows.a?.flags).toMatchObject({ batches: 0, last_success: '2026-03-01', missed_days: 29 });
    expect(windows.b?.flags).toMatchObject({ batches: 1, last_success: '2026-06-28' });
    expect(windows.b?.flags).not.toHaveProperty('missed_days');
  });

  test.each([
    ['no file', () => temporaryFolder()],
    ['an empty file', () => delivered('log.csv', '')],
    ['a file of last week', () => delivered('log.csv', HEADER, '2026-06-22 10:00:00')],
    [
      'old batches in an old file',
      () => delivered('log.csv', csvText([batch({ started: at('2026-06-20 08:00:00') })]), '2026-06-20 10:00:00'),
    ],
  ])('%s is no log, and no measurement', async (_, make) => {
    await expect(collect({ path: 'log.csv', covers: ['a'] }, { folder: make() })).rejects.toMatchObject({
      code: 'source/no-log-delivered',
      hint: expect.any(String),
    });
  });

  test('an old date of the file with new batches: the batches say up to when it speaks', async () => {
    const folder = delivered('log.csv', csvText([batch()]), '2026-01-01 00:00:00');
    const { windows } = await collect({ path: 'log.csv' }, { folder });
    expect(windows.a?.observed_at).toBe(new Date(at('2026-06-28 08:01:00')).toISOString());
  });

  test('the date in a name ends what a file says, however late it was copied', async () => {
    const folder = delivered('sync-2026-06-20.csv', HEADER);
    await expect(collect({ path: 'sync-*.csv', covers: ['a'] }, { folder })).rejects.toMatchObject({
      code: 'source/no-log-delivered',
    });
    writeFileSync(join(folder, 'sync-2026-06-28.csv'), csvText([batch()]));
    const { windows } = await collect({ path: 'sync-*.csv', covers: ['a'] }, { folder });
    expect(windows.a?.observed_at).toBe(new Date(at('2026-06-28 23:59:59') + 999).toISOString());
    // From the first day that a name claims to the last.
    expect(windows.a?.flags).toMatchObject({ days: 9, batches: 1, missed_days: 8 });
  });

  test('the window begins with the log, unless it is said to go back further', async () => {
    const folder = delivered('log.csv', csvText([batch({ started: at('2026-06-27 08:00:00') })]));
    expect((await collect({ path: 'log.csv' }, { folder })).windows.a?.flags).toMatchObject({
      days: 3,
      missed_days: 1,
    });
    expect((await collect({ path: 'log.csv' }, { folder })).windows.a?.flags).not.toHaveProperty('batches_7d');
    const longer = await collect({ path: 'log.csv', covers_from: '2026-06-01' }, { folder });
    expect(longer.windows.a?.flags).toMatchObject({ days: 29, batches_7d: 1 });
  });

  test('as of a day before now, later batches are left out and counted', async () => {
    const folder = delivered('log.csv', csvText([batch(), batch({ started: at('2026-06-29 09:00:00') })]));
    const { windows, rejections } = await collect({ path: 'log.csv' }, { folder, asOf: '2026-06-28' });
    expect(windows.a?.flags).toMatchObject({ batches: 1 });
    expect(windows.a?.observed_at).toBe(new Date(at('2026-06-28 23:59:59') + 999).toISOString());
    expect(rejections).toEqual([['sync-log/after', '1 rows are later than the end of the window']]);
  });
});

describe('rows', () => {
  test('what cannot be read is counted by its reason, never repeated', async () => {
    const folder = delivered(
      'log.csv',
      HEADER +
        row('2026-06-28 08:00:00', '2026-06-28 08:01:00') +
        row('2026-06-28 08:00:00', '2026-06-28 08:01:00', '1.041,1.041,0') +
        row('2026-06-28 08:00:00', '2026-06-28 08:01:00', '1e3,5,0') +
        row('2026-06-28 08:00:00', '2026-06-28 08:01:00', '-5,0,0') +
        row('2026-06-28 08:00:00', '2026-06-28 08:01:00', '10,9,2') +
        row('2026-06-28 08:00:00', '2026-06-28 07:00:00') +
        row('06/28/2026 08:00:00', '') +
        row('2026-06-28', '2026-06-28') +
        row('', '') +
        row('2026-06-28 08:00:00', '2026-06-28 08:01:00', '1,1,0', '') +
        row('2026-06-28 08:00:00', '2026-06-28 08:01:00', '1,1,0', 'a', 'Nguyen') +
        row('2026-06-28 08:00:00', '2026-06-28 08:01:00', '1,1,0', '079123456789') +
        row('2026-06-28 08:00:00', '2026-06-28 08:01:00', '1,1,0', '079123456789') +
        'a,out,2026-06-28 08:0',
    );
    const { windows, rejections } = await collect({ path: 'log.csv' }, { folder });
    expect(windows.a).toMatchObject({ value_number: 10, value_total: 10, flags: { batches: 1 } });
    const codes = Object.fromEntries(rejections.map(([code, message]) => [code, Number.parseInt(message, 10)]));
    expect(codes).toEqual({
      'sync-log/no-database': 1,
      'sync-log/time': 3,
      'sync-log/count': 3,
      'sync-log/order': 1,
      'sync-log/sum': 1,
      'sync-log/unknown-direction': 1,
      'sync-log/unknown-database': 2,
      'sync-log/broken-line': 1,
    });
    expect(JSON.stringify(rejections)).not.toMatch(/Nguyen|0791|1\.041[^ ]|1e3|06\/28/);
  });

  test('codes and directions are those of the settings', async () => {
    const folder = delivered(
      'log.csv',
      HEADER + row('2026-06-28 08:00:00', '2026-06-28 08:01:00', '7,7,0', 'CSDL-01', 'Gui'),
    );
    const options = { path: 'log.csv', databases: { 'CSDL-01': 'a', 'CSDL-02': 'b' }, directions: { GUI: 'out' } };
    const { windows, rejections } = await collect(options, { folder });
    expect(windows.a?.value_number).toBe(7);
    expect(windows.b?.flags).toMatchObject({ batches: 0 });
    expect(rejections).toEqual([]);
  });

  test.each([
    ['2026-06-28 08:00:00', '2026-06-28T01:00:00Z'],
    ['2026-06-28T08:00:00', '2026-06-28T01:00:00.123Z'],
    ['28/06/2026 08:00:00', '2026-06-28 08:00:00+07:00'],
    ['1782608400', '1782608400000'],
    [' 2026-06-28 08:00:00 ', ' 2026-06-28T01:00:00Z '],
    ['2026-06-28 08:00', '2026-06-28T10:30:00+0930'],
    ['28/6/2026 8:00', '2026-06-27T20:00:00-05:00'],
    ['2026-06-28 01:00:00 UTC', '2026-06-28T01:00:00.5Z'],
  ])('%s and %s are the same minute', async (started, finished) => {
    const folder = delivered('log.csv', HEADER + row(started, finished));
    const { windows, rejections } = await collect({ path: 'log.csv' }, { folder });
    expect(rejections).toEqual([]);
    expect(windows.a?.flags).toMatchObject({
      lag_p50_minutes: 0,
      last_success: '2026-06-28',
    });
  });

  test('a declared form of times lets no other pass; times without offset are of the declared zone', async () => {
    const folder = delivered(
      'log.csv',
      HEADER + row('28/06/2026 23:00:00', '28/06/2026 23:30:00') + row('2026-06-28 08:00:00', ''),
    );
    const dmy = await collect({ path: 'log.csv', time_format: 'dmy', time_zone: 'UTC' }, { folder });
    expect(dmy.windows.a?.flags).toMatchObject({ batches: 1, last_success: '2026-06-29' });
    expect(dmy.rejections.map(([code]) => code)).toEqual(['sync-log/time']);
  });

  test('heartbeats are a success of the link and no change; a batch that nobody accepted is none', async () => {
    const folder = delivered(
      'log.csv',
      csvText([
        batch({ started: at('2026-06-26 08:00:00') }),
        batch({ started: at('2026-06-27 08:00:00'), sent: 0, accepted: 0 }),
        batch({ started: at('2026-06-28 08:00:00'), accepted: 0, rejected: 10, reason: 'x' }),
      ]),
    );
    const { windows } = await collect({ path: 'log.csv' }, { folder });
    expect(windows.a?.flags).toMatchObject({
      batches: 3,
      succeeded: 2,
      heartbeats: 1,
      last_success: '2026-06-27',
      last_change: '2026-06-26',
      rejected: 10,
    });
  });

  test('with a time of the data, the lag runs from there', async () => {
    const text = 'db,created,done,sent,accepted\na,2026-06-28 06:00:00,2026-06-28 08:00:00,5,5\n';
    const columns = { database: 'db', created: 'created', finished: 'done', sent: 'sent', accepted: 'accepted' };
    const { windows, statements } = await collect({ path: 'log.csv', columns }, { folder: delivered('log.csv', text) });
    expect(windows.a?.flags).toMatchObject({ lag_p50_minutes: 120, lag_p95_minutes: 120 });
    expect(windows.a?.flags).not.toHaveProperty('batches_in');
    expect(statements.at(-1)).toMatchObject({ attribute: 'c12.connection', value_text: 'connected' });
  });
});

describe('reconciliation with C06', () => {
  const columns = {
    database: 'db',
    finished: 'done',
    checked: 'n',
    matched: 'ok',
    mismatched: { ho_ten: 'x', ngay_sinh: 'y' },
  };
  const text = `db,done,n,ok,x,y
a,2026-06-20 08:00:00,100,90,5,6
a,2026-06-27 08:00:00,200,150,30,25
a,2026-06-27 09:00:00,100,99,1,0
b,2026-06-27 09:00:00,10,11,1,0
b,2026-06-27 09:00:00,10,9,11,0
`;
  test('the newest day speaks, all of its batches together', async () => {
    const folder = delivered('log.csv', text);
    const { statements, rejections } = await collect({ path: 'log.csv', partner: 'c06', columns }, { folder });
    const shown = statements
      .slice(1)
      .map((s) => [s.attribute, s.target, s.value_text ?? s.value_number, s.value_total, s.flags]);
    expect(shown).toEqual([
      ['c06.connection', undefined, 'connected', undefined, {}],
      ['c06.reconciliation', undefined, 249, 300, { last_success: '2026-06-27' }],
      ['c06.mismatch', 'ho_ten', 31, 300, {}],
      ['c06.mismatch', 'ngay_sinh', 25, 300, {}],
    ]);
    expect(statements[2]?.observed_at).toBe(new Date(at('2026-06-27 09:00:00')).toISOString());
    expect(rejections.map(([code]) => code)).toEqual(['sync-log/sum']);
  });
  test('or all of the window', async () => {
    const options = { path: 'log.csv', partner: 'c06', columns, reconciles: 'window' };
    const { statements } = await collect(options, { folder: delivered('log.csv', text) });
    expect(statements[2]).toMatchObject({ value_number: 339, value_total: 400 });
  });
});

test('the pipeline accepts every fact', async () => {
  const { config } = loadConfig(undefined, {});
  const id = config.databases[0]?.database_id ?? '';
  const folder = delivered('log.csv', csvText([batch({ db: id, backlog: 5 }), batch({ db: id, way: 'in' })]));
  const pieces = await collectAll(
    connector,
    { path: 'log.csv', partner: 'c12', columns: COLUMNS },
    { folder, query, registry: config, now },
  );
  const normaliser = new Normaliser({
    config,
    runId: 'r',
    sourceId: 's',
    collectedAt: now(),
    trust: { grade: 'E4', said_by: ['receiver'] },
  });
  for (const piece of pieces) normaliser.add(piece);
  const result = normaliser.finish();
  expect(result.rejections).toEqual([]);
  expect(result.observations.map((o) => o.attribute)).toEqual(['c12.sync.window', 'c12.connection']);
});

describe('a log that is fetched', () => {
  const text = csvText([batch()]);
  function server(answer: Partial<HttpAnswer>): { http: HttpPort; asked: (string | undefined)[] } {
    const asked: (string | undefined)[] = [];
    const http: HttpPort = {
      client: (_, work) =>
        work({
          get: async (_url, options) => {
            asked.push(options?.if_none_match);
            if (options?.to_file !== undefined && answer.status !== 304) writeFileSync(options.to_file, text);
            return { status: 200, headers: {}, bytes: new Uint8Array(), sha256: '', size: text.length, ...answer };
          },
        }),
    };
    return { http, asked };
  }
  const url = 'https://c12.example.vn/logs/sync.csv';

  test('speaks up to when the server dates it, else up to now', async () => {
    const dated = server({ headers: { 'last-modified': 'Mon, 29 Jun 2026 10:00:00 GMT' } });
    expect((await collect({ url }, { http: dated.http })).windows.a?.observed_at).toBe('2026-06-29T10:00:00.000Z');
    expect((await collect({ url }, { http: server({}).http })).windows.a?.observed_at).toBe(
      new Date(at('2026-06-29 23:59:59') + 999).toISOString(),
    );
  });

  test('what is not modified gives nothing new, and fails when it has grown old', async () => {
    const first = server({ headers: { etag: '"x"', 'last-modified': 'Mon, 29 Jun 2026 10:00:00 GMT' } });
    const context = collectContext({ query, registry, now, http: first.http });
    await collect({ url }, context);
    const same = server({ status: 304 });
    expect((await collect({ url }, { ...context, http: same.http })).statements).toEqual([]);
    expect(same.asked).toEqual(['"x"']);
    const later = { ...context, http: same.http, asOf: '2026-07-09', now: () => new Date('2026-07-09T17:00:00Z') };
    await expect(collect({ url }, later)).rejects.toMatchObject({ code: 'source/no-log-delivered' });
  });

  test('an undated one is read again on the next day, though it is the same', async () => {
    const undated = server({ headers: { etag: '"x"' } });
    const context = collectContext({ query, registry, now, http: undated.http });
    await collect({ url }, context);
    await collect({ url }, context);
    await collect({ url }, { ...context, asOf: '2026-06-30', now: () => new Date('2026-06-30T17:00:00Z') });
    expect(undated.asked).toEqual([undefined, '"x"', undefined]);
  });

  test('names its host', () => {
    const options = connector.options.parse({
      url: 'https://C12.example.vn:8443/x.csv',
      partner: 'c12',
      columns: COLUMNS,
    });
    expect(connector.hosts?.(options)).toEqual(['c12.example.vn:8443']);
  });
});

test('gzip, check and probe', async () => {
  const folder = delivered('log.csv.gz', gzipSync(csvText([batch()])));
  expect((await collect({ path: 'log.csv.gz' }, { folder })).windows.a?.value_number).toBe(10);
  const options = (path: string, more: object = {}) =>
    connector.options.parse({ path, partner: 'c12', columns: COLUMNS, ...more });
  expect(connector.check?.(options('log.csv.gz'), folder)).toBeNull();
  expect(connector.check?.(options('later.parquet'), folder)).toBeNull();
  expect(connector.check?.(options('.'), folder)).toBeNull();
  expect(connector.check?.(options('none/log.csv'), folder)).toContain('no folder');
  expect(connector.check?.(options('log.txt'), folder)).toContain('format');
  expect(connector.check?.(options('log.txt', { format: 'csv' }), folder)).toBeNull();
  await connector.probe?.(options('*.gz'), collectContext({ folder }));
  await expect(connector.probe?.(options('*.arrow'), collectContext({ folder }))).rejects.toMatchObject({
    code: 'source/no-log-delivered',
  });
});
