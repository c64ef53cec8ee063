import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../config/load.ts';
import type { CollectContext, Collected } from '../../../connectors/contract.ts';
import connector from '../../../connectors/sources/sql/sql.ts';
import { createQuerySessions } from '../../../pipeline/database/query-session.ts';
import { Normaliser } from '../../../pipeline/stages/normalise.ts';
import { collectAll, collectContext } from '../../support/collect-context.ts';
import { temporaryFolder, writeInto } from '../../support/folders.ts';

const { config } = loadConfig(undefined, {});
const database = config.databases[0]?.database_id ?? '';
let folder = '';
const sessions = createQuerySessions();
const query = sessions.port(new AbortController().signal);
afterAll(() => sessions.close());

beforeAll(async () => {
  folder = temporaryFolder();
  writeInto(folder, {
    'ho-so.csv': 'ten;so;ngay\nTran Thi Bi Mat;1.041;2026-06-01\nB;7;2026-06-02\n',
    'nhat-ky.json': '[{"lan": "2026-06-28T10:00:00Z", "trang_thai": "two_way", "n": 9007199254740993}]',
    "o'day.csv": 'a\n1\n',
    'hong.parquet': 'no parquet at all',
  });
  const instance = await DuckDBInstance.create(join(folder, 'kho.duckdb'));
  const connection = await instance.connect();
  await connection.run('CREATE TABLE thua AS SELECT range AS id FROM range(12345)');
  await connection.run(`COPY (SELECT range AS id FROM range(77)) TO '${join(folder, 'dat.parquet')}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
});

const FILES = { ho_so: 'ho-so.csv', nhat_ky: 'nhat-ky.json', kho: 'kho.duckdb', dat: 'dat.parquet' };

interface Given {
  sql: string;
  fact?: Record<string, unknown>;
  files?: Record<string, string>;
  context?: Partial<CollectContext>;
}

function settings({ sql, fact, files }: Given) {
  const facts = [{ database, attribute: 'records.count', number: 'n', ...fact }];
  return { title: 'Kho', files: files ?? FILES, queries: [{ id: 'dem', sql, facts }] };
}

const collect = (given: Given): Promise<Collected[]> =>
  collectAll(connector, settings(given), { folder, query, registry: config, ...given.context });

/** The one observation without its document, or the rejection. */
async function one(given: Given): Promise<Record<string, unknown>> {
  const [piece, ...more] = (await collect(given)).filter(
    (p) => p.kind === 'rejection' || (p.statement as { type: string }).type !== 'document',
  );
  expect(more).toEqual([]);
  if (piece === undefined) throw new Error('nothing came');
  return piece.kind === 'rejection' ? { code: piece.code, message: piece.message } : (piece.statement as never);
}

const code = async (given: Given): Promise<unknown> => (await one(given)).code;

describe('files', () => {
  test('a Parquet, a CSV, a JSON and a DuckDB file are counted by their names', async () => {
    for (const [sql, n] of [
      ['select count(*) as n from dat', 77],
      ['SELECT count(*) AS n FROM ho_so;', 2],
      ['-- how many\nselect count(*) n from nhat_ky -- so many', 1],
      ['with t as (select * from kho.thua) select count(*) as n from t', 12345],
      ['select sum(id)::DOUBLE as n from dat', 2926],
      ['select sum(id) as n from kho.thua', 76193340],
    ] as const) {
      expect(await one({ sql }), sql).toMatchObject({ attribute: 'records.count', value_number: n });
    }
  });

  test('the document is of the night, and its hash is that of what was said', async () => {
    const given = { sql: 'select count(*) as n from dat' };
    const [first, again, other] = [
      await collect(given),
      await collect(given),
      await collect({ sql: 'select 1 as n from dat limit 1' }),
    ];
    expect(first).toEqual(again);
    expect(first[0]).toMatchObject({
      statement: { type: 'document', id: 's-2026-06-29', title: 'Kho', grade: 'E3', said_by: 'owner' },
    });
    const hash = (pieces: Collected[] | undefined): unknown =>
      pieces?.[0]?.kind === 'statement' ? (pieces[0].statement as { sha256: string }).sha256 : null;
    expect(hash(first)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(other)).not.toBe(hash(first));
  });

  test('what it yields is taken by the pipeline as it is', async () => {
    const facts = [
      { database, attribute: 'records.count', number: 'n', unit: 'thửa đất', stage: 'nhap_csdl', observed_at: 'luc' },
      {
        database,
        attribute: 'c12.connection',
        state: 'noi',
        flags: { since: 'tu', holder: 'cho', via: { literal: 'NDOP' } },
      },
      { database, attribute: 'units.ratio', number: 'n', of: 'm', unit: 'xã', role: 'reported' },
      { database, attribute: 'update.last', time: 'luc' },
      { database, attribute: 'software.state', state: 'ma', words: { '3': 'operating' } },
    ];
    const sql = `select 34 as n, 40 as m, 'one_way' as noi, DATE '2026-05-01' as tu, 'c12' as cho, 3 as ma,
      TIMESTAMPTZ '2026-06-28 17:00:00+07' as luc`;
    const options = { title: 'Kho', files: FILES, queries: [{ id: 'tat-ca', sql, facts }] };
    const normaliser = new Normaliser({
      config,
      runId: 'r',
      sourceId: 's',
      collectedAt: new Date('2026-06-29T18:00:00Z'),
    });
    for (const piece of await collectAll(connector, options, { folder, query, registry: config }))
      normaliser.add(piece);
    const { observations, rejections } = normaliser.finish();
    expect(rejections).toEqual([]);
    expect(
      observations.map((o) => [o.attribute, o.value_number ?? o.value_text ?? o.value_time, o.observed_at]),
    ).toEqual([
      ['records.count', 34, '2026-06-28 10:00:00.000'],
      ['c12.connection', 'one_way', '2026-06-29 18:00:00.000'],
      ['units.ratio', 34, '2026-06-29 18:00:00.000'],
      ['update.last', '2026-06-28 10:00:00.000', '2026-06-29 18:00:00.000'],
      ['software.state', 'operating', '2026-06-29 18:00:00.000'],
    ]);
    expect(observations[1]?.flags).toBe('{"holder":"c12","since":"2026-05-01","via":"NDOP"}');
  });

  test('a query reads nothing but the files that are named', async () => {
    for (const sql of [
      `select count(*) as n from read_text('/etc/passwd')`,
      `select count(*) as n from '${folder}/nhat-ky.json'`,
    ]) {
      const [piece] = await collect({ sql, files: { dat: 'dat.parquet' } }).catch((error: unknown) => [error]);
      expect(piece, sql).toMatchObject({ code: expect.stringMatching(/^source\/(permission-denied|unknown-name)$/) });
    }
  });

  test('a quote in a path is part of the path', async () => {
    expect(await one({ sql: 'select count(*) as n from x', files: { x: "o'day.csv" } })).toMatchObject({
      value_number: 1,
    });
  });

  test('a file that is not what its ending says, or not there', async () => {
    await expect(collect({ sql: 'select 1 as n', files: { x: 'hong.parquet' } })).rejects.toMatchObject({
      code: 'source/unreadable-file',
      message: 'the file hong.parquet cannot be read as parquet',
    });
    await expect(collect({ sql: 'select 1 as n', files: { x: 'no.csv' } })).rejects.toMatchObject({
      code: 'source/missing-file',
    });
    const options = connector.options.parse(settings({ sql: 'select 1 as n', files: { x: 'no.csv' } }));
    expect(connector.check?.(options, folder)).toBe('there is no file no.csv');
  });

  test('asked lightly, the files are opened', async () => {
    const context = { folder, query };
    const ask = (files: Record<string, string>): Promise<void> | undefined =>
      connector.probe?.(connector.options.parse(settings({ sql: 'select 1 as n', files })), collectContext(context));
    await ask(FILES);
    await expect(ask({ x: 'hong.parquet' })).rejects.toMatchObject({ code: 'source/unreadable-file' });
  });
});

describe('answers that are none', () => {
  test.each([
    ['no row', 'select id as n from dat where id < 0', 'sql/not-one-row'],
    ['two rows', 'select id as n from dat', 'sql/not-one-row'],
    ['another column', 'select count(*) as m from dat', 'sql/missing-column'],
    ['NULL', 'select max(id) as n from dat where id < 0', 'sql/no-answer'],
    ['a number as text', "select so as n from ho_so where so = '1.041'", 'sql/number-as-text'],
    ['digits as text', "select '1041' as n", 'sql/number-as-text'],
    ['beyond 2^53', 'select n from nhat_ky', 'sql/too-large'],
    ['beyond everything', 'select 1e300 as n', 'sql/too-large'],
    ['not a number', "select 'nan'::double as n", 'sql/wrong-type'],
    ['infinite', "select 'inf'::double as n", 'sql/too-large'],
    ['a fraction', 'select 1.5 as n', 'sql/not-whole'],
    ['negative', 'select -1 as n', 'sql/negative'],
    ['true', 'select true as n', 'sql/wrong-type'],
    ['a day', 'select current_date as n', 'sql/wrong-type'],
    ['a list', 'select [1] as n', 'sql/number-as-text'],
  ])('%s', async (_, sql, expected) => {
    expect(await code({ sql })).toBe(expected);
  });

  test('times without a zone, of tomorrow, and as free text', async () => {
    const fact = { attribute: 'update.last', number: undefined, time: 't' };
    expect(await code({ sql: "select TIMESTAMP '2026-06-01 10:00:00' as t", fact })).toBe('sql/time-without-zone');
    expect(await code({ sql: "select DATE '2026-07-01' as t", fact })).toBe('sql/future-time');
    expect(await code({ sql: "select '01/06/2026' as t", fact })).toBe('sql/not-a-time');
    expect(await one({ sql: 'select max(ngay) as t from ho_so', fact })).toMatchObject({ value_time: '2026-06-02' });
    expect(await one({ sql: 'select max(lan)::TIMESTAMPTZ as t from nhat_ky', fact })).toMatchObject({
      value_time: '2026-06-28T10:00:00+00:00',
    });
    const observed = { observed_at: 'lan' };
    expect(await code({ sql: 'select 1 as n, null as lan', fact: observed })).toBe('sql/no-answer');
  });

  test('text is a state of the scale, or a declared word, or refused without being repeated', async () => {
    const fact = { attribute: 'c12.connection', number: undefined, state: 's' };
    const secret = 'Tran Thi Bi Mat';
    expect(await one({ sql: 'select trang_thai as s from nhat_ky', fact })).toMatchObject({ value_text: 'two_way' });
    for (const [sql, given] of [
      ['select max(ten) as s from ho_so', fact],
      ['select max(ten) as s from ho_so', { ...fact, attribute: 'blocked_by' }],
      ['select max(ten) as n from ho_so', {}],
      ['select max(ten) as t from ho_so', { attribute: 'update.last', number: undefined, time: 't' }],
      ["select 'none' as s, max(ten) as v from ho_so", { ...fact, flags: { via: 'v' } }],
      ["select 'none' as s, max(ten) as v from ho_so", { ...fact, flags: { holder: 'v' } }],
      ["select 'none' as s, max(ten) as v from ho_so", { ...fact, flags: { since: 'v' } }],
      ["select 'none' as s, max(ten) as v from ho_so", { ...fact, flags: { lien_he: 'v' } }],
    ] as const) {
      const pieces = JSON.stringify(await collect({ sql, fact: given }));
      expect(pieces, sql).toContain('"rejection"');
      expect(pieces, sql).not.toContain(secret);
    }
    const words = { ...fact, words: { 'Tran Thi Bi Mat': 'linked' } };
    expect(await one({ sql: 'select max(ten) as s from ho_so', fact: words })).toMatchObject({ value_text: 'linked' });
  });

  test('an error of the engine is told without its words: they repeat values', async () => {
    const sql = 'select max(ten)::INTEGER as n from ho_so';
    await expect(collect({ sql })).rejects.toMatchObject({
      code: 'source/wrong-value',
      message: 'no query was answered; the first met a value that it cannot convert',
    });
  });

  test('one query that fails leaves the others; when none is answered the source failed', async () => {
    const fact = { database, attribute: 'records.count', number: 'n' };
    const queries = [
      { id: 'sai', sql: 'select n from khong_co', facts: [fact] },
      { id: 'dung', sql: 'select count(*) as n from dat', facts: [fact] },
    ];
    const context = { folder, query, registry: config };
    const pieces = await collectAll(connector, { title: 'Kho', files: FILES, queries }, context);
    expect(pieces.map((p) => (p.kind === 'rejection' ? p.code : 'statement'))).toEqual([
      'statement',
      'sql/unknown-name',
      'statement',
    ]);
    expect(pieces[1]).toMatchObject({ at: 'sai', raw: '', message: expect.stringContaining('query sai') });
    await expect(
      collectAll(connector, { title: 'Kho', files: FILES, queries: queries.slice(0, 1) }, context),
    ).rejects.toMatchObject({ code: 'source/unknown-name' });
  });

  test('an aborted source stops', async () => {
    const signal = AbortSignal.abort(new Error('over'));
    await expect(collect({ sql: 'select 1 as n', context: { signal } })).rejects.toThrow('over');
  });
});

// The suite itself is test/postgres; here it is only named, so that nobody takes its silence for success.
test.skip('PostgreSQL is tested by `.ci/postgres npm run test:postgres`, against a real server', () => {});
