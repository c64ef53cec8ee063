// npm run test:readers — clients of DuckDB (this Node client, older ones, Python's) hold the published file open through ten
// publications: each is published all the same, the open file keeps what it said, opened anew it says what is new, and every
// client reads every table. Older clients and Python's come from the registries of packages; one that cannot be had is said.
// (`--publications N`, 10)
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { makeSettings, night } from './fixture.mjs';

const OLDER = ['1.3.4-alpha.27', '1.4.4-r.4'];
const { values } = parseArgs({ options: { publications: { type: 'string', default: '10' } } });
const say = (text) => process.stdout.write(`${text}\n`);
const root = mkdtempSync(join(tmpdir(), 'csdl-readers-'));
const here = (file) => new URL(file, import.meta.url).pathname;

/** Command of each client that can be had here, without the file. */
function clients() {
  const found = [['this Node client', [process.execPath, here('hold.mjs')], []]];
  for (const version of OLDER) {
    const folder = join(root, version);
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{"private": true}');
    const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--silent', `@duckdb/node-api@${version}`], { cwd: folder });
    if (status === 0) found.push([`Node client ${version}`, [process.execPath, here('hold.mjs')], [folder]]);
    else say(`skipped  Node client ${version}: it could not be installed`);
  }
  const python = join(root, 'python', 'bin', 'python');
  const hasPython =
    spawnSync('python3', ['-m', 'venv', join(root, 'python')]).status === 0 &&
    spawnSync(python, ['-m', 'pip', 'install', '--quiet', 'duckdb']).status === 0;
  if (hasPython) {
    const version = spawnSync(python, ['-c', 'import duckdb; print(duckdb.__version__)'], { encoding: 'utf8' }).stdout.trim();
    found.push([`Python client ${version}`, [python, here('hold.py')], []]);
  } else say('skipped  Python client: it could not be installed');
  return found;
}

/** Opens the file with a client; `ask` gives what it sees now. */
function hold([name, command, rest], file) {
  const child = spawn(command[0], [...command.slice(1), file, ...rest], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece) => {
    said += piece;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name,
    async ask() {
      child.stdin.write('\n');
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended: ${said.slice(0, 500)}`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

const settings = makeSettings(root, ['noi_bo']);
const out = join(root, 'out');
const file = join(out, 'csdl.duckdb');
const troubles = [];
const publishedRun = () => JSON.parse(readFileSync(join(out, 'current', 'manifest.json'), 'utf8')).run_id;

async function publish(n) {
  const day = new Date(Date.UTC(2026, 6, 1 + n, 16)).toISOString();
  const done = await night({ settings: settings.second, out, clock: { from: day } }).ended;
  if (done.code !== 0) troubles.push(`publication ${n} ended with ${done.code}: ${done.stderr.slice(-500)}`);
}

try {
  await publish(0);
  const all = clients();
  const open = all.map((client) => hold(client, file));
  const firstRun = publishedRun();
  const first = await Promise.all(open.map((client) => client.ask()));
  for (const [i, { name }] of open.entries()) {
    if (first[i].run !== firstRun) troubles.push(`${name} opened ${first[i].run}`);
    if (JSON.stringify(first[i].tables) !== JSON.stringify(first[0].tables)) troubles.push(`${name} reads other rows than this client`);
    say(`reads    ${name}: ${Object.keys(first[i].tables).length} tables, ${Object.values(first[i].tables).reduce((sum, n) => sum + n, 0)} rows`);
  }
  const wanted = Number(values.publications);
  for (let n = 1; n <= wanted; n++) {
    await publish(n);
    for (const [i, client] of open.entries())
      if (JSON.stringify(await client.ask()) !== JSON.stringify(first[i])) troubles.push(`${client.name} saw something else after publication ${n}`);
    const anew = all.map((client) => hold(client, file));
    for (const client of anew) {
      if ((await client.ask()).run !== publishedRun()) troubles.push(`${client.name}, opened anew, does not see publication ${n}`);
      client.close();
    }
    say(`publication ${n}: ${troubles.length} troubles`);
  }
  for (const client of open) client.close();
  say(`\n${wanted} publications while ${all.length} clients held the file open; ${troubles.length} troubles`);
} catch (error) {
  troubles.push(error.stack);
} finally {
  for (const trouble of troubles) say(`BROKEN   ${trouble}`);
  rmSync(root, { recursive: true, force: true });
}
process.exitCode = troubles.length === 0 ? 0 : 1;
