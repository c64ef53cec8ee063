/**
 * A year of nights in which anything may change: registry, method, facts, decisions, days, sources that fail and come
 * back. Every night the parts add up to the last digit, and every night can be replayed as it was published.
 * By default the year has few nights, far apart; CSDL_NIGHTS=365 runs them all, CSDL_SEED=n another year.
 */
import { expect, test } from 'vitest';
import type { Config } from '../../config/load.ts';
import type { Decision } from '../../config/schema/operation.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import { SEED } from '../support/generated.ts';
import { type Fact, registryRow, scoringSql, settingsOf } from '../support/night.ts';
import { added, minus, Nights } from '../support/nights.ts';

const NIGHTS = Number(process.env.CSDL_NIGHTS ?? 12);
const DAYS_APART = Math.max(1, Math.floor(365 / NIGHTS));
const SOURCES = ['van-ban', 'do-luong', 'dong-bo', 'so-lieu'];

/** Even numbers from a seed (a linear congruence): a year can be run again. */
class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed % 2147483647 || 1;
  }
  below(n: number): number {
    this.#state = (this.#state * 48271) % 2147483647;
    return this.#state % n;
  }
  in(percent: number): boolean {
    return this.below(100) < percent;
  }
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** What a source may say of a database on a day. */
function factOf(chance: Chance, source: string, about: string, day: string): Fact {
  const observed = dayAfter(day, -chance.below(4));
  const measured = { about, observed, stated: day, grade: 'E4', saidBy: 'system' } as const;
  if (source === 'do-luong') {
    const attribute = chance.of(['quality.validity', 'quality.unique_key', 'quality.mandatory', 'c06.reconciliation']);
    return { ...measured, attribute, number: chance.below(11), of: 10 };
  }
  if (source === 'dong-bo') {
    const last = dayAfter(observed, -chance.below(9));
    const window = { attribute: 'c12.sync.window', number: 1, of: 1, flags: { last_success: last, days: 9 } };
    return { ...measured, grade: 'E3', ...(chance.in(50) ? window : { attribute: 'update.last', time: last }) };
  }
  const said = {
    about,
    observed,
    stated: day,
    grade: chance.of(['E1', 'E2', 'E2'] as const),
    saidBy: chance.of(['owner', 'owner', 'receiver', 'assessor'] as const),
  };
  if (source === 'so-lieu') {
    const n = chance.below(20);
    return chance.in(50)
      ? { ...said, attribute: 'checklist.met', number: n, of: 19 }
      : { ...said, attribute: 'records.count', number: n, unit: 'hồ sơ', stage: 'nhap_csdl' };
  }
  const states: Record<string, string[]> = {
    'c12.connection': ['none', 'planned', 'connected', 'one_way', 'two_way'],
    'c06.connection': ['none', 'one_way', 'two_way'],
    'c12.sync': ['none', 'partial', 'full'],
    'c06.cleaning': ['none', 'in_progress', 'done'],
    'software.state': ['building', 'trial', 'operating'],
    'update.mode': ['manual', 'auto'],
    'security.assessment': ['in_progress', 'passed'],
    'criterion.tc04': ['met', 'unmet', 'not_applicable'],
  };
  const attribute = chance.of(Object.keys(states));
  return { ...said, attribute, state: chance.of(states[attribute] ?? []) };
}

/** What people change in the settings; each night starts from those of the night before. */
function changeSettings(chance: Chance, config: Config, day: string, ids: readonly string[]): void {
  if (chance.in(15)) {
    const database = chance.of(config.databases);
    database.sync_schedule = chance.of([null, 'P1D', 'P7D', 'P30D']);
    database.holds_persons = chance.of(['yes', 'no', 'unknown'] as const);
    database.required_direction = chance.of(['one_way', 'two_way', 'unknown'] as const);
  }
  if (chance.in(14)) config.databases.push(registryRow({ database_id: `moi-${config.databases.length}-${day}` }));
  if (chance.in(14) && config.databases.length > 4) config.databases.splice(chance.below(config.databases.length), 1);
  if (chance.in(10)) {
    const database = chance.of(config.databases).database_id;
    const until = dayAfter(day, chance.below(20));
    const waiver = {
      database,
      approved_by: 'A',
      document: `${day}/BCA`,
      ground: 'g',
      from: dayAfter(day, chance.below(5)),
      until: dayAfter(until, 5),
    };
    config.waivers.push(chance.in(50) ? { ...waiver, criterion: 'tc04' } : { ...waiver, indicator: 'c12_sync' });
  }
  if (chance.in(25) && ids.length > 0) {
    const decided = {
      id: `qd-${config.decisions.length}`,
      observation: chance.of(ids),
      who: 'A',
      when: day,
      ground: 'g',
    };
    config.decisions.push({ ...decided, kind: chance.of(['confirm', 'reject'] as const) } satisfies Decision);
  }
  if (chance.in(6)) config.decisions.splice(0, 1);
}

