import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { csdl, jsonOf, type Said } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { FACTS, fact, ndjson, Project, sourceFiles } from '../../support/project.ts';

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

describe('run', () => {
  test('--json prints one object with the keys of the design, and nothing else on stdout', () => {
    const report = z.object({
      run_id: z.string(),
      as_of: z.literal('2026-06-29'),
      published: z.literal(true),
      databases: z.literal(6),
      observations: z.literal(12),
      rejections: z.literal(0),
      sources: z
        .array(z.object({ id: z.string(), state: z.enum(['ok', 'failed']), observations: z.number(), ms: z.number() }))
        .length(1),
      findings: z.number().int().min(1),
      levels: z.strictObject({
        none: z.number(),
        1: z.number(),
        2: z.number(),
        3: z.number(),
        4: z.number(),
        5: z.number(),
      }),
    });
    expect(ran.exit).toBe(0);
    expect(report.safeParse(jsonOf(ran)).error).toBeUndefined();
  });

  test('progress is JSON lines on stderr where it is no terminal: event, time, run', () => {
    const lines = ran.stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((l) => l.event)).toEqual(
      expect.arrayContaining(['collect.start', 'collect.source.done', 'store.done', 'score.start', 'publish.done']),
    );
    for (const line of lines) {
      expect(line.time).toMatch(/^2026-06-29T16:0/);
      expect(line.run).toMatch(/^2026-06-29_/);
    }
  });

  test('a source that fails among good ones: exit 3, and the summary says which', async () => {
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
  });

  test('wrong settings: exit 2, every problem on stderr with its place, JSON on stdout when asked for', async () => {
    const broken = new Project({ 'waivers.yaml': 'waivers:\n  - {databse: bao-hiem}\n' });
    const said = await csdl(['run', '--config', broken.config, '--out', broken.out, '--json']);
    expect(said.exit).toBe(2);
    expect(said.stderr).toContain(
      'waivers.yaml:2:6: waivers.0.databse: "databse" is not a setting — did you mean "database"?',
    );
    expect(said.stderr).toContain('nothing was run and nothing was written');
    expect(jsonOf(said)).toMatchObject({
      code: 'config/invalid',
      problems: expect.arrayContaining([expect.objectContaining({ line: 2 })]),
    });
    expect(existsSync(broken.out)).toBe(false);
  });

  test('an unexpected error is no stack trace unless asked for, exit 1', async () => {
    const odd = new Project();
    mkdirSync(join(odd.out, 'store', 'store.duckdb'), { recursive: true });
    const said = await csdl(['run', '--config', odd.config, '--out', odd.out, '--quiet']);
    expect(said.exit).toBe(1);
    expect(said.stderr).toContain('store.duckdb');
    expect(said.stderr).not.toContain('    at ');
    expect((await csdl(['run', '--config', odd.config, '--out', odd.out, '--quiet', '--debug'])).stderr).toContain(
      '    at ',
    );
  });
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

  test.each(['explain x', 'sql SELECT', 'render --to y', 'score'])(
    'without a publication, %s: exit 2 and what to do',
    async (line) => {
      const { exit, stderr } = await csdl([...line.split(' '), '--out', join(temporaryFolder(), 'none')]);
      expect(exit).toBe(2);
      expect(stderr).toContain('csdl run makes one');
    },
  );
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
    const { files } = z
      .object({ folder: z.literal(folder), files: z.array(z.string()) })
      .parse(jsonOf(await csdl(['init', folder, '--json'])));
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

  test('render --lang en writes the same pages in English; the table of labels has its words', async () => {
    const folder = join(temporaryFolder(), 'site');
    const said = await csdl(['render', '--lang', 'en', '--to', folder, ...at]);
    expect(said.exit, said.stderr).toBe(0);
    const published = readdirSync(join(project.out, 'site'), { recursive: true }).map(String).sort();
    expect(readdirSync(folder, { recursive: true }).map(String).sort()).toEqual(published);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('<html lang="en">');
    const sql = "SELECT key, vi, en FROM label WHERE key IN ('nav.overview', 'form.number') ORDER BY key";
    const labels = jsonOf(await csdl(['sql', sql, ...at, '--json']));
    expect(labels).toEqual([
      expect.objectContaining({ key: 'form.number', en: null }),
      { key: 'nav.overview', vi: 'Tổng quan', en: 'Overview' },
    ]);
  });

  test('a word of one’s own that English lacks is named, and nothing is written', async () => {
    const config = join(temporaryFolder(), 'own');
    await csdl(['init', config]);
    appendFileSync(join(config, 'labels/vi-report.yaml'), 'own:\n  word: Từ riêng {n}\n');
    const folder = join(temporaryFolder(), 'site');
    const refused = await csdl(['render', '--lang', 'en', '--to', folder, '--config', config, '--out', project.out]);
    expect([refused.exit, existsSync(folder)]).toEqual([2, false]);
    expect(refused.stderr).toContain('own.word: has no word in this language');
    writeFileSync(join(config, 'labels/en-own.yaml'), 'own:\n  word: own word {n}\n');
    const done = await csdl(['render', '--lang', 'en', '--to', folder, '--config', config, '--out', project.out]);
    expect(done.exit, done.stderr).toBe(0);
  });
});
