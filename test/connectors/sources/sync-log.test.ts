import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../config/load.ts';
import connector from '../../../connectors/sources/sync-log/sync-log.ts';
import { Normaliser } from '../../../pipeline/stages/normalise.ts';
import { collectAll } from '../../support/collect-context.ts';
import { delivered, HEADER, now, query, readLog, row } from '../../support/sync-log-reading.ts';
import { at, batch, COLUMNS, csvText } from '../../support/sync-logs.ts';

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
    const { windows, rejections } = await readLog({ path: 'log.csv' }, { folder });
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
    const { windows, rejections } = await readLog(options, { folder });
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
    const { windows, rejections } = await readLog({ path: 'log.csv' }, { folder });
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
    const dmy = await readLog({ path: 'log.csv', time_format: 'dmy', time_zone: 'UTC' }, { folder });
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
    const { windows } = await readLog({ path: 'log.csv' }, { folder });
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
    const { windows, statements } = await readLog({ path: 'log.csv', columns }, { folder: delivered('log.csv', text) });
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
    const { statements, rejections } = await readLog({ path: 'log.csv', partner: 'c06', columns }, { folder });
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
    const { statements } = await readLog(options, { folder: delivered('log.csv', text) });
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
