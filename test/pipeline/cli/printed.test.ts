import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mask } from '../../../config/interpolate.ts';
import { createLog } from '../../../pipeline/cli/log.ts';
import { table } from '../../../pipeline/cli/output.ts';
import { csdl } from '../../support/cli.ts';
import { clockFrom, Project } from '../../support/project.ts';
import { variable } from '../../support/settings.ts';

const of = (project: Project): string[] => ['--config', project.config, '--out', project.out];

describe('what is printed', () => {
  test('a table shows control characters and bidirectional overrides as dots', () => {
    expect(
      table([
        { a: 'x\u001b[31m\u202ey\n\u009bz', n: 5 },
        { a: null, n: 12 },
      ]),
    ).toBe(['a             n', '───────────  ──', 'x·[31m·y··z   5', '–            12'].join('\n'));
  });

  test('an empty list of rows prints its columns', () => {
    expect(table([], ['a', 'b'])).toBe('a  b\n─  ─');
  });

  test('secrets are masked in the log, in errors and in JSON', async () => {
    const secret = 'hunter2-hunter2';
    const folder = new Project({
      'sources.yaml': `sources:\n  - {id: a, connector: baseline, required: true, options: {path: "${variable('DATA_PATH')}"}}\n`,
    });
    writeFileSync(join(folder.config, `${secret}.ndjson`), '');
    const found = { DATA_PATH: `${secret}.ndjson` };
    const missing = { DATA_PATH: `./${secret}/none.ndjson` };
    const said = [
      await csdl(['run', '--json', ...of(folder)], { environment: found }),
      await csdl(['run', '--log-format', 'text', ...of(folder)], {
        environment: missing,
        now: clockFrom('2026-06-29T18:00:00Z'),
      }),
      await csdl(['check', ...of(folder)], { environment: missing }),
      await csdl(['check', '--json', ...of(folder)], { environment: missing }),
    ];
    expect(said.map((s) => s.exit)).toEqual([4, 4, 2, 2]);
    expect(said[0]?.stderr).toContain('nothing was published: only 0 of 1 required sources answered');
    expect(JSON.parse(said[0]?.stdout ?? '')).toMatchObject({ published: false });
    expect(existsSync(join(folder.out, 'current'))).toBe(false);
    for (const { stdout, stderr } of said) expect(stdout + stderr).not.toContain(secret);
    const status = readFileSync(join(folder.out, 'status.json'), 'utf8');
    expect(status).not.toContain(secret);
    expect(JSON.parse(status)).toMatchObject({ published: false, last_published_as_of: null });
  });

  test('environment variables that look like secrets are masked wherever they would be printed', async () => {
    const said = await csdl(['check', '--config', '/nowhere/s3cret-value'], {
      environment: { API_TOKEN: 's3cret-value' },
    });
    expect(said.exit).toBe(2);
    expect(said.stdout + said.stderr).not.toContain('s3cret-value');
  });

  test('a log entry is one line whatever it holds', () => {
    let out = '';
    const effects = {
      stdout: () => {},
      stderr: (text: string) => (out += text),
      isTerminal: true,
      environment: {},
      now: clockFrom('2026-06-29T16:00:00Z'),
      signal: new AbortController().signal,
    };
    const log = createLog(effects, 'text', ['geheim']);
    log.with({ run: 'r1', source: 's' }).warn('collect.source.failed', { message: 'one\ntwo\u001b[31m geheim', ms: 3 });
    expect(out).toBe('16:00:00 ! collect.source.failed source=s message=one·two·[31m ••• ms=3\n');
    out = '';
    createLog(effects, 'none', []).info('x');
    expect(out).toBe('');
  });

  test('mask leaves other text alone', () => {
    expect(mask('a secret and a secret', ['secret'])).toBe('a ••• and a •••');
    expect(mask('nothing', [])).toBe('nothing');
    // The longer goes first; what is too short to be a secret is left.
    expect(mask('abcd abcdef 1', ['abcd', 'abcdef', '1'])).toBe('••• ••• 1');
  });
});
