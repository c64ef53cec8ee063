import { closeSync, openSync, readFileSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import connector from '../../../connectors/sources/sync-log/sync-log.ts';
import { createQuerySessions } from '../../../pipeline/database/query-session.ts';
import { collectAll } from '../../support/collect-context.ts';
import { folderWith, temporaryFolder } from '../../support/folders.ts';
import { arrowBytes, batch, COLUMNS, csvText, jsonText, writeParquet } from '../../support/sync-logs.ts';

const sessions = createQuerySessions({ memoryLimit: '256MB' });
afterAll(() => sessions.close());
const query = sessions.port(new AbortController().signal);
const registry = { databases: [{ database_id: 'a', sync_schedule: null }] } as never;
const now = (): Date => new Date('2026-06-29T17:30:00Z');
const SECRET = 'Nguyen Van An 079123456789';

async function read(folder: string, path: string, options: object = {}, signal?: AbortSignal) {
  const given = {
    folder,
    registry,
    now,
    query: signal === undefined ? query : sessions.port(signal),
    ...(signal === undefined ? {} : { signal }),
  };
  const pieces = await collectAll(connector, { path, partner: 'c12', columns: COLUMNS, ...options }, given);
  const facts = pieces
    .flatMap((p) => (p.kind === 'statement' ? [p.statement as Record<string, unknown>] : []))
    .slice(1);
  const rejections = pieces.flatMap((p) => (p.kind === 'rejection' ? [`${p.code}: ${p.message}`] : []));
  return { facts, rejections };
}

/** The code of what the reading ends with; a code without what to do, or with a value of the log, fails the test. */
async function failure(folder: string, path: string, options: object = {}): Promise<string> {
  try {
    await read(folder, path, options);
    return 'read';
  } catch (error) {
    const { code, message, hint } = error as { code?: string; message: string; hint?: string };
    expect(`${message} ${hint}`).not.toContain('079123456789');
    expect(hint, message).toBeTypeOf('string');
    return code ?? message;
  }
}

const good = csvText([batch(), batch()]).slice(1);

describe('CSV', () => {
  test('a line that never ends is refused, in the header or below it', async () => {
    const folder = temporaryFolder();
    const long = Buffer.alloc(4 * 2 ** 20, 'x');
    for (const [name, start] of [
      ['header.csv', ''],
      ['row.csv', good],
    ] as const) {
      const file = openSync(join(folder, name), 'w');
      writeSync(file, start);
      for (let i = 0; i < 64; i++) writeSync(file, long);
      closeSync(file);
    }
    expect(await failure(folder, 'header.csv')).toBe('source/unreadable-log');
    const below = await failure(folder, 'row.csv');
    expect(['source/unreadable-log', 'source/too-large', 'read']).toContain(below);
  });

  test('a missing column is named, with those that are there; what may be a value is not repeated', async () => {
    const folder = folderWith({
      'names.csv': 'db,way,started,finished,sent,accepted\n',
      'pipe.csv': good.replaceAll(',', '#'),
      'bare.csv': `a,out,2026-06-28 08:00:00,${SECRET},10\n`,
    });
    await expect(read(folder, 'names.csv')).rejects.toMatchObject({
      code: 'source/missing-column',
      message:
        'names.csv has no column rejected (rejected), backlog (backlog), reason (reason); it has db, way, started, finished, sent, accepted',
    });
    expect(await failure(folder, 'pipe.csv')).toBe('source/missing-column');
    expect(await failure(folder, 'bare.csv')).toBe('source/missing-column');
    expect(await failure(folder, 'names.csv', { delimiter: ';' })).toBe('source/missing-column');
  });

  test('counts too large to be added refuse their row, not the file', async () => {
    const folder = folderWith({
      'log.csv': `${good}a,out,2026-06-28 08:00:00,2026-06-28 08:01:00,,9223372036854775807,5,0,\n`,
    });
    const { rejections } = await read(folder, 'log.csv');
    expect(rejections.join()).toContain('sync-log/');
  });

  test('zero bytes, UTF-16, broken UTF-8 and open quotes are refused or counted', async () => {
    const folder = folderWith({
      'zero.csv': Buffer.from(`${good}a,out\0,,,,,,,\n`),
      'utf16.csv': Buffer.from(`\ufeff${good}`, 'utf16le'),
      'latin.csv': Buffer.concat([
        Buffer.from(good),
        Buffer.from('a,out,2026-06-28 08:00:00,,1,1,0,0,\xe9\xff\n', 'latin1'),
      ]),
      'quote.csv': `${good}a,out,"2026-06-28 08:00:00,,1,1,0,0,${SECRET}\n${good.split('\n').slice(1).join('\n')}`,
    });
    expect(await failure(folder, 'zero.csv')).toBe('source/wrong-encoding');
    expect(await failure(folder, 'utf16.csv')).toBe('source/wrong-encoding');
    for (const name of ['latin.csv', 'quote.csv']) {
      const result = await read(folder, name).catch((error: { code: string }) => error.code);
      if (typeof result === 'string') expect(result).toBe('source/unreadable-log');
      else expect(result.rejections.join()).toMatch(/sync-log\/broken-line/);
    }
  });

  test('a compressed file that unpacks without end, or was cut off, is refused', async () => {
    const folder = folderWith({
      'bomb.csv.gz': gzipSync(Buffer.concat([Buffer.from(good), Buffer.alloc(64 * 2 ** 20, '\n')])),
      'cut.csv.gz': gzipSync(Buffer.from(good.repeat(1000))).subarray(0, 200),
      'none.csv.gz': good,
    });
    expect(await failure(folder, 'bomb.csv.gz')).toBe('source/too-large');
    expect(await failure(folder, 'cut.csv.gz')).toBe('source/unreadable-log');
    expect(await failure(folder, 'none.csv.gz')).toBe('source/unreadable-log');
  });

  test('more codes than there can be databases are refused', async () => {
    const rows = Array.from({ length: 11_000 }, (_, i) => batch({ db: `person ${i}` }));
    const folder = folderWith({
      'log.csv': csvText(rows),
      'log.arrow': Buffer.from(arrowBytes(rows, 'stream', 'text')),
    });
    expect(await failure(folder, 'log.csv')).toBe('source/too-many-codes');
    expect(await failure(folder, 'log.arrow')).toBe('source/too-many-codes');
  });

  test('codes that are not known are counted, one rejection each, and never repeated', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => batch({ db: `${SECRET} ${i % 60}` }));
    const { rejections } = await read(folderWith({ 'log.csv': csvText([batch(), ...rows]) }), 'log.csv');
    expect(rejections).toHaveLength(51);
    expect(rejections.at(-1)).toContain('10 more codes');
    expect(rejections.join()).not.toContain('Nguyen');
  });

  test('names that look like SQL are names', async () => {
    const evil = `x", (SELECT 1) AS "y'; DROP TABLE part; --`;
    const text = good.replace('db,', `"${evil.replaceAll('"', '""')}",`);
    const { facts } = await read(folderWith({ "o'log.csv": text }), "o'log.csv", {
      columns: { ...COLUMNS, database: evil },
    });
    expect(facts[0]).toMatchObject({ value_number: 20 });
  });
});

