import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fault } from '../../config/fault.ts';
import { loadConfig } from '../../config/load.ts';
import type { Log } from '../../config/log.ts';
import type { CollectContext, Collected } from '../../connectors/contract.ts';
import connector from '../../connectors/sources/sql/sql.ts';
import { collectAll, collectContext } from '../support/collect-context.ts';
import { authority, SKIPPED, type TestServer, testServer, url } from '../support/postgres.ts';

const { config } = loadConfig(undefined, {});
const database = config.databases[0]?.database_id ?? '';
let server: TestServer;

beforeAll(async () => {
  if (url !== undefined) server = await testServer();
});
afterAll(async () => {
  await server?.close();
});

interface Given {
  sql?: string | string[];
  fact?: Record<string, unknown>;
  postgres?: Record<string, unknown>;
  options?: Record<string, unknown>;
  context?: Partial<CollectContext>;
}

function settings({ sql = 'select count(*) as n from thua', fact, postgres, options }: Given) {
  const { host, port, user, password } = server;
  const facts = [{ database, attribute: 'records.count', number: 'n', ...fact }];
  return {
    title: 'Kho',
    postgres: { host, port, database: server.database, user, password, tls: 'off', ...postgres },
    queries: [sql].flat().map((text, i) => ({ id: `q${i}`, sql: text, facts })),
    ...options,
  };
}

const collect = (given: Given = {}): Promise<Collected[]> =>
  collectAll(connector, settings(given), { hosts: ['127.0.0.1', 'localhost'], registry: config, ...given.context });

/** Each answer in a word: the value of the observation, or the code of the rejection. */
async function answers(given: Given): Promise<unknown[]> {
  return (await collect(given)).flatMap((piece) => {
    if (piece.kind === 'rejection') return [piece.code];
    const { type, value_number, value_text, value_time } = piece.statement as Record<string, unknown>;
    return type === 'document' ? [] : [value_number ?? value_text ?? value_time];
  });
}

const faultOf = async (given: Given): Promise<Fault> => {
  const error = await collect(given).catch((cause: unknown) => cause);
  if (!(error instanceof Fault)) throw new Error(`no fault but ${JSON.stringify(error)}`);
  return error;
};

/** Connections of the program at the server. */
async function backends(): Promise<number> {
  const rows = await server.run(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'csdl-readiness' AND datname = current_database()",
  );
  return Number(rows[0]?.n);
}

