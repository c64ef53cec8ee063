import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { HttpAnswer, HttpPort } from '../../../connectors/ports.ts';
import connector from '../../../connectors/sources/sync-log/sync-log.ts';
import { collectContext } from '../../support/collect-context.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { delivered, HEADER, now, query, readLog, registry } from '../../support/sync-log-reading.ts';
import { at, batch, COLUMNS, csvText } from '../../support/sync-logs.ts';

describe('what is delivered', () => {
  test('a log without batches of a covered database is a measurement of none', async () => {
    const folder = delivered('log.csv', HEADER);
    const { windows, document } = await readLog({ path: 'log.csv', covers: ['a', 'b'] }, { folder });
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
    const { windows } = await readLog({ path: 'log.csv' }, { folder });
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
    await expect(readLog({ path: 'log.csv', covers: ['a'] }, { folder: make() })).rejects.toMatchObject({
      code: 'source/no-log-delivered',
      hint: expect.any(String),
    });
  });

  test('an old date of the file with new batches: the batches say up to when it speaks', async () => {
    const folder = delivered('log.csv', csvText([batch()]), '2026-01-01 00:00:00');
    const { windows } = await readLog({ path: 'log.csv' }, { folder });
    expect(windows.a?.observed_at).toBe(new Date(at('2026-06-28 08:01:00')).toISOString());
  });

  test('the date in a name ends what a file says, however late it was copied', async () => {
    const folder = delivered('sync-2026-06-20.csv', HEADER);
    await expect(readLog({ path: 'sync-*.csv', covers: ['a'] }, { folder })).rejects.toMatchObject({
      code: 'source/no-log-delivered',
    });
    writeFileSync(join(folder, 'sync-2026-06-28.csv'), csvText([batch()]));
    const { windows } = await readLog({ path: 'sync-*.csv', covers: ['a'] }, { folder });
    expect(windows.a?.observed_at).toBe(new Date(at('2026-06-28 23:59:59') + 999).toISOString());
    // From the first day that a name claims to the last.
    expect(windows.a?.flags).toMatchObject({ days: 9, batches: 1, missed_days: 8 });
  });

  test('the window begins with the log, unless it is said to go back further', async () => {
    const folder = delivered('log.csv', csvText([batch({ started: at('2026-06-27 08:00:00') })]));
    expect((await readLog({ path: 'log.csv' }, { folder })).windows.a?.flags).toMatchObject({
      days: 3,
      missed_days: 1,
    });
    expect((await readLog({ path: 'log.csv' }, { folder })).windows.a?.flags).not.toHaveProperty('batches_7d');
    const longer = await readLog({ path: 'log.csv', covers_from: '2026-06-01' }, { folder });
    expect(longer.windows.a?.flags).toMatchObject({ days: 29, batches_7d: 1 });
  });

  test('as of a day before now, later batches are left out and counted', async () => {
    const folder = delivered('log.csv', csvText([batch(), batch({ started: at('2026-06-29 09:00:00') })]));
    const { windows, rejections } = await readLog({ path: 'log.csv' }, { folder, asOf: '2026-06-28' });
    expect(windows.a?.flags).toMatchObject({ batches: 1 });
    expect(windows.a?.observed_at).toBe(new Date(at('2026-06-28 23:59:59') + 999).toISOString());
    expect(rejections).toEqual([['sync-log/after', '1 rows are later than the end of the window']]);
  });
});

describe('a log that is fetched', () => {
  const text = csvText([batch()]);
  function server(answer: Partial<HttpAnswer>): { http: HttpPort; asked: (string | undefined)[] } {
    const asked: (string | undefined)[] = [];
    const http: HttpPort = {
      client: (_, work) =>
        work({
          post: () => Promise.reject(new Error('a log is only fetched')),
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
    expect((await readLog({ url }, { http: dated.http })).windows.a?.observed_at).toBe('2026-06-29T10:00:00.000Z');
    expect((await readLog({ url }, { http: server({}).http })).windows.a?.observed_at).toBe(
      new Date(at('2026-06-29 23:59:59') + 999).toISOString(),
    );
  });

  test('what is not modified gives nothing new, and fails when it has grown old', async () => {
    const first = server({ headers: { etag: '"x"', 'last-modified': 'Mon, 29 Jun 2026 10:00:00 GMT' } });
    const context = collectContext({ query, registry, now, http: first.http });
    await readLog({ url }, context);
    const same = server({ status: 304 });
    expect((await readLog({ url }, { ...context, http: same.http })).statements).toEqual([]);
    expect(same.asked).toEqual(['"x"']);
    const later = { ...context, http: same.http, asOf: '2026-07-09', now: () => new Date('2026-07-09T17:00:00Z') };
    await expect(readLog({ url }, later)).rejects.toMatchObject({ code: 'source/no-log-delivered' });
  });

  test('an undated one is read again on the next day, though it is the same', async () => {
    const undated = server({ headers: { etag: '"x"' } });
    const context = collectContext({ query, registry, now, http: undated.http });
    await readLog({ url }, context);
    await readLog({ url }, context);
    await readLog({ url }, { ...context, asOf: '2026-06-30', now: () => new Date('2026-06-30T17:00:00Z') });
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
  expect((await readLog({ path: 'log.csv.gz' }, { folder })).windows.a?.value_number).toBe(10);
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
