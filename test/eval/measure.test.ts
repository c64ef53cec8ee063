import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { packageRoot } from '../../config/package-root.ts';
import { observationStatement, taskStatement } from '../../connectors/contract.ts';
import { type Key, keyObservation, keyTask, readKey } from './key.ts';
import { measure } from './measure.ts';
import { precision, recall } from './tally.ts';

const STATED = new Set(Object.keys(observationStatement.shape));
const GIVEN = new Set(Object.keys(taskStatement.shape));
const read = (fields: object) =>
  observationStatement.parse({
    type: 'observation',
    document: 'd',
    subject_type: 'database',
    subject_id: 'a',
    evidence: { row: 3 },
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => STATED.has(name))),
  });
const expected = (fields: object) =>
  keyObservation.parse({ type: 'observation', subject_id: 'a', evidence: { row: 3 }, ...fields });
const task = (fields: object) =>
  taskStatement.parse({
    type: 'task',
    document: 'd',
    no: 1,
    title: 'Xây dựng nền tảng mẫu',
    legal_basis: '',
    lead_agencies: [],
    deadline: null,
    deadline_raw: '',
    overdue_agencies: [],
    statuses: [],
    database_ids: [],
    evidence: {},
    ...Object.fromEntries(Object.entries(fields).filter(([name, value]) => GIVEN.has(name) && value !== undefined)),
  });
const key = (part: Partial<Key>): Key => ({ observations: [], tasks: [], counts: [], checks: [], ...part });
const facts = { observations: [], tasks: [], counts: [], checks: [] };

describe('observations', () => {
  const met = { attribute: 'checklist.met', value_number: 9, value_total: 19 };

  test('are matched by row, attribute, subject and value, each once', () => {
    const tallies = measure(key({ observations: [expected(met), expected({ ...met, evidence: { row: 4 } })] }), {
      ...facts,
      observations: [read(met), read({ ...met, value_number: 8 })],
    });
    const tally = tallies['criteria counts'];
    expect([tally.right, tally.missing, tally.wrong]).toEqual([1, 1, 1]);
    expect([precision(tally), recall(tally)]).toEqual([0.5, 0.5]);
  });

  test('a fact said twice in a row is not wrong', () => {
    const tallies = measure(key({ observations: [expected(met)] }), { ...facts, observations: [read(met), read(met)] });
    expect(tallies['criteria counts']).toMatchObject({ right: 1, missing: 0, wrong: 0 });
  });

  test('an optional line counts neither way and may leave out the value', () => {
    const observations = [expected({ attribute: 'software.state', optional: true })];
    const state = read({ attribute: 'software.state', value_text: 'built' });
    expect(measure(key({ observations }), facts).software).toMatchObject({ missing: 0, wrong: 0 });
    expect(measure(key({ observations }), { ...facts, observations: [state] }).software).toMatchObject({ wrong: 0 });
  });

  test('an accepted alternative is right', () => {
    const state = { attribute: 'software.state', value_text: 'trial', accept: [{ value_text: 'under_test' }] };
    const observations = [read({ attribute: 'software.state', value_text: 'under_test' })];
    expect(measure(key({ observations: [expected(state)] }), { ...facts, observations }).software.right).toBe(1);
  });

  test('details that differ are told, not counted as wrong', () => {
    const tallies = measure(
      key({ observations: [expected({ attribute: 'c12.connection', value_text: 'connected' })] }),
      {
        ...facts,
        observations: [read({ attribute: 'c12.connection', value_text: 'connected', extent: 'central_only' })],
      },
    );
    expect(tallies['C12 connection']).toMatchObject({ right: 1, wrong: 0, differences: [expect.any(String)] });
  });
});

describe('tasks', () => {
  test('of several tables with the same number are told apart by their first words', () => {
    const line = (hint: string, deadline: string) => keyTask.parse({ type: 'task', no: 1, hint, deadline });
    const tasks = [line('Ban hành bộ mẫu', '2025-06-30'), line('Xây dựng nền tảng', '2025-12-31')];
    const tallies = measure(key({ tasks }), { ...facts, tasks: [task({ deadline: '2025-12-31' })] });
    expect(tallies.tasks).toMatchObject({ right: 1, missing: 1, wrong: 0 });
    expect(tallies.deadlines).toMatchObject({ right: 1, missing: 1, wrong: 0 });
  });

  test('agencies are counted one by one', () => {
    const line = keyTask.parse({ type: 'task', no: 1, overdue_agencies: ['a', 'b'], overdue_optional: ['c'] });
    const tallies = measure(key({ tasks: [line] }), { ...facts, tasks: [task({ overdue_agencies: ['a', 'c', 'd'] })] });
    expect(tallies['overdue agencies']).toMatchObject({ right: 1, missing: 1, wrong: 1 });
  });
});

describe('keys', () => {
  const { config } = loadConfig(undefined, {});
  const [agencies, databases] = [config.agencies.map((a) => a.agency_id), config.databases.map((d) => d.database_id)];
  const folders = ['keys', 'held-out'].map((name) => join(packageRoot, 'test', 'eval', name));
  const files = folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.key.ndjson'))
          .map((name) => [basename(name, '.key.ndjson'), join(folder, name)] as const)
      : [],
  );

  test.each(files)('%s names only agencies, databases and attributes of the configuration', (_name, file) => {
    const { tasks, counts, observations } = readKey(file);
    const named = [
      ...tasks.flatMap((t) => [...t.lead_agencies, ...t.overdue_agencies]),
      ...counts.map((c) => c.agency),
    ];
    expect(named.filter((id) => !agencies.includes(id))).toEqual([]);
    expect(tasks.flatMap((t) => t.database_ids).filter((id) => !databases.includes(id))).toEqual([]);
    const subjects = observations.map((o) => o.subject_id).filter((id) => id !== undefined);
    expect(subjects.filter((id) => !databases.includes(id) && !agencies.includes(id))).toEqual([]);
    const attributes = observations.map((o) => o.attribute).filter((id) => id !== undefined);
    expect(attributes.filter((id) => !(id in config.attributes.attributes))).toEqual([]);
  });

  test.each(files)('%s, read exactly as it stands, is all right', (_name, file) => {
    const all = readKey(file);
    const same = {
      // Lines of two tables may be equal word for word; none may be taken for another.
      observations: all.observations.filter((o) => !o.optional).map((o) => read(o)),
      tasks: all.tasks.map((t) => task({ ...t, no: t.no ?? 1, title: t.hint ?? '', evidence: t.evidence })),
      counts: all.counts as never,
      checks: all.checks as never,
    };
    const wrong = Object.entries(measure(all, same)).flatMap(([kind, tally]) =>
      [...tally.misses, ...tally.extras, ...tally.differences].map((text) => `${kind}: ${text}`),
    );
    expect(wrong).toEqual([]);
  });
});