describe('JSON lines', () => {
  test('lines that are no object are counted; deep ones do no harm', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const nested = `{"db":{"a":${deep}},"way":"out"}`;
    const folder = folderWith({
      'log.jsonl': `${jsonText([batch()])}{broken\n[1,2]\n"${SECRET}"\n${nested}\n{"db":"a","way":"out"}\n`,
    });
    const result = await read(folder, 'log.jsonl').catch((error: { code: string }) => error.code);
    if (typeof result === 'string') expect(result).toBe('source/unreadable-log');
    else {
      expect(result.facts[0]).toMatchObject({ value_number: 10 });
      expect(result.rejections.join()).not.toContain('079123');
    }
  });

  test('a file without objects, and one without a needed key, are refused', async () => {
    const folder = folderWith({
      'none.jsonl': `[1]\n${SECRET}\n`,
      'key.jsonl': '{"db":"a","way":"out","started":1}\n{"db":"b"}\n',
    });
    expect(await failure(folder, 'none.jsonl')).toBe('source/unreadable-log');
    await expect(read(folder, 'key.jsonl')).rejects.toMatchObject({
      code: 'source/missing-column',
      message: 'key.jsonl has no column sent (sent), accepted (accepted); it has db, way, started',
    });
  });

  test('a line longer than a line may be is refused', async () => {
    const folder = folderWith({ 'log.jsonl': `${jsonText([batch()])}{"db":"${'x'.repeat(40_000_000)}"}\n` });
    expect(await failure(folder, 'log.jsonl')).toBe('source/unreadable-log');
  });
});