function changeMethod(chance: Chance, config: Config, version: number): void {
  const { pillars, scales } = config.scoring;
  if (chance.in(50)) chance.of(Object.values(pillars)).weight = 5 + chance.below(40);
  else Object.assign(scales.connection ?? {}, { one_way: [chance.below(100_001), 100_000] });
  config.scoring.method.version = `2.${version}.0`;
}

/** The SQL of one indicator made stricter, or as it was. */
function sqlOf(factor: number): ScoringSql {
  const files = scoringSql.files.map((file) =>
    file.id === 'software_operating'
      ? {
          ...file,
          sql: file.sql.replace('EXCLUDE (database_id)', `EXCLUDE (database_id) REPLACE (a.lo // ${factor} AS lo)`),
        }
      : file,
  );
  return { ...scoringSql, files };
}

test(`${NIGHTS} nights over a year: parts add up to the last digit, and any night can be replayed`, {
  timeout: 40_000_000,
}, async () => {
  const chance = new Chance(SEED);
  const nights = await Nights.open();
  let config = settingsOf({
    databases: [
      'mot',
      'hai',
      'ba',
      'bon',
      { database_id: 'chung', row_kind: 'umbrella' },
      { database_id: 'phan', part_of: 'chung' },
    ],
    settings: (c) => {
      const [first] = c.sources.sources;
      if (first === undefined) throw new Error('no source');
      c.sources.sources = SOURCES.map((id) => ({ ...first, id, required: false }));
      c.sources.measure = [];
    },
  });
  const ids: string[] = [];
  const published: { runId: string; asOf: string }[] = [];
  const seen = new Set<string>();
  const down = new Set<string>();
  let [day, scoring] = ['2026-01-01', scoringSql];
  try {
    for (let n = 0; n < NIGHTS; n++) {
      config = structuredClone(config);
      // Now and then the day is run a second time.
      if (n > 0 && !chance.in(8)) day = dayAfter(day, 1 + chance.below(2 * DAYS_APART - 1));
      changeSettings(chance, config, day, ids);
      if (chance.in(10)) {
        changeMethod(chance, config, n);
        if (chance.in(50)) scoring = sqlOf(1 + chance.below(3));
      }
      for (const source of SOURCES)
        if (chance.in(down.has(source) ? 40 : 15)) down.has(source) ? down.delete(source) : down.add(source);
      const asked = SOURCES.filter(() => !chance.in(8));
      const sources = Object.fromEntries(
        asked.map((source) => {
          if (down.has(source)) return [source, null];
          const about = config.databases.filter(() => chance.in(60));
          return [source, about.map((d) => factOf(chance, source, d.database_id, day))];
        }),
      );
      const before = await nights.dayBefore(day);
      const done = await nights.run({ asOf: day, config, scoring, sources, withheld: chance.in(7) });
      ids.push(...done.ids);
      expect(done.refusal).toBeNull();
      const [was, now] = [before === null ? null : await nights.published(before), await nights.publishedTonight(day)];
      expect(added(done.parts), `night ${n}, ${day}`).toEqual(was === null ? new Map() : minus(now, was));
      for (const part of done.parts) seen.add(part.factor).add(part.presence ?? '');
      if (done.isPublished) published.push(done);
    }
    // Every kind of change took place.
    expect([...seen].filter((word) => word !== '').sort()).toEqual([
      'appeared',
      'collector',
      'data',
      'evidence',
      'method',
      'registry',
      'vanished',
    ]);
    // The last run of each day is what stands in the history; from the log alone it comes out the same.
    const last = [...new Map(published.map((run) => [run.asOf, run])).values()];
    for (const run of last.filter(() => chance.in(25))) {
      expect(await nights.replayed(run.runId), run.asOf).toEqual(await nights.published(run.asOf));
      const other = chance.of(last);
      const [from, to] = other.asOf < run.asOf ? [other, run] : [run, other];
      const difference = await nights.difference(from.runId, to.runId);
      expect(
        difference.rows
          .filter((row) => row.figure === 'floor')
          .map((row) => [
            `${row.database_id} ${row.pillar}`,
            Math.round(10 * (row.registry + row.method + row.data + row.evidence + row.collector)),
          ])
          .filter(([, sum]) => sum !== 0),
      ).toEqual(
        [...minus(await nights.published(to.asOf), await nights.published(from.asOf))]
          .map(([key, moves]) => [key, moves[3]])
          .filter(([, sum]) => sum !== 0),
      );
    }
  } finally {
    nights.close();
  }
});
