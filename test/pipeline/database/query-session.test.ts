import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createQuerySessions } from '../../../pipeline/database/query-session.ts';
import { temporaryFolder } from '../../support/folders.ts';

const sessions = createQuerySessions({ memoryLimit: '256MB' });
afterAll(() => sessions.close());
const port = sessions.port(new AbortController().signal);
const folder = temporaryFolder();
const mine = join(folder, 'mine.csv');
const other = join(folder, 'other.csv');
writeFileSync(mine, 'a,b\n1,x\n2,y\n');
writeFileSync(other, 'secret\n42\n');
symlinkSync(other, join(folder, 'link.csv'));

const code = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code ?? error,
  );

describe('a session', () => {
  test('reads the files it was opened for, rows in JSON form', async () => {
    const rows = await port.session([mine], (session) =>
      session.rows("SELECT count(*) AS n, sum(a) AS s, TIMESTAMP '2026-06-29 10:00:00' AS t FROM read_csv($file)", {
        file: mine,
      }),
    );
    expect(rows).toEqual([{ n: '2', s: '3', t: '2026-06-29 10:00:00' }]);
  });

  test.each([
    ['another file', (s: string) => `FROM read_csv('${s}/other.csv')`],
    ['a link to another file', (s: string) => `FROM read_csv('${s}/link.csv')`],
    ['a folder', (s: string) => `FROM glob('${s}/*')`],
    ['a file of the system', () => "FROM read_text('/etc/passwd')"],
    ['an address', () => "FROM read_csv('http://127.0.0.1:1/x.csv')"],
    ['an extension', () => "FROM read_xlsx('x.xlsx')"],
    ['the environment', () => "SELECT getenv('HOME')"],
  ])('does not read %s', async (_, sql) => {
    expect(await code(port.session([mine], (session) => session.rows(sql(folder))))).toMatch(
      /^database\/(permission|io|catalog|binder)-error$/,
    );
  });

  test.each([
    ["COPY (SELECT 1) TO '{mine}'"],
    ["COPY (SELECT 1) TO '{new}'"],
    ["EXPORT DATABASE '{new}'"],
    ["ATTACH '{new}' AS x"],
    ["ATTACH '{mine}' AS x"],
    ['INSTALL httpfs'],
    ['LOAD httpfs'],
    ['SET threads = 9'],
    ["SET memory_limit = '9GB'"],
    ["SET temp_directory = '/tmp'"],
    ['RESET lock_configuration'],
    ['PRAGMA enable_profiling'],
    ['CALL enable_logging()'],
    ['VACUUM'],
    ['PREPARE p AS SELECT 1'],
  ])('neither writes, loads nor sets: %s', async (text) => {
    const before = readFileSync(mine, 'utf8');
    const sql = text.replace('{mine}', mine).replace('{new}', join(folder, 'new'));
    for (const use of ['rows', 'run'] as const) {
      expect(await code(port.session([mine], async (session) => void (await session[use](sql))))).toMatch(
        /^database\//,
      );
    }
    expect(readFileSync(mine, 'utf8')).toBe(before);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  test('answers no statement that changes something, where rows are asked for', async () => {
    expect(await code(port.session([], (session) => session.rows('CREATE TABLE t AS SELECT 1')))).toBe(
      'database/refused-statement',
    );
    expect(await code(port.session([], (session) => session.rows('SELECT 1; DROP TABLE t')))).toMatch(/^database\//);
  });

  test('what is no SQL is a fault with the code of its kind', async () => {
    expect(await code(port.session([], (session) => session.rows('SELECT ,')))).toBe('database/parser-error');
  });

  test('sees nothing of the session before it', async () => {
    await port.session([], (session) => session.run('CREATE TABLE t AS SELECT 1 AS a'));
    expect(await code(port.session([], (session) => session.rows('FROM t')))).toBe('database/catalog-error');
  });

  test('a parameter that is not given, or is no plain value, is named', async () => {
    const asked = port.session([], (session) => session.rows('SELECT $a', { b: 1 }));
    await expect(asked).rejects.toMatchObject({
      code: 'database/missing-parameter',
      message: expect.stringContaining('$a'),
    });
    expect(await code(port.session([], (session) => session.rows('SELECT $a', { a: {} })))).toBe(
      'database/missing-parameter',
    );
  });

  test('what needs more memory than it may have fails, and is no end of the process', async () => {
    const asked = port.session([], (session) =>
      session.rows('SELECT count(*) FROM (SELECT DISTINCT md5(i::VARCHAR) FROM range(20_000_000) AS t(i))'),
    );
    expect(await code(asked)).toBe('database/out-of-memory-error');
  });

  test('is over when its work is', async () => {
    const leaked = await port.session([], async (session) => session);
    await expect(leaked.rows('SELECT 1')).rejects.toMatchObject({ code: 'database/closed' });
  });
});

describe('time', () => {
  const endless = 'SELECT sum(hash(a.i) % 7) AS s FROM range(10_000_000) AS a(i), range(10_000_000) AS b(i)';

  test('a running query is interrupted when the source’s time is up, and the next source can work', async () => {
    const limit = new AbortController();
    setTimeout(() => limit.abort(new Error('time is up')), 50);
    const started = performance.now();
    await expect(sessions.port(limit.signal).session([], (session) => session.rows(endless))).rejects.toThrow(
      'time is up',
    );
    expect(performance.now() - started).toBeLessThan(5000);
    expect(await port.session([], (session) => session.rows('SELECT 1 AS a'))).toEqual([{ a: 1 }]);
  });

  test('sessions wait their turn; one that is no longer wanted is not begun', async () => {
    const order: string[] = [];
    const limit = new AbortController();
    const first = port.session([], async (session) => {
      await session.rows('SELECT 1');
      limit.abort(new Error('not wanted'));
      order.push('first');
    });
    const second = sessions.port(limit.signal).session([], async () => void order.push('second'));
    const third = port.session([], async () => void order.push('third'));
    await expect(second).rejects.toThrow('not wanted');
    await Promise.all([first, third]);
    expect(order).toEqual(['first', 'third']);
  });

  test('closing ends what runs', async () => {
    const own = createQuerySessions();
    const running = code(own.port(new AbortController().signal).session([], (session) => session.rows(endless)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await own.close();
    expect(await running).toBe('database/closed');
  });
});

describe('columns', () => {
  const bitsOf = (values: readonly unknown[]): Uint8Array => {
    const bits = new Uint8Array(Math.ceil(values.length / 8));
    values.forEach((value, i) => {
      if (value !== null) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
    });
    return bits;
  };

  test.each([0, 1, 7, 64, 2047, 2048, 2049, 5000])('%i rows come back as they were given', async (rows) => {
    const given = Array.from({ length: rows }, (_, i) => ({
      i: i % 5 === 3 ? null : i - 10,
      b: i % 7 === 0 ? null : (BigInt(i) * 4_000_000_007n).toString(),
      d: i % 3 === 0 ? null : i / 4,
      t: i % 11 === 0 ? null : `text ${i} longer than what fits inline`,
      o: i % 2 === 0 ? null : i % 4 === 1,
    }));
    const back = await port.session([], async (session) => {
      const table = await session.table('given', {
        i: 'INTEGER',
        b: 'BIGINT',
        d: 'DOUBLE',
        t: 'VARCHAR',
        o: 'BOOLEAN',
      });
      const pieces = {
        i: { values: Int32Array.from(given, (r) => r.i ?? 9), valid: bitsOf(given.map((r) => r.i)) },
        b: { values: BigInt64Array.from(given, (r) => BigInt(r.b ?? 9)), valid: bitsOf(given.map((r) => r.b)) },
        d: { values: Float64Array.from(given, (r) => r.d ?? 9), valid: bitsOf(given.map((r) => r.d)) },
        t: { values: given.map((r) => r.t) },
        o: { values: given.map((r) => r.o) },
      };
      await table.append(pieces, rows);
      await table.end();
      return await session.rows('SELECT * FROM given ORDER BY rowid');
    });
    expect(back).toEqual(given);
  });

  test('a chunk that is used again keeps nothing of the one before', async () => {
    const nothing = new Uint8Array(Math.ceil(5000 / 8));
    const rows = await port.session([], async (session) => {
      const table = await session.table('t', { n: 'INTEGER', m: 'DOUBLE' });
      await table.append(
        { n: { values: new Int32Array(5000), valid: nothing }, m: { values: new Float64Array(5000) } },
        5000,
      );
      await table.append(
        { n: { values: new Int32Array(5000).fill(3) }, m: { values: new Float64Array(5000), valid: nothing } },
        5000,
      );
      await table.append(
        { n: { values: new Int32Array(100).fill(4) }, m: { values: new Float64Array(100).fill(1) } },
        100,
      );
      await table.end();
      return await session.rows('SELECT n, m, count(*) AS c FROM t GROUP BY n, m ORDER BY c, n');
    });
    expect(rows).toEqual([
      { n: 4, m: 1, c: '100' },
      { n: 3, m: null, c: '5000' },
      { n: null, m: 0, c: '5000' },
    ]);
  });

  test('pieces of any sizes add up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4100 }), { maxLength: 5 }), async (sizes) => {
        const sum = await port.session([], async (session) => {
          const table = await session.table('pieces', { n: 'INTEGER' });
          for (const size of sizes)
            await table.append({ n: { values: Int32Array.from({ length: size }, (_, i) => i) } }, size);
          await table.end();
          return await session.rows('SELECT count(*) AS n, coalesce(sum(n), 0) AS s FROM pieces');
        });
        const total = sizes.reduce((a, b) => a + b, 0);
        expect(sum).toEqual([{ n: String(total), s: String(sizes.reduce((a, b) => a + (b * (b - 1)) / 2, 0)) }]);
      }),
      { numRuns: 20 },
    );
  });

  test('a column that is too short, missing or of another type is refused', async () => {
    const fill = (
      pieces: Parameters<Awaited<ReturnType<Parameters<Parameters<typeof port.session>[1]>[0]['table']>>['append']>[0],
    ) =>
      code(
        port.session([], async (session) => {
          const table = await session.table('t', { n: 'INTEGER' });
          await table.append(pieces, 10);
        }),
      );
    expect(await fill({})).toBe('database/short-column');
    expect(await fill({ n: { values: new Int32Array(9) } })).toBe('database/short-column');
    expect(await fill({ n: { values: new Int32Array(10), valid: new Uint8Array(1) } })).toBe('database/short-column');
    expect(await fill({ n: { values: new Float64Array(10) } })).toBe('database/wrong-column');
  });
});
