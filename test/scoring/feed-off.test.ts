/**
 * A feed that is switched off: its last measurement grows old beside the claims. Nothing that was believed or confirmed
 * may rise because of that, and the word does not go back to what was said before the measurement.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Case, daysAgo, type Untold } from '../support/arbitrary.ts';
import { everyCase, idOf, inputOf, nightOf, type Score, SEED, scoresBySql } from '../support/generated.ts';
import { type Night, onNight, shipped } from '../support/night.ts';

const FED = { 'c12.connection': 'connection', 'c12.sync': 'sync', 'c06.cleaning': 'cleaning' } as const;
type Fed = keyof typeof FED;
const stateOf = (attribute: Fed) => fc.constantFrom(...(shipped.attributes.scales[FED[attribute]] ?? []));

/** A measurement every night for some nights, the last tonight. */
const feed = (attribute: Fed): fc.Arbitrary<Untold[]> =>
  fc
    .record({
      states: fc.array(stateOf(attribute), { minLength: 1, maxLength: 5 }),
      grade: fc.constantFrom('E3', 'E4'),
      saidBy: fc.constantFrom('receiver', 'system', 'owner'),
    })
    .map(({ states, grade, saidBy }) =>
      states.map((state, days) => ({
        attribute,
        state,
        grade,
        saidBy,
        source: 'nguon-do',
        observed: daysAgo(days),
        stated: daysAgo(days),
      })),
    );

const claim = (attribute: Fed): fc.Arbitrary<Untold> =>
  fc
    .record({
      state: stateOf(attribute),
      days: fc.integer({ min: 0, max: 70 }),
      grade: fc.constantFrom('E1', 'E2'),
      saidBy: fc.constantFrom('owner', 'receiver', 'document'),
      source: fc.constantFrom('van-ban-1', 'van-ban-2'),
    })
    .map(({ days, ...rest }) => ({ ...rest, attribute, observed: daysAgo(days), stated: daysAgo(days) }));

const fed: fc.Arbitrary<Case> = fc.constantFrom(...(Object.keys(FED) as Fed[])).chain((attribute) =>
  fc.tuple(feed(attribute), fc.array(claim(attribute), { maxLength: 4 })).map(([measured, claims]) => ({
    holdsPersons: 'yes' as const,
    direction: 'unknown' as const,
    cycle: null,
    facts: [...measured, ...claims],
  })),
);
const CASES = fc.sample(fed, { seed: SEED, numRuns: 150 });

/** Nights after the last measurement: live, on the edge, expired, the claims expiring one after the other. */
const NIGHTS = [0, 2, 3, 4, 5, 10, 30, 45, 46, 60, 61, 70, 130];

async function eachNight<T>(list: readonly Case[], look: (night: Night) => Promise<T>): Promise<T[]> {
  const seen: T[] = [];
  for (const days of NIGHTS) {
    const night = await nightOf(list, daysAgo(-days));
    try {
      seen.push(await look(night));
    } finally {
      night.close();
    }
  }
  return seen;
}

describe('a feed that is switched off', () => {
  test('raises neither a floor nor a confirmed figure, on any night after', async () => {
    await everyCase(CASES, async (list) => {
      const nights = await eachNight(list, (night) => scoresBySql(night, list.length));
      return list.map((_, i) =>
        nights.slice(1).reduce<string | null>((found, night, n) => {
          const [before, after] = [nights[n]?.[i], night[i]];
          return found ?? raised(before, after, `${NIGHTS[n]} → ${NIGHTS[n + 1]}`);
        }, null),
      );
    });
  }, 120_000);

  test('does not hand the word back to what was said before its last measurement', async () => {
    await everyCase(CASES, async (list) => {
      const nights = await eachNight(list, (night) => night.rows('fact.spoken', "voice = 'all'"));
      const facts = inputOf(list).facts ?? [];
      return list.map((_, i) => {
        const own = facts.filter((fact) => fact.about === idOf(i));
        const strongest = own.map((fact) => fact.grade ?? '').reduce((a, b) => (a > b ? a : b));
        const last = own
          .filter((fact) => fact.source === 'nguon-do')
          .map((fact) => fact.observed ?? '')
          .reduce((a, b) => (a > b ? a : b));
        const wrong = nights.flat().find((row) => {
          const day = new Date(Date.parse(`${String(row.observed_at).replace(' ', 'T')}Z`) + 7 * 3_600_000);
          return row.subject_id === idOf(i) && row.grade !== strongest && day.toISOString().slice(0, 10) <= last;
        });
        return wrong === undefined ? null : `the word went to ${JSON.stringify(wrong)}`;
      });
    });
  }, 120_000);

  test('an old claim of two directions does not speak after a measured interruption; a newer one is held down', async () => {
    const measured: Untold = {
      attribute: 'c12.connection',
      state: 'interrupted',
      grade: 'E4',
      saidBy: 'receiver',
      source: 'nguon-do',
      stated: '2026-06-20',
    };
    const claimed = (stated: string): Untold => ({ attribute: 'c12.connection', state: 'two_way', stated });
    const input = {
      asOf: '2026-06-29',
      databases: ['cu', 'moi'],
      facts: [
        { about: 'cu', ...measured },
        { about: 'cu', ...claimed('2026-06-10') },
        { about: 'moi', ...measured },
        { about: 'moi', ...claimed('2026-06-25') },
      ],
    };
    await onNight(input, async (night) => {
      const of = async (id: string) =>
        (await night.rows('score.indicator_result', `database_id = '${id}' AND indicator = 'c12_connection'`))[0];
      expect(await of('cu')).toMatchObject({ state: 'stale', floor: '0', confirmed: '0', coverage: '0' });
      expect(await of('moi')).toMatchObject({
        floor: '300000000000000',
        confirmed: '0',
        coverage: '0',
        is_silent: true,
      });
      expect(
        await night.query("SELECT state FROM fact.answer WHERE attribute = 'c12.connection' ORDER BY database_id"),
      ).toEqual([{ state: 'interrupted' }, { state: 'two_way' }]);
    });
  });
});

describe('a probe', () => {
  test('gives no level: whether an endpoint answers is no word on how far the database is', async () => {
    const probed: Untold = {
      attribute: 'probe.available',
      number: 3,
      of: 3,
      target: 'cong',
      grade: 'E4',
      saidBy: 'system',
    };
    const input = {
      databases: ['chi-do', 'co-bao-cao'],
      facts: [
        { about: 'chi-do', ...probed },
        { about: 'co-bao-cao', ...probed },
        { about: 'co-bao-cao', attribute: 'software.state', state: 'building' },
      ],
    };
    await onNight(input, async (night) => {
      const levels = await night.query(
        'SELECT database_id, level_reported, level_confirmed FROM score.level ORDER BY 1',
      );
      expect(levels).toEqual([
        { database_id: 'chi-do', level_reported: null, level_confirmed: null },
        { database_id: 'co-bao-cao', level_reported: 1, level_confirmed: null },
      ]);
    });
  });
});

function raised(before: Score | undefined, after: Score | undefined, when: string): string | null {
  if (before === undefined || after === undefined) return 'not scored';
  for (const figure of ['floor', 'confirmed'] as const) {
    for (const [key, parts] of Object.entries(after.indicators)) {
      if (parts[figure] > (before.indicators[key]?.[figure] ?? 0n)) return `${when}: ${figure} of ${key} rose`;
    }
    for (const [key, values] of Object.entries(after.figures)) {
      if (values[figure] > (before.figures[key]?.[figure] ?? 0)) return `${when}: ${figure} of ${key} rose`;
    }
  }
  return null;
}
