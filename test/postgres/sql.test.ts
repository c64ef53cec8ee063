import { describe, expect, test } from 'vitest';
import connector from '../../connectors/sources/sql/sql.ts';
import { collectContext } from '../support/collect-context.ts';
import { SKIPPED, url } from '../support/postgres.ts';
import { answers, collect, config, faultOf, logThat, server, settings } from '../support/postgres-source.ts';

describe.skipIf(url === undefined)(`PostgreSQL${url === undefined ? ` (${SKIPPED})` : ''}`, () => {
  test('counts, sums, states, days and instants', async () => {
    expect(
      await answers({
        sql: ['select count(*) as n from thua', 'select sum(id) as n from thua;', 'select 7::smallint as n'],
      }),
    ).toEqual([1041, 542361, 7]);
    const fact = { attribute: 'c12.connection', number: undefined, state: 's' };
    expect(await answers({ sql: 'with t as (select * from thua) select max(trang_thai) as s from t', fact })).toEqual([
      'two_way',
    ]);
    const time = { attribute: 'update.last', number: undefined, time: 't' };
    const sql = ['cap_nhat', 'ngay', 'gio', "gio at time zone 'Asia/Ho_Chi_Minh'"].map(
      (c) => `select max(${c}) as t from thua`,
    );
    expect(await answers({ sql, fact: time })).toEqual([
      '2026-06-28T03:00:00+00:00',
      '2026-06-27',
      'sql/time-without-zone',
      '2026-06-28T03:00:00+00:00',
    ]);
  });

  test('the document says when it was asked, and how strong it is', async () => {
    const [document, fact] = await collect();
    expect(document).toMatchObject({
      statement: {
        type: 'document',
        id: 's-2026-06-29',
        stated_at: '2026-06-29T18:00:00.000Z',
        grade: 'E3',
        said_by: 'owner',
      },
    });
    expect(fact).toMatchObject({ statement: { observed_at: '2026-06-29T18:00:00.000Z', evidence: { query: 'q0' } } });
  });

  test('what is no answer', async () => {
    const sql = [
      'select id as n from thua',
      'select id as n from thua where false',
      'select null::bigint as n',
      'select count(*) as m from thua',
      "select '1.041' as n",
      'select 9007199254740993 as n',
      'select 1.5 as n',
      "select 'NaN'::float8 as n",
      'select 1 as n, 2 as n',
      'select max(chu_su_dung) as n from thua',
    ];
    expect(await answers({ sql })).toEqual([
      'sql/not-one-row',
      'sql/not-one-row',
      'sql/no-answer',
      'sql/missing-column',
      'sql/number-as-text',
      'sql/too-large',
      'sql/not-whole',
      'sql/wrong-type',
      'sql/double-column',
      'sql/number-as-text',
    ]);
  });

  test('nothing that writes gets through, and the queries around it are answered', async () => {
    const sql = [
      'select count(*) as n from thua',
      "select nextval('day') as n",
      "select setval('day', 500) as n",
      'with x as (delete from thua returning 1) select count(*) as n from x',
      'select 1 as n into moi',
      'select count(*) as n from thua for update',
      "select set_config('transaction_read_only', 'off', true) as n",
      'select 2 as n',
    ];
    expect(await answers({ sql })).toEqual([
      1041,
      'sql/writes',
      'sql/writes',
      'sql/syntax',
      'sql/syntax',
      'sql/syntax',
      'sql/writes',
      2,
    ]);
    expect((await server.run('SELECT last_value::int AS n, is_called FROM day'))[0]).toEqual({
      n: 1,
      is_called: false,
    });
  });

  test('large objects made by functions are gone with the transaction', async () => {
    await answers({ sql: 'select lo_create(0)::bigint as n' }).catch(() => null);
    await collect({ sql: "select lo_import('/etc/hostname')::bigint as n" }).catch(() => null);
    expect((await server.run('SELECT count(*)::int AS n FROM pg_largeobject_metadata'))[0]).toEqual({ n: 0 });
  });

  test('statements that are no queries, past the check of the settings', async () => {
    const options = connector.options.parse(settings({}));
    for (const sql of [
      "copy thua to '/tmp/x'",
      "copy (select 1) to program 'id'",
      'do $$ begin perform 1; end $$',
      'insert into thua values (1)',
      'select 1 as n; select 2 as n',
      'select 1 as n) as a; drop table thua; select * from (select 1',
      'show all',
      'call x()',
    ]) {
      const [query] = options.queries;
      if (query === undefined) throw new Error('no query');
      const unchecked = { ...options, queries: [{ ...query, sql }] };
      const pieces: unknown[] = [];
      const run = async (): Promise<void> => {
        const context = collectContext({ hosts: ['127.0.0.1'], registry: config });
        for await (const piece of connector.collect(unchecked, context)) pieces.push(piece);
      };
      await expect(run(), sql).rejects.toMatchObject({ code: 'source/syntax' });
    }
    expect(await answers({})).toEqual([1041]);
  });

  test('what one query sets for itself is forgotten before the next', async () => {
    const sql = [
      "select length(set_config('statement_timeout', '1', false)) as n",
      'select count(*) as n from generate_series(1, 200000)',
      "select (current_setting('statement_timeout') = '1min')::int as n",
    ];
    expect(await answers({ sql })).toEqual([3, 200000, 1]);
  });

  test('all counts are of one moment', async () => {
    const rows = await answers({
      sql: [
        'select (txid_snapshot_xmax(txid_current_snapshot())) as n',
        'select pg_sleep(0.3)::text::int as n',
        'select (txid_snapshot_xmax(txid_current_snapshot())) as n',
      ],
      context: { log: logThat((event) => (event === 'sql.query' ? server.run('INSERT INTO kin VALUES (1)') : null)) },
    });
    expect(rows[2]).toBe(rows[0]);
    expect(typeof rows[0]).toBe('number');
  });

  test('a query that takes too long is stopped at the server, the others go on', async () => {
    const started = performance.now();
    const sql = ['select pg_sleep(30)::text as n', 'select 5 as n'];
    expect(await answers({ sql, options: { statement_seconds: 1 } })).toEqual(['sql/timeout', 5]);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(await faultOf({ sql: sql.slice(0, 1), options: { statement_seconds: 1 } })).toMatchObject({
      code: 'source/timeout',
    });
  });

  test('a lock of somebody else is not waited for to the end of the night', async () => {
    await server.run('BEGIN; LOCK TABLE thua IN ACCESS EXCLUSIVE MODE');
    try {
      expect(await answers({ sql: ['select count(*) as n from thua', 'select 5 as n'] })).toEqual(['sql/locked', 5]);
    } finally {
      await server.run('ROLLBACK');
    }
  });
});
