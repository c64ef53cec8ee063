import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../config/fault.ts';
import connector from '../../connectors/sources/sql/sql.ts';
import { authority, SKIPPED, url } from '../support/postgres.ts';
import {
  answers,
  backends,
  backendsSettle,
  collect,
  faultOf,
  type Given,
  lightly,
  logThat,
  server,
  settings,
} from '../support/postgres-source.ts';

describe.skipIf(url === undefined)(`PostgreSQL${url === undefined ? ` (${SKIPPED})` : ''}`, () => {
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

  test('a server that falls silent is not waited for, and its query is stopped', async () => {
    // Stands between the two and swallows every answer once the query was sent.
    const between = createServer((client) => {
      const upstream = connect(server.port, server.host);
      let silent = false;
      client.on('data', (piece) => {
        silent ||= piece.includes('generate_series');
        upstream.write(piece);
      });
      upstream.on('data', (piece) => void (silent || client.write(piece)));
      client.on('error', () => undefined).on('close', () => upstream.destroy());
      upstream.on('error', () => undefined).on('close', () => client.destroy());
    });
    await new Promise<void>((done) => between.listen(0, '127.0.0.1', done));
    const { port } = between.address() as AddressInfo;
    const sql = 'select count(*) as n from generate_series(1, 10), pg_sleep(30)';
    const fault = await faultOf({ sql, postgres: { port }, options: { statement_seconds: 1 } });
    expect(fault).toMatchObject({ code: 'source/timeout' });
    between.close();
    expect(await backendsSettle()).toBe(0);
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
