import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Binary,
  Bool,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Float64,
  Int8,
  Int32,
  Int64,
  RecordBatchStreamWriter,
  Table,
  TimestampMicrosecond,
  TimestampNanosecond,
  TimestampSecond,
  tableToIPC,
  Uint32,
  Uint64,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { expect, test } from 'vitest';
import { Fault } from '../../../config/fault.ts';
import { landArrow } from '../../../pipeline/database/arrow-input.ts';
import { Database } from '../../../pipeline/database/database.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { CANARY } from '../../support/contract-files.ts';
import { folderWith, temporaryFolder } from '../../support/folders.ts';

const { signal } = new AbortController();
const day = Date.UTC(2026, 5, 28);

const all = () =>
  new Table({
    text: vectorFromArray(['a', null, 'Nguyễn\u0000'], new Utf8()),
    word: vectorFromArray(['x', 'y', null], new Dictionary(new Utf8(), new Int32())),
    tiny: vectorFromArray([-1, null, 3], new Int8()),
    whole: vectorFromArray([1, null, -2147483648], new Int32()),
    unsigned: vectorFromArray([4294967295, null, 0], new Uint32()),
    long: vectorFromArray([9223372036854775807n, null, -1n], new Int64()),
    huge: vectorFromArray([18446744073709551615n, null, 0n], new Uint64()),
    real: vectorFromArray([0.5, null, -1e300], new Float64()),
    yes: vectorFromArray([true, null, false], new Bool()),
    day: vectorFromArray([day, null, -86_400_000], new DateDay()),
    milli: vectorFromArray([day, null, -86_400_000], new DateMillisecond()),
    micros: vectorFromArray([day + 1, null, -1], new TimestampMicrosecond()),
    zoned: vectorFromArray([day, null, 0], new TimestampNanosecond('Asia/Ho_Chi_Minh')),
    money: vectorFromArray(
      [new Uint32Array([12345, 0, 0, 0]), null, new Uint32Array([0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff])],
      new Decimal(2, 12, 128),
    ),
  });

async function landed(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  const folder = temporaryFolder();
  const path = join(folder, 'rows.arrow');
  writeFileSync(path, bytes);
  const [table] = await landArrow(
    [{ id: 't', columns: [], location: { kind: 'arrow', paths: [path] } }],
    folder,
    signal,
  );
  if (table?.location.kind !== 'parquet') throw new Error('not handed over');
  const database = await Database.open();
  const list = table.location.paths.map((one) => `'${one}'`).join(', ');
  const rows = await database.anyRows(`SELECT COLUMNS(*)::VARCHAR FROM read_parquet([${list}])`);
  database.close();
  return rows;
}

test.each(['file', 'stream'] as const)('every type, as it was (%s)', async (form) => {
  expect(await landed(tableToIPC(all(), form))).toEqual([
    {
      text: 'a',
      word: 'x',
      tiny: '-1',
      whole: '1',
      unsigned: '4294967295',
      long: '9223372036854775807',
      huge: '18446744073709551615',
      real: '0.5',
      yes: 'true',
      day: '2026-06-28',
      milli: '2026-06-28',
      micros: '2026-06-28 00:00:00.001',
      zoned: '2026-06-28 00:00:00+00',
      money: '123.45',
    },
    { ...Object.fromEntries(all().schema.fields.map(({ name }) => [name, null])), word: 'y' },
    {
      text: 'Nguyễn\u0000',
      word: null,
      tiny: '3',
      whole: '-2147483648',
      unsigned: '0',
      long: '-1',
      huge: '0',
      real: '-1e+300',
      yes: 'false',
      day: '1969-12-31',
      milli: '1969-12-31',
      micros: '1969-12-31 23:59:59.999',
      zoned: '1970-01-01 00:00:00+00',
      money: '-0.01',
    },
  ]);
});

test('a batch larger than a piece, many batches, none at all', async () => {
  const n = 600_000;
  const big = new Table({ id: vectorFromArray(Int32Array.from({ length: n }, (_, i) => i)) });
  const writer = new RecordBatchStreamWriter();
  for (const batch of [...big.batches, ...big.batches]) writer.write(batch);
  writer.finish();
  const rows = await landed(writer.toUint8Array(true));
  expect(rows.length).toBe(2 * n);
  expect(await landed(tableToIPC(big.slice(0, 0), 'file'))).toEqual([]);
}, 60_000);

test.each([
  ['cut off', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 40), /cut off|cannot be read/],
  ['no Arrow at all', () => Buffer.from('not arrow, but long enough to be looked at'), /cannot be read|cut off/],
  [
    'a type no check is made for',
    () => tableToIPC(new Table({ b: vectorFromArray([new Uint8Array([1])], new Binary()) })),
    /column "b" is of a type that cannot be measured/,
  ],
] as const)('%s is refused in words', async (_name, bytes, words) => {
  await expect(landed(bytes(tableToIPC(all(), 'stream')))).rejects.toThrow(words);
});

test('a value that is none of its type is not repeated', async () => {
  const table = new Table({
    m: vectorFromArray([new Uint32Array([791234567, 0, 0, 0])], new Decimal(0, 3, 128)),
    t: vectorFromArray([day], new TimestampSecond()),
  });
  const error = await landed(tableToIPC(table)).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(Fault);
  expect(String((error as Fault).stack) + String((error as Fault).cause)).not.toContain('791234567');
});

test('csdl profile and csdl reconcile of an Arrow file; nothing of it is seen or left', async () => {
  const folder = folderWith({
    'c.yaml':
      'apiVersion: v3.1.0\nkind: DataContract\nid: nguoi-lao-dong\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    properties:\n      - {name: id, logicalType: string, primaryKey: true}\n      - {name: n, logicalType: integer, logicalTypeOptions: {minimum: 0}}\n',
  });
  mkdirSync(join(folder, 'data'));
  const rows = new Table({
    id: vectorFromArray([...CANARY, CANARY[0]], new Utf8()),
    n: vectorFromArray([1, 2, 3, 4, -5, null], new Int32()),
  });
  const path = join(folder, 'data', 't.arrow');
  writeFileSync(path, tableToIPC(rows, 'file'));
  const base = ['profile', '--contract', join(folder, 'c.yaml'), '--data', path, '--json', '--log-format', 'json'];
  const said = await csdl(base);
  expect(said.exit, said.stderr).toBe(0);
  const { results } = jsonOf(said) as { results: { rule_id: string; failed: number; checked: number }[] };
  expect(results.map((r) => [r.rule_id, r.failed, r.checked])).toEqual([
    ['t.id.duplicateValues', 1, 6],
    ['t.id.nullValues', 0, 6],
    ['t.n.logicalType', 0, 5],
    ['t.n.range', 1, 5],
  ]);
  const failing = await csdl([...base.filter((word) => word !== '--json'), '--failing', 't.n.range']);
  expect(failing.stdout).toContain(`-- register ${path} as t`);
  const both = await csdl(['reconcile', '--left', path, '--right', path, '--key', 'id', '--column', 'n', '--json']);
  expect(jsonOf(both)).toMatchObject({ matched: 5, repeated: 1, alike: 4, checked: 6 });
  const text = [said, failing, both].map(({ stdout, stderr }) => stdout + stderr).join('\n');
  expect(CANARY.filter((value) => text.includes(value))).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(['c.yaml', 'data']);
});
