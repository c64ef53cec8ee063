import { describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { setRunState, startRun } from '../../../pipeline/database/ledger.ts';
import { readMemory, readSourcePast } from '../../../pipeline/database/source-history.ts';
import { openStore, storeCollected } from '../../../pipeline/database/store.ts';
import { HEALTH } from '../../support/past.ts';

const NOTHING = { observations: [], statements: [], rejections: [] };

async function withStore<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await Database.open();
  try {
    await openStore(database, ':memory:');
    return await work(database);
  } finally {
    database.close();
  }
}

/** A run on a day of June with what each source was. */
async function run(database: Database, day: number, states: Record<string, 'ok' | 'failed'>): Promise<void> {
  const [runId, at] = [`run-${day}`, new Date(Date.UTC(2026, 5, day))];
  const start = { run_id: runId, started_at: at, as_of: at.toISOString().slice(0, 10), bundle: 'b', method: 'm' };
  await startRun(database, { ...start, program_version: '1' });
  const collected = Object.entries(states).map(([source, state]) => ({
    health: { ...HEALTH, run_id: runId, source_id: source, state },
    normalised: NOTHING,
  }));
  await storeCollected(database, collected);
  await setRunState(database, runId, 'published', at);
}

describe('the past of sources', () => {
  test('when each last answered, and how often on end it has not since', async () => {
    await withStore(async (database) => {
      expect(await readSourcePast(database)).toEqual(new Map());
      await run(database, 1, { good: 'ok', bad: 'failed', ill: 'ok', mended: 'failed' });
      await run(database, 2, { good: 'ok', bad: 'failed', ill: 'failed', mended: 'failed' });
      await run(database, 3, { good: 'ok', bad: 'failed', ill: 'failed', mended: 'ok' });
      expect(Object.fromEntries(await readSourcePast(database))).toEqual({
        good: { lastGoodAt: '2026-06-03 00:00:00', failures: 0 },
        bad: { lastGoodAt: null, failures: 3 },
        ill: { lastGoodAt: '2026-06-01 00:00:00', failures: 2 },
        mended: { lastGoodAt: '2026-06-03 00:00:00', failures: 0 },
      });
    });
  });

  test('what a source keeps is replaced key by key, and holds under the same settings only', async () => {
    await withStore(async (database) => {
      const keep = (bundle: string, kept: Record<string, string>): Promise<number> =>
        storeCollected(database, [
          {
            health: { ...HEALTH, source_id: 's' },
            normalised: NOTHING,
            memory: Object.entries(kept).map(([key, value]) => ({ source_id: 's', key, value, bundle, run_id: 'r' })),
          },
        ]);
      await keep('one', { etag: '"a"', since: '1' });
      await keep('one', { etag: '"b"' });
      expect(await readMemory(database, 'one')).toEqual(
        new Map([['s', new Map(Object.entries({ since: '1', etag: '"b"' }))]]),
      );
      expect(await readMemory(database, 'two')).toEqual(new Map());
      await keep('two', { etag: '"c"' });
      expect(await readMemory(database, 'one')).toEqual(new Map());
    });
  });
});
