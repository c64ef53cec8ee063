import { createHash } from 'node:crypto';
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunOutcome } from '../../pipeline/contract.ts';
import { Database } from '../../pipeline/database/database.ts';
import { checkPublication } from '../../pipeline/database/publication.ts';
import { type Manifest, manifestSchema } from '../../pipeline/stages/publish.ts';
import { readScoringSql } from '../../scoring/read.ts';
import { temporaryFolder } from '../support/folders.ts';
import { clockFrom, DAY, dumpTables, inFile, Project } from '../support/project.ts';

const json = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const target = (project: Project): string => readlinkSync(join(project.out, 'current'));

const READINESS = 'SELECT count(*)::INTEGER AS n FROM readiness';

/** A night that is cancelled as soon as it has begun. */
async function stoppedInTheMiddle(project: Project): Promise<void> {
  const link = target(project);
  const controller = new AbortController();
  const now = (): Date => {
    controller.abort(new DOMException('stop', 'AbortError'));
    return new Date('2026-06-29T18:00:00Z');
  };
  await expect(project.run({ now, signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(target(project)).toBe(link);
  expect(existsSync(join(project.out, 'run.lock'))).toBe(false);
}

describe('a night, and the same night again', () => {
  const project = new Project();
  let first: RunOutcome;
  let second: RunOutcome;
  let [before, after]: [Record<string, unknown[]>, Record<string, unknown[]>] = [{}, {}];
  /** What readers saw while the second night ran: rows of readiness, by the old file and by a new look each time. */
  const seen: unknown[] = [];

  beforeAll(async () => {
    first = await project.run();
    const file = join(project.out, 'csdl.duckdb');
    before = await dumpTables(file, ['run', 'source_health']);
    await stoppedInTheMiddle(project);
    const publications = join(project.out, 'publications');
    cpSync(join(publications, first.report.run_id), join(publications, 'half-made'), {
      recursive: true,
      filter: (path) => !path.endsWith('manifest.json'),
    });
    await inFile(file, async (reader) => {
      let over = false;
      const running = project.run({ now: clockFrom('2026-06-29T19:00:00Z') }).finally(() => {
        over = true;
      });
      while (!over) {
        seen.push(...(await reader.anyRows(READINESS)), ...(await project.query(READINESS)));
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      second = await running;
      seen.push(...(await reader.anyRows(READINESS)));
    });
    after = await dumpTables(file, ['run', 'source_health']);
  });

  test('readers are never in the way: the old file and the link answer at any moment of the next night', () => {
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.filter((row) => JSON.stringify(row) !== '{"n":5}')).toEqual([]);
    expect(second.withheld).toBeNull();
  });

  test('a night that was stopped leaves the last publication, gives back the lock, and is marked in the ledger', async () => {
    expect(await project.store('SELECT state FROM run ORDER BY started_at')).toEqual([
      { state: 'published' },
      { state: 'cancelled' },
      { state: 'published' },
    ]);
  });

  test('the report counts what was collected', () => {
    expect(first.report).toMatchObject({
      as_of: DAY,
      published: true,
      databases: 6,
      observations: 10,
      rejections: 0,
      sources: [{ id: 'nguon-mot', state: 'ok', observations: 10, rejections: 0, error_code: null }],
    });
    expect(first.withheld).toBeNull();
    expect(first.appended).toBe(10);
    const { levels } = first.report;
    expect(Object.values(levels).reduce((sum, n) => sum + n, 0)).toBe(5);
    expect(levels).toEqual({ none: 1, '1': 2, '2': 1, '3': 1, '4': 0, '5': 0 });
  });

  test('the second night adds no fact and gives the same tables, row by row', async () => {
    expect(second.appended).toBe(0);
    expect(second.report.observations).toBe(10);
    expect(Object.keys(after).length).toBeGreaterThan(25);
    expect(after).toEqual(before);
    expect(await project.store('SELECT count(*) AS n, count(DISTINCT id) AS d FROM observation')).toEqual([
      { n: '10', d: '10' },
    ]);
    // The task, the count, and the document that says both.
    expect(await project.store('SELECT count(*) AS n FROM statement')).toEqual([{ n: '3' }]);
  });

  test('another out folder, another order of keys, other names of folders: the same figures', async () => {
    const out = join(temporaryFolder(), 'khác chỗ');
    await project.run({ out, now: clockFrom('2026-06-29T16:00:00Z') });
    const tables = await dumpTables(join(out, 'csdl.duckdb'), ['run', 'source_health']);
    expect(tables).toEqual(before);
  });

  test('no sentence that was published has a place left open', async () => {
    const open = await project.query(
      "SELECT text FROM finding WHERE regexp_matches(text, '\\{[a-z0-9_]+\\}') UNION ALL SELECT text || result FROM action WHERE regexp_matches(text || result, '\\{[a-z0-9_]+\\}')",
    );
    expect(open).toEqual([]);
  });

  test('the fixed links go through current, which is the newest publication', () => {
    expect(target(project)).toBe(join('publications', second.report.run_id));
    for (const name of ['csdl.duckdb', 'site', 'exports']) {
      expect(lstatSync(join(project.out, name)).isSymbolicLink()).toBe(true);
      expect(readlinkSync(join(project.out, name))).toBe(join('current', name));
      expect(existsSync(join(project.out, name)), name).toBe(true);
    }
    expect(first.site).toBe(join(project.out, 'site', 'index.html'));
    expect(existsSync(first.site)).toBe(true);
  });

  test('the manifest lists every file with its hash', () => {
    const folder = join(project.out, 'current');
    const manifest: Manifest = manifestSchema.parse(json(join(folder, 'manifest.json')));
    expect(manifest).toMatchObject({
      run_id: second.report.run_id,
      as_of: DAY,
      edition: 'noi_bo',
      method: 'csdl-readiness 1.1.0',
    });
    const files = readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .filter((path) => path !== 'manifest.json');
    expect(Object.keys(manifest.files)).toEqual(files.sort());
    for (const [path, { sha256, bytes }] of Object.entries(manifest.files)) {
      const content = readFileSync(join(folder, path));
      expect([createHash('sha256').update(content).digest('hex'), content.length], path).toEqual([sha256, bytes]);
    }
  });

  test('the earlier publication is still there; what was left half-made is cleared away', () => {
    expect(readdirSync(join(project.out, 'publications')).sort()).toEqual(
      [first.report.run_id, second.report.run_id].sort(),
    );
  });

  test('status says what the last run did', () => {
    expect(json(join(project.out, 'status.json'))).toMatchObject({
      run_id: second.report.run_id,
      published: true,
      as_of: DAY,
      last_published_as_of: DAY,
      message: '',
    });
    expect(readFileSync(join(project.out, 'status.js'), 'utf8')).toMatch(/^window\.CSDL_STATUS = \{/);
  });

  test('the published ledger knows every run; no lock is left behind', async () => {
    expect(existsSync(join(project.out, 'run.lock'))).toBe(false);
    expect(await project.query('SELECT count(*) AS n FROM run')).toEqual([{ n: '3' }]);
  });

  test('the published file has comments, core types, and passes its own checks', async () => {
    const file = join(project.out, 'csdl.duckdb');
    expect(await checkPublication(file, readScoringSql())).toEqual([]);
    const [comments] = await project.query(
      "SELECT count(*) FILTER (comment IS NOT NULL) AS n FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal",
    );
    expect(Number(comments?.n)).toBeGreaterThan(0);
    const types = await project.query(
      "SELECT DISTINCT data_type FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal",
    );
    for (const { data_type: type } of types)
      expect(['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMP', 'VARCHAR']).toContain(type);
  });

  test('its view and macro answer wherever the file is opened', async () => {
    expect(await project.query('SELECT count(*) AS n FROM observation_conflict')).toEqual([{ n: '0' }]);
    expect(await project.query(`SELECT count(*) > 0 AS some FROM score_as_of(DATE '${DAY}')`)).toEqual([
      { some: true },
    ]);
  });

  test('exports are the tables of the same night', async () => {
    const database = await Database.open();
    try {
      for (const [table, file] of [
        ['readiness', 'readiness.parquet'],
        ['observation', 'observation/*.parquet'],
      ] as const) {
        const path = join(project.out, 'exports', file).replaceAll("'", "''");
        const [row] = await database.anyRows(`SELECT count(*)::INTEGER AS n FROM read_parquet('${path}')`);
        expect(row?.n, table).toBe(after[table]?.length);
      }
    } finally {
      database.close();
    }
  });

  test('a tampered file fails the checks: figures out of order, a lost database, a strange type', async () => {
    const damaged = async (sql: string): Promise<string[]> => {
      const path = join(temporaryFolder(), 'csdl.duckdb');
      cpSync(join(project.out, 'current', 'csdl.duckdb'), path);
      const database = await Database.open({ path });
      await database.run(sql);
      database.close();
      return checkPublication(path, readScoringSql());
    };
    expect((await damaged('UPDATE readiness SET floor = ceiling + 1')).join()).toContain('≤ floor ≤ ceiling');
    expect((await damaged("DELETE FROM readiness WHERE database_id = 'ho-so-mot'")).join()).toContain(
      'exactly one row of readiness',
    );
    expect((await damaged('ALTER TABLE readiness ALTER floor TYPE DECIMAL(9, 3)')).join()).toContain('older readers');
    expect((await damaged('DELETE FROM observation')).length).toBeGreaterThan(0);
    expect((await damaged('UPDATE readiness SET level_confirmed = 5')).join()).toContain('never above');
    expect(
      (await damaged("DELETE FROM dimension_score WHERE pillar = 'dung' AND database_id = 'ho-so-mot'")).length,
    ).toBeGreaterThan(0);
    expect((await damaged("UPDATE readiness SET floor = 10 WHERE database_id = 'im-lang'")).length).toBeGreaterThan(0);
  });

  test('a day earlier than the publication is refused, exit 2, and nothing is touched', async () => {
    const status = readFileSync(join(project.out, 'status.json'), 'utf8');
    const link = target(project);
    await expect(project.run({ asOf: '2026-06-28', now: clockFrom('2026-06-29T21:00:00Z') })).rejects.toMatchObject({
      code: 'usage/earlier-than-published',
      exit: 2,
    });
    expect(target(project)).toBe(link);
    expect(readFileSync(join(project.out, 'status.json'), 'utf8')).toBe(status);
    expect(await project.store('SELECT count(*) AS n FROM run')).toEqual([{ n: '3' }]);
  });

  test('as of a day before the document, nothing is known', async () => {
    const out = join(temporaryFolder(), 'out');
    const { report } = await project.run({ asOf: '2026-06-28', out });
    expect(report.levels).toEqual({ none: 5, '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 });
    expect(await project.query('SELECT count(*) AS n FROM observation', out)).toEqual([{ n: '0' }]);
    expect(await project.query('SELECT count(*) AS n FROM task', out)).toEqual([{ n: '0' }]);
    expect(await project.query('SELECT DISTINCT floor, ceiling, coverage FROM readiness', out)).toEqual([
      { floor: 0, ceiling: 100, coverage: 0 },
    ]);
  });

  test('a wrong setting stops everything before the out folder exists', async () => {
    const broken = new Project({ 'scoring.yaml': 'nothing: right\n' });
    await expect(broken.run()).rejects.toMatchObject({ code: 'config/invalid', exit: 2 });
    expect(existsSync(broken.out)).toBe(false);
  });
});
