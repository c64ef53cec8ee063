// npm run bench:profile [-- --rows 20000000 --rounds 5 --memory 1GB --data FOLDER] — checks of records against a bare scan of the same
// columns in the same run: rows a second, ratio, queries, peak memory. Each step is a fresh process, timed inside from
// opening the files to the last number; the order turns from round to round; the median counts. Figures are of this
// machine, now: compare ratios within one run only. Where others work on the machine too, the ratio of processor time is the
// one they disturb least. 100 million rows: --rows 100000000 --data FOLDER --rounds 1 --only sixteen,sixty,unique (4 GB on disk).
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { SIXTEEN, SIXTY, UNIQUE } from './profile-checks.mjs';
import { COLUMNS, writeRegister } from './register.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '20000000' },
    rounds: { type: 'string', default: '5' },
    memory: { type: 'string', default: '1GB' },
    threads: { type: 'string', default: '2' },
    only: { type: 'string' },
    step: { type: 'string' },
    folder: { type: 'string' },
    data: { type: 'string' },
  },
});
const SETS = { sixteen: SIXTEEN, sixty: SIXTY, unique: [UNIQUE] };

/** Plain SQL, with the settings the engine has. */
async function plain(sql, folder) {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: options.threads,
    memory_limit: options.memory,
    temp_directory: join(folder, 'spill'),
  });
  const connection = await instance.connect();
  await connection.run('SET preserve_insertion_order = false');
  await connection.runAndReadAll(sql);
  connection.closeSync();
  instance.closeSync();
  return { queries: 1 };
}

async function measure(checks, folder, files) {
  const { DuckDbEngine } = await import('../../dist/pipeline/database/quality-duckdb.js');
  const { runQuality } = await import('../../dist/pipeline/database/quality-run.js');
  const tables = [{ id: 'nguoi_lao_dong', location: { kind: 'parquet', paths: files }, columns: COLUMNS }];
  const engine = await DuckDbEngine.open(tables, {
    threads: Number(options.threads),
    memoryLimit: options.memory,
  });
  const run = await runQuality(engine, { tables, checks, rules: new Map(), now: '2026-06-29T23:59:59' });
  await engine.close();
  const wrong = run.results.filter((r) => r.state === 'errored' || r.state === 'not_run');
  if (wrong.length > 0) throw new Error(wrong.map((r) => `${r.rule_id}: ${r.problem}`).join('\n'));
  return { queries: run.queries, failed: run.results.reduce((sum, r) => sum + (r.failed ?? 0), 0) };
}

async function step(name, folder) {
  const files = readdirSync(folder).filter((f) => f.endsWith('.parquet')).sort().map((f) => join(folder, f));
  const source = `read_parquet([${files.map((f) => `'${f}'`).join(', ')}])`;
  // Loading the program is not measuring the data.
  await import('../../dist/pipeline/database/quality-duckdb.js');
  const started = performance.now();
  const cpu = process.cpuUsage();
  const done =
    name === 'bare'
      ? await plain(`SELECT ${COLUMNS.map((c) => `bit_xor(hash(${c.name}))`).join(', ')} FROM ${source}`, folder)
      : name === 'group'
        ? await plain(
            `SELECT count(*), sum(n) FROM (SELECT count(*) AS n FROM ${source} GROUP BY so_dinh_danh)`,
            folder,
          )
        : await measure(SETS[name], folder, files);
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { ...done, ms, cpu: (user + system) / 1000, mb: process.resourceUsage().maxRSS / 1024 };
}

if (options.step !== undefined) {
  process.stdout.write(`${JSON.stringify(await step(options.step, options.folder))}\n`);
} else {
  // A folder of one's own is kept, and the register in it used again.
  const folder = options.data ?? mkdtempSync(join(tmpdir(), 'csdl-profile-'));
  mkdirSync(folder, { recursive: true });
  const line = (...cells) =>
    process.stdout.write(`${cells.map((c, i) => (i === 0 ? c.padEnd(26) : String(c).padStart(13))).join('')}\n`);
  try {
    const rows = Number(options.rows);
    const instance = await DuckDBInstance.create(':memory:', { threads: options.threads, memory_limit: '2GB' });
    const connection = await instance.connect();
    if (!readdirSync(folder).some((f) => f.endsWith('.parquet'))) await writeRegister(connection, folder, rows);
    const [[names]] = (
      await connection.runAndReadAll(
        `SELECT approx_count_distinct(ho_ten)::VARCHAR FROM read_parquet('${join(folder, '*.parquet')}')`,
      )
    ).getRowsJson();
    connection.closeSync();
    instance.closeSync();
    process.stdout.write(`${rows} rows, about ${names} distinct names, 12 columns, Parquet zstd; ${options.threads} threads, ${options.memory}\n`);
    const steps = options.only?.split(',') ?? ['bare', 'sixteen', 'sixty', 'group', 'unique'];
    const found = Object.fromEntries(steps.map((name) => [name, []]));
    for (let round = 0; round < Number(options.rounds); round++) {
      const turned = steps.map((_s, i) => steps[(i + round) % steps.length]);
      for (const name of round % 2 === 0 ? turned : turned.reverse()) {
        const args = [import.meta.filename, '--step', name, '--folder', folder];
        for (const key of ['rows', 'memory', 'threads']) args.push(`--${key}`, options[key]);
        found[name].push(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })));
      }
    }
    const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
    const time = (name) => median(found[name].map((r) => r.ms));
    // What else runs on the machine only ever adds time.
    const fastest = (name) => Math.min(...found[name].map((r) => r.ms));
    const cpu = (name) => median(found[name].map((r) => r.cpu));
    const titles = {
      bare: ['bare scan', 'bare'],
      sixteen: ['16 checks', 'bare', 2.0],
      sixty: ['60 checks', 'bare', 4.0],
      group: ['plain GROUP BY', 'group'],
      unique: ['uniqueness of a key', 'group', 1.2],
    };
    line('', 'median ms', 'rows/s', 'ratio', 'of fastest', 'of cpu', 'to', 'goal', 'queries', 'peak MB');
    for (const name of steps) {
      const [title, base, goal] = titles[name];
      const ratios = found[base]?.map((b, i) => found[name][i].ms / b.ms);
      line(
        title,
        time(name).toFixed(0),
        Math.round((rows / time(name)) * 1000),
        ratios === undefined ? '' : median(ratios).toFixed(2),
        found[base] === undefined ? '' : (fastest(name) / fastest(base)).toFixed(2),
        found[base] === undefined ? '' : (cpu(name) / cpu(base)).toFixed(2),
        titles[base][0].split(' ').at(-1),
        goal === undefined ? '' : `<= ${goal}`,
        found[name][0].queries,
        Math.max(...found[name].map((r) => r.mb)).toFixed(0),
      );
    }
  } finally {
    if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
