/** Live sources on the command line: one source, a dry run, a check online, and a run that is stopped. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asset } from '../../../config/package-root.ts';
import { csdl } from '../../support/cli.ts';
import { facts, id, liveProject, settings } from '../../support/live-project.ts';
import { clockFrom } from '../../support/project.ts';
import { type SimulatedSource, startSimulator } from '../../support/source-simulator.ts';

describe('a run on the command line', () => {
  test('--source asks one, --dry-run stores nothing, check --online tells who answers', async () => {
    const simulator = await startSimulator([
      { id: 'tot', facts: [...facts(0), { database: 'khong-co', attribute: 'c12.connection', state: 'none' }] },
      { id: 'hong', behaviour: 'unauthorised' },
    ]);
    const live = liveProject(simulator);
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
    const live = liveProject(simulator);
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
    const live = liveProject(simulator, { network: '{concurrency: 4}' });
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
      const live = liveProject(simulator);
      live.write({
        'sources.yaml': settings(simulator).replace('try_seconds: 3, total_seconds: 8', 'try_seconds: 60'),
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
