/** A night of a user without rights, whose settings cannot be written; what it leaves is not for every user of the machine. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asset } from '../../config/package-root.ts';
import { Project } from '../support/project.ts';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
/** As root the night is run by somebody else; whoever has no rights runs it himself. */
const as = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs'] : [];

function csdl(...argv: string[]) {
  const [command = '', ...rest] = [...as, process.execPath, asset('dist', 'pipeline', 'cli', 'main.js'), ...argv];
  return spawnSync(command, rest, { cwd: '/', encoding: 'utf8', env: { PATH: process.env.PATH, TZ: 'UTC' } });
}
const canRun = csdl('--version').status === 0;

const everything = (folder: string): { path: string; mode: number; stamp: number }[] =>
  ['.', ...readdirSync(folder, { recursive: true })].map((name) => {
    const stat = lstatSync(join(folder, String(name)));
    return { path: String(name), mode: stat.isSymbolicLink() ? 0 : stat.mode & 0o777, stamp: stat.mtimeMs };
  });

test.skipIf(!canRun)(
  'needs no rights and writes nothing but its own folder (skipped where nobody may read the clone)',
  () => {
    const project = new Project();
    for (const { path } of everything(project.config))
      chmodSync(join(project.config, path), path === '.' ? 0o555 : 0o444);
    chmodSync(project.folder, 0o755);
    mkdirSync(project.out);
    if (isRoot) chownSync(project.out, NOBODY, NOBODY);
    else chmodSync(project.folder, 0o555);
    const before = everything(project.config);
    const { status, stderr } = csdl('run', '--config', project.config, '--out', project.out);
    expect(status, stderr).toBe(0);
    expect(everything(project.config)).toEqual(before);
    const left = everything(project.out);
    expect(left.length).toBeGreaterThan(50);
    expect(left.filter(({ path, mode }) => path !== '.' && (mode & 0o027) !== 0)).toEqual([]);
    expect(csdl('verify', '--out', project.out).status).toBe(0);
    if (!isRoot) chmodSync(project.folder, 0o755);
  },
);