/** The server needs a moment to notice that somebody left. */
async function backendsSettle(): Promise<number> {
  for (let i = 0; i < 50 && (await backends()) > 0; i++) await wait(20);
  return await backends();
}

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

  test('an aborted source leaves nothing running at the server', async () => {
    const control = new AbortController();
    const running = collect({
      sql: 'select count(*) as n from thua, pg_sleep(60)',
      context: { signal: control.signal },
    });
    while ((await backends()) === 0) await wait(10);
    await wait(200);
    const started = performance.now();
    control.abort(new Error('over'));
    await expect(running).rejects.toThrow('over');
    expect(await backendsSettle()).toBe(0);
    expect(performance.now() - started).toBeLessThan(2500);
  });

  test('aborted while connecting', async () => {
    for (const ms of [0, 1, 3, 10, 30]) {
      const control = new AbortController();
      const running = collect({ context: { signal: control.signal }, sql: 'select pg_sleep(20)::text as n' });
      setTimeout(() => control.abort(new Error('over')), ms);
      await expect(running).rejects.toThrow('over');
    }
    expect(await backendsSettle()).toBe(0);
  });

  test('a connection that is cut in the middle fails the source', async () => {
    const running = collect({ sql: ['select count(*) as n from thua, pg_sleep(30)', 'select 1 as n'] });
    const failed = expect(running).rejects.toMatchObject({
      code: expect.stringMatching(/^source\/(unavailable|unreachable)$/),
    });
    while ((await backends()) === 0) await wait(10);
    await wait(200);
    await server.run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'csdl-readiness' AND datname = current_database()",
    );
    await failed;
  });

  test('who may not in is told why', async () => {
    const password = 'sai-mat-khau-7f3a';
    expect(await faultOf({ postgres: { password } })).toMatchObject({ code: 'source/auth-failed' });
    expect(await faultOf({ postgres: { password: undefined } })).toMatchObject({ code: 'source/auth-failed' });
    expect(await faultOf({ postgres: { user: 'khong_co' } })).toMatchObject({ code: 'source/auth-failed' });
    expect(await faultOf({ postgres: { database: 'khong_co' } })).toMatchObject({ code: 'source/no-such-database' });
    expect(await faultOf({ postgres: { port: 1 } })).toMatchObject({ code: 'source/unreachable' });
    expect(await faultOf({ postgres: { host: '127.0.0.2' } })).toMatchObject({ code: 'source/undeclared-host' });
    expect(await faultOf({ sql: 'select count(*) as n from kin' })).toMatchObject({ code: 'source/permission-denied' });
    expect(await faultOf({ sql: 'select count(*) as n from co_khong' })).toMatchObject({ code: 'source/unknown-name' });
    expect(await faultOf({ sql: 'select count(*) as n frm thua' })).toMatchObject({ code: 'source/syntax' });
    await expect(
      connector.probe?.(connector.options.parse(settings({ postgres: { password } })), lightly()),
    ).rejects.toMatchObject({
      code: 'source/auth-failed',
    });
    await connector.probe?.(connector.options.parse(settings({})), lightly());
  });

  test('no message holds an address, a name, a password, a value or the query', async () => {
    const password = 'sai-mat-khau-7f3a';
    const given: Given[] = [
      { postgres: { password } },
      { postgres: { database: 'khong_co' } },
      { postgres: { port: 1 } },
      { postgres: { tls: {} } },
      { sql: 'select max(chu_su_dung)::int as n from thua' },
      { sql: "select ('Tran Thi Bi Mat' || max(id))::date as n from thua" },
      { sql: 'select max(chu_su_dung) as n from thua' },
      { sql: 'select count(*) as n from kin' },
      { sql: "select 'Tran Thi Bi Mat' from khong_co" },
      { sql: "select 1/0 as n, 'Tran Thi Bi Mat'" },
    ];
    for (const one of given) {
      const told: unknown[] = [];
      const log = logThat((...entry) => told.push(entry));
      const result = await collect({ ...one, context: { log } }).catch((error: unknown) => error);
      if (result instanceof Fault)
        told.push(result.code, result.message, result.hint, result.details, String(result.cause), result.stack);
      else told.push(result);
      const text = JSON.stringify(told).replaceAll(/file:\/\/[^)\s]*|\/[\w./-]*\.[jt]s/g, '');
      for (const secret of [
        password,
        server.password,
        server.user,
        server.host,
        'Bi Mat',
        'khong_co',
        '"kin"',
        ' kin ',
      ])
        expect(text, JSON.stringify(one)).not.toContain(secret);
    }
  });

  test('an answer as large as a table is not read to its end', async () => {
    const sql = "select repeat('x', 50000000) as n";
    const meter = { tries: 0, bytes: 0 };
    expect(await faultOf({ sql, context: { meter } })).toMatchObject({ code: 'source/too-large' });
    expect(meter.bytes).toBeLessThan(5_000_000);
    expect(await backendsSettle()).toBe(0);
  });

  test('a superuser is let in with a warning', async () => {
    const events: unknown[] = [];
    const { username: user, password } = new URL(url ?? '');
    const context = { log: logThat((event) => events.push(event)) };
    expect(await answers({ postgres: { user, password }, context })).toEqual([1041]);
    expect(events).toContain('sql.superuser');
    expect(await answers({ context: { log: logThat((event) => events.push(`second ${event}`)) } })).toEqual([1041]);
    expect(events).not.toContain('second sql.superuser');
  });

  test('fifty sources side by side leave no connection behind', async () => {
    const sources = Array.from({ length: 50 }, (_, i) =>
      answers({ sql: i % 5 === 4 ? 'select x' : 'select count(*) as n from thua' }).catch((error: Fault) => error.code),
    );
    const results = await Promise.all(sources);
    expect(results.filter((r) => r === 'source/unknown-name').length).toBe(10);
    expect(results.filter((r) => Array.isArray(r) && r[0] === 1041).length).toBe(40);
    expect(await backendsSettle()).toBe(0);
  });

  test.skipIf(authority === undefined)('TLS is verified, the name included', async () => {
    const tls = { ca: authority };
    expect(await answers({ postgres: { host: 'localhost', tls } })).toEqual([1041]);
    expect(await faultOf({ postgres: { host: 'localhost', tls: undefined } })).toMatchObject({ code: 'source/tls' });
    expect(await faultOf({ postgres: { tls } })).toMatchObject({
      code: 'source/tls',
      message: expect.stringContaining('another name'),
    });
    expect(await faultOf({ postgres: { host: 'localhost', tls: { ca: 'khong-co.pem' } } })).toMatchObject({
      code: 'source/missing-file',
    });
  });

  test.skipIf(authority === undefined)('a query is stopped over TLS too', async () => {
    const control = new AbortController();
    const postgres = { host: 'localhost', tls: { ca: authority } };
    const running = collect({
      sql: 'select count(*) as n from thua, pg_sleep(60)',
      postgres,
      context: { signal: control.signal },
    });
    while ((await backends()) === 0) await wait(10);
    await wait(200);
    control.abort(new Error('over'));
    await expect(running).rejects.toThrow('over');
    expect(await backendsSettle()).toBe(0);
  });
});

function lightly(): CollectContext {
  return collectContext({ hosts: ['127.0.0.1'], registry: config });
}

function logThat(take: (event: string, fields?: unknown) => unknown): Log {
  const log: Log = {
    info: (event, fields) => void take(event, fields),
    warn: (event, fields) => void take(event, fields),
    with: () => log,
  };
  return log;
}
