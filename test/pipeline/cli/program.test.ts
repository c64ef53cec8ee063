import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { mask } from '../../../config/interpolate.ts';
import { packageVersion } from '../../../config/package-root.ts';
import { createLog } from '../../../pipeline/cli/log.ts';
import { table } from '../../../pipeline/cli/output.ts';
import { VERBS } from '../../../pipeline/cli/program.ts';
import { csdl, jsonOf, type Said } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { clockFrom, FACTS, fact, ndjson, Project, sourceFiles } from '../../support/project.ts';

const project = new Project({
  'nguon-mot.ndjson': ndjson([
    ...FACTS,
    fact('ho-so-mot', 'software.state', { state: 'operating', evidence: { table: 'II', row: '4\u001b[31m', line: 9 } }),
    fact('ho-so-mot', 'commitment', { value_text: 'đỏ\u001b[31m\u202e', target: 'x', flags: { due: '2026-12-31' } }),
  ]),
});
const at = ['--config', project.config, '--out', project.out];
let ran: Said;

beforeAll(async () => {
  ran = await csdl(['run', ...at, '--json']);
});

describe('help', () => {
  test('every verb explains itself with examples and has its file', () => {
    const files = readdirSync(new URL('../../../pipeline/cli/commands/', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));
    expect(VERBS.map((v) => v.name).sort()).toEqual(files.sort());
  });

  test.each(VERBS.map((v) => [v.name, v] as const))('csdl %s --help', async (name, verb) => {
    const { exit, stdout, stderr } = await csdl([name, '--help']);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toContain(verb.summary.slice(0, 20));
    expect(stdout).toContain('Examples:');
    expect(verb.examples.length).toBeGreaterThan(0);
    for (const example of verb.examples) {
      expect(example).toMatch(/^csdl /);
      expect(stdout).toContain(`$ ${example}`);
    }
    for (const flag of ['--config', '--out', '--json', '--quiet', '--log-format']) expect(stdout).toContain(flag);
  });

  test('without a verb: the help, exit 2; --version and --help: exit 0', async () => {
    const none = await csdl([]);
    expect(none.exit).toBe(2);
    expect(none.stdout).toContain('Usage: csdl');
    expect(await csdl(['--version'])).toEqual({ exit: 0, stdout: `${packageVersion}\n`, stderr: '' });
    const help = await csdl(['--help']);
    expect(help.exit).toBe(0);
    for (const verb of VERBS) expect(help.stdout).toContain(verb.summary.slice(0, 20));
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

describe('run', () => {
  test('--json prints one object with the keys of the design, and nothing else on stdout', () => {
    const report = z.object({
      run_id: z.string(),
      as_of: z.literal('2026-06-29'),
      published: z.literal(true),
      databases: z.literal(6),
      observations: z.literal(12),
      rejections: z.literal(0),
      sources: z.array(z.object({ id: z.string(), state: z.enum(['ok', 'failed']), observations: z.number(), ms: z.number() })).length(1),
      findings: z.number().int().min(1),
      levels: z.strictObject({ none: z.number(), 1: z.number(), 2: z.number(), 3: z.number(), 4: z.number(), 5: z.number() }),
    });
    expect(ran.exit).toBe(0);
    expect(report.safeParse(jsonOf(ran)).error).toBeUndefined();
  });

  test('progress is JSON lines on stderr where it is no terminal: event, time, run', () => {
    const lines = ran.stderr.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((l) => l['event'])).toEqual(
      expect.arrayContaining(['collect.start', 'collect.source.done', 'store.done', 'score.start', 'publish.done']),
    );
    for (const line of lines) {
      expect(line['time']).toMatch(/^2026-06-29T16:0/);
      expect(line['run']).toMatch(/^2026-06-29_/);
    }
  });

  test('a source that fails among good ones: exit 3; withheld: exit 4; both say why', async () => {
    const two = new Project(
      sourceFiles([
        { id: 'tot', content: ndjson(FACTS.slice(0, 3)) },
        { id: 'hong', content: '', required: false },
      ]),
    );
    const partly = await csdl(['run', '--config', two.config, '--out', two.out, '--log-format', 'none']);
    expect([partly.exit, partly.stderr]).toEqual([3, '']);
    expect(partly.stdout).toMatch(/hong +failed/);
    expect(partly.stdout).toContain(`Database: ${join(two.out, 'csdl.duckdb')}`);
    two.write({ 'tot.ndjson': '' });
    const withheld = await csdl(['run', '--config', two.config, '--out', two.out, '--quiet', '--json'], { now: clockFrom('2026-06-29T18:00:00Z') });
    expect(withheld.exit).toBe(4);
    expect(jsonOf(withheld)).toMatchObject({ published: false });
    expect(withheld.stderr).toContain('nothing was published: only 0 of 1 required sources answered');
  });

  test('wrong settings: exit 2, every problem on stderr with its place, JSON on stdout when asked for', async () => {
    const broken = new Project({ 'waivers.yaml': 'waivers:\n  - {databse: bao-hiem}\n' });
    const said = await csdl(['run', '--config', broken.config, '--out', broken.out, '--json']);
    expect(said.exit).toBe(2);
    expect(said.stderr).toContain('waivers.yaml:2:6: waivers.0.databse: "databse" is not a setting — did you mean "database"?');
    expect(said.stderr).toContain('nothing was run and nothing was written');
    expect(jsonOf(said)).toMatchObject({ code: 'config/invalid', problems: expect.arrayContaining([expect.objectContaining({ line: 2 })]) });
    expect(existsSync(broken.out)).toBe(false);
  });

  test('an unexpected error is no stack trace unless asked for, exit 1', async () => {
    const odd = new Project();
    mkdirSync(join(odd.out, 'store', 'store.duckdb'), { recursive: true });
    const said = await csdl(['run', '--config', odd.config, '--out', odd.out, '--quiet']);
    expect(said.exit).toBe(1);
    expect(said.stderr).toContain('store.duckdb');
    expect(said.stderr).not.toContain('    at ');
    expect((await csdl(['run', '--config', odd.config, '--out', odd.out, '--quiet', '--debug'])).stderr).toContain('    at ');
  });
});

describe('check', () => {
  test('in order: exit 0, says what there is', async () => {
    const said = await csdl(['check', '--config', project.config]);
    expect(said).toMatchObject({ exit: 0, stderr: '' });
    expect(said.stdout).toContain('6 databases');
    expect(jsonOf(await csdl(['check', '--config', project.config, '--json']))).toEqual({ ok: true, problems: [] });
    expect((await csdl(['check'])).stdout).toContain('shipped with the program');
  });

  test('not in order: exit 2, all problems, and the keys of the design in JSON', async () => {
    const broken = new Project({
      'waivers.yaml': 'waivers: 3\n',
      'sources.yaml': 'sources:\n  - {id: a, connector: baselin, options: {path: x}}\n  - {id: b, connector: baseline, options: {paht: x}}\n  - {id: c, connector: baseline, options: {path: none.ndjson}}\n',
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
  test.each(['databases', 'agencies', 'sources', 'connectors', 'criteria', 'indicators', 'models', 'findings', 'actions', 'checks'])(
    'csdl list %s',
    async (kind) => {
      const rows = z.array(z.looseObject({ id: z.string() })).parse(jsonOf(await csdl(['list', kind, '--config', project.config, '--json'])));
      expect(rows.length).toBeGreaterThan(0);
      const text = await csdl(['list', kind, '--config', project.config]);
      expect(text).toMatchObject({ exit: 0, stderr: '' });
      expect(text.stdout.trimEnd().split('\n').length).toBe(rows.length + 2);
    },
  );
});

describe('explain', () => {
  test.each([
    ['its id', 'ho-so-mot'],
    ['a part of its name', 'hồ sơ một'],
    ['a part in NFD and capitals', 'HỒ SƠ MỘT'.normalize('NFD')],
  ])('finds a database by %s, and shows the chain down to the line', async (_what, wanted) => {
    const { exit, stdout, stderr } = await csdl(['explain', wanted, ...at]);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Cơ sở dữ liệu hồ sơ một');
    expect(stdout).toContain('Level reported 3');
    expect(stdout).toMatch(/c12\.connection one_way \(owner, E2, 2026-06-29\) — Văn bản số 1, line 4 \[[0-9a-f]{32}\]/);
  });

  test('control characters of the data do not reach the terminal', async () => {
    const { stdout } = await csdl(['explain', 'ho-so-mot', ...at]);
    expect(stdout).toContain('row 4·[31m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test('--json gives the same chain as data', async () => {
    const shape = z.object({
      readiness: z.looseObject({ database_id: z.literal('ho-so-mot'), level_reported: z.literal(3) }),
      gates: z.array(z.looseObject({ gate: z.string(), passed: z.boolean() })).min(1),
      pillars: z.array(z.looseObject({ pillar: z.string() })).length(6),
      indicators: z.array(z.looseObject({ indicator: z.string(), state: z.string() })).min(10),
      findings: z.array(z.looseObject({ text: z.string() })),
      actions: z.array(z.looseObject({ rank: z.number() })),
    });
    expect(shape.safeParse(jsonOf(await csdl(['explain', 'ho-so-mot', ...at, '--json']))).error).toBeUndefined();
  });

  test.each([
    ['several fit', 'hồ sơ', 'fits 3 databases: ho-so-ba, ho-so-hai, ho-so-mot'],
    ['an umbrella', 'he-thong', 'is a heading over its parts'],
    ['nobody is called so', 'ho-so-nott', 'did you mean "ho-so-mot"?'],
  ])('%s: exit 2 with what to do', async (_what, wanted, words) => {
    const { exit, stdout, stderr } = await csdl(['explain', wanted, ...at]);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  test('a database nobody spoke of is explained, too', async () => {
    const { stdout } = await csdl(['explain', 'im-lang', ...at]);
    expect(stdout).toContain('Level reported none');
    expect(stdout).not.toMatch(/undefined|NaN|null/);
  });

  test.each(['explain x', 'sql SELECT', 'render --to y', 'score'])('without a publication, %s: exit 2 and what to do', async (line) => {
    const { exit, stderr } = await csdl([...line.split(' '), '--out', join(temporaryFolder(), 'none')]);
    expect(exit).toBe(2);
    expect(stderr).toContain('csdl run makes one');
  });
});

describe('init and render', () => {
  test('init, check, run: a folder of one’s own, from any working directory', async () => {
    const folder = join(temporaryFolder(), 'my config');
    const made = await csdl(['init', folder]);
    expect(made.exit).toBe(0);
    expect(made.stdout).toContain(`csdl check --config`);
    expect((await csdl(['check', '--config', folder])).exit).toBe(0);
    expect(readFileSync(join(folder, 'scoring.yaml'), 'utf8')).toContain('pillars:');
    const again = await csdl(['init', folder]);
    expect(again.exit).toBe(2);
    expect(again.stderr).toContain('nothing is ever overwritten');
  });

  test('init --json names the files', async () => {
    const folder = join(temporaryFolder(), 'own');
    const { files } = z.object({ folder: z.literal(folder), files: z.array(z.string()) }).parse(jsonOf(await csdl(['init', folder, '--json'])));
    expect(readdirSync(folder).sort()).toEqual([...files].sort());
  });

  test('render writes the site of the publication elsewhere, and never over what is there', async () => {
    const folder = join(temporaryFolder(), 'site');
    const said = await csdl(['render', '--to', folder, ...at, '--json']);
    expect(said.exit, said.stderr).toBe(0);
    const published = readdirSync(join(project.out, 'site'), { recursive: true }).map(String).sort();
    expect(readdirSync(folder, { recursive: true }).map(String).sort()).toEqual(published);
    const again = await csdl(['render', '--to', folder, ...at]);
    expect([again.exit, again.stdout]).toEqual([2, '']);
  });
});

describe('what is printed', () => {
  test('a table shows control characters and bidirectional overrides as dots', () => {
    expect(table([{ a: 'x\u001b[31m\u202ey\n\u009bz', n: 5 }, { a: null, n: 12 }])).toBe(
      ['a             n', '───────────  ──', 'x·[31m·y··z   5', '–            12'].join('\n'),
    );
  });

  test('an empty list of rows prints its columns', () => {
    expect(table([], ['a', 'b'])).toBe('a  b\n─  ─');
  });

  test('secrets are masked in the log, in errors and in JSON', async () => {
    const secret = 'hunter2-hunter2';
    const folder = new Project({ 'sources.yaml': 'sources:\n  - {id: a, connector: baseline, required: true, options: {path: "${DATA_PATH}"}}\n' });
    writeFileSync(join(folder.config, `${secret}.ndjson`), '');
    for (const argv of [['run'], ['run', '--json'], ['run', '--log-format', 'text'], ['check'], ['check', '--json']]) {
      const environments = [{ DATA_PATH: `${secret}.ndjson` }, { DATA_PATH: `./${secret}/none.ndjson` }];
      for (const environment of environments) {
        const said = await csdl([...argv, '--config', folder.config, '--out', folder.out], { environment });
        expect(said.stdout + said.stderr, argv.join(' ')).not.toContain(secret);
      }
    }
    expect(readFileSync(join(folder.out, 'status.json'), 'utf8')).not.toContain(secret);
  });

  test('environment variables that look like secrets are masked wherever they would be printed', async () => {
    const said = await csdl(['explain', 's3cret-value', ...at], { environment: { API_TOKEN: 's3cret-value' } });
    expect(said.exit).toBe(2);
    expect(said.stdout + said.stderr).not.toContain('s3cret-value');
  });

  test('a log entry is one line whatever it holds', () => {
    let out = '';
    const effects = { stdout: () => {}, stderr: (text: string) => (out += text), isTerminal: true, environment: {}, now: clockFrom('2026-06-29T16:00:00Z'), signal: new AbortController().signal };
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
