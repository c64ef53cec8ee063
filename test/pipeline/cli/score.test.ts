/** Looking back: any day as it was known at any time, with the method then in force. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { csdl, jsonOf } from '../../support/cli.ts';
import { clockFrom, fact, ndjson, Project, sourceFiles } from '../../support/project.ts';
import { changed } from '../../support/settings.ts';

const first = ndjson([
  fact('ho-so-mot', 'c12.connection', { state: 'one_way' }),
  fact('ho-so-mot', 'data.created', { state: 'substantial' }),
]);
const second = ndjson(
  [fact('ho-so-hai', 'data.created', { state: 'substantial' }), fact('ho-so-mot', 'c12.connection', { state: 'none' })],
  { id: 'van-ban-hai', stated_at: '2026-07-02' },
);
const project = new Project(sourceFiles([{ id: 'mot', content: first }]));
const at = ['--config', project.config, '--out', project.out];

interface Row {
  database_id: string;
  level_reported: number | null;
  floor: number;
  method: string;
}
async function score(...flags: string[]): Promise<Record<string, Row>> {
  const said = await csdl(['score', ...at, '--json', ...flags], { now: clockFrom('2026-07-10T00:00:00Z') });
  expect(said.exit, said.stderr).toBe(0);
  return Object.fromEntries((jsonOf(said) as Row[]).map((row) => [row.database_id, row]));
}
const levels = (rows: Record<string, Row>): (number | null | undefined)[] =>
  ['ho-so-mot', 'ho-so-hai'].map((id) => rows[id]?.level_reported);

let published: Record<string, unknown>[] = [];

beforeAll(async () => {
  await project.run({ asOf: '2026-06-29', now: clockFrom('2026-06-29T16:00:00Z') });
  published = await project.query('FROM readiness ORDER BY database_id');
  project.write({
    ...sourceFiles([
      { id: 'mot', content: first },
      { id: 'hai', content: second },
    ]),
    'scoring.yaml': changed('scoring.yaml', 'version: 1.1.0', 'version: 2.0.0').replace(
      'substantial: 0.7',
      'substantial: 0.3',
    ),
  });
  await project.run({ asOf: '2026-07-03', now: clockFrom('2026-07-03T16:00:00Z') });
});

describe('csdl score', () => {
  test('without flags: the last run again, figure by figure', async () => {
    const rows = await score();
    expect(Object.values(rows)).toEqual(await project.query('FROM readiness ORDER BY database_id'));
    expect(levels(rows)).toEqual([1, 1]);
  });

  test('known at a time before the second document: only the first speaks, with the method of that night', async () => {
    const rows = await score('--known-at', '2026-06-30');
    expect(Object.values(rows)).toEqual(published);
    expect(levels(rows)).toEqual([3, null]);
    expect(rows['ho-so-mot']?.method).toBe('csdl-readiness 1.1.0');
  });

  test('the same moment with the method of today', async () => {
    const rows = await score('--known-at', '2026-06-30', '--method', 'current');
    expect(rows['ho-so-mot']?.method).toBe('csdl-readiness 2.0.0');
    // Under the new value "substantial" no longer passes the gate of level 2, so level 3 is out of reach.
    expect(levels(rows)).toEqual([1, null]);
  });

  test('as of an earlier day with all that is known today: the later statement was not made yet', async () => {
    expect(levels(await score('--as-of', '2026-07-01'))).toEqual([1, null]);
    expect(levels(await score('--as-of', '2026-06-28'))).toEqual([null, null]);
  });

  test('a bare day of --known-at means its end; a time means that time', async () => {
    expect(levels(await score('--known-at', '2026-07-03T15:59:59Z'))).toEqual([3, null]);
    expect((await score('--known-at', '2026-07-03'))['ho-so-hai']?.level_reported).toBe(1);
  });

  test('before anything was known nobody has a level', async () => {
    expect(levels(await score('--known-at', '2026-06-01'))).toEqual([null, null]);
  });

  test('nothing is published and nothing changes by looking back', async () => {
    expect(await project.query('SELECT DISTINCT as_of FROM readiness')).toEqual([{ as_of: '2026-07-03' }]);
    expect(await project.store('SELECT count(*) AS n FROM run')).toEqual([{ n: '2' }]);
  });

  test('--fail-under: exit 4 names the databases with information below it; nobody spoke of is not below', async () => {
    const said = await csdl(['score', ...at, '--fail-under', '99'], { now: clockFrom('2026-07-10T00:00:00Z') });
    expect(said.exit).toBe(4);
    expect(said.stderr).toContain('2 database(s) below a floor of 99: ho-so-hai, ho-so-mot');
    expect(said.stderr).not.toContain('im-lang');
    expect(said.stdout).toContain('ho-so-mot');
    expect((await csdl(['score', ...at, '--fail-under', '0'], { now: clockFrom('2026-07-10T00:00:00Z') })).exit).toBe(
      0,
    );
  });

  test('a bundle that is gone is said so, with the way out', async () => {
    const { rmSync } = await import('node:fs');
    rmSync(join(project.out, 'store', 'bundles'), { recursive: true });
    const said = await csdl(['score', ...at], { now: clockFrom('2026-07-10T00:00:00Z') });
    expect(said.exit).toBe(1);
    expect(said.stderr).toContain('use --method current');
    expect(
      (await csdl(['score', ...at, '--method', 'current', '--json'], { now: clockFrom('2026-07-10T00:00:00Z') })).exit,
    ).toBe(0);
  });
});
