// npm run bench:sync-log — the connector sync-log over ten million batches in each form, each in a fresh process: seconds,
// rows a second, peak memory of the process. Figures are of this machine, now. [ROWS] [FORM …] narrow it down; --files=FOLDER
// keeps what was written and reads it again; --times=N reads each N times.
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import * as arrow from 'apache-arrow';

const given = process.argv.slice(2);
const option = (name) => given.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3);
const [first, ...rest] = given.filter((text) => !text.startsWith('--'));
const FORMS = ['parquet', 'csv', 'arrow-dictionary', 'arrow-text'];
const END = Date.parse('2026-06-29T16:00:00Z');
const DAYS = 400;

async function bench(rows, forms) {
  const kept = option('files');
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'csdl-sync-log-'));
  if (kept !== undefined) mkdirSync(folder, { recursive: true });
  try {
    const ids = readFileSync(new URL('../../config/databases.csv', import.meta.url), 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split(',', 1)[0])
      .filter((id) => id !== '')
      .slice(0, 116);
    const results = new Set();
    for (const form of forms) {
      const file = join(folder, `${form}-${rows}.${form.startsWith('arrow') ? 'arrow' : form}`);
      if (!existsSync(file)) {
        // Under another name until it is complete: what was cut off is not taken for a file of an earlier run.
        const part = `${file}.part`;
        if (form.startsWith('arrow')) writeArrow(part, rows, ids, form === 'arrow-dictionary');
        else await writeWithDuckDb(part, rows, ids, form);
        renameSync(part, file);
      }
      for (let time = Number(option('times') ?? 1); time > 0; time--) {
        const line = execFileSync(process.execPath, [new URL(import.meta.url).pathname, 'read', file], { encoding: 'utf8' });
        const { seconds, cpu, user, peak, facts, digest } = JSON.parse(line);
        results.add(digest);
        const speed = `${(rows / seconds / 1e6).toFixed(2)} M rows/s`;
        const processor = `${cpu.toFixed(2).padStart(6)} s of processor (${user.toFixed(2)} user)`;
        const load = loadavg()[0].toFixed(1);
        process.stdout.write(
          `${form.padEnd(18)} ${seconds.toFixed(2).padStart(6)} s  ${speed.padStart(16)}  ${processor}  peak ${peak} MB  ${facts} facts  load ${load}\n`,
        );
      }
      if (kept === undefined) rmSync(file);
    }
    process.stdout.write(results.size === 1 ? 'all forms give the same facts\n' : 'THE FORMS GIVE DIFFERENT FACTS\n');
    if (results.size !== 1) process.exitCode = 1;
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function read(file) {
  const dist = new URL('../../dist/', import.meta.url);
  const load = async (path) => await import(new URL(path, dist).href);
  const { default: connector } = await load('connectors/sources/sync-log/sync-log.js');
  const { createQuerySessions } = await load('pipeline/database/query-session.js');
  const { loadRegistry } = await load('config/load-registry.js');
  const { createHash } = await import('node:crypto');
  const sessions = createQuerySessions();
  const signal = new AbortController().signal;
  const none = () => undefined;
  const log = { debug: none, info: none, warn: none, error: none, with: () => log };
  const columns = { database: 'db', direction: 'way', started: 'started', finished: 'finished', sent: 'sent' };
  const options = connector.options.parse({
    path: file,
    partner: 'c12',
    columns: { ...columns, accepted: 'accepted', rejected: 'rejected', reason: 'reason', backlog: 'backlog' },
    time_zone: 'UTC',
  });
  const before = process.cpuUsage();
  const started = performance.now();
  const pieces = [];
  const context = {
    sourceId: 'bench',
    folder: '/',
    log,
    signal,
    query: sessions.port(signal),
    now: () => new Date(END),
    asOf: '2026-06-29',
    hosts: [],
    meter: { tries: 0, bytes: 0 },
    registry: loadRegistry(undefined, {}),
  };
  for await (const piece of connector.collect(options, context)) pieces.push(piece);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  await sessions.close();
  const facts = pieces.filter((piece) => piece.statement?.type === 'observation');
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(JSON.stringify({ seconds, cpu: (user + system) / 1e6, user: user / 1e6, peak, facts: facts.length, digest }));
}

/** One batch, from its number alone: the same in every form. */
function batchOf(i, rows, databases) {
  const a = Math.imul(i ^ (i >>> 15), 0x2c1b3c6d) >>> 0;
  const b = Math.imul(a ^ (a >>> 13), 0x297a2d39) >>> 0;
  const sent = b % 1000;
  const accepted = Math.floor((sent * (a % 11)) / 10.0001);
  const started = END - 1000 * Math.floor(((rows - i) * DAYS * 86400) / rows) - 3_600_000;
  const failed = a % 50 === 0;
  return {
    database: a % databases,
    way: b % 10 < 7 ? 0 : 1,
    started,
    finished: failed ? null : started + 1000 * (b % 3600),
    sent,
    accepted,
    rejected: sent - accepted,
    reason: a % 3 === 0 ? b % 8 : -1,
    backlog: (a >>> 3) % 5000,
  };
}

const PIECE = 65_536;

/** Columns of rows `start` to `end`, as typed arrays; a missing end and a missing reason are -1. */
function columnsOf(start, end, rows, databases) {
  const n = end - start;
  const c = { db: new Int32Array(n), way: new Int32Array(n), started: new Float64Array(n), finished: new Float64Array(n) };
  for (const name of ['sent', 'accepted', 'rejected', 'reason', 'backlog']) c[name] = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const batch = batchOf(start + k, rows, databases);
    c.db[k] = batch.database;
    c.way[k] = batch.way;
    c.started[k] = batch.started;
    c.finished[k] = batch.finished ?? -1;
    for (const name of ['sent', 'accepted', 'rejected', 'reason', 'backlog']) c[name][k] = batch[name];
  }
  return c;
}

