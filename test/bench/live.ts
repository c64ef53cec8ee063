/**
 * How long a night takes that asks many sources over HTTP, and what it holds: 116 sources of 300 ms with 16 at a time
 * against the ideal of whole waves, and 4 000 sources of 50 ms. Figures of one machine, not a test.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../config/load.ts';
import type { Log } from '../../config/log.ts';
import { runNight } from '../../pipeline/run.ts';

const databases = loadConfig(undefined, {})
  .config.databases.filter((d) => d.row_kind === 'database')
  .map((d) => d.database_id);

interface Place {
  id: string;
  url: string;
}

async function withSources<T>(
  count: number,
  latencyMs: number,
  work: (places: readonly Place[]) => Promise<T>,
): Promise<T> {
  const child = fork(fileURLToPath(new URL('./simulator.js', import.meta.url)), [
    String(count),
    String(latencyMs),
    ...databases,
  ]);
  try {
    const places = await new Promise<Place[]>((done, failed) => {
      child.once('message', (message) => done(message as Place[]));
      child.once('exit', (code) => failed(new Error(`the simulator ended with ${code}`)));
    });
    return await work(places);
  } finally {
    child.disconnect();
  }
}

interface Figures {
  collectMs: number;
  nightMs: number;
  ok: number;
  /** Resident memory in MB, when a quarter, a half, … of the sources had answered. */
  rss: number[];
}

const megabytes = (): number => Math.round(process.memoryUsage().rss / 1e6);

async function night(places: readonly Place[], concurrency: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'csdl-bench-'));
  const trust = '{grade: E4, said_by: [receiver]}';
  const sources = places.map(
    ({ id, url }) =>
      `  - {id: ${id}, connector: status-api, trust: ${trust}, options: {url: "${url}", said_by: receiver}}\n`,
  );
  const network = `{concurrency: ${concurrency}, per_host: 4, per_host_per_second: 100}`;
  writeFileSync(join(folder, 'sources.yaml'), `hosts: [127.0.0.1]\nnetwork: ${network}\nsources:\n${sources.join('')}`);
  const seen = { started: 0, ended: 0, done: 0, rss: [] as number[] };
  const log: Log = {
    info(event) {
      if (event === 'collect.start') seen.started = performance.now();
      if (event !== 'collect.source.done') return;
      seen.done += 1;
      seen.ended = performance.now();
      if (seen.done % Math.ceil(places.length / 4) === 0 || seen.done === places.length) seen.rss.push(megabytes());
    },
    warn() {},
    with: () => log,
  };
  const now = (): Date => new Date('2026-06-29T18:30:00Z');
  try {
    const signal = new AbortController().signal;
    const { report, ms } = await runNight({
      configFolder: folder,
      out: join(folder, 'out'),
      asOf: '2026-06-29',
      environment: {},
      log,
      now,
      signal,
    });
    const ok = report.sources.filter((source) => source.state === 'ok').length;
    return { collectMs: seen.ended - seen.started, nightMs: ms, ok, rss: seen.rss };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const [count, latency, concurrency] = [116, 300, 16];
const ideal = Math.ceil(count / concurrency) * latency;
for (let round = 1; round <= 3; round += 1) {
  const { collectMs, nightMs, ok } = await withSources(count, latency, (places) => night(places, concurrency));
  print(
    `${count} sources of ${latency} ms, ${concurrency} at a time: collected in ${seconds(collectMs)} = ${(collectMs / ideal).toFixed(2)} × the ideal of ${seconds(ideal)}; ${ok} ok; whole night ${seconds(nightMs)}`,
  );
}
const many = await withSources(4_000, 50, (places) => night(places, 64));
print(
  `4000 sources of 50 ms, 64 at a time: collected in ${seconds(many.collectMs)}; ${many.ok} ok; whole night ${seconds(many.nightMs)}; memory at each quarter ${many.rss.join(', ')} MB`,
);
const default16 = await withSources(4_000, 50, (places) => night(places, 16));
print(
  `4000 sources of 50 ms, 16 at a time: collected in ${seconds(default16.collectMs)}; ${default16.ok} ok; whole night ${seconds(default16.nightMs)}; memory at each quarter ${default16.rss.join(', ')} MB`,
);
process.exit();
