/** The forms in which a night is started: what systemd, cron's shell and YAML read in them, also with strange paths. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../../config/package-root.ts';
import { crontab } from '../../../pipeline/schedule/cron.ts';
import { type Installation, NODE_FLAGS } from '../../../pipeline/schedule/installation.ts';
import { systemdUnits } from '../../../pipeline/schedule/systemd.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';

const FOUND: Installation = {
  version: '1.2.3',
  node: process.execPath,
  script: '/opt/csdl/dist/pipeline/cli/main.js',
  config: '/etc/csdl',
  out: '/srv/csdl',
  at: '01:30',
  user: 'root',
  secretsFile: '/etc/csdl/secrets.env',
  secrets: ['BO_A_TOKEN'],
  fixedDay: undefined,
};
const STRANGE = '/srv/thư mục 50% của $HOME \'và\' "khác"';

describe('systemd', () => {
  const hasVerify = spawnSync('systemd-analyze', ['--version']).status === 0;

  test.runIf(hasVerify)('systemd-analyze verify takes the units, and the calendar is every night at 01:30', () => {
    for (const out of ['/srv/csdl', STRANGE]) {
      const folder = temporaryFolder();
      // The program must be there for the check.
      const units = systemdUnits({ ...FOUND, out, script: process.execPath });
      const paths = [...units].map(([name, text]) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      });
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], { encoding: 'utf8' });
      const about = stderr.split('\n').filter((line) => line.includes('csdl'));
      expect([status, about]).toEqual([0, []]);
    }
    const calendar = execFileSync('systemd-analyze', ['calendar', '*-*-* 01:30:00 Asia/Ho_Chi_Minh'], {
      encoding: 'utf8',
    });
    expect(calendar).toContain('01:30:00 Asia/Ho_Chi_Minh');
  });

  test('the service writes into the folder of the results alone, and no secret stands in it', async () => {
    const said = await csdl(
      ['schedule', '--print', 'systemd', '--out', '/srv/csdl', '--at', '02:15', '--json', '-q'],
      {},
    );
    const { files } = jsonOf(said) as { files: Record<string, string> };
    const service = files['csdl.service'] ?? '';
    for (const line of [
      'ProtectSystem=strict',
      'ReadWritePaths=/srv/csdl',
      'NoNewPrivileges=yes',
      'PrivateTmp=yes',
      'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
      'CapabilityBoundingSet=',
      'SystemCallFilter=@system-service @pkey',
      'UMask=0027',
      'MemoryMax=4G',
    ])
      expect(service.split('\n')).toContain(line);
    expect(service).toContain(`${process.execPath} `);
    expect(files['csdl.timer']).toContain('OnCalendar=*-*-* 02:15:00 Asia/Ho_Chi_Minh\n');
    expect(files['csdl.timer']).toContain('Persistent=true');
    // The shipped settings fix the day; whoever schedules them is told.
    expect(service).toContain('sources.yaml fixes as_of: 2026-06-29');
  });
});

test('a crontab line runs what it says, whatever the paths hold', () => {
  const out = temporaryFolder();
  const strange = join(out, '50% của $HOME \'và\' "khác"');
  execFileSync('mkdir', [strange]);
  // A stand-in that prints its arguments; cron turns an escaped percent sign back before the shell sees the line.
  const node = join(out, 'prints');
  writeFileSync(node, '#!/bin/sh\nprintf \'%s\\n\' "$@"\n', { mode: 0o755 });
  const text = crontab({
    ...FOUND,
    node,
    out: strange,
    secretsFile: join(out, 'none'),
  });
  const line = text.split('\n').find((one) => /^30 1 \* \* \* /.test(one)) ?? '';
  expect(line.slice(11)).not.toMatch(/(?<!\\)%/);
  execFileSync('/bin/sh', ['-c', line.slice(11).replaceAll('\\%', '%')]);
  expect(readFileSync(join(strange, 'nightly.log'), 'utf8').split('\n')).toEqual([
    ...NODE_FLAGS,
    FOUND.script,
    'run',
    '--config',
    '/etc/csdl',
    '--out',
    strange,
    '--log-format',
    'json',
    '',
  ]);
  expect(text).toContain('CRON_TZ=Asia/Ho_Chi_Minh');
  expect(text).toContain('BO_A_TOKEN');
});

test('the image gives Node what the other schedules give it', () => {
  expect(readFileSync(join(packageRoot, 'Containerfile'), 'utf8')).toContain(`NODE_OPTIONS=${NODE_FLAGS.join(' ')}\n`);
});

test('a CronJob of Kubernetes: one at a time, not root, nothing writable but results and /tmp', async () => {
  const { exit, stdout } = await csdl(['schedule', '--print', 'k8s', '--at', '23:05', '-q']);
  expect(exit).toBe(0);
  const job = parse(stdout);
  expect(job).toMatchObject({ apiVersion: 'batch/v1', kind: 'CronJob' });
  expect(job.spec).toMatchObject({
    schedule: '5 23 * * *',
    timeZone: 'Asia/Ho_Chi_Minh',
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 14_400,
  });
  const pod = job.spec.jobTemplate.spec.template.spec;
  expect(pod).toMatchObject({
    restartPolicy: 'Never',
    hostname: 'csdl-night',
    securityContext: { runAsNonRoot: true },
  });
  const [container] = pod.containers;
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  const named = pod.volumes.map((volume: { name: string }) => volume.name).sort();
  expect(container.volumeMounts.map((mount: { name: string }) => mount.name).sort()).toEqual(named);
});

test('--to writes files and overwrites none; what cannot be a time or a user is refused', async () => {
  const to = join(temporaryFolder(), 'units');
  const flags = ['schedule', '--print', 'systemd', '--to', to, '-q'];
  expect((await csdl(flags)).exit).toBe(0);
  expect(existsSync(join(to, 'csdl.service')) && existsSync(join(to, 'csdl.timer'))).toBe(true);
  expect(await csdl(flags)).toMatchObject({ exit: 2, stderr: expect.stringContaining('is there already') });
  const broken = await csdl(['schedule', '--print', 'cron', '--out', '/srv/a\n* * * * * b']);
  expect([broken.exit, broken.stdout]).toEqual([2, '']);
  for (const wrong of [
    ['--at', '24:00'],
    ['--user', 'a b'],
    ['--print', 'at'],
  ])
    expect((await csdl(['schedule', '--print', 'cron', ...wrong])).exit).toBe(2);
});
