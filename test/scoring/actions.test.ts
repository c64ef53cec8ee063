/** Every action: when it is proposed, and exactly what it would gain (the models run again over a copy in which it is done). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fact, type Night, night, scoringSql } from '../support/night.ts';

interface Case {
  action: string;
  why: string;
  facts?: Omit<Fact, 'about'>[];
  registry?: { holds_persons?: 'yes' | 'no'; required_direction?: 'two_way'; agency_id?: string };
  overdue?: boolean;
  /** What is gained, as [from, to]; null where the action must not be proposed. */
  gain: {
    level?: [number | null, number | null];
    confirmed?: [number | null, number | null];
    criteria?: [number, number];
    applicable?: [number, number];
    floor?: [number, number];
    holder?: string | null;
  } | null;
}

const data = { attribute: 'data.created', state: 'initial' } as const;
const connected = { attribute: 'c12.connection', state: 'connected' } as const;
const met = (number: number) => ({ attribute: 'checklist.met', number, of: 19 }) as const;
const shared = { ...connected, shared: 9, row: 15 } as const;

const CASES: Case[] = [
  {
    action: 'approve_level',
    why: 'connected, and the ministry has no approved levels',
    registry: { agency_id: 'bo-y-te' },
    facts: [connected],
    gain: { holder: null },
  },
  { action: 'approve_level', why: 'nothing says that levels are missing', facts: [connected], gain: null },
  { action: 'breakdown', why: 'which five?', facts: [met(5)], gain: { criteria: [5, 5] } },
  { action: 'breakdown', why: 'no total was reported', facts: [connected], gain: null },
  {
    action: 'conclude_security',
    why: 'assessed without a result',
    facts: [{ attribute: 'security.assessment', state: 'assessed' }],
    gain: { holder: 'a05', level: [1, 1], confirmed: [null, 1], floor: [0, 0] },
  },
  {
    action: 'conclude_security',
    why: 'the one gate that is missing',
    facts: [
      { attribute: 'c06.cleaning', state: 'done' },
      connected,
      { attribute: 'c12.sync', state: 'full' },
      { attribute: 'security.assessment', state: 'awaiting_result' },
    ],
    gain: { level: [3, 4], confirmed: [null, 1] },
  },
  {
    action: 'conclude_security',
    why: 'passed',
    facts: [{ attribute: 'security.assessment', state: 'passed', saidBy: 'assessor' }],
    gain: null,
  },
  {
    action: 'confirm_connection',
    why: 'reported, C12 silent',
    facts: [data, connected],
    gain: { holder: 'c12', level: [3, 3], confirmed: [null, 1], floor: [4.2, 4.2] },
  },
  {
    action: 'confirm_connection',
    why: 'C12 said it already',
    facts: [data, { ...connected, saidBy: 'receiver' }],
    gain: null,
  },
  {
    action: 'confirm_connection',
    why: 'nothing to confirm',
    facts: [data, { attribute: 'c12.connection', state: 'test' }],
    gain: null,
  },
  {
    action: 'connect',
    why: 'data, and no connection',
    facts: [data],
    gain: { holder: 'c12', level: [2, 3], confirmed: [null, 1], floor: [0, 4.2] },
  },
  {
    action: 'connect',
    why: 'both ways are asked for',
    registry: { required_direction: 'two_way' },
    facts: [data, { attribute: 'c12.connection', state: 'none', stated: '2026-06-28' }],
    gain: { level: [2, 3], floor: [0, 6] },
  },
  { action: 'connect', why: 'connected already', facts: [data, connected], gain: null },
  {
    action: 'connect',
    why: 'no data to connect',
    facts: [{ attribute: 'software.state', state: 'building' }],
    gain: null,
  },
  {
    action: 'create_data',
    why: 'work is reported, and no data',
    facts: [{ attribute: 'software.state', state: 'building' }],
    gain: { level: [1, 2] },
  },
  {
    action: 'create_data',
    why: 'connected over no data: two levels at once',
    facts: [connected],
    gain: { level: [1, 3] },
  },
  { action: 'create_data', why: 'there is data', facts: [data], gain: null },
  {
    action: 'decide_na',
    why: 'two were asked for',
    facts: [
      met(5),
      { attribute: 'criterion.tc04', state: 'na_requested' },
      { attribute: 'criterion.tc06', state: 'na_requested' },
    ],
    gain: { holder: 'bo-cong-an', criteria: [5, 5], applicable: [19, 17], floor: [10.5, 11.8] },
  },
  {
    action: 'decide_na',
    why: 'put off is not asked for',
    facts: [met(5), { attribute: 'criterion.tc10', state: 'deferred' }],
    gain: null,
  },
  {
    action: 'expected_total',
    why: 'how many must there be?',
    facts: [{ attribute: 'records.count', number: 5, unit: 'hồ sơ' }],
    gain: { level: [2, 2] },
  },
  {
    action: 'expected_total',
    why: 'said',
    facts: [
      { attribute: 'records.count', number: 5, unit: 'hồ sơ' },
      { attribute: 'records.expected', number: 9, unit: 'hồ sơ', flags: { source: 'x' } },
    ],
    gain: null,
  },
  {
    action: 'reconcile',
    why: 'data about persons, not reconciled',
    registry: { holds_persons: 'yes' },
    facts: [data],
    gain: { holder: 'c06', level: [2, 2], confirmed: [null, 2], floor: [0, 3] },
  },
  { action: 'reconcile', why: 'no persons', registry: { holds_persons: 'no' }, facts: [data], gain: null },
  { action: 'reconcile', why: 'done', facts: [data, { attribute: 'c06.cleaning', state: 'done' }], gain: null },
  { action: 'report_status', why: 'overdue and not a word', overdue: true, gain: { level: [null, null] } },
  { action: 'report_status', why: 'not overdue', gain: null },
  {
    action: 'resolve_conflict',
    why: 'two words of one day',
    facts: [
      { ...connected, source: 'a' },
      { attribute: 'c12.connection', state: 'none', source: 'b' },
    ],
    gain: { floor: [0, 0] },
  },
  { action: 'resolve_conflict', why: 'one word', facts: [connected], gain: null },
  { action: 'split_statement', why: 'one cell for nine databases', facts: [shared], gain: { level: [1, 1] } },
  {
    action: 'split_statement',
    why: 'in a source without numbered rows',
    facts: [{ ...shared, row: 'B7', source: 'bieu-mau' }],
    gain: { level: [1, 1] },
  },
  { action: 'split_statement', why: 'by itself', facts: [connected], gain: null },
  {
    action: 'sync',
    why: 'connected, nothing synchronised',
    facts: [data, connected],
    gain: { holder: 'c12', level: [3, 3], confirmed: [null, 2], floor: [4.2, 12.2] },
  },
  {
    action: 'sync',
    why: 'the one gate that is missing',
    facts: [
      { attribute: 'c06.cleaning', state: 'done' },
      connected,
      { attribute: 'security.assessment', state: 'passed' },
    ],
    gain: { level: [3, 4] },
  },
  {
    action: 'sync',
    why: 'synchronised',
    facts: [data, connected, { attribute: 'c12.sync', state: 'full' }],
    gain: null,
  },
  { action: 'sync', why: 'not connected', facts: [data], gain: null },
];

