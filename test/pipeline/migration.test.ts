/**
 * A store that a newer version of the program migrated: nights of before are replayed byte by byte, the copy made aside is the
 * store as it was, and the older version refuses what it does not know.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { asset, packageRoot } from '../../config/package-root.ts';
import { fileSha256 } from '../../pipeline/durable-file.ts';
import { outPaths } from '../../pipeline/paths.ts';
import { csdl } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { clockFrom, FACTS, fact, ndjson, Project, sourceFiles } from '../support/project.ts';

const DAYS = ['2026-05-20', '2026-06-28', '2026-06-29'] as const;
const NO_SOURCE =
  'sources:\n  - {id: nguon-mot, connector: baseline, required: true, options: {path: khong-co.ndjson}}\n';
const project = new Project();
const { store } = outPaths(project.out);

/** The program as it may be one day: with a migration that writes a table of the store anew and makes another one. */
function nextProgram(): string {
  const home = join(temporaryFolder(), 'next');
  for (const part of ['dist', 'config', 'connectors', 'scoring', 'reports', 'pipeline', 'package.json'])
    cpSync(join(packageRoot, part), join(home, part), { recursive: true });
  symlinkSync(asset('node_modules'), join(home, 'node_modules'));
  writeFileSync(
    join(home, 'pipeline', 'database', 'migrations', '9001_next.sql'),
    `CREATE TABLE rewritten AS SELECT * FROM observation ORDER BY id;
DELETE FROM observation;
INSERT INTO observation BY NAME SELECT * FROM rewritten;
DROP TABLE rewritten;
CREATE TABLE of_the_next_version (id VARCHAR NOT NULL);
`,
  );
  return join(home, 'dist', 'pipeline', 'cli', 'main.js');
}

const next = (program: string, ...argv: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8', env: { PATH: process.env.PATH, TZ: 'UTC' } });

const replayOf = (day: string): string[] => ['score', '--out', project.out, '--known-at', day, '--json'];

const before: Record<string, string> = {};
beforeAll(async () => {
  for (const [n, day] of DAYS.entries()) {
    const facts = [
      ...FACTS.slice(0, 5 + 2 * n),
      fact('im-lang', 'c12.connection', { state: n === 1 ? 'none' : 'one_way' }),
    ];
    const content = ndjson(facts, { id: `van-ban-${n}`, stated_at: day });
    project.write(sourceFiles([{ id: 'nguon-mot', content }], null));
    await project.run({ asOf: day, now: clockFrom(`${day}T16:00:00Z`) });
  }
  for (const day of DAYS) {
    const said = await csdl(replayOf(day));
    expect(said.exit, said.stderr).toBe(0);
    before[day] = said.stdout;
  }
  expect(new Set(Object.values(before)).size).toBe(DAYS.length);
}, 240_000);

test('nights of before a migration are replayed byte by byte after it, and the copy is the store of before', async () => {
  const program = nextProgram();
  const wasStore = fileSha256(store);
  const unmigrated = next(program, ...replayOf(DAYS[0]));
  expect([unmigrated.status, unmigrated.stderr.includes('database/older-store')]).toEqual([1, true]);
  expect(fileSha256(store)).toBe(wasStore);

  // Its night ends before it publishes: the copy made before the migration stays.
  const settings = join(temporaryFolder(), 'settings');
  cpSync(project.config, settings, { recursive: true });
  writeFileSync(join(settings, 'sources.yaml'), NO_SOURCE);
  const night = ['run', '--as-of', DAYS[2], '--out', project.out, '--quiet'];
  expect(next(program, ...night, '--config', settings).status).toBe(4);
  const copy = `${store}.before-9001`;
  expect(existsSync(copy)).toBe(true);
  for (const day of DAYS) expect(next(program, ...replayOf(day)).stdout).toBe(before[day]);

  const older = await csdl(replayOf(DAYS[0]));
  expect([older.exit, older.stderr.includes('database/newer-store')]).toEqual([1, true]);

  const back = join(temporaryFolder(), 'back');
  execFileSync('cp', ['-a', project.out, back]);
  cpSync(copy, outPaths(back).store);
  for (const day of DAYS)
    expect((await csdl(replayOf(day).map((a) => (a === project.out ? back : a)))).stdout).toBe(before[day]);

  expect(next(program, ...night, '--config', project.config).status).toBe(0);
  expect(readdirSync(join(store, '..')).filter((name) => name.includes('.before-'))).toEqual([]);
  for (const day of DAYS.slice(0, 2)) expect(next(program, ...replayOf(day)).stdout).toBe(before[day]);
}, 240_000);
