/** Nights around a change of name: history and change follow the name, the break is visible, earlier days replay. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csdl } from '../support/cli.ts';
import { clockFrom, fact, ndjson, Project, sourceFiles } from '../support/project.ts';

/** The settings in which a database has another name from 30 June on. */
function renamed(project: Project): Record<string, string> {
  const [header = '', ...rows] = readFileSync(join(project.config, 'databases.csv'), 'utf8').trimEnd().split('\n');
  const old = rows.find((row) => row.startsWith('ho-so-mot,')) ?? '';
  const others = rows.filter((row) => row !== old).map((row) => `${row},,`);
  return {
    'databases.csv': [
      `${header},valid_from,valid_to`,
      `${old},,2026-06-29`,
      ...others,
      `${old.replace('ho-so-mot,', 'ho-so-doi-ten,')},2026-06-30,`,
      '',
    ].join('\n'),
    'database_succession.csv':
      'from_id,to_id,kind,date,basis,strength\nho-so-mot,ho-so-doi-ten,renamed,2026-06-30,Quyết định,A\n',
  };
}

const nightOf = (project: Project, day: string) => project.run({ asOf: day, now: clockFrom(`${day}T16:00:00Z`) });

test('a database renamed between two nights keeps its figures and its history', async () => {
  const project = new Project();
  const night = (day: string) => nightOf(project, day);
  await night('2026-06-29');
  const scored = async (...flags: string[]): Promise<string> => {
    const settings = ['--config', project.config, '--out', project.out];
    return (await csdl(['score', ...settings, '--as-of', '2026-06-29', ...flags, '--json'])).stdout;
  };
  const replay = () => scored('--known-at', '2026-06-29T17:00:00Z');
  const current = () => scored('--method', 'current');
  const then = await replay();
  const before = await current();

  const told = await project.query(
    "SELECT finding_id, state, first_seen FROM finding WHERE database_id = 'ho-so-mot' AND kind = 'no_breakdown'",
  );
  project.write(renamed(project));
  await night('2026-06-30');

  const figures = 'level_reported, level_confirmed, floor, ceiling';
  expect(
    await project.query(
      `SELECT as_of, database_id, recorded_as, ${figures} FROM score_history WHERE database_id = 'ho-so-doi-ten' AND pillar = 'all' ORDER BY 1`,
    ),
  ).toMatchObject([
    { as_of: '2026-06-29', recorded_as: 'ho-so-mot', level_reported: 3 },
    { as_of: '2026-06-30', recorded_as: 'ho-so-doi-ten', level_reported: 3 },
  ]);
  expect(await project.query("SELECT * FROM score_history WHERE database_id = 'ho-so-mot'")).toEqual([]);
  expect(
    await project.query(
      "SELECT pillar, renamed_from, floor_before = floor_after AS same FROM change WHERE database_id = 'ho-so-doi-ten'",
    ),
  ).toEqual([{ pillar: 'all', renamed_from: 'ho-so-mot', same: true }]);
  expect(
    await project.query(
      "SELECT database_id FROM database WHERE database_id LIKE 'ho-so-%' AND database_id IN ('ho-so-mot', 'ho-so-doi-ten')",
    ),
  ).toEqual([{ database_id: 'ho-so-doi-ten' }]);
  // Findings go on, and with them what people decided on them.
  const found = () =>
    project.query(
      "SELECT finding_id, state, first_seen FROM finding WHERE database_id = 'ho-so-doi-ten' AND kind = 'no_breakdown'",
    );
  expect(told).toMatchObject([{ state: 'new' }]);
  expect(await found()).toEqual([{ ...told[0], state: 'seen' }]);
  // Neither an end nor a beginning, on the terminal too.
  const said = await csdl([
    'diff',
    '2026-06-29',
    '2026-06-30',
    '--config',
    project.config,
    '--out',
    project.out,
    '--json',
  ]);
  const answer = JSON.parse(said.stdout) as { rows: { database_id: string; figure: string }[] };
  expect(answer.rows.filter((row) => row.database_id.startsWith('ho-so-'))).toEqual([]);
  expect(await replay()).toBe(then);
  expect(await current()).toBe(before);
}, 180_000);

test('a change of name that was entered beforehand is no change of figures when its day comes', async () => {
  const project = new Project();
  project.write(renamed(project));
  await nightOf(project, '2026-06-29');
  // New facts about another database: a step of the comparison that has still the day, and the names, of yesterday.
  project.write(
    sourceFiles([{ id: 'mot', content: ndjson([fact('ho-so-hai', 'software.state', { state: 'operating' })]) }]),
  );
  await nightOf(project, '2026-06-30');
  const parts = await project.query('SELECT DISTINCT database_id, factor FROM change_part');
  expect(parts).toContainEqual({ database_id: 'ho-so-hai', factor: 'data' });
  expect(parts.filter((part) => String(part.database_id).match(/^ho-so-(mot|doi-ten)$/))).toEqual([]);
}, 180_000);
