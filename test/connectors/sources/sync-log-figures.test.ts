import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import connector from '../../../connectors/sources/sync-log/sync-log.ts';
import { createQuerySessions } from '../../../pipeline/database/query-session.ts';
import { collectAll } from '../../support/collect-context.ts';
import { temporaryFolder } from '../../support/folders.ts';
import {
  at,
  type Batch,
  batch,
  COLUMNS,
  csvText,
  expectedWindow,
  local,
  writeAllForms,
  writeParquet,
} from '../../support/sync-logs.ts';

const sessions = createQuerySessions();
afterAll(() => sessions.close());
const query = sessions.port(new AbortController().signal);
const databases = [
  { database_id: 'a', sync_schedule: 'P1D' },
  { database_id: 'b', sync_schedule: 'P1W' },
  { database_id: 'c', sync_schedule: null },
];
const registry = { databases } as never;
const now = (): Date => new Date('2026-06-29T17:30:00Z');

async function facts(folder: string, path: string, options: object = {}) {
  utimesSync(join(folder, path), new Date(at('2026-06-29 23:59:59') + 999), new Date(at('2026-06-29 23:59:59') + 999));
  const pieces = await collectAll(
    connector,
    { path, partner: 'c12', columns: COLUMNS, ...options },
    { folder, query, registry, now },
  );
  const statements = pieces.flatMap((p) => (p.kind === 'statement' ? [p.statement as Record<string, unknown>] : []));
  const [head] = statements;
  return {
    document: head,
    facts: statements.filter((s) => s.type === 'observation'),
    rejections: pieces.flatMap((p) =>
      p.kind === 'rejection' ? [{ code: p.code, message: p.message, raw: p.raw }] : [],
    ),
  };
}

const someBatch: fc.Arbitrary<Batch> = fc
  .record({
    db: fc.constantFrom('a', 'b', 'c'),
    way: fc.constantFrom('out', 'out', 'in'),
    second: fc.integer({ min: 0, max: 60 * 86_400 - 1 }),
    took: fc.option(fc.oneof(fc.integer({ min: 0, max: 7200 }), fc.integer({ min: 0, max: 20 * 86_400 })), { freq: 8 }),
    sent: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 })),
    share: fc.integer({ min: 0, max: 4 }),
    backlog: fc.option(fc.integer({ min: 0, max: 50 })),
    reason: fc.option(fc.constantFrom('x', 'y', '"quoted", with a comma')),
  })
  .map(({ second, took, share, sent, ...rest }) => {
    const end = at('2026-06-29 23:59:59');
    const finished = took === null ? null : end - second * 1000;
    const started = end - second * 1000 - (took ?? 0) * 1000;
    const accepted = Math.floor((sent * share) / 4);
    return { ...rest, started, finished, sent, accepted, rejected: sent - accepted };
  });

describe('figures', () => {
  const batches = fc.array(someBatch, { minLength: 1, maxLength: 120 });

  test('are the same in every form', async () => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(batches, async (list) => {
        const paths = await writeAllForms(folder, list);
        const [first, ...others] = await Promise.all(paths.map((path) => facts(folder, path)));
        for (const [i, other] of others.entries()) expect(other.facts, paths[i + 1]).toEqual(first?.facts);
        expect(first?.rejections).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });

  test('are those that a plain reading of the same batches gives', async () => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(batches, async (list) => {
        writeFileSync(join(folder, 'log.csv'), csvText(list));
        const { facts: found } = await facts(folder, 'log.csv');
        const earliest = local(Math.min(...list.map((b) => b.finished ?? b.started ?? 0))).slice(0, 10);
        const first = earliest > '2026-05-31' ? earliest : '2026-05-31';
        for (const { database_id: id, sync_schedule: schedule } of databases) {
          const mine = list.filter((b) => b.db === id);
          const window = found.find((f) => f.subject_id === id && f.attribute === 'c12.sync.window');
          const every = schedule === null ? null : schedule === 'P1D' ? 1 : 7;
          const expected = expectedWindow(mine, { first, last: '2026-06-29', lastWhole: '2026-06-29', every });
          if (mine.length === 0) expect(window).toBeUndefined();
          else {
            const given = { accepted: window?.value_number, sent: window?.value_total, flags: window?.flags };
            expect(given).toEqual(JSON.parse(JSON.stringify(expected)));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('the same batches in several files measure the same', async () => {
    const batches = fc.sample(someBatch, { numRuns: 200, seed: 7 });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'all.csv'), csvText(batches));
    const whole = await facts(folder, 'all.csv');
    await writeParquet(join(folder, 'part-1.parquet'), batches.slice(0, 50));
    await writeParquet(join(folder, 'part-2.parquet'), batches.slice(50));
    for (const file of ['part-1.parquet', 'part-2.parquet']) {
      utimesSync(
        join(folder, file),
        new Date(at('2026-06-29 23:59:59') + 999),
        new Date(at('2026-06-29 23:59:59') + 999),
      );
    }
    const pieces = await collectAll(
      connector,
      { path: 'part-*.parquet', partner: 'c12', columns: COLUMNS },
      { folder, query, registry, now },
    );
    const found = pieces
      .flatMap((p) => (p.kind === 'statement' ? [p.statement as Record<string, unknown>] : []))
      .slice(1);
    expect(found).toEqual(whole.facts);
  });
});

describe('what the link is seen to be', () => {
  const states = async (batches: Batch[], options: object = {}) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'log.csv'), csvText(batches));
    const found = await facts(folder, 'log.csv', options);
    return found.facts.filter((f) => f.attribute === 'c12.connection').map((f) => [f.value_text, f.flags]);
  };

  test('both directions', async () => {
    expect(await states([batch(), batch({ way: 'IN ' })])).toEqual([['two_way', {}]]);
  });
  test('one direction', async () => {
    expect(await states([batch(), batch({ way: 'in', accepted: 0 })])).toEqual([['one_way', { direction: 'out' }]]);
    expect(await states([batch({ way: 'in', sent: 0, accepted: 0 })])).toEqual([['one_way', { direction: 'in' }]]);
  });
  test('a success before the window and none in it', async () => {
    const old = batch({ started: at('2026-04-01 08:00:00') });
    expect(await states([old, batch({ accepted: 0 })])).toEqual([['interrupted', { since: '2026-04-01' }]]);
  });
  test('never a success: nothing is concluded', async () => {
    expect(await states([batch({ accepted: 0 }), batch({ finished: null })])).toEqual([]);
  });
  test('without a column of direction it is connected, in which direction is not known', async () => {
    expect(await states([batch()], { columns: { ...COLUMNS, direction: undefined } })).toEqual([['connected', {}]]);
  });
});
