/** One night, exactly in the order of the line: plan → collect → store → score → render → publish. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EXIT, Fault } from '../config/fault.ts';
import { Labels } from '../config/labels.ts';
import type { Log } from '../config/log.ts';
import { packageVersion } from '../config/package-root.ts';
import { localDay } from '../config/time.ts';
import { keepBundle } from './bundle.ts';
import type { OutPaths, RunOptions, RunOutcome, RunReport } from './contract.ts';
import { Database } from './database/database.ts';
import { refreshLatest } from './database/latest.ts';
import { keepHistory, setRunState, startRun } from './database/ledger.ts';
import { checkPublication, writePublication } from './database/publication.ts';
import { openStore, storeCollected, unknownObservations } from './database/store.ts';
import { takeLock } from './lock.ts';
import { outPaths } from './paths.ts';
import { type CollectedSource, collect } from './stages/collect.ts';
import { makePlan, type Plan } from './stages/plan.ts';
import {
  currentManifest,
  publish,
  startPublication,
  writeFiles,
  writeManifest,
  writeStatus,
} from './stages/publish.ts';
import { render } from './stages/render.ts';
import { decidedObservations, score } from './stages/score.ts';

interface Night {
  plan: Plan;
  paths: OutPaths;
  runId: string;
  asOf: string;
  startedAt: Date;
  bundle: string;
  method: string;
  log: Log;
}

/**
 * Runs one night.
 * @throws ConfigFault (exit 2) before anything is touched; Fault with exit 1 for what stops the machine
 */
export async function runNight(options: RunOptions): Promise<RunOutcome> {
  const started = performance.now();
  const startedAt = options.now();
  const plan = await makePlan(options.configFolder, options.environment);
  const asOf = options.asOf ?? plan.loaded.config.sources.as_of ?? localDay(startedAt);
  const paths = outPaths(options.out);
  refuseEarlierDay(paths, asOf);

  const release = takeLock(paths.lock, startedAt);
  try {
    const runId = `${asOf}_${startedAt.toISOString().replace(/[-:]|\.\d+/g, '')}-${process.pid}`;
    const { config } = plan.loaded;
    const bundle = keepBundle(paths.bundles, { config, scoring: plan.scoring });
    const log = options.log.with({ run: runId });
    const night: Night = {
      plan,
      paths,
      runId,
      asOf,
      startedAt,
      bundle,
      log,
      method: `${config.scoring.method.id} ${config.scoring.method.version}`,
    };
    const outcome = await inDatabase(paths, (database) => runStages(database, night, options));
    return { ...outcome, ms: Math.round(performance.now() - started) };
  } finally {
    release();
  }
}

async function inDatabase<T>(paths: OutPaths, work: (database: Database) => Promise<T>): Promise<T> {
  mkdirSync(paths.out, { recursive: true });
  const database = await Database.open();
  try {
    await openStore(database, paths.store);
    return await work(database);
  } finally {
    database.close();
  }
}

async function runStages(database: Database, night: Night, options: RunOptions): Promise<Omit<RunOutcome, 'ms'>> {
  const { plan, runId, asOf, startedAt, log } = night;
  const { config } = plan.loaded;
  await startRun(database, {
    run_id: runId,
    started_at: startedAt,
    as_of: asOf,
    bundle: night.bundle,
    program_version: packageVersion,
    method: night.method,
  });

  log.info('collect.start', { sources: plan.sources.length });
  const query = { rows: (sql: string, parameters = {}) => database.anyRows(sql, parameters as never) };
  const collected = await collect({
    sources: plan.sources,
    config,
    folder: plan.loaded.folder,
    secrets: plan.loaded.secrets,
    runId,
    startedAt,
    query,
    log,
    signal: options.signal,
  });

  const appended = await storeCollected(database, collected);
  const decided = decidedObservations(config, asOf);
  const rejected = decided.rejected.map((r) => r.id);
  await refreshLatest(database, asOf, rejected);
  for (const id of await unknownObservations(database, [...rejected, ...decided.confirmed])) {
    log.warn('decisions.unknown-observation', { id, hint: 'the store has no such observation; csdl sql finds its id' });
  }
  log.info('store.done', { appended });

  options.signal.throwIfAborted();
  log.info('score.start');
  await score(database, {
    config,
    scoring: plan.scoring,
    asOf,
    knownAt: startedAt,
    runId,
    health: collected.map((c) => c.health),
    fromLog: false,
  });

  options.signal.throwIfAborted();
  const withheld = await publishNight(database, night, collected, options.now);
  await setRunState(database, runId, withheld === null ? 'published' : 'withheld', options.now());
  if (withheld === null) await keepHistory(database, asOf);
  const summary = await summarise(database);
  const report: RunReport = {
    run_id: runId,
    as_of: asOf,
    published: withheld === null,
    databases: summary.databases,
    observations: collected.reduce((n, c) => n + c.normalised.observations.length, 0),
    rejections: collected.reduce((n, c) => n + c.normalised.rejections.length, 0),
    sources: collected.map(({ health: h }) => ({
      id: h.source_id,
      state: h.state,
      observations: h.observations,
      rejections: h.rejections,
      ms: h.ms,
      error_code: h.error_code,
      error_message: h.error_message,
    })),
    findings: summary.findings,
    levels: summary.levels,
  };
  const { out } = night.paths;
  return {
    report,
    appended,
    withheld,
    site: join(out, 'site', 'index.html'),
    database: join(out, 'csdl.duckdb'),
    level_names: levelNames(new Labels(config.labels)),
    overdue: summary.overdue,
    overdue_agencies: summary.overdue_agencies,
  };
}

