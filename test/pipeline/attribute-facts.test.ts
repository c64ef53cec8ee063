/** Data, evidence and collector each receive exactly their own change, and nothing else when only they change. */
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../config/schema/operation.ts';
import type { Fact } from '../support/night.ts';
import type { NightDone, NightGiven } from '../support/nights.ts';
import { base, factorsOf, measured, next, nightsOf, QUIET, said, settings } from '../support/nights-given.ts';

describe('data', () => {
  test('a new fact', async () => {
    const sources = {
      ...QUIET,
      mot: [said('b', 'c12.connection', 'two_way', { observed: '2026-06-30', stated: '2026-06-30' })],
    };
    expect(factorsOf(await nightsOf(base(), next({ sources })))).toEqual(['data']);
  });

  test('a fact that was known before its day', async () => {
    const ahead = {
      ...base(),
      sources: {
        ...QUIET,
        mot: [said('b', 'c12.connection', 'two_way', { observed: '2026-06-30', stated: '2026-06-30' })],
      },
    };
    expect(factorsOf(await nightsOf(ahead, next()))).toEqual(['data']);
  });

  test('a fact that a decision rejects', async () => {
    const reject = (done: NightDone[]): NightGiven =>
      next({
        config: settings((c) => {
          c.decisions = [decision('reject', done[0]?.ids[0])];
        }),
      });
    expect(factorsOf(await nightsOf(base(), reject))).toEqual(['data']);
  });

  test('a night that was withheld in between counts with the next', async () => {
    const sources = {
      ...QUIET,
      mot: [said('b', 'c12.connection', 'two_way', { observed: '2026-06-30', stated: '2026-06-30' })],
    };
    const done = await nightsOf(base(), next({ sources, withheld: true }), next({ asOf: '2026-07-01' }));
    expect(factorsOf(done)).toEqual(['data']);
  });
});

function decision(kind: 'reject' | 'confirm', observation: string | undefined): Decision {
  return { id: 'qd', kind, observation: observation ?? '', who: 'A', when: '2026-06-30', ground: 'g' };
}

describe('evidence', () => {
  test('a measurement that expires', async () => {
    expect(factorsOf(await nightsOf(base(), next({ asOf: '2026-07-03' })))).toEqual(['evidence']);
  });

  test('a fact whose grade a decision confirms', async () => {
    const confirm = (done: NightDone[]): NightGiven =>
      next({
        config: settings((c) => {
          c.decisions = [decision('confirm', done[0]?.ids[2])];
        }),
      });
    expect(factorsOf(await nightsOf(base(), confirm))).toEqual(['evidence']);
  });
});

describe('collector', () => {
  const failed = (asOf: string): NightGiven => next({ asOf, sources: { ...QUIET, do: null } });

  test('a measurement that expires because its source failed', async () => {
    expect(factorsOf(await nightsOf(base(), failed('2026-07-02'), failed('2026-07-03')))).toEqual(['collector']);
  });

  test('what a source that is back again brings, whatever it says', async () => {
    const back = next({ asOf: '2026-07-04', sources: { ...QUIET, do: [measured('2026-07-04', { number: 10 })] } });
    expect(factorsOf(await nightsOf(base(), failed('2026-07-03'), back))).toEqual(['collector']);
  });

  test('back on the very day on which its fact would expire: nothing moves at all', async () => {
    const back = next({ asOf: '2026-07-03', sources: { ...QUIET, do: [measured('2026-07-03')] } });
    expect((await nightsOf(base(), failed('2026-07-02'), back)).at(-1)?.parts).toEqual([]);
  });

  test('failing is not the fault of others: their facts age, and what they bring is data', async () => {
    const done = await nightsOf(
      { ...base(), sources: { ...QUIET, do: [measured('2026-06-29')], hai: [measured('2026-06-29', { about: 'b' })] } },
      next({
        asOf: '2026-07-03',
        sources: {
          mot: [said('a', 'software.state', 'trial', { observed: '2026-07-03', stated: '2026-07-03' })],
          hai: [],
          do: null,
        },
      }),
    );
    const moved = done.at(-1)?.parts.map((p) => `${p.database_id} ${p.pillar} ${p.factor}`);
    expect(moved).toEqual([
      'a all data',
      'a all collector',
      'a dung collector',
      'a song data',
      'b all evidence',
      'b dung evidence',
    ]);
  });

  test('a source that was not asked has not failed', async () => {
    const unasked = next({ asOf: '2026-07-03', sources: { mot: [] } });
    expect(factorsOf(await nightsOf(base(), unasked))).toEqual(['evidence']);
    const still = next({ asOf: '2026-07-03', sources: { mot: [] } });
    expect(factorsOf(await nightsOf(base(), failed('2026-07-02'), still))).toEqual(['collector']);
  });

  test('a last success that could not be renewed ages for the collector too', async () => {
    const window = (day: string): Fact => ({
      about: 'a',
      attribute: 'c12.sync.window',
      number: 1,
      of: 1,
      grade: 'E3',
      saidBy: 'system',
      observed: day,
      stated: day,
      flags: { last_success: '2026-06-26', days: 1 },
    });
    const config = settings((c) => Object.assign(c.databases[0] ?? {}, { sync_schedule: 'P4D' }));
    const done = await nightsOf(
      { ...base(), config, sources: { ...QUIET, do: [window('2026-06-29')] } },
      next({ config, asOf: '2026-06-30', sources: { ...QUIET, do: null } }),
      next({ config, asOf: '2026-07-01', sources: { ...QUIET, do: null } }),
    );
    expect(factorsOf(done)).toEqual(['collector']);
  });
});
