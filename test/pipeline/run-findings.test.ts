/** Findings from night to night: new, seen, contested and answered, resolved, back again; and the same in every replay. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Log } from '../../config/log.ts';
import { readBundle } from '../../pipeline/bundle.ts';
import { Database } from '../../pipeline/database/database.ts';
import { readStore } from '../../pipeline/database/store.ts';
import { outPaths } from '../../pipeline/paths.ts';
import { score } from '../../pipeline/stages/score.ts';
import { clockFrom, FACTS, fact, ndjson, Project, type Statement } from '../support/project.ts';

type Rows = Record<string, unknown>[];

const WAITING = "SELECT * FROM finding WHERE kind = 'waiting' AND database_id = 'ho-so-hai'";
const project = new Project();
const told: { event: string; id: unknown }[] = [];
const log: Log = {
  info: () => undefined,
  warn: (event, fields) => told.push({ event, id: fields?.id }),
  with: () => log,
};

/** What one night published of its findings, and what the store held of them afterwards. */
interface Told {
  waiting: Rows;
  regressed: Rows;
  all: Rows;
  kept: Rows;
  runId: string;
  at: Date;
}

async function night(day: string, statements: readonly Statement[], hour = '16'): Promise<Told> {
  const document = day === '2026-06-29' ? {} : { id: `van-ban-${day}`, stated_at: day };
  project.write({ 'nguon-mot.ndjson': ndjson(statements, document) });
  const at = new Date(`${day}T${hour}:00:00Z`);
  const { report } = await project.run({ asOf: day, now: clockFrom(at.toISOString()), log });
  return {
    waiting: await project.query(WAITING),
    regressed: await project.query("SELECT * FROM finding WHERE kind = 'criterion_regressed'"),
    all: await project.query('FROM finding'),
    kept: await kept(),
    runId: report.run_id,
    at,
  };
}

const kept = (): Promise<Rows> =>
  project.store(
    `SELECT 'finding' AS table_name, finding_id AS key, as_of, is_open::VARCHAR AS value FROM finding_change
     UNION ALL SELECT family, database_id || '/' || key, as_of, concat_ws(' ', value, low, high) FROM watched_change ORDER BY ALL`,
  );

const connection = (state: string): Statement =>
  fact('ho-so-hai', 'c12.connection', {
    state,
    ...(state === 'none' ? { flags: { holder: 'c12', since: '2026-03-01' } } : {}),
  });

let first: Told;
let again: Told;
let second: Told;
let withheld: Rows;
let third: Told;
let fourth: Told;

beforeAll(async () => {
  first = await night('2026-06-29', [...FACTS, fact('ho-so-mot', 'criterion.tc09', { state: 'met' })]);
  again = await night('2026-06-29', [...FACTS, fact('ho-so-mot', 'criterion.tc09', { state: 'met' })], '18');
  project.write({
    'decisions.yaml': `decisions:
  - id: qd-001
    kind: contest
    finding: ${String(first.waiting[0]?.finding_id)}
    who: Nguyễn Văn A
    when: 2026-06-30
    ground: Đã có văn bản trả lời
    answer: {who: Trần Thị B, when: 2026-07-01, text: Đã đối chiếu}
  - {id: qd-002, kind: acknowledge, finding: 0123456789abcdef, who: A, when: 2026-06-30, ground: G}
`,
  });
  second = await night('2026-06-30', [fact('ho-so-mot', 'criterion.tc09', { state: 'unmet' })]);
  // A night without its required source is withheld.
  project.write({ 'nguon-mot.ndjson': '{' });
  await project.run({ asOf: '2026-07-01', now: clockFrom('2026-07-01T10:00:00Z') });
  withheld = await kept();
  third = await night('2026-07-01', [connection('two_way'), fact('ho-so-mot', 'criterion.tc09', { state: 'met' })]);
  fourth = await night('2026-07-02', [connection('none')]);
}, 240_000);