describe('Parquet and Arrow', () => {
  let folder = '';
  beforeAll(async () => {
    folder = temporaryFolder();
    const rows = Array.from({ length: 3000 }, () => batch());
    await writeParquet(join(folder, 'log.parquet'), rows);
    writeFileSync(join(folder, 'file.arrow'), arrowBytes(rows, 'file', 'text'));
    writeFileSync(join(folder, 'stream.arrow'), arrowBytes(rows, 'stream', 'dictionary'));
  });

  test.each(['log.parquet', 'file.arrow', 'stream.arrow'])(
    '%s cut off anywhere is refused, whole it is read',
    async (name) => {
      const whole = readFileSync(join(folder, name));
      expect((await read(folder, name)).facts[0]).toMatchObject({ value_number: 30_000 });
      for (const share of [0.001, 0.1, 0.5, 0.9, 0.999]) {
        writeFileSync(join(folder, `cut-${name}`), whole.subarray(0, Math.floor(whole.length * share)));
        expect(await failure(folder, `cut-${name}`)).toMatch(
          /^source\/(truncated-log|unreadable-log|no-log-delivered)$/,
        );
      }
    },
  );

  test.each(['file.arrow', 'stream.arrow', 'log.parquet'])(
    '%s with flipped bytes is read or refused, and nothing worse',
    async (name) => {
      const whole = readFileSync(join(folder, name));
      let seed = 12345;
      for (let round = 0; round < 40; round++) {
        const broken = Buffer.from(whole);
        for (let i = 0; i < 4; i++) {
          seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
          const place = round % 2 === 0 ? seed % Math.min(2000, broken.length) : seed % broken.length;
          broken[place] = (seed >>> 16) & 255;
        }
        writeFileSync(join(folder, `flip-${name}`), broken);
        expect(await failure(folder, `flip-${name}`)).toMatch(/^(read|source\/[a-z-]+)$/);
      }
    },
  );

  test('columns that cannot be what they are for are named', async () => {
    await writeParquet(join(folder, 'types.parquet'), [batch()], { started: 'DATE' });
    await expect(read(folder, 'types.parquet')).rejects.toMatchObject({
      code: 'source/wrong-column-type',
      message: expect.stringContaining('column started of types.parquet'),
    });
    expect(await failure(folder, 'file.arrow', { columns: { ...COLUMNS, sent: 'started' } })).toBe(
      'source/wrong-column-type',
    );
  });

  test('what is not what its ending says is refused', async () => {
    writeFileSync(join(folder, 'csv.parquet'), good);
    writeFileSync(join(folder, 'csv.arrow'), good);
    expect(await failure(folder, 'csv.parquet')).toBe('source/unreadable-log');
    expect(await failure(folder, 'csv.arrow')).toMatch(/^source\/(unreadable|truncated)-log$/);
  });
});

describe('folders', () => {
  test('links, strange names, strange endings and mixtures are refused', async () => {
    const outside = folderWith({ 'secret.csv': good });
    const linked = folderWith({ 'log.csv': good });
    symlinkSync(join(outside, 'secret.csv'), join(linked, 'more.csv'));
    expect(await failure(linked, '*.csv')).toBe('source/no-regular-file');
    expect(await failure(folderWith({ 'a[1].csv': good }), '.')).toBe('source/strange-name');
    expect(await failure(folderWith({ 'log.csv': good, 'notes.txt': 'x' }), '.')).toBe('source/unknown-format');
    const both = folderWith({ 'log.csv': good, 'log.arrow': Buffer.from(arrowBytes([batch()], 'stream', 'text')) });
    expect(await failure(both, '.')).toBe('source/mixed-formats');
    expect(await failure(folderWith({ 'x/.hidden.csv': good }), 'x')).toBe('source/no-log-delivered');
  });

  test('hidden and unfinished files are not read', async () => {
    const folder = folderWith({ 'log.csv': good, '.log.csv.swp': 'x', 'next.csv.part': good, '~log.csv': good });
    expect((await read(folder, '.')).facts[0]).toMatchObject({ value_number: 20 });
  });

  test('20 000 files are somebody’s disk', async () => {
    const folder = temporaryFolder();
    for (let i = 0; i < 20_000; i++) closeSync(openSync(join(folder, `${i}.csv`), 'w'));
    expect(await failure(folder, '*.csv')).toBe('source/too-many-files');
  });
});

test('a run that is cancelled ends the reading', async () => {
  const folder = folderWith({ 'log.csv': good });
  const limit = new AbortController();
  limit.abort(new Error('cancelled'));
  await expect(read(folder, 'log.csv', {}, limit.signal)).rejects.toThrow('cancelled');
});
