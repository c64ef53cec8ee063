/** Registry and method each receive exactly their own change, and nothing else when only they change; a method is accepted. */
import { describe, expect, test } from 'vitest';
import type { Waiver } from '../../config/schema/operation.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import { scoringSql } from '../support/night.ts';
import type { NightGiven } from '../support/nights.ts';
import { base, factorsOf, measured, next, nightsOf, QUIET, settings } from '../support/nights-given.ts';

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
