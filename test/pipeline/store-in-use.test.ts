/** Somebody looks back into the store while the night begins: it waits for them, says so, and gives up after a time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../config/package-root.ts';
import { outPaths } from '../../pipeline/paths.ts';
import { csdl, jsonOf } from '../support/cli.ts';
import { clockFrom, DAY, Project } from '../support/project.ts';

const project = new Project();
const OPENS = `const { DuckDBInstance } = require('@duckdb/node-api');
DuckDBInstance.create(process.argv[1]).then(() => { process.stdout.write('open'); setTimeout(() => process.exit(), +process.argv[2]); });`;

async function reader(ms: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', OPENS, outPaths(project.out).store, String(ms)], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

const night = (...flags: string[]) => {
  const argv = ['run', '--config', project.config, '--out', project.out, '--as-of', DAY, '--log-format', 'json'];
  return csdl([...argv, ...flags], { now: clockFrom(`${DAY}T17:00:00Z`) });
};

beforeAll(async () => {
  await project.run();
});

test('the night waits until the store is free, and says for what', async () => {
  const child = await reader(2_500);
  const { exit, stdout, stderr } = await night();
  expect([exit, stdout]).toEqual([0, '']);
  const lines = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ event }) => event === 'store.waiting')).toEqual([
    expect.objectContaining({ level: 'warn', hint: expect.stringContaining('the night begins once csdl score') }),
  ]);
  expect(lines.at(-1)).toMatchObject({ event: 'run.done', as_of: DAY, published: true, failed_sources: [] });
  expect(child.exitCode).toBe(0);
});

test('and gives up when nobody lets go of it: the publication stands', async () => {
  const child = await reader(60_000);
  const said = await night('--wait', '1', '--json');
  child.kill();
  expect([said.exit, jsonOf(said)]).toMatchObject([1, { code: 'database/store-in-use' }]);
  expect((await csdl(['verify', '--out', project.out])).exit).toBe(0);
});
