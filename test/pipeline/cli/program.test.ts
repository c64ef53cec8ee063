import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { packageVersion } from '../../../config/package-root.ts';
import { loadVerbs } from '../../../pipeline/cli/program.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { clockFrom, Project } from '../../support/project.ts';

const project = new Project();
const verbs = await loadVerbs();

describe('help', () => {
  test('every verb explains itself with examples and has its file', () => {
    const files = readdirSync(new URL('../../../pipeline/cli/commands/', import.meta.url)).map((name) =>
      name.replace(/\.ts$/, ''),
    );
    expect(verbs.map((v) => v.name).sort()).toEqual(files.sort());
  });

  test.each(verbs.map((v) => [v.name, v] as const))('csdl %s --help', async (name, verb) => {
    const { exit, stdout, stderr } = await csdl([name, '--help']);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toContain(verb.summary.slice(0, 20));
    expect(stdout).toContain('Examples:');
    expect(verb.examples.length).toBeGreaterThan(0);
    for (const example of verb.examples) {
      expect(example).toMatch(/^(source <\()?csdl /);
      expect(stdout).toContain(`$ ${example}`);
    }
    for (const flag of ['--config', '--out', '--json', '--quiet', '--log-format']) expect(stdout).toContain(flag);
  });

  test('without a verb: the help, exit 2; --version and --help: exit 0', async () => {
    const none = await csdl([]);
    expect(none.exit).toBe(2);
    expect(none.stdout).toContain('Usage: csdl');
    expect(await csdl(['--version'])).toMatchObject({ exit: 0, stdout: `${packageVersion}\n`, stderr: '' });
    const help = await csdl(['--help']);
    expect(help.exit).toBe(0);
    for (const verb of verbs) expect(help.stdout).toContain(verb.summary.slice(0, 20));
    expect(help.stdout).toContain('Exit codes:');
  });

  test.each([
    ['an unknown verb', ['rum'], 'Did you mean run?'],
    ['an unknown flag', ['run', '--as-off', '2026-06-29'], 'Did you mean --as-of?'],
    ['a day that does not exist', ['run', '--as-of', '2026-02-31'], 'a day that exists'],
    ['a missing argument', ['explain'], 'missing required argument'],
    ['an argument too many', ['run', 'now'], 'too many arguments'],
    ['an unknown log format', ['run', '--log-format', 'loud'], 'Allowed choices are text, json, none'],
    ['a percentage beyond 100', ['score', '--fail-under', '101'], 'from 0 to 100'],
    ['a time without offset', ['score', '--known-at', '2026-06-29T10:00'], 'with offset'],
    ['an unknown method', ['score', '--method', 'old'], 'Allowed choices are then, current'],
    ['an unknown kind', ['list', 'database'], 'Allowed choices are'],
    ['a missing folder', ['render'], "required option '--to <dir>'"],
    ['a timeout of nothing', ['sql', 'SELECT 1', '--timeout', '0'], 'above 0'],
  ])('%s: exit 2, said on stderr alone', async (_what, argv, words) => {
    const { exit, stdout, stderr } = await csdl(argv);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});

describe('check', () => {
  test('in order: exit 0, says what there is', async () => {
    const said = await csdl(['check', '--config', project.config]);
    expect(said).toMatchObject({ exit: 0, stderr: '' });
    expect(said.stdout).toContain('6 databases');
    expect(jsonOf(await csdl(['check', '--config', project.config, '--json']))).toEqual({ ok: true, problems: [] });
    const shipped = await csdl(['check']);
    expect(shipped.stdout).toContain('shipped with the program');
    expect([shipped.exit, shipped.stdout.includes('Warnings')]).toEqual([0, false]);
    // A year of which holidays.csv holds nothing is told while it is that of today or near, and is no problem.
    const then = await csdl(['check'], { now: clockFrom('2022-06-01T00:00:00Z') });
    expect(then).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('lies in 2022, of which holidays.csv knows no day'),
    });
  });

  test('not in order: exit 2, all problems, and the keys of the design in JSON', async () => {
    const broken = new Project({
      'waivers.yaml': 'waivers: 3\n',
      'sources.yaml':
        'sources:\n  - {id: a, connector: baselin, options: {path: x}}\n  - {id: b, connector: baseline, options: {paht: x}}\n  - {id: c, connector: baseline, options: {path: none.ndjson}}\n',
    });
    const said = await csdl(['check', '--config', broken.config, '--json']);
    expect(said.exit).toBe(2);
    const { ok, problems } = z
      .strictObject({
        ok: z.boolean(),
        problems: z.array(
          z.strictObject({
            file: z.string(),
            line: z.number().nullable(),
            column: z.number().nullable(),
            key: z.string(),
            code: z.string(),
            message: z.string(),
            hint: z.string().nullable(),
          }),
        ),
      })
      .parse(jsonOf(said));
    expect(ok).toBe(false);
    expect(problems.map((p) => `${p.file}:${p.line} ${p.code} ${p.hint ?? ''}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^waivers\.yaml:1 config\/invalid-type/),
        expect.stringMatching(/^sources\.yaml:2 config\/unknown-connector .*baseline/),
        'sources.yaml:3 config/unknown-key did you mean "path"?',
        expect.stringMatching(/^sources\.yaml:4 config\/unusable-source/),
      ]),
    );
    const text = await csdl(['check', '--config', broken.config]);
    expect(text.exit).toBe(2);
    expect(text.stdout).toMatch(/\d+ problems\n$/);
  });

  test('a folder that is not there: exit 2', async () => {
    const said = await csdl(['check', '--config', join(temporaryFolder(), 'none')]);
    expect(said.exit).toBe(2);
    expect(said.stderr).toContain('csdl init DIR makes one');
  });
});

describe('list', () => {
  test.each([
    'databases',
    'agencies',
    'sources',
    'connectors',
    'criteria',
    'indicators',
    'models',
    'findings',
    'actions',
    'checks',
  ])('csdl list %s', async (kind) => {
    const rows = z
      .array(z.looseObject({ id: z.string() }))
      .parse(jsonOf(await csdl(['list', kind, '--config', project.config, '--json'])));
    expect(rows.length).toBeGreaterThan(0);
    const text = await csdl(['list', kind, '--config', project.config]);
    expect(text).toMatchObject({ exit: 0, stderr: '' });
    expect(text.stdout.trimEnd().split('\n').length).toBe(rows.length + 2);
  });
});
