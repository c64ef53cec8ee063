/** The registry over time: databases renamed, merged, split or ended, and owners that change, as of each day. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Config } from '../../config/load.ts';
import type { DatabaseSuccessionRow } from '../../config/schema/registry.ts';
import { type Fact, type Night, type NightInput, night } from '../support/night.ts';

const DAY = '2026-06-20';
const BEFORE = '2026-06-19';
const opened: Night[] = [];
afterAll(() => {
  for (const one of opened) one.close();
});

async function at(asOf: string, input: NightInput): Promise<Night> {
  const made = await night({ ...input, asOf });
  opened.push(made);
  return made;
}

const follows =
  (...rows: [string, string, DatabaseSuccessionRow['kind']][]) =>
  (config: Config): void => {
    config.databaseSuccessions = rows.map(([from_id, to_id, kind]) => ({
      from_id,
      to_id,
      kind,
      date: DAY,
      basis: 'Quyết định',
      strength: 'A',
    }));
  };

const old = (database_id: string) => ({ database_id, valid_to: BEFORE });
const fresh = (database_id: string) => ({ database_id, valid_from: DAY });
const said = (about: string, attribute: string, rest: Partial<Fact> = {}): Fact => ({
  about,
  attribute,
  stated: '2026-06-10',
  source: `nguon-${about}`,
  ...rest,
});

/** Everything a figure can be read from, without the ids of databases and facts. */
async function figures(of: Night, id: string): Promise<unknown[]> {
  const all = [];
  for (const table of [
    'publication.readiness',
    'publication.indicator_result',
    'publication.level_gate',
    'score.checklist',
  ]) {
    for (const { database_id: _id, observation_id: _fact, ...rest } of await of.rows(table, `database_id = '${id}'`))
      all.push({ table, ...rest });
  }
  return all;
}

const FACTS: Fact[] = [
  said('a', 'c12.connection', { state: 'one_way' }),
  said('a', 'c12.connection', { state: 'two_way', saidBy: 'receiver', source: 'c12' }),
  said('a', 'records.count', { number: 5000, unit: 'hồ sơ' }),
  said('a', 'checklist.met', { number: 13, of: 19 }),
  said('a', 'security.assessment', { state: 'none' }),
];

