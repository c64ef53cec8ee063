/**
 * The handbook's own commands (README.vi.md, 3.1), read from its table and typed as they stand, by root; only the places and
 * the user are others. What an operator has to do before the first night is told there, or it is nowhere.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asset, packageVersion } from '../../config/package-root.ts';
import { temporaryFolder } from '../support/folders.ts';

const home = temporaryFolder();
const etc = join(home, 'etc');
const srv = join(home, 'srv');
const bin = join(home, 'bin');
const PROGRAM = asset('dist', 'pipeline', 'cli', 'main.js');
const isRoot = process.getuid?.() === 0;
/** Of the user who stands for that of the nightly run. */
const GROUP = spawnSync('id', ['-gn', 'nobody'], { encoding: 'utf8' }).stdout.trim();
const hasUser =
  isRoot && spawnSync('runuser', ['-u', 'nobody', '--', process.execPath, PROGRAM, '--version']).status === 0;

/** Rows of the table: what is to be typed, and the words by which the operator sees that it went well. */
const steps = [...handbook().matchAll(/^\| \d+\. [^|]+\| `([^`]+)` \| ([^|]+) \|$/gm)].map(
  ([, command = '', seen = '']) => ({
    command,
    seen: [...seen.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words),
  }),
);

function handbook(): string {
  const text = readFileSync(asset('README.vi.md'), 'utf8');
  return text.slice(text.indexOf('### 3.1'), text.indexOf('### 3.2'));
}

/** Commands of a row of the table of backups (11). */
function backupRow(name: string): string[] {
  const text = readFileSync(asset('README.vi.md'), 'utf8');
  const row = text.split('\n').find((line) => line.startsWith(`| ${name}`)) ?? '';
  return [...row.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command);
}

/** As the operator would, elsewhere and for another user. */
function type(command: string) {
  const here = command
    .replaceAll('/etc/csdl', etc)
    .replaceAll('/srv/csdl', srv)
    .replace('-o csdl -g csdl', `-o nobody -g ${GROUP}`)
    .replace('-g csdl', `-g ${GROUP}`)
    .replace('-u csdl', '-u nobody');
  const env = { PATH: `${bin}:${process.env.PATH}`, TZ: 'UTC', CSDL_CONFIG: etc, CSDL_OUT: srv };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', here], { cwd: '/', encoding: 'utf8', env });
  return { status, stdout, stderr };
}

describe.skipIf(!hasUser)('the handbook, as root for a user without rights (skipped for others)', () => {
  test('every step says what the handbook tells', () => {
    chmodSync(home, 0o755);
    mkdirSync(bin);
    writeFileSync(join(bin, 'csdl'), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`, { mode: 0o755 });
    const own = steps.filter(({ command }) => !/^(sha256sum|npm|useradd|printf) /.test(command));
    expect(own.map(({ command }) => command.split(' ').find((word) => /^(csdl|install)$/.test(word)))).toEqual([
      'csdl',
      'install',
      'install',
      'csdl',
      'csdl',
      'csdl',
      'csdl',
    ]);
    for (const { command, seen } of own) {
      const { status, stdout, stderr } = type(command);
      expect([command, status, stderr.includes('unexpected')], stderr).toEqual([command, 0, false]);
      for (const words of seen)
        expect(stdout).toContain(words.replace('/etc/csdl', etc).replace('VERSION', packageVersion));
      if (seen.length === 0) expect(stdout).toBe('');
    }
  });

  test('a file that root adds later is read by the night', () => {
    expect(type('install -m 0640 /dev/null /etc/csdl/holidays.csv; head -1 /etc/csdl/databases.csv').status).toBe(0);
    expect(type('runuser -u csdl -- cat /etc/csdl/holidays.csv')).toMatchObject({ status: 0 });
    rmSync(join(etc, 'holidays.csv'));
  });

  test('a backup is made, verified, and put back on trial, as told', () => {
    const place = /`(install [^`]*sao-luu)`/.exec(readFileSync(asset('README.vi.md'), 'utf8'))?.[1] ?? '';
    const typed = [place, ...['Sao lưu kết quả', 'Kiểm tra bản sao lưu', 'Kiểm tra bản công bố'].flatMap(backupRow)];
    const trial = backupRow('Khôi phục thử');
    expect([typed.length, trial.length]).toEqual([4, 3]);
    for (const command of [...typed, ...trial]) {
      const { status, stderr } = type(command);
      expect([command, status], stderr).toEqual([command, 0]);
    }
  });

  test.each([
    ['settings that only root may read', 'chgrp -R root /etc/csdl', 'check --config /etc/csdl', '/etc/csdl'],
    ['the same, for the night', 'true', 'run --config /etc/csdl --out /srv/csdl', '/etc/csdl'],
    [
      'a folder of them that can be listed and no more',
      'chgrp -R csdl /etc/csdl; chmod 2740 /etc/csdl',
      'check --config /etc/csdl',
      '/etc/csdl',
    ],
    [
      'results of root',
      'chmod 2750 /etc/csdl; chown -R root:root /srv/csdl',
      'sql "SELECT 1" --out /srv/csdl',
      '/srv/csdl',
    ],
    ['the same, for the night', 'true', 'run --config /etc/csdl --out /srv/csdl', '/srv/csdl'],
    ['the same, for a backup', 'true', 'backup --to /srv/elsewhere --out /srv/csdl', '/srv/csdl'],
  ])('%s: said with its place and the way out, and nothing else stands in', (_what, before, verb, place) => {
    type(before.replace('chgrp -R csdl', `chgrp -R ${GROUP}`));
    const { status, stdout, stderr } = type(`runuser -u csdl -- csdl ${verb}`);
    expect(stderr).toContain(`system/permission: ${place.replace('/etc/csdl', etc).replace('/srv/csdl', srv)}`);
    expect(stderr).toContain('→ be the user of the nightly run');
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  test('one file that the user may not read is a problem of the settings, with the same way out', () => {
    type('chmod 2750 /etc/csdl; chmod 0600 /etc/csdl/scoring.yaml /etc/csdl/agencies.csv');
    const { status, stdout } = type('runuser -u csdl -- csdl check --config /etc/csdl');
    type('chmod 0644 /etc/csdl/scoring.yaml /etc/csdl/agencies.csv');
    for (const file of ['scoring.yaml', 'agencies.csv'])
      expect(stdout).toMatch(new RegExp(`^${file}: cannot be read: EACCES.* — be the user of`, 'm'));
    expect(status).toBe(2);
  });

  test('root is not let into the folder of the night, and doctor finds what it left there all the same', () => {
    type(`chown -R nobody:${GROUP} /srv/csdl`);
    for (const verb of ['run --config /etc/csdl --out /srv/csdl', 'restore /srv/csdl --out /srv/csdl --replace']) {
      const { status, stderr } = type(`csdl ${verb}`);
      if (verb.startsWith('run')) expect(stderr).toContain('usage/wrong-user');
      expect(status).toBe(2);
    }
    expect(type('csdl doctor --config /etc/csdl --out /srv/csdl').stdout).toContain(
      `note    folder: ${srv} belongs to another user`,
    );
    type('chown -R root:root /srv/csdl/store/bundles; chmod -R o+rX /srv/csdl');
    const { status, stdout } = type('runuser -u csdl -- csdl doctor --config /etc/csdl --out /srv/csdl');
    expect(stdout).toMatch(
      /^ACTION {2}owners: \d+ files and folders of .*first: store\/bundles\n {8}→ as root: chown -R \d+:\d+ /m,
    );
    expect(status).toBe(4);
    type('chown -R root:root /srv/csdl; chmod -R o-rwx /srv/csdl');
  });

  test('doctor says it too, and looks no further into what is closed', () => {
    const { status, stdout } = type('runuser -u csdl -- csdl doctor --config /etc/csdl --out /srv/csdl');
    expect(stdout).toContain(`ACTION  folder: ${srv}: permission denied`);
    expect(stdout).not.toContain('publication:');
    expect(status).toBe(4);
    type(`chown -R nobody:${GROUP} /srv/csdl`);
  });
});

test('the handbook has its steps', () => {
  expect(steps.length).toBeGreaterThanOrEqual(9);
});
