/** What a stopped night left is finished or undone by the next run; two nights are made once and broken in copies. */
import { cpSync, existsSync, mkdirSync, readlinkSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Log } from '../../config/log.ts';
import { Database } from '../../pipeline/database/database.ts';
import { openStore } from '../../pipeline/database/store.ts';
import { outPaths } from '../../pipeline/paths.ts';
import { RESTORING, recover } from '../../pipeline/recover.ts';
import { temporaryFolder } from '../support/folders.ts';
import { clockFrom, FACTS, fact, inFile, ndjson, Project, sourceFiles } from '../support/project.ts';

const project = new Project({
  ...sourceFiles([{ id: 'nguon-mot', content: ndjson(FACTS.slice(0, 6)) }], null),
  'publication.yaml': "iri_base: 'urn:csdl-readiness:'\neditions: [noi_bo, chia_se]\n",
});
let [first, second] = ['', ''];

beforeAll(async () => {
  first = (await project.run({ asOf: '2026-06-29' })).report.run_id;
  const later = ndjson([...FACTS, fact('im-lang', 'c12.connection', { state: 'one_way' })], { id: 'van-ban-hai' });
  project.write(sourceFiles([{ id: 'nguon-mot', content: later }], null));
  second = (await project.run({ asOf: '2026-06-30', now: clockFrom('2026-06-30T16:00:00Z') })).report.run_id;
}, 240_000);

interface Recovered {
  out: string;
  /** Events and the run each is about. */
  said: unknown[][];
  state: unknown;
}

/** Breaks a copy of the two nights as `sql` (in the store) and `breakFiles` say, then looks after it. */
async function recovered(sql: string, breakFiles: (out: string) => void = () => undefined): Promise<Recovered> {
  const out = join(temporaryFolder(), 'out');
  cpSync(project.out, out, { recursive: true, verbatimSymlinks: true });
  breakFiles(out);
  const said: unknown[][] = [];
  const log: Log = {
    info: () => {},
    warn: (event, fields) => void said.push([event, fields?.interrupted]),
    with: () => log,
  };
  const database = await Database.open();
  try {
    const paths = outPaths(out);
    await openStore(database, paths.store);
    await database.run(`USE store; ${sql}; USE memory`);
    await recover(database, paths, log, clockFrom('2026-07-01T16:00:00Z'));
    // Nothing is left to do for the one after.
    await recover(database, paths, log, clockFrom('2026-07-01T16:00:00Z'));
    const [run] = await database.anyRows('SELECT state FROM store.run WHERE run_id = $id', { id: second });
    return { out, said, state: run?.state };
  } finally {
    database.close();
  }
}

const stateOf = (state: string): string => `UPDATE run SET state = '${state}' WHERE run_id = '${second}'`;

function linkTo(out: string, link: string, name: string): void {
  rmSync(join(out, link));
  symlinkSync(join('publications', name), join(out, link));
}

function history(out: string): Promise<unknown[]> {
  return inFile(outPaths(out).store, async (database) => [
    await database.anyRows('FROM score_history ORDER BY ALL'),
    await database.anyRows('SELECT * EXCLUDE (run_id, known_at) FROM finding_change ORDER BY ALL'),
    await database.anyRows('SELECT * EXCLUDE (run_id, known_at) FROM watched_change ORDER BY ALL'),
  ]);
}

describe('a run that was stopped', () => {
  test('after its record and before its links: the links are set, nothing is written twice', async () => {
    const { out, said, state } = await recovered(stateOf('publishing'), (folder) => {
      linkTo(folder, 'current', first);
      linkTo(folder, 'chia_se', `${first}-chia_se`);
      rmSync(join(folder, 'status.json'));
    });
    expect([said, state]).toEqual([[['recover.finished', second]], 'published']);
    expect(readlinkSync(join(out, 'current'))).toBe(join('publications', second));
    expect(readlinkSync(join(out, 'chia_se'))).toBe(join('publications', `${second}-chia_se`));
    expect(await history(out)).toEqual(await history(project.out));
    expect(
      await inFile(join(out, 'csdl.duckdb'), (file) => file.anyRows('SELECT count(*) AS n FROM readiness')),
    ).toEqual([{ n: '5' }]);
  });

  test('in the middle of the second edition: the first stands, the half of the second goes', async () => {
    const { out, said } = await recovered(stateOf('publishing'), (folder) => {
      linkTo(folder, 'chia_se', `${first}-chia_se`);
      rmSync(join(folder, 'publications', `${second}-chia_se`, 'manifest.json'));
    });
    expect(said).toEqual([['recover.finished', second]]);
    expect(readlinkSync(join(out, 'chia_se'))).toBe(join('publications', `${first}-chia_se`));
    expect(existsSync(join(out, 'publications', `${second}-chia_se`))).toBe(false);
  });

  test('before its record: its publication goes, readers keep the last one', async () => {
    const { out, said, state } = await recovered(stateOf('running'), (folder) => {
      linkTo(folder, 'current', first);
      linkTo(folder, 'chia_se', `${first}-chia_se`);
    });
    expect([said, state]).toEqual([[['recover.undone', second]], 'interrupted']);
    expect(readlinkSync(join(out, 'current'))).toBe(join('publications', first));
    expect(existsSync(join(out, 'publications', second))).toBe(false);
    expect(existsSync(join(out, 'publications', `${second}-chia_se`))).toBe(false);
  });

  test('after its links and before its record, as an earlier version could be: what is shown is recorded', async () => {
    const forgotten = `${stateOf('running')}; DELETE FROM score_history WHERE as_of = DATE '2026-06-30';
      DELETE FROM finding_change WHERE run_id = '${second}'`;
    const { out, said, state } = await recovered(forgotten);
    expect([said, state]).toEqual([[['recover.recorded', second]], 'published']);
    expect(await history(out)).toEqual(await history(project.out));
  });

  test('recorded, but its publication is no longer whole: the record is taken back', async () => {
    const { out, said, state } = await recovered(stateOf('publishing'), (folder) => {
      linkTo(folder, 'current', first);
      truncateSync(join(folder, 'publications', second, 'csdl.duckdb'), 5000);
    });
    expect([said, state]).toEqual([[['recover.undone', second]], 'interrupted']);
    const days = await inFile(outPaths(out).store, (file) =>
      file.anyRows('SELECT DISTINCT as_of::VARCHAR AS day FROM score_history'),
    );
    expect(days).toEqual([{ day: '2026-06-29' }]);
  });

  test('files under a name for the time of their writing are removed, others are not', async () => {
    const names = ['status.json.new', 'current.new-4711', 'run.lock.stale-4711', 'notes.txt'];
    const { out } = await recovered('SELECT 1', (folder) => {
      for (const name of names) writeFileSync(join(folder, name), '');
    });
    expect(names.filter((name) => existsSync(join(out, name)))).toEqual(['notes.txt']);
  });
});

test('where a restore was stopped, no night begins, and the lock is given back', async () => {
  const out = join(temporaryFolder(), 'out');
  mkdirSync(join(out, RESTORING), { recursive: true });
  await expect(project.run({ out })).rejects.toMatchObject({ code: 'store/restore-unfinished' });
  expect(existsSync(outPaths(out).store)).toBe(false);
  expect(existsSync(outPaths(out).lock)).toBe(false);
});
