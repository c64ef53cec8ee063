/** What the doctor sees: a night that went well, one whose source failed, folders, clocks and locks that are not as they should be. */
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { examineNode } from '../../pipeline/doctor/machine.ts';
import { examineClock } from '../../pipeline/doctor/nights.ts';
import { csdl, jsonOf } from '../support/cli.ts';
import { clockFrom, FACTS, ndjson, Project, sourceFiles } from '../support/project.ts';

const answer = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      check: z.string(),
      state: z.enum(['ok', 'note', 'action']),
      message: z.string(),
      hint: z.string().nullable(),
    }),
  ),
});
const project = new Project();
const AFTER = '2026-06-29T20:00:00Z';

async function doctor(now = AFTER, environment = {}) {
  const argv = ['doctor', '--config', project.config, '--out', project.out, '--json'];
  const said = await csdl(argv, { now: clockFrom(now), environment });
  const { ok, checks } = answer.parse(jsonOf(said));
  expect(said.exit).toBe(ok ? 0 : 4);
  for (const one of checks) if (one.state === 'action') expect(one.hint, one.check).not.toBeNull();
  return {
    exit: said.exit,
    of: (check: string) => checks.find((one) => one.check === check),
    actions: checks.filter(({ state }) => state === 'action').map(({ check }) => check),
  };
}

test('before the first night: only a publication is missing, and no folder is made', async () => {
  const { exit, actions } = await doctor();
  expect([exit, actions]).toEqual([4, ['publication']]);
  expect(existsSync(project.out)).toBe(false);
});

describe('after a night', () => {
  beforeAll(async () => {
    await project.run();
    chmodSync(project.out, 0o750);
  });

  test('nothing needs action, and nothing is left behind', async () => {
    const before = readdirSync(project.out).sort();
    expect(await doctor()).toMatchObject({ exit: 0, actions: [] });
    expect(readdirSync(project.out).sort()).toEqual(before);
    const said = await csdl(['doctor', '--config', project.config, '--out', project.out], { now: clockFrom(AFTER) });
    expect(said.stdout).toMatch(/Nothing needs action\.\n$/);
  });

  test('an old publication, and a clock that stands before the last run', async () => {
    expect((await doctor('2026-07-02T20:00:00Z')).actions).toEqual(['publication']);
    expect((await doctor('2026-06-28T20:00:00Z')).actions).toEqual(['clock']);
  });

  test('a folder that everybody may write', async () => {
    chmodSync(project.out, 0o777);
    expect((await doctor()).actions).toEqual(['rights']);
    chmodSync(project.out, 0o755);
    expect((await doctor()).of('rights')).toMatchObject({ state: 'note' });
    chmodSync(project.out, 0o750);
  });

  test('a lock: of a run that is going on the ledger is not read; of one that was killed nothing needs to be done', async () => {
    const lock = join(project.out, 'run.lock');
    const holder = { pid: process.pid, host: hostname(), boot_id: null, process_start: null };
    writeFileSync(lock, JSON.stringify({ ...holder, started_at: '2026-06-29T19:59:00.000Z' }));
    const running = await doctor();
    expect([running.of('lock')?.state, running.of('runs')?.message]).toEqual([
      'note',
      expect.stringContaining('holds the store'),
    ]);
    writeFileSync(lock, JSON.stringify({ ...holder, started_at: '2026-06-29T01:00:00.000Z' }));
    expect((await doctor()).actions).toEqual(['lock']);
    writeFileSync(lock, JSON.stringify({ ...holder, pid: 2 ** 22 + 1, started_at: '2026-06-29T01:00:00.000Z' }));
    expect((await doctor()).of('lock')?.state).toBe('note');
    rmSync(lock);
  });

  test('settings that are broken, and a secret that is declared and not set: by its name alone', async () => {
    project.write(sourceFiles([{ id: 'nguon-mot', content: ndjson(FACTS) }]));
    project.write({ 'waivers.yaml': 'waivers: 3\n' });
    expect((await doctor()).actions).toEqual(['settings']);
    const hook = "recipients: [{id: a, kind: webhook, url: 'http://127.0.0.1/', secret: '$" + "{HOOK_SECRET}'}]\n";
    project.write({ 'waivers.yaml': 'waivers: []\n', 'notifications.yaml': hook });
    const { of, actions } = await doctor();
    expect(actions).toEqual(['secrets']);
    expect(of('secrets')?.message).toBe('not set in this environment: HOOK_SECRET');
    project.write({ 'notifications.yaml': 'recipients: []\n' });
  });

  test('a source that failed and a night that was withheld, each with what to do', async () => {
    rmSync(join(project.config, 'nguon-mot.ndjson'));
    await project.run({ now: clockFrom('2026-06-29T18:00:00Z') });
    // The settings are looked at as a run of now would find them.
    const { of, actions } = await doctor();
    expect(actions).toEqual(['settings', 'last-run', 'runs', 'source nguon-mot']);
    expect(of('runs')?.message).toMatch(
      /^1 on end without a publication; newest first: 2026-06-29 withheld, 2026-06-29 published/,
    );
    expect(of('last-run')?.message).toContain('only 0 of 1 required sources answered');
  });

  test('a manifest that cannot be read is an action, not a crash', async () => {
    writeFileSync(join(project.out, 'current', 'manifest.json'), '{');
    expect((await doctor()).of('publication')).toMatchObject({ state: 'action' });
  });
});

test('a folder that cannot be written', async () => {
  const file = join(project.folder, 'a-file');
  writeFileSync(file, '');
  mkdirSync(join(project.folder, 'plain'), { recursive: true });
  const said = await csdl(['doctor', '--config', project.config, '--out', file, '--json'], { now: clockFrom(AFTER) });
  const { checks } = answer.parse(jsonOf(said));
  expect(checks.find(({ check }) => check === 'folder')).toMatchObject({ state: 'action' });
});

test('old versions of Node, and clocks far away', () => {
  expect(examineNode('20.18.3').state).toBe('action');
  expect(examineNode('20.19.0').state).toBe('ok');
  expect(examineNode('24.1.0').state).toBe('ok');
  expect(examineClock(null, new Date('1970-01-02T00:00:00Z')).state).toBe('action');
  expect(examineClock(null, new Date('2199-01-02T00:00:00Z')).state).toBe('action');
  expect(examineClock(new Date('2026-01-01T00:00:00Z'), new Date('2026-06-29T00:00:00Z')).state).toBe('note');
});
