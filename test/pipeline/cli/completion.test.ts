/** Completion, as shells that are on this machine do it: the scripts are sourced by the shell itself. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadVerbs } from '../../../pipeline/cli/program.ts';
import { csdl } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const scripts: Record<string, string> = {};

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { exit, stdout, stderr } = await csdl(['completion', shell]);
    expect([exit, stderr]).toEqual([0, '']);
    scripts[shell] = join(folder, `csdl.${shell}`);
    writeFileSync(scripts[shell], stdout);
  }
  writeFileSync(join(folder, 'sources.yaml'), '');
});

describe.runIf(has('bash'))('bash', () => {
  /** What is offered for the last of the words. */
  function offered(...words: string[]): string[] {
    const script = `source ${scripts.bash}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _csdl; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const said = execFileSync('bash', ['--norc', '-c', script, 'bash', ...words], { cwd: folder, encoding: 'utf8' });
    return said.split('\n').filter((line) => line !== '');
  }

  test('every verb, flags of a verb, words of a closed list, folders and files', async () => {
    const verbs = (await loadVerbs()).map(({ name }) => name);
    expect(offered('csdl', '')).toEqual(expect.arrayContaining(verbs));
    expect(offered('csdl', 'sch')).toEqual(['schedule']);
    expect(offered('csdl', 'run', '--as')).toEqual(['--as-of']);
    expect(offered('csdl', 'run', '--log-format', '')).toEqual(['text', 'json', 'none']);
    expect(offered('csdl', 'schedule', '--print', 'k')).toEqual(['k8s']);
    expect(offered('csdl', 'list', 'ag')).toEqual(['agencies']);
    expect(offered('csdl', 'extract', 'sou')).toEqual(['sources.yaml']);
    expect(offered('csdl', 'run', '--as-of', '')).toEqual([]);
    expect(offered('csdl', 'nothing', '')).toEqual([]);
  });

  test('it is registered for csdl', () => {
    const said = execFileSync('bash', ['--norc', '-c', `source ${scripts.bash}; complete -p csdl`], {
      encoding: 'utf8',
    });
    expect(said).toBe('complete -F _csdl csdl\n');
  });
});

test.each(['zsh', 'fish'].filter(has))('%s reads its script without complaint', (shell) => {
  expect(spawnSync(shell, ['-n', scripts[shell] ?? ''], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('an unknown shell: exit 2', async () => {
  expect((await csdl(['completion', 'csh'])).exit).toBe(2);
});