/** Builds, checks and publishes; returns why it was withheld, or null. */
async function publishNight(
  database: Database,
  night: Night,
  collected: readonly CollectedSource[],
  now: () => Date,
): Promise<string | null> {
  const { plan, paths, runId, asOf, log } = night;
  const last = currentManifest(paths);
  const finish = (message: string | null): string | null => {
    writeStatus(paths, {
      run_id: runId,
      as_of: asOf,
      finished_at: now().toISOString(),
      published: message === null,
      last_published_as_of: message === null ? asOf : (last?.as_of ?? null),
      message: message ?? '',
    });
    if (message !== null) log.warn('publish.withheld', { reason: message });
    return message;
  };
  const missing = tooFewSources(collected, plan.loaded.config.scoring.min_required_sources);
  if (missing !== null) return finish(missing);

  const { config } = plan.loaded;
  const folder = startPublication(paths, runId);
  const file = join(folder, 'csdl.duckdb');
  await writePublication(database, file, new Labels(config.labels), runId);
  const failures = await checkPublication(file, plan.scoring);
  if (failures.length > 0) {
    rmSync(folder, { recursive: true, force: true });
    return finish(
      `the tables failed ${failures.length} check${failures.length === 1 ? '' : 's'}: ${failures.join('; ')}`,
    );
  }
  const publishedAt = now();
  const site = await render(database, { config, runId, asOf, publishedAt, edition: 'noi_bo', schema: 'publication' });
  writeFiles(join(folder, 'site'), site);
  for (const table of ['readiness', 'observation'] as const) {
    await database.run(
      `COPY publication.${table} TO '${join(folder, 'exports', `${table}.parquet`).replace(/'/g, "''")}' (FORMAT parquet)`,
    );
  }
  // Until the first run with a live status file is read through the fixed links, the folder answers for itself.
  writeFiles(folder, new Map([['status.js', 'window.CSDL_STATUS = null;\n']]));
  writeManifest(folder, {
    run_id: runId,
    as_of: asOf,
    edition: 'noi_bo',
    program_version: packageVersion,
    method: night.method,
    bundle: night.bundle,
    made_at: publishedAt.toISOString(),
  });
  publish(paths, runId);
  log.info('publish.done', { pages: site.size });
  return finish(null);
}

function tooFewSources(collected: readonly CollectedSource[], percent: number): string | null {
  const required = collected.filter((c) => c.health.required);
  const answered = required.filter((c) => c.health.state === 'ok');
  if (answered.length * 100 >= required.length * percent) return null;
  const failed = required.filter((c) => c.health.state !== 'ok').map((c) => c.health.source_id);
  return `only ${answered.length} of ${required.length} required sources answered (failed: ${failed.join(', ')})`;
}

/** A publication never goes back in time: that would turn readers' history round. */
function refuseEarlierDay(paths: OutPaths, asOf: string): void {
  const last = currentManifest(paths);
  if (last !== null && asOf < last.as_of) {
    throw new Fault(
      'usage/earlier-than-published',
      `${paths.out} already holds a publication of ${last.as_of}; a run as of ${asOf} would turn it back`,
      {
        exit: EXIT.usage,
        hint: 'give another --out, or use csdl score --as-of for a look back',
      },
    );
  }
}

function levelNames(labels: Labels): RunOutcome['level_names'] {
  const name = (level: string): string => labels.text('levels', level, 'name');
  return { none: name('0'), '1': name('1'), '2': name('2'), '3': name('3'), '4': name('4'), '5': name('5') };
}

const summaryRow = z.object({
  databases: z.coerce.number(),
  findings: z.coerce.number(),
  overdue: z.coerce.number(),
  overdue_agencies: z.coerce.number(),
});
const levelRow = z.object({ level: z.enum(['none', '1', '2', '3', '4', '5']), n: z.coerce.number() });

async function summarise(database: Database): Promise<z.output<typeof summaryRow> & { levels: RunReport['levels'] }> {
  const [row] = await database.rows(
    summaryRow,
    `SELECT (SELECT count(*) FROM publication.database) AS databases, (SELECT count(*) FROM publication.finding) AS findings,
       (SELECT count(DISTINCT database_id) FROM publication.overdue) AS overdue, (SELECT count(DISTINCT agency_id) FROM publication.overdue) AS overdue_agencies`,
  );
  const counts = await database.rows(
    levelRow,
    "SELECT coalesce(level_reported::VARCHAR, 'none') AS level, count(*) AS n FROM publication.readiness GROUP BY 1",
  );
  const levels: RunReport['levels'] = { none: 0, '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 };
  for (const { level, n } of counts) levels[level] = n;
  if (row === undefined) throw new Error('the summary has no row');
  return { ...row, levels };
}
