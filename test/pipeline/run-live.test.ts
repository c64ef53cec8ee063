/**
 * Whole nights over 116 sources that answer over HTTP, many of them badly: every good one is stored once, every bad one is
 * named with its reason, and yesterday's word keeps speaking.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunOutcome } from '../../pipeline/contract.ts';
import { csdl } from '../support/cli.ts';
import { BAD_CODES, behaviourOf, COUNT, facts, id, liveProject, night } from '../support/live-project.ts';
import { clockFrom, type Project } from '../support/project.ts';
import { type SimulatedSource, type Simulator, startSimulator } from '../support/source-simulator.ts';

describe('116 sources, a third of them bad', () => {
  let simulator: Simulator;
  let live: Project;
  let outcome: RunOutcome;

  beforeAll(async () => {
    const sources = Array.from(
      { length: COUNT },
      (_, i): SimulatedSource => ({
        id: id(i),
        behaviour: behaviourOf(i),
        latencyMs: 5,
        facts: facts(i),
      }),
    );
    simulator = await startSimulator(sources);
    live = liveProject(simulator);
    outcome = await live.run(night('2026-06-29'));
  }, 120_000);
  afterAll(() => simulator.close());

  test('the run ends, publishes, and tells a failed source by its exit code', async () => {
    expect(outcome.withheld).toBeNull();
    expect(outcome.report.sources).toHaveLength(COUNT);
  });

  test('every good source is stored once, those that mend included', async () => {
    const good = outcome.report.sources.filter((_, i) => BAD_CODES[behaviourOf(i)] === undefined);
    expect(good.filter((source) => source.state !== 'ok' || source.observations !== 2)).toEqual([]);
    const stored = await live.store('SELECT source_id, count(*) AS n FROM observation GROUP BY 1');
    expect(stored).toHaveLength(good.length);
    expect(new Set(stored.map((row) => row.n))).toEqual(new Set(['2']));
  });

  test('every bad source is named with a precise reason and a remedy', () => {
    const wrong = outcome.report.sources.flatMap((source, i) => {
      const code = BAD_CODES[behaviourOf(i)];
      if (code === undefined) return [];
      const isRight =
        source.state === 'failed' && code.test(source.error_code ?? '') && (source.error_hint ?? '') !== '';
      return isRight
        ? []
        : [`${behaviourOf(i)}: ${source.state} ${source.error_code} ${source.error_message} → ${source.error_hint}`];
    });
    expect(wrong).toEqual([]);
  });

  test('no message names a host, a port or a path', async () => {
    const rows = await live.query('SELECT error_message, error_hint FROM source_health WHERE error_code IS NOT NULL');
    expect(rows.length).toBeGreaterThan(30);
    expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0|:\d{4,5}|\/status/);
  });

  test('health tells tries, bytes and the last good run', async () => {
    const rows = await live.query(
      `SELECT source_id, tries, bytes > 0 AS has_bytes, failures, last_good_at IS NOT NULL AS was_good FROM source_health WHERE source_id IN ('${id(2)}', '${id(115)}') ORDER BY 1`,
    );
    expect(rows).toEqual([
      expect.objectContaining({ source_id: id(2), failures: 1, was_good: false }),
      { source_id: id(115), tries: 1, has_bytes: true, failures: 0, was_good: true },
    ]);
  });

  test('what an independent speaker says moves the confirmed level', async () => {
    const levels = await live.query(
      'SELECT level_confirmed AS level, count(*) AS n FROM readiness GROUP BY 1 ORDER BY 1',
    );
    expect(levels).toEqual([
      { level: 3, n: '84' },
      { level: null, n: '32' },
    ]);
  });

  test('--source asks only that one; the others are told as not asked, and their facts keep speaking', async () => {
    const before = simulator.requests(id(115));
    const said = await csdl(
      ['run', '--config', live.config, '--out', live.out, '--source', id(0), '--as-of', '2026-06-29', '--json'],
      { now: clockFrom('2026-06-29T19:00:00Z') },
    );
    expect(said.exit).toBe(3);
    expect(JSON.parse(said.stdout)).toMatchObject({ published: true, sources: [{ id: id(0), state: 'failed' }] });
    expect(simulator.requests(id(115))).toBe(before);
    expect(await live.query('SELECT state, count(*) AS n FROM source_health GROUP BY 1 ORDER BY 1')).toEqual([
      { state: 'failed', n: '1' },
      { state: 'skipped', n: '115' },
    ]);
    expect(await live.query('SELECT count(*) AS n FROM readiness WHERE level_confirmed = 3')).toEqual([{ n: '84' }]);
  });
});

describe('night after night', () => {
  test('yesterday’s live value keeps speaking; when nothing live is left the collector failed, the owner did not', async () => {
    const good = await startSimulator([{ id: 'nguon-a', facts: facts(0), statedAt: '2026-06-01T01:00:00+07:00' }]);
    const live = liveProject(good);
    await live.run(night('2026-06-01'));
    await good.close();
    const seen: Record<string, unknown>[] = [];
    for (const day of ['2026-06-02', '2026-06-04', '2026-06-05', '2026-06-06']) {
      const { report } = await live.run(night(day));
      expect(report.sources[0]).toMatchObject({
        state: 'failed',
        observations: 0,
        last_good_at: '2026-06-01 18:30:00',
      });
      const [row] = await live.query(
        `SELECT i.state, i.floor > 0 AS counts, h.failures FROM indicator_result AS i, source_health AS h WHERE i.database_id = '${id(0)}' AND i.indicator = 'c12_connection'`,
      );
      seen.push({ day, ...row });
    }
    expect(seen).toEqual([
      { day: '2026-06-02', state: 'met', counts: true, failures: 1 },
      { day: '2026-06-04', state: 'met', counts: true, failures: 2 },
      { day: '2026-06-05', state: 'collector_failed', counts: false, failures: 3 },
      { day: '2026-06-06', state: 'collector_failed', counts: false, failures: 4 },
    ]);
  }, 60_000);

  test('a source that failed for several runs is asked lightly, and in full once it answers', async () => {
    const source: SimulatedSource = {
      id: 'nguon-a',
      behaviour: 'unavailable',
      facts: facts(0),
      statedAt: '2026-06-01T01:00:00+07:00',
    };
    const simulator = await startSimulator([source]);
    const live = liveProject(simulator);
    const tries: number[] = [];
    for (const day of ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04']) {
      const before = simulator.requests('nguon-a');
      await live.run(night(day));
      tries.push(simulator.requests('nguon-a') - before);
    }
    // Two tries each until two runs have failed; then one.
    expect(tries).toEqual([2, 2, 1, 1]);
    source.behaviour = 'good';
    const { report } = await live.run(night('2026-06-05'));
    expect(report.sources[0]).toMatchObject({ state: 'ok', observations: 2, failures: 0, tries: 2 });
    await simulator.close();
  }, 60_000);

  test('"reported connected in both directions, no synchronisation recorded": claim and measurement with both pieces of evidence', async () => {
    const claimed = await startSimulator([
      {
        id: 'chu-quan',
        facts: [{ database: id(0), attribute: 'c12.connection', state: 'two_way', grade: 'E2', said_by: 'owner' }],
      },
      {
        id: 'c12',
        facts: [
          {
            database: id(0),
            attribute: 'c12.sync.window',
            number: 0,
            of: 0,
            flags: { days: 30, batches: 0, last_success: '2026-05-19' },
          },
        ],
      },
    ]);
    const live = liveProject(claimed, { trust: '{grade: E4, said_by: [owner, receiver]}' });
    await live.run(night('2026-06-29'));
    const [finding] = await live.query(
      "SELECT text, observation_ids FROM finding WHERE kind = 'connected_without_traffic'",
    );
    expect(finding?.text).toContain(
      'báo cáo “Đã kết nối 2 chiều” với Trung tâm dữ liệu quốc gia, chưa ghi nhận đồng bộ trong 41 ngày',
    );
    const evidence = await live.query(
      `SELECT source_id FROM observation WHERE id IN ('${String(finding?.observation_ids).split(';').join("','")}') ORDER BY 1`,
    );
    expect(evidence).toEqual([{ source_id: 'c12' }, { source_id: 'chu-quan' }]);
    await claimed.close();
  }, 60_000);
});
