/**
 * Whole nights over 116 sources that answer over HTTP, many of them badly: every good one is stored once, every bad one is
 * named with its reason, and yesterday's word keeps speaking.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asset } from '../../config/package-root.ts';
import type { RunOutcome } from '../../pipeline/contract.ts';
import { csdl } from '../support/cli.ts';
import { clockFrom, Project } from '../support/project.ts';
import type { Behaviour } from '../support/simulated-answers.ts';
import { type SimulatedSource, type Simulator, startSimulator } from '../support/source-simulator.ts';

const COUNT = 116;
const id = (i: number): string => `csdl-${String(i).padStart(3, '0')}`;

/** What each misbehaviour must be called; the others answer in the end. */
const CODES: Partial<Record<Behaviour, RegExp>> = {
  hang: /^source\/timeout$/,
  drip: /^source\/(timeout|too-slow)$/,
  'slow-headers': /^source\/(timeout|too-slow|protocol)$/,
  reset: /^source\/(connection-lost|truncated)$/,
  truncated: /^source\/(connection-lost|truncated)$/,
  unavailable: /^source\/unavailable$/,
  'wrong-json': /^source\/(wrong-json|not-json)$/,
  html: /^source\/wrong-(type|content-type)$/,
  huge: /^source\/too-large$/,
  'gzip-bomb': /^source\/(inflates-too-far|bomb|too-large)$/,
  'redirect-elsewhere': /^source\/redirect-elsewhere$/,
  'expired-certificate': /^source\/(certificate|tls)/,
  'changes-shape': /^source\/wrong-shape$/,
  'wrong-encoding': /^source\/wrong-encoding$/,
  unauthorised: /^source\/(auth-failed|unauthorised)$/,
  missing: /^source\/(not-found|refused)$/,
};
const BAD = Object.keys(CODES) as Behaviour[];
const MENDING: readonly Behaviour[] = ['error-then-good', 'rate-limited-then-good', 'closes-keep-alive'];

/** Of 116 sources 32 fail in one way or another, nine answer in the end. */
function behaviourOf(i: number): Behaviour {
  if (i < BAD.length * 2) return BAD[i % BAD.length] ?? 'good';
  if (i < BAD.length * 2 + 9) return MENDING[i % MENDING.length] ?? 'good';
  return 'good';
}

const facts = (i: number, state = 'two_way') => [
  { database: id(i), attribute: 'c12.connection', state },
  { database: id(i), attribute: 'records.count', number: 1_000 + i, unit: 'bản ghi', stage: 'nhap_csdl' },
];

const DATABASES = [
  'database_id,name,kind,row_kind,part_of,agency_id,listed_in,holds_persons,custodian,classification,required_direction,headline_unit,update_frequency,sync_schedule,aliases,note',
  ...Array.from(
    { length: COUNT },
    (_, i) => `${id(i)},Cơ sở dữ liệu ${i},chuyen_nganh,database,,bo-noi-vu,other,yes,,unknown,two_way,bản ghi,,,,`,
  ),
].join('\n');

function settings(simulator: Simulator, given: { trust?: string; network?: string } = {}): string {
  const trust = given.trust ?? '{grade: E4, said_by: [receiver]}';
  const http = '{tries: 2, try_seconds: 1, total_seconds: 4, max_bytes: 300000, tls: {ca: ca.pem}}';
  const sources = simulator.sources.map(
    ({ id: source, url }) =>
      `  - {id: ${source}, connector: status-api, budget_seconds: 20, trust: ${trust}, options: {url: "${url}", grade: E4, said_by: receiver, http: ${http}}}`,
  );
  const network = given.network ?? '{concurrency: 16, per_host: 4, per_host_per_second: 100}';
  return `hosts: [127.0.0.1]\nnetwork: ${network}\ncircuit: {after_failures: 2, probe_seconds: 1}\nsources:\n${sources.join('\n')}\n`;
}

function project(simulator: Simulator, given: { trust?: string; network?: string } = {}): Project {
  return new Project({
    'databases.csv': `${DATABASES}\n`,
    'deadlines.csv': 'database_id,due,precision,basis,what,document,row\n',
    'sources.yaml': settings(simulator, given),
    'ca.pem': simulator.ca,
  });
}

