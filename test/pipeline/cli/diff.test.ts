/** What changed and why: on the terminal, as JSON and CSV, of nights and of methods; and an upgrade held back until accepted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { csdl, jsonOf, type Said } from '../../support/cli.ts';
import { clockFrom, fact, ndjson, Project, sourceFiles } from '../../support/project.ts';
import { changed } from '../../support/settings.ts';

const first = ndjson([
  fact('ho-so-mot', 'c12.connection', { state: 'one_way' }),
  fact('ho-so-mot', 'data.created', { state: 'substantial' }),
]);
const second = ndjson([fact('ho-so-hai', 'software.state', { state: 'operating' })], {
  id: 'van-ban-hai',
  stated_at: '2026-07-02',
});
const project = new Project(sourceFiles([{ id: 'mot', content: first }]));
const at = ['--config', project.config, '--out', project.out];
const now = clockFrom('2026-07-20T00:00:00Z');
const diff = (...flags: string[]): Promise<Said> => csdl(['diff', ...at, ...flags], { now });
const run = (day: string): Promise<Said> =>
  csdl(['run', ...at, '--as-of', day], { now: clockFrom(`${day}T16:00:00Z`) });

/** The shipped method with the connection to C12 weighing more; as 1.1.0 again or as a version of its own. */
const heavier = (version: string): string =>
  changed('scoring.yaml', 'version: 1.1.0', `version: ${version}`).replace(
    'c12_connection: {weight: 3',
    'c12_connection: {weight: 5',
  );

interface Answer {
  from: { as_of: string; method: string };
  to: { as_of: string; method: string };
  changed: string[];
  rows: {
    database_id: string;
    pillar: string;
    figure: string;
    from: number | null;
    to: number | null;
    method: number;
    data: number;
  }[];
}
let [alone, refused, stillThere]: (Said | undefined)[] = [];
let published: Record<string, unknown>[] = [];

beforeAll(async () => {
  await run('2026-06-29');
  alone = await diff();
  project.write({
    ...sourceFiles([
      { id: 'mot', content: first },
      { id: 'hai', content: second },
    ]),
  });
  await run('2026-07-03');
  published = await project.query('FROM change_part ORDER BY ALL');
  project.write({ 'scoring.yaml': heavier('1.1.0') });
  refused = await run('2026-07-04');
  stillThere = await diff('current', '--method', 'current', '--json');
}, 180_000);

describe('csdl diff', () => {
  test('without arguments: the last two days, one line a figure, with what moved it', async () => {
    const said = await diff();
    expect(said.exit, said.stderr).toBe(0);
    expect(said.stdout).toContain('2026-06-29 (csdl-readiness 1.1.0) → 2026-07-03 (csdl-readiness 1.1.0)');
    expect(said.stdout).toMatch(/^ho-so-hai\s+level_reported\s+–\s+1\s+–\s+–\s+1\s+–\s+–$/m);
    expect(said.stdout).toMatch(/^ho-so-hai\s+floor\s+0\s+2\s+–\s+–\s+2\s+–\s+–$/m);
    expect(said.stdout).toContain('1 database differs.');
    expect(said.stdout).not.toContain('song');
  });

  test('the parts are those that were published', async () => {
    const { rows, changed: factors } = jsonOf(await diff('2026-06-29', '2026-07-03', '--json')) as Answer;
    expect(factors).toEqual(['data', 'evidence']);
    const floors = rows.filter((row) => row.figure === 'floor').map((row) => [row.database_id, row.pillar, row.data]);
    expect(floors).toEqual(
      published
        .filter((row) => row.factor === 'data' && row.floor_tenths !== 0)
        .map((row) => [row.database_id, row.pillar, Number(row.floor_tenths) / 10]),
    );
    expect(floors.length).toBeGreaterThan(0);
  });

  test('--database shows its pillars too; another one that did not change says so', async () => {
    expect((await diff('--database', 'ho-so-hai')).stdout).toMatch(/^ho-so-hai\s+song\s+floor/m);
    expect((await diff('--database', 'im-lang')).stdout).toContain('no figure differs');
    const said = await diff('--database', 'ho-so-hay');
    expect([said.exit, said.stderr]).toEqual([2, expect.stringContaining('did you mean "ho-so-hai"?')]);
  });

  test('--csv writes every row, pillars too', async () => {
    const file = join(project.folder, 'changes.csv');
    await diff('--csv', file);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('database_id,pillar,figure,from,to,registry,method,data,evidence,collector');
    expect(lines).toContain('ho-so-hai,all,level_reported,,1,0,0,1,0,0');
    expect(lines.some((line) => line.startsWith('ho-so-hai,song,'))).toBe(true);
    const nowhere = await diff('--csv', join(project.folder, 'none', 'changes.csv'));
    expect([nowhere.exit, nowhere.stderr]).toEqual([2, expect.stringContaining('cannot be written')]);
  });

  test('what cannot be compared is said with a remedy', async () => {
    expect([alone?.exit, alone?.stderr]).toEqual([2, expect.stringContaining('nothing to compare')]);
    const cases: [string[], string][] = [
      [['2026-07-01'], 'did you mean "2026-07-03"?'],
      [['2026-07-03', '2026-06-29'], 'csdl diff 2026-06-29 2026-07-03'],
      [['2026-06-29', 'current', '--method', 'current'], 'csdl diff current --method current'],
    ];
    for (const [flags, remedy] of cases) {
      const said = await diff(...flags);
      expect([said.exit, said.stderr], flags.join(' ')).toEqual([2, expect.stringContaining(remedy)]);
    }
    expect((await diff('current', 'current')).stdout).toContain('no figure differs');
  });
});

describe('a method that moves figures under the version readers know', () => {
  test('is withheld with exit 4, saying how many databases and how to see them', () => {
    expect(refused?.exit).toBe(4);
    expect(refused?.stderr).toContain(
      'the method moves the figures of 1 database and is still called csdl-readiness 1.1.0',
    );
    expect(refused?.stderr).toContain('csdl diff current --method current');
  });

  test('is seen beforehand, over the facts of the last publication', () => {
    const answer = jsonOf(stillThere as Said) as Answer;
    expect([answer.from.as_of, answer.to.as_of, answer.changed]).toEqual(['2026-07-03', '2026-07-03', ['method']]);
    const floor = answer.rows.find((row) => row.pillar === 'all' && row.figure === 'floor');
    expect(floor).toMatchObject({ database_id: 'ho-so-mot', data: 0 });
    expect(Math.round((floor?.method ?? 0) * 10)).toBe(Math.round(((floor?.to ?? 0) - (floor?.from ?? 0)) * 10));
    expect(floor?.method).toBeGreaterThan(0);
  });

  test('is published once its version is raised, and told as method', async () => {
    project.write({ 'scoring.yaml': heavier('1.2.0') });
    const said = await run('2026-07-05');
    expect(said.exit, said.stderr).toBe(0);
    expect(await project.query('SELECT DISTINCT factor, database_id FROM change_part')).toEqual([
      { factor: 'method', database_id: 'ho-so-mot' },
    ]);
    expect(await project.query('SELECT bool_and(is_method_change) AS all_of_them FROM change')).toEqual([
      { all_of_them: true },
    ]);
  });
});
