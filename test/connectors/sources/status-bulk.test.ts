import {
  Bool,
  type DataType,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  RecordBatchStreamWriter,
  Table,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { afterEach, describe, expect, test } from 'vitest';
import { type StatusServer, type StatusServerOptions, startStatusServer } from '../../support/status-server.ts';
import { normalised, pieces, refused, statements } from '../../support/status-source.ts';

const started: StatusServer[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

async function urlOf(bulk: StatusServerOptions['bulk'], rest: StatusServerOptions = {}): Promise<string> {
  const server = await startStatusServer({ ...rest, bulk: bulk ?? [] });
  started.push(server);
  return server.url;
}

const texts = (...values: (string | null)[]): Vector => vectorFromArray(values, new Utf8());
const stream = (columns: Record<string, Vector>): Uint8Array => tableToIPC(new Table(columns), 'stream');
const GOOD = { database: texts('dan-cu', 'dan-cu'), attribute: texts('checklist.met', 'checklist.met') };
const NUMBERS = {
  number: vectorFromArray([13, 12], new Int32()),
  of: vectorFromArray([19n, 19n], new Int64()),
};

describe('facts in bulk', () => {
  test('are taken after those of the pages, whatever their types', async () => {
    const bytes = stream({
      database: vectorFromArray(['dan-cu', 'dan-cu', 'dan-cu'], new Dictionary(new Utf8(), new Int32())),
      attribute: texts('checklist.met', 'c12.connection', 'update.last'),
      state: texts(null, 'two_way', null),
      number: vectorFromArray([13, null, null], new Float64()),
      of: vectorFromArray([19n, null, null], new Int64()),
      time: vectorFromArray([null, null, new Date('2026-06-28T23:10:00Z')], new TimestampMicrosecond('UTC')),
      'flags.since': texts(null, '2026-03-01', null),
      'flags.open_list': vectorFromArray([true, null, null], new Bool()),
      note: texts('from the log', null, null),
    });
    const facts = [{ database: 'dan-cu', attribute: 'checklist.met', number: 1, of: 19 }];
    const url = await urlOf([{ bytes, rows: 3 }], { report: { facts } });
    const collected = await pieces(url);
    expect(collected.map(({ at }) => at)).toEqual([
      's-status',
      'page 1 fact 1',
      'bulk 1 row 1',
      'bulk 1 row 2',
      'bulk 1 row 3',
    ]);
    const { observations, rejections } = normalised(collected);
    expect(rejections).toEqual([]);
    expect(observations.slice(1)).toMatchObject([
      { value_number: 13, value_total: 19, flags: '{"open_list":true}', evidence_quote: 'from the log' },
      { value_text: 'two_way', flags: '{"since":"2026-03-01"}' },
      { value_time: '2026-06-28 23:10:00.000' },
    ]);
  });

  test('in several parts and batches, of many rows', async () => {
    const n = 30_000;
    const many = (from: number): Vector =>
      vectorFromArray(
        Array.from({ length: n }, (_, i) => from + i),
        new Int32(),
      );
    const part = (from: number): Table =>
      new Table({
        database: vectorFromArray(
          Array.from({ length: n }, () => 'dan-cu'),
          new Utf8(),
        ),
        attribute: vectorFromArray(
          Array.from({ length: n }, () => 'records.count'),
          new Utf8(),
        ),
        number: many(from),
      });
    const writer = new RecordBatchStreamWriter();
    for (const from of [0, n]) for (const batch of part(from).batches) writer.write(batch);
    writer.finish();
    const url = await urlOf([
      { bytes: await writer.toUint8Array(), rows: 2 * n },
      { bytes: tableToIPC(part(2 * n), 'stream') },
    ]);
    const found = await statements(url);
    expect(found).toHaveLength(3 * n + 1);
    expect(found.slice(1).map((one) => one.value_number)).toEqual(Array.from({ length: 3 * n }, (_, i) => i));
  });

  test('one cell that is wrong refuses its row alone', async () => {
    const of = vectorFromArray([19n, 2n ** 60n], new Int64());
    const url = await urlOf([{ bytes: stream({ ...GOOD, ...NUMBERS, of }) }]);
    const collected = await pieces(url);
    expect(collected.map(({ kind }) => kind)).toEqual(['statement', 'statement', 'rejection']);
    expect(collected[2]).toMatchObject({
      code: 'status/wrong-fact',
      at: 'bulk 1 row 2',
      message: expect.stringMatching(/^of: /),
    });
  });

  test('the same ETag on page and parts is remembered', async () => {
    const kept = new Map<string, string>();
    const memory = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: string) => void kept.set(key, value),
    };
    const url = await urlOf([{ bytes: stream({ ...GOOD, ...NUMBERS }) }]);
    expect(await pieces(url, { context: { memory } })).toHaveLength(3);
    expect(await pieces(url, { context: { memory } })).toEqual([]);
  });
});