const night = (day: string) => ({ asOf: day, now: clockFrom(`${day}T18:30:00Z`) });

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
    live = project(simulator);
    outcome = await live.run(night('2026-06-29'));
  }, 120_000);
  afterAll(() => simulator.close());

  test('the run ends, publishes, and tells a failed source by its exit code', async () => {
    expect(outcome.withheld).toBeNull();
    expect(outcome.report.sources).toHaveLength(COUNT);
  });

  test('every good source is stored once, those that mend included', async () => {
    const good = outcome.report.sources.filter((_, i) => CODES[behaviourOf(i)] === undefined);
    expect(good.filter((source) => source.state !== 'ok' || source.observations !== 2)).toEqual([]);
    const stored = await live.store('SELECT source_id, count(*) AS n FROM observation GROUP BY 1');
    expect(stored).toHaveLength(good.length);
    expect(new Set(stored.map((row) => row.n))).toEqual(new Set(['2']));
  });

  test('every bad source is named with a precise reason and a remedy', () => {
    const wrong = outcome.report.sources.flatMap((source, i) => {
      const code = CODES[behaviourOf(i)];
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
    const live = project(good);
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
    const live = project(simulator);
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
    const live = project(claimed, { trust: '{grade: E4, said_by: [owner, receiver]}' });
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

describe('a run on the command line', () => {
  test('--source asks one, --dry-run stores nothing, check --online tells who answers', async () => {
    const simulator = await startSimulator([
      { id: 'tot', facts: [...facts(0), { database: 'khong-co', attribute: 'c12.connection', state: 'none' }] },
      { id: 'hong', behaviour: 'unauthorised' },
    ]);
    const live = project(simulator);
    const of = ['--config', live.config, '--out', live.out];
    const dry = await csdl(['run', '--dry-run', '--json', ...of, '--source', 'tot']);
    expect(dry.exit).toBe(0);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      dry_run: true,
      observations: 2,
      rejections: 1,
      sources: [{ id: 'tot', state: 'ok' }],
      refused: [{ source: 'tot', code: 'unknown_database' }],
    });
    await expect(live.store('SELECT 1')).rejects.toThrow();
    const online = await csdl(['check', '--online', '--json', ...of]);
    expect(online.exit).toBe(3);
    expect(JSON.parse(online.stdout)).toMatchObject({
      ok: false,
      problems: [],
      sources: [
        { source: 'tot', state: 'ok' },
        { source: 'hong', state: 'failed' },
      ],
    });
    const unknown = await csdl(['run', ...of, '--source', 'tott']);
    expect(unknown.exit).toBe(2);
    expect(unknown.stderr).toContain('tot');
    await simulator.close();
  }, 60_000);

  test('a source that says who speaks needs trust, and its host must be declared', async () => {
    const simulator = await startSimulator([{ id: 'tot', facts: facts(0) }]);
    const live = project(simulator);
    live.write({
      'sources.yaml': `hosts: []\nsources:\n  - {id: tot, connector: status-api, options: {url: "${simulator.sources[0]?.url}"}}\n`,
    });
    const said = await csdl(['check', '--json', '--config', live.config, '--out', live.out]);
    expect(said.exit).toBe(2);
    const { problems } = JSON.parse(said.stdout) as { problems: { code: string }[] };
    expect(problems.map((p) => p.code).sort()).toEqual(['config/missing-trust', 'config/undeclared-host']);
    expect(simulator.requests('tot')).toBe(0);
    await simulator.close();
  });

  test('cancelled in the middle: nothing of the night is stored, the ledger says so, and the next run goes on', async () => {
    const sources = Array.from(
      { length: 20 },
      (_, i): SimulatedSource => ({ id: id(i), latencyMs: 300, facts: facts(i) }),
    );
    const simulator = await startSimulator(sources);
    const live = project(simulator, { network: '{concurrency: 4}' });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new DOMException('stopped', 'AbortError')), 450);
    const said = await csdl(['run', '--config', live.config, '--out', live.out, '--as-of', '2026-06-29'], {
      signal: stop.signal,
      now: clockFrom('2026-06-29T18:30:00Z'),
    });
    expect(said.exit).toBe(1);
    expect(said.stderr).toContain('cancelled');
    expect(simulator.sources.filter((s) => simulator.requests(s.id) > 0).length).toBeLessThan(20);
    expect(await live.store('SELECT state FROM run')).toEqual([{ state: 'cancelled' }]);
    expect(await live.store('SELECT count(*) AS n FROM observation')).toEqual([{ n: '0' }]);
    const { report } = await live.run({ asOf: '2026-06-29', now: clockFrom('2026-06-29T19:30:00Z') });
    expect(report).toMatchObject({ published: true, observations: 40 });
    await simulator.close();
  }, 60_000);

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s while a source hangs ends the process soon; store and lock are in order',
    async (name) => {
      const simulator = await startSimulator([{ id: 'treo', behaviour: 'hang' }]);
      const live = project(simulator);
      live.write({
        'sources.yaml': settings(simulator).replace('try_seconds: 1, total_seconds: 4', 'try_seconds: 60'),
      });
      const main = asset('dist', 'pipeline', 'cli', 'main.js');
      const child = spawn(
        process.execPath,
        [main, 'run', '--config', live.config, '--out', live.out, '--as-of', '2026-06-29'],
        {
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      const ended = new Promise<number | null>((done) => child.once('exit', done));
      while (simulator.requests('treo') === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill(name);
      expect(await ended).toBe(1);
      expect(await live.store('SELECT state FROM run')).toEqual([{ state: 'cancelled' }]);
      expect(existsSync(join(live.out, 'run.lock'))).toBe(false);
      expect(existsSync(join(live.out, 'store', 'scratch'))).toBe(false);
      await simulator.close();
    },
    60_000,
  );
});