describe('the life of a finding', () => {
  test('new on its first night, however often that is run', () => {
    const row = {
      state: 'new',
      first_seen: '2026-06-29',
      open_since: '2026-06-29',
      days_open: 0,
      times_seen: 1,
      resolved_on: null,
    };
    expect(first.waiting).toMatchObject([row]);
    expect(again.waiting).toMatchObject([row]);
    expect(again.all).toEqual(first.all);
  });

  test('a day run twice writes nothing more', () => {
    expect(again.kept).toEqual(first.kept);
    expect(first.kept.length).toBeGreaterThan(10);
  });

  test('a night without change writes only its changes', () => {
    const fresh = second.kept.filter((row) => row.as_of === '2026-06-30');
    // The criterion itself, and what that makes of it: a finding.
    expect(fresh.map((row) => [row.table_name, row.value])).toEqual([
      ['criterion', 'unmet'],
      ...fresh.filter((row) => row.table_name === 'finding').map(() => ['finding', 'true']),
    ]);
    expect(fresh.length).toBeLessThan(5);
  });

  test('contested: with author, note and day; the answer from its own day on', () => {
    expect(second.waiting).toMatchObject([
      {
        state: 'contested',
        open_since: '2026-06-29',
        days_open: 1,
        decision_id: 'qd-001',
        author: 'Nguyễn Văn A',
        decided_on: '2026-06-30',
        note: 'Đã có văn bản trả lời',
        answer: null,
      },
    ]);
    expect(third.waiting).toMatchObject([
      { answer: 'Đã đối chiếu', answered_by: 'Trần Thị B', answered_on: '2026-07-01' },
    ]);
  });

  test('a decision on a finding that no night has found is told', () => {
    expect(told.filter((line) => line.event === 'decisions.unknown-finding').map((line) => line.id)).toEqual([
      '0123456789abcdef',
      '0123456789abcdef',
      '0123456789abcdef',
    ]);
  });

  test('a withheld night leaves nothing', () => {
    expect(withheld).toEqual(second.kept);
  });

  test('resolved by itself, still listed as it was first told', () => {
    expect(third.waiting).toMatchObject([
      {
        state: 'resolved',
        resolved_on: '2026-07-01',
        open_since: '2026-06-29',
        days_open: 2,
        text: first.waiting[0]?.text,
      },
    ]);
  });

  test('back again it is new for the second time, and what was decided before it went does not hold', () => {
    expect(fourth.waiting).toMatchObject([
      {
        state: 'new',
        finding_id: first.waiting[0]?.finding_id,
        first_seen: '2026-06-29',
        open_since: '2026-07-02',
        times_seen: 2,
        resolved_on: null,
        decision_id: null,
        answer: null,
      },
    ]);
  });

  test('a criterion that fell back is told, and no longer when it is met again', () => {
    expect(first.regressed).toEqual([]);
    expect(second.regressed).toMatchObject([{ database_id: 'ho-so-mot', state: 'new', severity: 'warning' }]);
    expect(second.regressed[0]?.text).toContain(
      'trước đây nêu “Đã hoàn thành”, từ ngày 30/6/2026 nêu “Chưa thực hiện”',
    );
    expect(third.regressed).toMatchObject([{ state: 'resolved', resolved_on: '2026-07-01' }]);
  });

  test('every earlier night scored again, then as now, says of its findings what it said', async () => {
    const paths = outPaths(project.out);
    const runs = await project.store('SELECT run_id, bundle FROM run');
    for (const { runId, all, at } of [again, second, third, fourth]) {
      const bundle = readBundle(paths.bundles, String(runs.find((run) => run.run_id === runId)?.bundle));
      const [day = ''] = runId.split('_');
      for (const knownAt of [new Date(at.getTime() + 60_000), new Date('2026-07-03T00:00:00Z')]) {
        const database = await Database.open();
        try {
          await readStore(database, paths.store);
          await score(database, { ...bundle, asOf: day, knownAt, runId: '', fromLog: true });
          expect(
            await database.anyRows('FROM publication.finding'),
            `${day} as known ${knownAt.toISOString()}`,
          ).toEqual(all);
        } finally {
          database.close();
        }
      }
    }
  }, 120_000);
});