describe('parts that are wrong refuse the whole answer', () => {
  const list = (): Vector => vectorFromArray([['a'], ['b']], new List(new Field('item', new Utf8() as DataType, true)));

  test.each<[string, string, () => Uint8Array]>([
    [
      'source/wrong-column',
      'part 1 in bulk has a column targt that is not agreed',
      () => stream({ ...GOOD, targt: texts('a', 'b') }),
    ],
    [
      'source/wrong-column',
      'part 1 in bulk has a column that is not agreed',
      () => stream({ ...GOOD, 'Bí mật': texts('a', 'b') }),
    ],
    ['source/missing-column', 'needs the columns attribute', () => stream({ attribute: texts('a', 'b') })],
    ['source/wrong-column-type', 'column number of part 1', () => stream({ ...GOOD, number: texts('1', '2') })],
    ['source/wrong-column-type', 'column state of part 1', () => stream({ ...GOOD, state: NUMBERS.number })],
    ['source/wrong-column-type', 'column text of part 1', () => stream({ ...GOOD, text: list() })],
    [
      'source/wrong-column-type',
      'column time of part 1',
      () => stream({ ...GOOD, time: vectorFromArray([0, 1], new TimestampMicrosecond()) }),
    ],
    ['source/not-arrow', 'an Arrow stream was agreed', () => tableToIPC(new Table(GOOD), 'file')],
    ['source/not-arrow', 'no Arrow stream that can be read', () => Buffer.from('database,attribute')],
    ['source/not-arrow', 'no Arrow stream that can be read', () => Buffer.alloc(0)],
    ['source/not-arrow', 'no Arrow stream that can be read', () => Buffer.alloc(4000, 0xff)],
  ])('%s: %s', async (code, message, make) => {
    const told = await refused(await urlOf([{ bytes: make() }]));
    expect(told.code).toBe(code);
    expect(told.message).toContain(message);
  });

  test('fewer rows than announced, cut anywhere', async () => {
    const whole = stream({ ...GOOD, ...NUMBERS });
    expect(await refused(await urlOf([{ bytes: whole, rows: 3 }]))).toEqual({
      code: 'source/truncated',
      message: 'part 1 in bulk has 2 rows, 3 were announced',
    });
    for (let end = 1; end < whole.length - 16; end += 61) {
      const told = await refused(await urlOf([{ bytes: whole.subarray(0, end), rows: 2 }]));
      expect(['source/not-arrow', 'source/truncated', 'source/missing-column']).toContain(told.code);
    }
  });

  test('bytes that were changed: facts, refusals or a Fault, never another error', async () => {
    const whole = stream({ ...GOOD, ...NUMBERS, state: texts('a', null) });
    for (let i = 0; i < whole.length; i += 13) {
      const bytes = Uint8Array.from(whole);
      bytes[i] = (bytes[i] ?? 0) ^ 0xff;
      const url = await urlOf([{ bytes }]);
      await pieces(url).catch((error: unknown) => expect(error).toMatchObject({ name: 'Fault' }));
    }
  });
});
