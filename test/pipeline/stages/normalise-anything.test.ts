import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Collected } from '../../../connectors/contract.ts';
import { Database } from '../../../pipeline/database/database.ts';
import { openStore, storeCollected } from '../../../pipeline/database/store.ts';
import { Normaliser } from '../../../pipeline/stages/normalise.ts';
import { shipped } from '../../support/night.ts';
import { HEALTH } from '../../support/past.ts';
import { AGENCY_COUNT, COUNT, DOCUMENT, FACT, RATIO, TASK } from '../../support/statements.ts';

describe('anything at all', () => {
  const anyUnit = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 12,
  });
  const word = fc.oneof(
    anyUnit,
    fc.constantFrom(
      'constructor',
      '__proto__',
      'toString',
      'whole',
      'done',
      'E2',
      'owner',
      'bo-y-te',
      'bao-hiem',
      'one_way',
      'hồ sơ',
    ),
    fc.constantFrom(
      '2026-06-29',
      '0000-01-01',
      '0001-01-01',
      '9999-12-31',
      '9999-12-31T23:59:59-23:59',
      '0001-01-01T00:00:00+23:59',
    ),
  );
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, 19, 1e15, 9e15, 1e300, 2 ** 31, 2 ** 53));
  const value = fc.oneof(word, number, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 2 }));
  const flags = fc.dictionary(
    fc.oneof(word, fc.constantFrom('since', 'holder', 'n', 'round', 'due')),
    fc.oneof(word, number, fc.boolean()),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  );
  /** A right statement in which a few fields were replaced by anything. */
  const damaged = fc
    .record({
      base: fc.constantFrom<object>(DOCUMENT, FACT, RATIO, COUNT, TASK, AGENCY_COUNT),
      changes: fc.dictionary(
        fc.constantFrom(
          'attribute',
          'subject_id',
          'subject_type',
          'target',
          'unit',
          'stage',
          'role',
          'extent',
          'modality',
          'quoted',
          'grade',
          'value_text',
          'value_number',
          'value_total',
          'value_low',
          'value_high',
          'value_time',
          'observed_at',
          'stated_at',
          'date',
          'shared_n',
          'document',
          'type',
          'title',
          'number',
          'id',
          'no',
          'deadline',
          'lead_agencies',
          'statuses',
          'as_of',
          'done',
          '__proto__',
          'constructor',
        ),
        value,
        { maxKeys: 3, noNullPrototype: true },
      ),
      flags: fc.option(flags, { nil: undefined }),
      evidence: fc.option(
        fc.dictionary(fc.constantFrom('line', 'row', 'table', 'quote', 'url', 'inherited_from'), value, {
          maxKeys: 2,
          noNullPrototype: true,
        }),
        {
          nil: undefined,
        },
      ),
    })
    .map(({ base, changes, flags: f, evidence }): unknown => ({
      ...base,
      ...changes,
      ...(f === undefined ? {} : { flags: f }),
      ...(evidence === undefined ? {} : { evidence }),
    }));
  const piece: fc.Arbitrary<Collected> = fc.oneof(
    { weight: 6, arbitrary: damaged.map((statement) => ({ kind: 'statement' as const, statement, at: 'line 1' })) },
    {
      weight: 2,
      arbitrary: fc.jsonValue().map((statement) => ({ kind: 'statement' as const, statement, at: 'line 1' })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(word, word)
        .map(([message, raw]) => ({ kind: 'rejection' as const, code: 'broken_json', message, raw, at: raw })),
    },
  );

  test('never throws; each piece becomes exactly one thing; the store takes all of it', async () => {
    const database = await Database.open();
    await openStore(database, ':memory:');
    let kept = 0;
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(piece, { minLength: 20, maxLength: 60 }), async (pieces) => {
          const normaliser = new Normaliser({
            config: shipped,
            runId: 'r',
            sourceId: 's',
            collectedAt: new Date('2026-06-29T16:00:00Z'),
          });
          normaliser.add({ kind: 'statement', statement: DOCUMENT, at: 'line 0' });
          const { result } = normaliser;
          const count = (): number => result.observations.length + result.statements.length + result.rejections.length;
          for (const one of pieces) {
            const before = count();
            normaliser.add(one);
            const isDocument =
              one.kind === 'statement' && (one.statement as { type?: unknown } | null)?.type === 'document';
            const grown = count() - before;
            // An accepted document is remembered for what follows; it is no row of its own.
            if (isDocument) expect([0, 1]).toContain(grown);
            else expect(grown).toBe(1);
          }
          await storeCollected(database, [{ health: { ...HEALTH }, normalised: result }]);
          kept += result.observations.length;
        }),
        { numRuns: 60 },
      );
    } finally {
      database.close();
    }
    expect(kept).toBeGreaterThan(20);
  });
});
