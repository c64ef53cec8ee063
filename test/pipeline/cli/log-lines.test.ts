/** A log of JSON lines: all of stderr can be read by machine, every line names its run, and the fault that ends it is one of them. */
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csdl } from '../../support/cli.ts';
import { Project } from '../../support/project.ts';

type Line = Record<string, unknown>;
const linesOf = (stderr: string): Line[] =>
  stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test('every line of a night names its run; one that ends before it has an id says null', async () => {
  const project = new Project();
  const argv = ['run', '--config', project.config, '--out', project.out, '--log-format', 'json'];
  const night = await csdl([...argv, '--json']);
  const { run_id: run } = JSON.parse(night.stdout) as { run_id: string };
  const lines = linesOf(night.stderr);
  expect(lines.length).toBeGreaterThan(4);
  for (const line of lines) expect(Object.keys(line).slice(0, 4)).toEqual(['time', 'level', 'event', 'run']);
  expect(new Set(lines.map((line) => line.run))).toEqual(new Set([run]));

  const holder = { pid: process.pid, host: hostname(), boot_id: null, process_start: null, started_at: '2026-06-29' };
  writeFileSync(join(project.out, 'run.lock'), JSON.stringify(holder));
  const locked = linesOf((await csdl(argv)).stderr);
  expect(locked.at(-1)).toMatchObject({
    level: 'error',
    event: 'fault',
    run: null,
    code: 'run/locked',
    exit: 1,
    hint: expect.stringContaining('wait for it to end'),
  });

  project.write({ 'waivers.yaml': 'waivers: 3\n' });
  const broken = linesOf((await csdl(argv)).stderr);
  expect(broken).toEqual([
    expect.objectContaining({
      event: 'fault',
      code: 'config/invalid',
      problems: [expect.objectContaining({ file: 'waivers.yaml', line: 1 })],
    }),
  ]);
});

test('one file of several that cannot be read is a line that names it', async () => {
  const project = new Project();
  for (const verb of ['extract', 'reply']) {
    const paths = ['khong-co.docx', 'khong-co.xlsx'].map((name) => join(project.folder, name));
    const said = await csdl([verb, ...paths, '--config', project.config, '--out', project.out, '--log-format', 'json']);
    const faults = linesOf(said.stderr).filter(({ event }) => event === 'fault');
    expect(faults).toEqual(
      paths.map((file) => expect.objectContaining({ level: 'error', run: null, file, code: 'usage/no-file' })),
    );
    expect(said.exit).toBe(2);
  }
});
