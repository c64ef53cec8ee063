/** Each factor receives exactly its own change, and nothing else when only it changes. */
import { afterAll, describe, expect, test } from 'vitest';
import type { Config } from '../../config/load.ts';
import type { Decision, Waiver } from '../../config/schema/operation.ts';
import type { Factor } from '../../pipeline/database/step-figures.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import { type Fact, scoringSql, settingsOf } from '../support/night.ts';
import { added, minus, type NightDone, type NightGiven, Nights } from '../support/nights.ts';

const open: Nights[] = [];
afterAll(() => {
  for (const nights of open) nights.close();
});

const DATABASES = [
  { database_id: 'a', update_frequency: 'P30D', sync_schedule: 'P7D', holds_persons: 'yes' as const },
  { database_id: 'b' },
];

/** Settings with sources mot (documents), do (measured) and hai. */
function settings(change: (config: Config) => void = () => {}): Config {
  return settingsOf({
    databases: DATABASES,
    settings: (config) => {
      const [first] = config.sources.sources;
      if (first === undefined) throw new Error('no source');
      config.sources.sources = ['mot', 'hai', 'do'].map((id) => ({ ...first, id, required: false }));
      config.sources.measure = [];
      change(config);
    },
  });
}

const said = (about: string, attribute: string, state: string, rest: Partial<Fact> = {}): Fact => ({
  about,
  attribute,
  state,
  observed: '2026-06-29',
  stated: '2026-06-29',
  ...rest,
});
const measured = (day: string, rest: Partial<Fact> = {}): Fact => ({
  about: 'a',
  attribute: 'quality.validity',
  number: 9,
  of: 10,
  grade: 'E4',
  saidBy: 'system',
  observed: day,
  stated: day,
  ...rest,
});

const FACTS: Fact[] = [
  said('a', 'c12.connection', 'one_way'),
  said('a', 'software.state', 'operating'),
  said('a', 'update.mode', 'auto', { grade: 'E1' }),
  { about: 'a', attribute: 'checklist.met', number: 13, of: 19, observed: '2026-06-29', stated: '2026-06-29' },
  said('b', 'c06.cleaning', 'in_progress'),
];
const base = (): NightGiven => ({
  asOf: '2026-06-29',
  config: settings(),
  sources: { mot: FACTS, hai: [], do: [measured('2026-06-29')] },
});
const QUIET = { mot: [], hai: [], do: [] };
const next = (rest: Partial<NightGiven> = {}): NightGiven => ({
  asOf: '2026-06-30',
  config: settings(),
  sources: QUIET,
  ...rest,
});

/** Runs nights one after another; the parts of the last must add up, and its factors are given back. */
async function nightsOf(...list: (NightGiven | ((done: NightDone[]) => NightGiven))[]): Promise<NightDone[]> {
  const nights = await Nights.open();
  open.push(nights);
  const done: NightDone[] = [];
  for (const night of list) {
    const given = typeof night === 'function' ? night(done) : night;
    done.push(await nights.run(given));
    const before = await nights.dayBefore(given.asOf);
    const last = done.at(-1);
    if (before === null || last === undefined || last.refusal !== null || given.withheld) continue;
    expect(added(last.parts)).toEqual(minus(await nights.published(given.asOf), await nights.published(before)));
    // The same comparison from the log and the kept settings says the same.
    const difference = await nights.difference(before, given.asOf);
    for (const part of last.parts)
      expect(
        difference.rows.find(
          (r) => r.database_id === part.database_id && r.pillar === part.pillar && r.figure === 'floor',
        )?.[part.factor] ?? 0,
      ).toBe(part.floor_tenths / 10);
  }
  return done;
}

const factorsOf = (done: readonly NightDone[]): Factor[] => [...new Set(done.at(-1)?.parts.map((part) => part.factor))];

const waiver = (from: string, until: string): Waiver => ({
  database: 'a',
  criterion: 'tc04',
  approved_by: 'Bộ Công an',
  document: '1/BCA',
  ground: 'g',
  from,
  until,
});