describe('renamed', () => {
  const databases = [old('a'), fresh('b')];
  const settings = follows(['a', 'b', 'renamed']);

  test('before the day the old name is counted, from the day the new one, and nothing moves', async () => {
    const plain = await at(BEFORE, { databases: ['a'], facts: FACTS });
    const then = await at(BEFORE, { databases, settings, facts: FACTS });
    expect((await then.rows('fact.subject')).map((row) => row.database_id)).toEqual(['a']);
    expect(await figures(then, 'a')).toEqual(await figures(plain, 'a'));
    const since = await at(DAY, { databases, settings, facts: FACTS });
    const always = await at(DAY, { databases: ['b'], facts: FACTS.map((fact) => ({ ...fact, about: 'b' })) });
    expect((await since.rows('fact.subject')).map((row) => row.database_id)).toEqual(['b']);
    expect(await figures(since, 'b')).toEqual(await figures(always, 'b'));
    expect(await since.rows('publication.database_succession')).toMatchObject([
      { from_id: 'a', to_id: 'b', kind: 'renamed' },
    ]);
    expect(await then.rows('publication.database_succession')).toEqual([]);
  });

  test('whatever was said under either name, it is as if one name had always stood', async () => {
    const fact = fc.record({
      about: fc.constantFrom('a', 'b'),
      attribute: fc.constantFrom('c12.connection', 'c06.connection'),
      state: fc.constantFrom('none', 'planned', 'one_way', 'two_way', 'test'),
      saidBy: fc.constantFrom('owner' as const, 'receiver' as const),
      grade: fc.constantFrom('E1' as const, 'E2' as const),
      stated: fc.constantFrom('2026-01-05', '2026-06-01', '2026-06-10', '2026-06-20', '2026-06-25'),
      source: fc.constantFrom('x', 'y'),
    });
    // Many pairs in two nights, each pair a case. Among facts that tie the id decides who is named, and ids differ.
    const cases = fc.sample(fc.array(fact, { maxLength: 8 }), { numRuns: 60, seed: 41 });
    const pairs = cases.map((facts, i) => ({ facts, a: `a-${i}`, b: `b-${i}` }));
    const two = await at('2026-06-29', {
      databases: pairs.flatMap(({ a, b }) => [old(a), fresh(b)]),
      settings: follows(...pairs.map(({ a, b }): [string, string, 'renamed'] => [a, b, 'renamed'])),
      facts: pairs.flatMap(({ facts, a, b }) => facts.map((told) => ({ ...told, about: told.about === 'a' ? a : b }))),
    });
    const one = await at('2026-06-29', {
      databases: pairs.map(({ b }) => b),
      facts: pairs.flatMap(({ facts, b }) => facts.map((told) => ({ ...told, about: b }))),
    });
    const every = async (of: Night) =>
      of.query(`SELECT r.* EXCLUDE (observation_id, said_by, grade), d.level_reported, d.level_confirmed, d.level_max
        FROM publication.indicator_result AS r JOIN publication.readiness AS d USING (database_id) ORDER BY r.database_id, r.indicator`);
    expect(await every(two)).toEqual(await every(one));
  });

  test('deadlines, waivers and listed tasks follow the name, and actions are scored under it', async () => {
    const since = await at(DAY, {
      databases,
      settings,
      facts: FACTS,
      deadlines: [{ database_id: 'a', due: '2026-12-31' }],
      waivers: [{ database: 'a', criterion: 'tc04', from: '2026-01-01', until: '2026-12-31' }],
      tasks: [{ no: 1, lead: ['bo-noi-vu'], deadline: '2025-12-31', overdue: ['bo-noi-vu'], databases: ['a'] }],
    });
    expect(await since.rows('publication.deadline')).toMatchObject([{ database_id: 'b', due: '2026-12-31' }]);
    expect(await since.rows('publication.overdue')).toMatchObject([
      { database_id: 'b', given_from: 'a', overdue_days: 171 },
    ]);
    expect(await since.row('score.checklist', 'b')).toMatchObject({ applicable: 18 });
    const actions = await since.actions();
    expect(new Set(actions.map((row) => row.database_id))).toEqual(new Set(['b']));
    expect((await since.query('SELECT DISTINCT level_from FROM score.action_gain')).length).toBe(1);
  });

  test('a chain of names is followed to its end', async () => {
    const chain = await at('2026-06-29', {
      databases: [
        old('a'),
        { database_id: 'b', valid_from: DAY, valid_to: '2026-06-25' },
        { database_id: 'c', valid_from: '2026-06-26' },
      ],
      settings(config) {
        follows(['a', 'b', 'renamed'], ['b', 'c', 'renamed'])(config);
        if (config.databaseSuccessions[1]) config.databaseSuccessions[1].date = '2026-06-26';
      },
      facts: FACTS,
    });
    expect(await chain.rows('fact.lineage')).toMatchObject([
      { from_id: 'a', to_id: 'c', is_merged: false, is_split: false },
      { from_id: 'b', to_id: 'c' },
    ]);
    expect(await chain.row('publication.readiness', 'c')).toMatchObject({ level_reported: 3, level_confirmed: 1 });
  });
});

describe('merged', () => {
  const databases = [old('a'), 'b'];
  const settings = follows(['a', 'b', 'merged']);

  test('what was said of the part is said of a component and never raises the whole', async () => {
    const since = await at(DAY, { databases, settings, facts: FACTS });
    const spelt = await at(DAY, {
      databases: ['b'],
      facts: FACTS.map((fact) => ({ ...fact, about: 'b', extent: 'component' })),
    });
    expect(await figures(since, 'b')).toEqual(await figures(spelt, 'b'));
    expect(await since.row('publication.readiness', 'b')).toMatchObject({
      floor: 0,
      confirmed: 0,
      records_total: null,
      criteria_met: null,
    });
    expect(await since.rows('publication.observation_current', "attribute = 'c12.connection'")).toMatchObject([
      { subject_id: 'b', extent: 'component', given_from: 'a', given_by: 'merged' },
    ]);
  });

  test('what the whole says of itself stands', async () => {
    const own = [said('b', 'c12.connection', { state: 'one_way' })];
    const since = await at(DAY, {
      databases,
      settings,
      facts: [...own, said('a', 'c12.connection', { state: 'none' })],
    });
    const alone = await at(DAY, { databases: ['b'], facts: own });
    expect(await figures(since, 'b')).toEqual(await figures(alone, 'b'));
  });
});