const idOf = (position: number): string => `viec-${position}`;
let told: Night;
let actions: Record<string, unknown>[];

beforeAll(async () => {
  told = await night({
    databases: CASES.map((c, i) => ({ database_id: idOf(i), ...c.registry })),
    facts: [
      ...CASES.flatMap((c, i) => (c.facts ?? []).map((fact): Fact => ({ ...fact, about: idOf(i) }))),
      { about: 'bo-y-te', agency: true, attribute: 'security.level_approval', state: 'none' },
    ],
    tasks: CASES.flatMap((c, i) =>
      c.overdue
        ? [{ no: i, lead: ['bo-noi-vu'], overdue: ['bo-noi-vu'], databases: [idOf(i)], deadline: '2025-12-31' }]
        : [],
    ),
  });
  actions = await told.actions();
}, 60_000);
afterAll(() => told.close());

describe('actions', () => {
  test.each(CASES.map((c, i) => [c.action, c.gain === null ? 'not proposed' : 'proposed', c.why, c, i] as const))(
    '%s %s: %s',
    async (action, _, __, c, i) => {
      const rows = await told.rows('score.action_gain', `database_id = '${idOf(i)}' AND action = '${action}'`);
      if (c.gain === null) {
        expect(rows).toEqual([]);
        return;
      }
      const { holder, ...pairs } = c.gain;
      const expected = Object.entries(pairs).flatMap(([key, [from, to]]) => [
        [`${key}_from`, from],
        [`${key}_to`, to],
      ]);
      expect(rows).toEqual([
        expect.objectContaining({ ...Object.fromEntries(expected), ...(holder === undefined ? {} : { holder }) }),
      ]);
    },
  );

  test('an action is written once for a database, ranked by what it gains', () => {
    const keys = actions.map((a) => `${a.database_id} ${a.action}`);
    expect(new Set(keys).size).toBe(keys.length);
    // data and a connection: to synchronise confirms two levels, to confirm the connection one.
    const list = actions.filter((a) => a.database_id === idOf(CASES.findIndex((c) => c.action === 'sync')));
    expect(list.map((a) => a.rank)).toEqual(list.map((_, i) => i + 1));
    expect(list.map((a) => a.action).slice(0, 2)).toEqual(['sync', 'reconcile']);
  });

  test('every sentence is whole', () => {
    const texts = actions.flatMap((a) => [a.text, a.result, a.lead, a.product]).map(String);
    expect(texts.filter((text) => /[{}]|undefined|NaN/.test(text))).toEqual([]);
  });

  test('scoring what would be changes nothing of what is', async () => {
    const again = await told.rows('publication.readiness');
    const plain = await night({
      databases: CASES.map((c, i) => ({ database_id: idOf(i), ...c.registry })),
      facts: [
        ...CASES.flatMap((c, i) => (c.facts ?? []).map((fact): Fact => ({ ...fact, about: idOf(i) }))),
        { about: 'bo-y-te', agency: true, attribute: 'security.level_approval', state: 'none' },
      ],
    });
    const before = (await plain.rows('publication.readiness')).map(({ deadline: _, overdue_days: __, ...row }) => row);
    plain.close();
    expect(again.map(({ deadline: _, overdue_days: __, ...row }) => row)).toEqual(before);
  });

  test('every action has a case in which it is proposed and one in which it is not', () => {
    const ids = scoringSql.files.filter((f) => f.family === 'action').map((f) => f.id);
    const has = (id: string, proposed: boolean): boolean =>
      CASES.some((c) => c.action === id && (c.gain !== null) === proposed);
    expect(ids.filter((id) => !has(id, true) || !has(id, false))).toEqual([]);
  });
});