const WAYS = ['out', 'in'];
const REASONS = Array.from({ length: 8 }, (_, i) => `reason number ${i}`);

function writeArrow(file, rows, ids, isDictionary) {
  const out = openSync(file, 'w');
  const writer = new arrow.RecordBatchStreamWriter();
  const drain = (parts) => {
    for (const part of parts) writeSync(out, part);
  };
  const milliseconds = new arrow.TimestampMillisecond();
  const words = [ids, WAYS, REASONS].map((list) => arrow.vectorFromArray(list, new arrow.Utf8()));
  const dictionaries = words.map((list, i) => ({ list, type: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), i + 1) }));
  const encoded = [ids, WAYS, REASONS].map((list) => list.map((text) => Buffer.from(text)));
  const time = (values) => {
    const big = BigInt64Array.from(values, (v) => BigInt(v));
    return arrow.makeData({ type: milliseconds, length: values.length, data: big, ...nulls(values) });
  };
  const word = (values, which) => {
    if (isDictionary) {
      const { list, type } = dictionaries[which];
      return arrow.makeData({ type, length: values.length, data: values, dictionary: list, ...nulls(values) });
    }
    const texts = encoded[which];
    const offsets = new Int32Array(values.length + 1);
    for (let i = 0; i < values.length; i++) offsets[i + 1] = offsets[i] + (values[i] < 0 ? 0 : texts[values[i]].length);
    const bytes = new Uint8Array(offsets[values.length]);
    for (let i = 0; i < values.length; i++) if (values[i] >= 0) bytes.set(texts[values[i]], offsets[i]);
    return arrow.makeData({ type: new arrow.Utf8(), length: values.length, valueOffsets: offsets, data: bytes, ...nulls(values) });
  };
  const number = (values) => arrow.makeData({ type: new arrow.Int32(), length: values.length, data: values });
  let opened = false;
  for (let start = 0; start < rows; start += PIECE) {
    const c = columnsOf(start, Math.min(rows, start + PIECE), rows, ids.length);
    const children = {
      db: word(c.db, 0),
      way: word(c.way, 1),
      started: time(c.started),
      finished: time(c.finished),
      sent: number(c.sent),
      accepted: number(c.accepted),
      rejected: number(c.rejected),
      reason: word(c.reason, 2),
      backlog: number(c.backlog),
    };
    const fields = Object.entries(children).map(([name, data]) => new arrow.Field(name, data.type, true));
    const schema = new arrow.Schema(fields);
    const data = arrow.makeData({ type: new arrow.Struct(fields), length: c.db.length, nullCount: 0, children: Object.values(children) });
    if (!opened) writer.reset(undefined, schema);
    opened = true;
    writer.write(new arrow.RecordBatch(schema, data));
    drain(writer._sink._values.splice(0));
  }
  writer.finish();
  drain(writer._sink._values.splice(0));
  closeSync(out);
}

function nulls(values) {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8)).fill(0);
  let nullCount = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < 0) nullCount += 1;
    else nullBitmap[i >> 3] |= 1 << (i & 7);
  }
  return { nullCount, nullBitmap };
}

/** The same batches through DuckDB: typed arrays into a table, the table into a file. */
async function writeWithDuckDb(file, rows, ids, form) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '4GB' });
  const connection = await instance.connect();
  const list = (texts) => `[${texts.map((text) => `'${text}'`).join(', ')}]`;
  const { columnTable } = await import(new URL('../../dist/pipeline/database/query-columns.js', import.meta.url).href);
  const types = { db: 'INTEGER', way: 'INTEGER', started: 'DOUBLE', finished: 'DOUBLE' };
  for (const name of ['sent', 'accepted', 'rejected', 'reason', 'backlog']) types[name] = 'INTEGER';
  const table = await columnTable(connection, 'batch', types);
  for (let start = 0; start < rows; start += PIECE) {
    const end = Math.min(rows, start + PIECE);
    const columns = columnsOf(start, end, rows, ids.length);
    table.append(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, { values }])), end - start);
  }
  table.end();
  const time = (name) =>
    `CASE WHEN ${name} >= 0 THEN strftime(make_timestamp_ms(${name}::BIGINT), '%Y-%m-%d %H:%M:%S') END`;
  const shown = form === 'csv' ? time : (name) => `CASE WHEN ${name} >= 0 THEN make_timestamp_ms(${name}::BIGINT) END`;
  await connection.run(
    `COPY (SELECT ${list(ids)}[db + 1] AS db, ${list(WAYS)}[way + 1] AS way, ${shown('started')} AS started, ${shown('finished')} AS finished,
      sent, accepted, rejected, CASE WHEN reason >= 0 THEN ${list(REASONS)}[reason + 1] END AS reason, backlog FROM batch)
      TO '${file}' (FORMAT ${form}${form === 'csv' ? ', HEADER' : ''})`,
  );
  connection.closeSync();
  instance.closeSync();
}

if (first === 'read') await read(...rest);
else await bench(Number(first ?? 10_000_000), rest.length === 0 ? FORMS : rest);