describe('registry', () => {
  const cases: [string, NightGiven, NightGiven][] = [
    [
      'the cycle of updates',
      {
        ...base(),
        sources: {
          ...QUIET,
          do: [
            {
              ...measured('2026-06-20'),
              attribute: 'update.last',
              time: '2026-06-20',
              number: undefined as never,
              of: undefined as never,
              observed: '2026-06-29',
              stated: '2026-06-29',
            },
          ],
        },
      },
      next({ config: settings((c) => Object.assign(c.databases[0] ?? {}, { sync_schedule: 'P1Y' })) }),
    ],
    [
      'what a database holds',
      base(),
      next({ config: settings((c) => Object.assign(c.databases[0] ?? {}, { holds_persons: 'no' })) }),
    ],
    [
      'a waiver that is approved',
      base(),
      next({
        config: settings((c) => {
          c.waivers = [waiver('2026-06-30', '2026-07-30')];
        }),
      }),
    ],
    [
      'a waiver whose first day has come',
      {
        ...base(),
        config: settings((c) => {
          c.waivers = [waiver('2026-06-30', '2026-07-30')];
        }),
      },
      next({
        config: settings((c) => {
          c.waivers = [waiver('2026-06-30', '2026-07-30')];
        }),
      }),
    ],
    [
      'a waiver that lapses',
      {
        ...base(),
        config: settings((c) => {
          c.waivers = [waiver('2026-06-01', '2026-06-29')];
        }),
      },
      next({
        config: settings((c) => {
          c.waivers = [waiver('2026-06-01', '2026-06-29')];
        }),
      }),
    ],
  ];
  test.each(cases)('%s', async (_name, first, second) => {
    expect(factorsOf(await nightsOf(first, second))).toEqual(['registry']);
  });

  test('databases that appear or vanish are marked', async () => {
    const config = settings((c) => {
      c.databases = [
        ...c.databases.filter((d) => d.database_id !== 'b'),
        { ...c.databases[1], database_id: 'c' } as never,
      ];
    });
    const done = await nightsOf(base(), next({ config }));
    expect(factorsOf(done)).toEqual(['registry']);
    const marks = done.at(-1)?.parts.filter((p) => p.pillar === 'all');
    expect(marks?.map((p) => [p.database_id, p.presence, p.ceiling_tenths > 0])).toEqual([
      ['b', 'vanished', false],
      ['c', 'appeared', true],
    ]);
  });
});

describe('method', () => {
  const heavier = (version: string) =>
    settings((c) => {
      c.scoring.method.version = version;
      Object.assign(c.scoring.pillars.dung_chung ?? {}, { weight: 30 });
    });
  const halved: ScoringSql = {
    ...scoringSql,
    files: scoringSql.files.map((f) =>
      f.id === 'software_operating'
        ? {
            ...f,
            sql: f.sql.replace('a.* EXCLUDE (database_id)', 'a.* EXCLUDE (database_id) REPLACE (a.lo // 2 AS lo)'),
          }
        : f,
    ),
  };

  test('a weight, under a new version', async () => {
    expect(factorsOf(await nightsOf(base(), next({ config: heavier('2.0.0') })))).toEqual(['method']);
  });

  test('SQL, under a new version', async () => {
    const config = settings((c) => {
      c.scoring.method.version = '2.0.0';
    });
    expect(factorsOf(await nightsOf(base(), next({ config, scoring: halved })))).toEqual(['method']);
  });

  test.each([
    ['a weight', next({ config: heavier('1.1.0') })],
    ['SQL', next({ scoring: halved })],
  ])(
    '%s under the version that readers know is refused, night after night, until the version is raised',
    async (_name, changed) => {
      const accepted = structuredClone(changed.config);
      accepted.scoring.method.version = '1.2.0';
      const done = await nightsOf(
        base(),
        changed,
        { ...changed, asOf: '2026-07-01' },
        { ...changed, config: accepted, asOf: '2026-07-02' },
      );
      expect(done.map((d) => d.refusal)).toEqual([
        null,
        expect.stringMatching(
          /^the method moves the figures of \d databases? and is still called csdl-readiness 1\.1\.0; csdl diff current --method current/,
        ),
        expect.any(String),
        null,
      ]);
      expect(factorsOf(done)).toEqual(['method']);
    },
  );

  test('a second run of the day is held against what readers see, and told against the day before', async () => {
    const again = { ...next({ scoring: halved }) };
    const done = await nightsOf(base(), next(), again);
    expect(done.map((d) => d.refusal === null)).toEqual([true, true, false]);
    expect(factorsOf(done)).toEqual(['method']);
  });

  test('SQL without effect, and a first night, are refused by nobody', async () => {
    const spoken = { ...scoringSql, macros: `${scoringSql.macros}\n-- a word` };
    const done = await nightsOf({ ...base(), scoring: halved }, { ...next({ scoring: halved }) });
    expect(done.map((d) => d.refusal)).toEqual([null, null]);
    const commented = await nightsOf(base(), next({ scoring: spoken }));
    expect(commented.at(-1)).toMatchObject({ refusal: null, parts: [] });
  });
});

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
