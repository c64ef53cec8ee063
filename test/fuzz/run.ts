/**
 * `npm run test:fuzz`: every parser, room by room in processes of their own, two side by side, bounded in count and time; prints a
 * table. A process that does not come back from an input is killed, the input shown, and the next target fed by another one.
 */
import { fork } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BATCH, type Failure, type Orders, type Told } from './orders.ts';
import { ROOMS } from './targets.ts';

const { values: given } = parseArgs({
  options: {
    target: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
    batch: { type: 'string' },
    from: { type: 'string', default: '0' },
    texts: { type: 'string' },
    files: { type: 'string' },
    seconds: { type: 'string' },
  },
});
const isCi = process.env.CI === 'true';
const seed = Number(given.seed ?? 1 + (Date.now() % 1_000_000));
const seconds = Number(given.seconds ?? (isCi ? 2 : 300));
const most = {
  text: Number(given.texts ?? (isCi ? 20_000 : 1_000_000)),
  file: Number(given.files ?? (isCi ? 200 : 5_000)),
};
/** Batches before this one were fed by an earlier run of the same seed: a run of hours that was stopped goes on. */
const from = Number(given.from);
const LOADING_MS = 60_000;
/** A target is waited for beyond the limit of one input, since another process may have the machine. */
const patience = (limitMs: number): number => Math.max(20_000, limitMs * 8);
const worker = fileURLToPath(new URL('worker.js', import.meta.url));
/** In memory where the system has such a folder: files are written for parsers that take a path, and read once. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'csdl-fuzz-'));

interface Row {
  name: string;
  kind: 'text' | 'file';
  inputs: number;
  seconds: number;
  failure?: Failure | undefined;
}
type Begun = Extract<Told, { begins: string }> & { since: number };

/** Feeds a room from where the orders say; @returns the target that did not end, or undefined */
function feed(orders: Orders, onRow: (row: Row) => void): Promise<{ stopped: Begun; how: string } | undefined> {
  return new Promise((done) => {
    rmSync(orders.progress, { force: true });
    const child = fork(worker, [JSON.stringify(orders)], {
      execArgv: ['--max-old-space-size=1500'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, TMPDIR: folder, TZ: 'UTC' },
    });
    let words = '';
    let begun: Begun = { begins: orders.room, kind: 'text', limitMs: LOADING_MS, since: performance.now() };
    let isDone = false;
    let last = { at: -1, since: performance.now() };
    child.stderr?.on('data', (piece) => {
      words = (words + String(piece)).slice(-2_000);
    });
    const watch = setInterval(() => {
      const at = numberIn(orders.progress);
      if (at !== last.at) last = { at, since: performance.now() };
      if (performance.now() - last.since > patience(begun.limitMs)) child.kill('SIGKILL');
    }, 200);
    child.on('message', (told: Told) => {
      last.since = performance.now();
      if ('begins' in told) begun = { ...told, since: last.since };
      else
        onRow({ name: told.ends, kind: begun.kind, inputs: told.inputs, seconds: told.seconds, failure: told.failure });
      isDone = 'ends' in told;
    });
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      const how = signal === 'SIGKILL' ? 'did not come back' : `the process ended (${signal ?? code}): ${words}`;
      done(code === 0 || (isDone && signal === null) ? undefined : { stopped: begun, how });
    });
  });
}

function numberIn(path: string): number {
  const mark = Buffer.alloc(8);
  try {
    const file = openSync(path, 'r');
    const read = readSync(file, mark, 0, 8, 0);
    closeSync(file);
    return read === 8 ? mark.readDoubleLE() : 0;
  } catch {
    return 0;
  }
}

async function fuzzRoom(room: string, onRow: (row: Row) => void): Promise<void> {
  const batch = given.batch === undefined ? {} : { batch: Number(given.batch) };
  const orders: Orders = {
    room,
    wanted: given.target,
    seed,
    most,
    seconds,
    from,
    progress: join(folder, room),
    ...batch,
  };
  let after: string | undefined;
  while (true) {
    const ended = await feed(after === undefined ? orders : { ...orders, after }, onRow);
    if (ended === undefined) return;
    const { stopped, how } = ended;
    const inputs = numberIn(orders.progress);
    const at = Math.max(0, inputs - 1);
    const number = orders.batch ?? from + Math.floor(at / BATCH[stopped.kind]);
    const reveal = orders.batch === undefined ? (at % BATCH[stopped.kind]) + 1 : at + 1;
    let input = '';
    await feed({ ...orders, wanted: [stopped.begins], batch: number, reveal }, (row) => {
      input = row.failure?.input ?? '';
    });
    const spent = (performance.now() - stopped.since) / 1000;
    const failure = { message: how, input, batch: number };
    onRow({ name: stopped.begins, kind: stopped.kind, inputs, seconds: spent, failure });
    // A room that cannot even be loaded has no next target.
    if (stopped.begins === room) return;
    after = stopped.begins;
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const line = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i < 2 ? String(cell).padEnd(i === 0 ? 44 : 4) : String(cell).padStart(8))).join('  ');
say(
  `seed ${seed}; at most ${most.text} texts and ${most.file} files a parser, ${seconds} s each${from > 0 ? `, from batch ${from} on` : ''}`,
);
say(line(['parser', 'kind', 'inputs', 'seconds', 'failures']));
const rows: Row[] = [];
const queue = Object.keys(ROOMS);
const next = async (): Promise<void> => {
  for (let room = queue.shift(); room !== undefined; room = queue.shift())
    await fuzzRoom(room, (row) => {
      rows.push(row);
      const { name, failure } = row;
      say(line([name, row.kind, row.inputs, row.seconds.toFixed(1), failure === undefined ? 0 : 1]));
      if (failure === undefined) return;
      say(`${failure.message}\ninput: ${failure.input}`);
      say(`again: npm run test:fuzz -- --target '${name}' --seed ${seed} --batch ${failure.batch}`);
    });
};
await Promise.all([next(), next()]);
rmSync(folder, { recursive: true, force: true });

const failed = rows.filter(({ failure }) => failure !== undefined);
const total = rows.reduce((sum, { inputs }) => sum + inputs, 0);
say(`\n${rows.length} parsers, ${total} inputs, ${failed.length} with a failure; seed ${seed}`);
process.exitCode = failed.length === 0 && rows.length > 0 ? 0 : 1;
