/**
 * A command line in a process of its own, and all that it and its children did on the network: traced by strace, or where there
 * is none told by hooks in Node (which do not see what native code does).
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asset } from '../../config/package-root.ts';
import { temporaryFolder } from './folders.ts';

export interface Traced {
  exit: number | null;
  stdout: string;
  stderr: string;
  /** `connect 127.0.0.1:8080`, `send …`, `bind …`, `listen`, `unix PATH`, `netlink`, `dns NAME`; each once. */
  events: string[];
}

export const hasStrace = spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0;
const program = asset('dist', 'pipeline', 'cli', 'main.js');

export async function traced(
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Traced> {
  const folder = temporaryFolder();
  const hooks = join(folder, 'hooks.cjs');
  const log = join(folder, 'log');
  if (!hasStrace) writeFileSync(hooks, HOOKS);
  const command = hasStrace
    ? ['strace', '-ff', '-qq', '--seccomp-bpf', '-e', 'trace=network', '-o', log, process.execPath, program, ...argv]
    : [process.execPath, '--require', hooks, program, ...argv];
  const env = { PATH: process.env.PATH, TZ: 'UTC', CSDL_TEST_SOCKETS: log, ...environment };
  const child = spawn(command[0] ?? '', command.slice(1), { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (piece) => {
    said.stdout += String(piece);
  });
  child.stderr.on('data', (piece) => {
    said.stderr += String(piece);
  });
  const exit = await new Promise<number | null>((done) => child.on('close', done));
  const logs = readdirSync(folder).filter((name) => name.startsWith('log'));
  const lines = logs.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  if (hasStrace && !existsSync(`${log}.${child.pid}`) && logs.length === 0)
    throw new Error(`strace wrote nothing: ${said.stderr}`);
  const events = hasStrace ? lines.flatMap(eventsOf) : lines.filter((line) => line !== '');
  return { exit, ...said, events: [...new Set(events)].sort() };
}

const ADDRESS =
  /sa_family=AF_INET6?, sin6?_port=htons\((\d+)\),.*?(?:inet_addr\("([^"]*)"\)|inet_pton\(AF_INET6, "([^"]*)")/g;

/** What a line of strace tells; the pairs by which a process speaks with its own children have no address. */
function eventsOf(line: string): string[] {
  const [, call = ''] = /^(\w+)\(/.exec(line) ?? [];
  if (call === 'listen') return ['listen'];
  if (!['connect', 'bind', 'sendto', 'sendmsg', 'sendmmsg'].includes(call)) return [];
  const word = call.startsWith('send') ? 'send' : call;
  const found = [...line.matchAll(ADDRESS)].map(([, port, four, six]) => `${word} ${four ?? `[${six}]`}:${port}`);
  const [, path] = /sa_family=AF_UNIX, sun_path=@?"([^"]*)"/.exec(line) ?? [];
  if (path !== undefined) found.push(`unix ${path}`);
  if (line.includes('sa_family=AF_NETLINK') && call !== 'bind') found.push('netlink');
  return found;
}

const HOOKS = `
const { appendFileSync } = require('node:fs');
const tell = (text) => appendFileSync(process.env.CSDL_TEST_SOCKETS, text + '\\n');
const net = require('node:net');
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...given) {
  const first = Array.isArray(given[0]) ? given[0][0] : given[0];
  if (typeof first === 'object') tell(first.path ? 'unix ' + first.path : 'connect ' + first.host + ':' + first.port);
  else tell('connect ' + given[1] + ':' + first);
  return connect.apply(this, given);
};
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...given) {
  tell('listen');
  return listen.apply(this, given);
};
const dgram = require('node:dgram');
const { createSocket } = dgram;
dgram.createSocket = (...given) => {
  tell('bind datagram');
  return createSocket(...given);
};
for (const dns of [require('node:dns'), require('node:dns').promises])
  for (const name of Object.keys(dns).filter((key) => /^(lookup|resolve)/.test(key))) {
    const before = dns[name];
    dns[name] = function (host, ...rest) {
      // Node looks an address up, too, and finds it to be one.
      if (!net.isIP(String(host))) tell('dns ' + host);
      return before.call(this, host, ...rest);
    };
  }
`;