describe('split', () => {
  const databases = [old('a'), fresh('b'), fresh('c')];
  const settings = follows(['a', 'b', 'split'], ['a', 'c', 'split']);

  test('each part has it as a claim: nothing in floor or confirmed, the ceiling as it was, no count', async () => {
    const since = await at(DAY, { databases, settings, facts: FACTS });
    for (const id of ['b', 'c']) {
      expect(await since.row('publication.readiness', id)).toMatchObject({
        floor: 0,
        confirmed: 0,
        level_reported: 1,
        level_confirmed: null,
        criteria_met: null,
        records_total: null,
      });
    }
    const spelt = await at(DAY, {
      databases: ['b'],
      facts: FACTS.filter((fact) => fact.number === undefined && fact.saidBy === undefined).map((fact) => ({
        ...fact,
        about: 'b',
        modality: 'unmarked',
      })),
    });
    const [split, told] = [
      await since.row('publication.readiness', 'b'),
      await spelt.row('publication.readiness', 'b'),
    ];
    expect([split.floor, split.ceiling, split.coverage]).toEqual([told.floor, told.ceiling, told.coverage]);
  });

  test('what was lacking is lacking in each part, until somebody speaks of it', async () => {
    const lacking = [said('a', 'c12.connection', { state: 'none' })];
    const part = [...lacking, said('b', 'c12.connection', { state: 'two_way', stated: DAY })];
    const since = await at(DAY, { databases, settings, facts: part });
    const ceiling = async (id: string) =>
      (await since.rows('publication.indicator_result', `database_id = '${id}' AND indicator = 'c12_connection'`))[0];
    expect(await ceiling('c')).toMatchObject({ floor: 0, ceiling: 0 });
    expect(await ceiling('b')).toMatchObject({ floor: 100, ceiling: 100 });
  });

  test('a database that goes on beside its part keeps its word, and gives only what was said before', async () => {
    const since = await at('2026-06-29', {
      databases: ['a', fresh('b')],
      settings: follows(['a', 'b', 'split']),
      facts: [
        said('a', 'c12.connection', { state: 'one_way' }),
        said('a', 'c06.connection', { state: 'one_way', stated: '2026-06-25' }),
      ],
    });
    expect(await since.row('publication.readiness', 'a')).toMatchObject({ c12_state: 'one_way', c06_state: 'one_way' });
    expect(await since.row('publication.readiness', 'b')).toMatchObject({ c12_state: 'one_way', c06_state: null });
  });
});

describe('the catalogue and its owners', () => {
  test('a database that ended without a successor is counted until then, and its facts speak no more', async () => {
    const databases = [old('a'), 'b'];
    expect((await (await at(BEFORE, { databases, facts: FACTS })).rows('publication.database')).length).toBe(2);
    const since = await at(DAY, { databases, facts: FACTS });
    expect(await since.rows('publication.database')).toMatchObject([{ database_id: 'b' }]);
    expect(await since.rows('fact.known')).toEqual([]);
    expect(await since.rows('publication.database_succession')).toMatchObject([
      { from_id: 'a', to_id: null, kind: 'ended', date: DAY },
    ]);
  });

  test('a part that ended takes no more from its umbrella', async () => {
    const databases = [
      { database_id: 'u', row_kind: 'umbrella' as const },
      { database_id: 'a', part_of: 'u', valid_to: BEFORE },
      { database_id: 'b', part_of: 'u' },
    ];
    const since = await at(DAY, { databases, facts: [said('u', 'c12.connection', { state: 'test' })] });
    expect(await since.rows('fact.known')).toMatchObject([{ subject_id: 'b', given_from: 'u' }]);
  });

  test('the owner of the day is shown and counted; where none of then is known, that of today', async () => {
    const input: NightInput = {
      databases: [{ database_id: 'a', agency_id: 'bo-y-te' }, 'b'],
      settings(config) {
        config.databaseOwners = [
          { database_id: 'a', agency_id: 'bo-noi-vu', valid_from: '2026-01-01', valid_to: BEFORE, basis: 'Nghị định' },
        ];
      },
      facts: [said('a', 'c12.connection', { state: 'planned', flags: { holder: 'c12', since: '2026-01-02' } })],
    };
    const owner = async (asOf: string) => {
      const then = await at(asOf, input);
      const waiting = await then.query("SELECT agency_id FROM publication.waiting WHERE database_id = 'a'");
      return [
        (await then.row('publication.readiness', 'a')).agency_id,
        (await then.row('publication.database', 'a')).agency_id,
        ...waiting.map((row) => row.agency_id),
        (await then.rows('publication.agency_summary')).map((row) => `${row.agency_id} ${row.databases}`),
      ];
    };
    expect(await owner(BEFORE)).toEqual(['bo-noi-vu', 'bo-noi-vu', 'bo-noi-vu', ['bo-noi-vu 2']]);
    expect(await owner(DAY)).toEqual(['bo-y-te', 'bo-y-te', 'bo-y-te', ['bo-noi-vu 1', 'bo-y-te 1']]);
    expect((await owner('2025-12-31')).slice(0, 2)).toEqual(['bo-y-te', 'bo-y-te']);
  });
});
