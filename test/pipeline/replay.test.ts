/** Any night that was published can be scored again, byte by byte, also when its months have left the store. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readBundle } from '../../pipeline/bundle.ts';
import { Database } from '../../pipeline/database/database.ts';
import { readStore } from '../../pipeline/database/store.ts';
import { outPaths } from '../../pipeline/paths.ts';
import { score } from '../../pipeline/stages/score.ts';
import { clockFrom, dumpTables, FACTS, fact, ndjson, Project, sourceFiles } from '../support/project.ts';
import { changed } from '../support/settings.ts';

/** Of the run that made the publication, not of what was known: a replay has none of it. */
const OF_THE_RUN = ['run', 'label', 'change_part'];

const run = z.object({ run_id: z.string(), as_of: z.string(), started_at: z.string(), bundle: z.string() });
const project = new Project();
const paths = outPaths(project.out);
const NIGHTS = ['2026-03-10', '2026-03-25', '2026-04-02', '2026-04-20', '2026-05-05', '2026-06-29'];

function given(night: number, day: string): string {
  const facts = [
    ...FACTS.slice(0, 4 + night),
    fact('ho-so-mot', 'records.count', { value_number: 4_800_000 + night, unit: 'hồ sơ', stage: 'nhap_csdl' }),
    fact('im-lang', 'c12.connection', { state: night % 2 === 0 ? 'none' : 'in_progress' }),
  ];
  return ndjson(facts, { id: `van-ban-${night}`, stated_at: day });
}

async function nightOf(n: number, day: string): Promise<void> {
  project.write(sourceFiles([{ id: 'nguon-mot', content: given(n, day) }], null));
  if (n === 3)
    project.write({
      'scoring.yaml': changed('scoring.yaml', 'version: 1.1.0', 'version: 2.0.0').replace(
        'substantial: 0.7',
        'substantial: 0.3',
      ),
    });
  if (n === 4) {
    const [first] = await project.query(
      "SELECT id FROM observation WHERE attribute = 'c12.connection' AND is_newest LIMIT 1",
    );
    project.write({
      'decisions.yaml': `decisions:\n  - {id: qd-1, kind: reject, observation: "${first?.id}", who: A, when: ${day}, ground: "Nhầm dòng"}\n`,
    });
  }
  const outcome = await project.run({ asOf: day, now: clockFrom(`${day}T16:00:00Z`) });
  expect(outcome.withheld).toBeNull();
}

beforeAll(async () => {
  for (const [n, day] of NIGHTS.entries()) await nightOf(n, day);
}, 240_000);

describe('replay', () => {
  test('closed months have left the store by now', () => {
    expect(readdirSync(paths.archive)).toEqual(['2026-03.parquet', '2026-04.parquet', '2026-05.parquet']);
  });

  test('every table of every night is what was published', async () => {
    const database = await Database.open();
    await readStore(database, paths.store);
    const runs = await database.rows(
      run,
      'SELECT run_id, as_of::VARCHAR AS as_of, started_at::VARCHAR AS started_at, bundle FROM store.run ORDER BY started_at',
    );
    database.close();
    expect(runs).toHaveLength(NIGHTS.length);
    for (const { run_id: runId, as_of: asOf, started_at: startedAt, bundle } of runs) {
      const published = await dumpTables(join(paths.publications, runId, 'csdl.duckdb'), OF_THE_RUN);
      const again = await Database.open();
      try {
        await readStore(again, paths.store);
        const knownAt = new Date(`${startedAt.replace(' ', 'T')}Z`);
        await score(again, { ...readBundle(paths.bundles, bundle), asOf, knownAt, runId, fromLog: true });
        await again.setThreads(1);
        for (const [table, rows] of Object.entries(published)) {
          const source = table === 'source_health' ? 'raw.source_health ORDER BY source_id' : `publication."${table}"`;
          expect(await again.anyRows(`FROM ${source}`), `${asOf} ${table}`).toEqual(rows);
        }
      } finally {
        again.close();
      }
    }
  }, 240_000);
});
