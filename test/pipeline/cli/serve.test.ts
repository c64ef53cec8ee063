/** csdl serve as a command: where it listens, what it refuses to start with, and that it ends when it is told to. */
import { beforeAll, describe, expect, test } from 'vitest';
import { isAllowedHost, isLoopback } from '../../../pipeline/serve/hosts.ts';
import { csdl } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { FACTS, ndjson, Project } from '../../support/project.ts';
import { ask } from '../../support/raw-http.ts';

const project = new Project({ 'nguon-mot.ndjson': ndjson(FACTS) });

beforeAll(async () => {
  await project.run();
});

/** Starts the command, gives its address to `use`, stops it. */
async function serving(flags: string[], use: (said: string) => Promise<void>) {
  const cancel = new AbortController();
  let told: (text: string) => void = () => {};
  const address = new Promise<string>((resolve) => {
    told = resolve;
  });
  const ended = csdl(['serve', '--out', project.out, '--port', '0', ...flags], {
    signal: cancel.signal,
    onStdout: told,
  });
  await Promise.race([address.then(use), ended]);
  cancel.abort();
  return ended;
}

describe('csdl serve', () => {
  test('says where to look, answers there, and ends with 0 when it is stopped', async () => {
    const said = await serving(['--json'], async (text) => {
      const { url } = JSON.parse(text) as { url: string };
      expect((await ask(url, '/site/index.html')).status).toBe(200);
    });
    expect([said.exit, said.stdout]).toEqual([0, expect.stringMatching(/^\{"url":"http:\/\/127\.0\.0\.1:\d+\/"/)]);
    expect((await serving([], async () => {})).stdout).toMatch(/^Site: http:\/\/127\.0\.0\.1:\d+\/\n/);
  });

  test('will not be reached from other machines unless told to', async () => {
    for (const host of ['0.0.0.0', '::', '10.0.0.5', 'example.com']) {
      const said = await csdl(['serve', '--out', project.out, '--host', host]);
      expect([said.exit, said.stderr]).toEqual([2, expect.stringContaining('serve/network-not-allowed')]);
    }
  });

  test('says which port is taken, and what is missing', async () => {
    await serving(['--json'], async (text) => {
      const { port } = new URL((JSON.parse(text) as { url: string }).url);
      const said = await csdl(['serve', '--out', project.out, '--port', port]);
      expect([said.exit, said.stderr]).toEqual([2, expect.stringContaining('serve/port-taken')]);
    });
    const nothing = await csdl(['serve', '--out', temporaryFolder()]);
    expect([nothing.exit, nothing.stderr]).toEqual([2, expect.stringContaining('usage/no-publication')]);
    expect((await csdl(['serve', '--port', '70000'])).exit).toBe(2);
  });
});

test('which addresses only this machine reaches', () => {
  expect(['127.0.0.1', '127.8.9.1', '::1', '[::1]', 'localhost', '::ffff:127.0.0.1'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '10.0.0.5', '127.evil.example', 'localhost.evil', ''].some(isLoopback)).toBe(false);
});

test('on an address of the network, addresses are names that nobody can bend; other names must be given', () => {
  expect(isAllowedHost('10.0.0.5:8080', '0.0.0.0', [])).toBe(true);
  expect(isAllowedHost('[2001:db8::1]', '::', [])).toBe(true);
  expect(isAllowedHost('readiness.example', '0.0.0.0', [])).toBe(false);
  expect(isAllowedHost('readiness.example', '0.0.0.0', ['readiness.example'])).toBe(true);
  expect(isAllowedHost(undefined, '0.0.0.0', [])).toBe(false);
});
