/** One night, exactly in the order of the line: plan → collect → measure → store → score → render → publish. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Fault } from '../config/fault.ts';
import { Labels } from '../config/labels.ts';
import { packageVersion } from '../config/package-root.ts';
import { knownFault } from '../config/system-fault.ts';
import { localDay } from '../config/time.ts';
import { compileAhead } from '../reports/render.ts';
import { keepBundle } from './bundle.ts';
import type { OutPaths, RunOptions, RunOutcome, RunReport } from './contract.ts';
import { archiveClosedMonths } from './database/archive.ts';
import { Database } from './database/database.ts';
import { refreshLatest } from './database/latest.ts';
import { setRunState, startRun } from './database/ledger.ts';
import { readParts } from './database/partition-store.ts';
import { unknownFindings } from './database/past-nights.ts';
import { readMemory, readSourcePast, type SourcePast } from './database/source-history.ts';
import { countLatest, storeCollected, unknownObservations } from './database/store.ts';
import { removeCopies } from './database/store-file.ts';
import { summarise } from './database/summary.ts';
import { openFreeStore } from './free-store.ts';
import { takeLock } from './lock.ts';
import type { Night } from './night.ts';
import { outPaths } from './paths.ts';
import { recover, refuseUnfinishedRestore } from './recover.ts';
import { signingKey } from './signature.ts';
import { sourceReport } from './source-report.ts';
import { attributeNight } from './stages/attribute-night.ts';
import { type CollectedSource, collect } from './stages/collect.ts';
import { openOutside } from './stages/outside.ts';
import { makePlan, onlyAsked } from './stages/plan.ts';
import { prune } from './stages/prune.ts';
import { currentManifest, writeStatus } from './stages/publish.ts';
import { publishNight } from './stages/publish-night.ts';
import { decidedObservations, score } from './stages/score.ts';

/**
 * Runs one night.
 * @throws ConfigFault (exit 2) before anything is touched; Fault with exit 1 for what stops the machine
 */
export async function runNight(options: RunOptions): Promise<RunOutcome> {
  const started = performance.now();
  const startedAt = options.now();
  const plan = await makePlan(options.configFolder, options.environment);
  // An unknown name is told before anything is touched.
  onlyAsked(plan.sources, options.only);
  // A key that cannot sign is told now, not when the night is over.
  signingKey(plan.loaded);
  const asOf = options.asOf ?? plan.loaded.config.sources.as_of ?? localDay(startedAt);
  const paths = outPaths(options.out);
  refuseEarlierDay(paths, asOf);

  const release = takeLock(paths.lock, startedAt);
  const runId = `${asOf}_${startedAt.toISOString().replace(/[-:.]/g, '')}-${process.pid}`;
  try {
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
    const outcome = await inDatabase(night, options, (database) => runStages(database, night, options));
    return { ...outcome, ms: Math.round(performance.now() - started) };
  } catch (error) {
    reportFailure(paths, runId, asOf, error, options.now());
    throw error;
  } finally {
    release();
  }
}

/** Operators and the banner of the site learn that tonight did not end, and that the last publication stands. */
function reportFailure(paths: OutPaths, runId: string, asOf: string, error: unknown, at: Date): void {
  try {
    const known = knownFault(error);
    const message = known === null ? 'the run was stopped or failed' : `${known.code}: ${known.message}`;
    const current = currentManifest(paths);
    // What fails afterwards (old publications that cannot be removed) does not take back what readers have.
    const isPublished = current?.run_id === runId;
    writeStatus(paths, {
      run_id: isPublished ? runId : '',
      as_of: asOf,
      finished_at: at.toISOString(),
      published: isPublished,
      last_published_as_of: current?.as_of ?? null,
      message: isPublished ? `published; what came afterwards failed: ${message}` : message,
    });
  } catch {
    // The folder itself may be what failed; the error that is thrown says so.
  }
}

/** One worker is faster on the shipped facts (npm run bench:run), two where machines report every night (bench:nightly). */
const MANY_FACTS = 5_000;
/** What the engine needs for each fact that is chosen among, measured with 240 000 (bench:nightly), and its bounds. */
const [MB_PER_FACT, LEAST_MB, MOST_MB] = [0.008, 512, 4_096];

/** Gives the engine what tonight's facts need: feeding a second worker costs more than it gives until there is much to read. */
async function sizeEngine(database: Database): Promise<void> {
  const facts = await countLatest(database);
  await database.setThreads(facts < MANY_FACTS ? 1 : 2);
  await database.setMemory(Math.min(MOST_MB, Math.max(LEAST_MB, Math.round(facts * MB_PER_FACT))));
}

async function inDatabase<T>(night: Night, options: RunOptions, work: (database: Database) => Promise<T>): Promise<T> {
  const { paths } = night;
  mkdirSync(paths.out, { recursive: true });
  const database = await Database.open({ spillFolder: paths.scratch });
  try {
    refuseUnfinishedRestore(paths);
    await openFreeStore(database, paths.store, { ...options, log: night.log });
    await sizeEngine(database);
    return await work(database);
  } finally {
    database.close();
  }
}

async function runStages(database: Database, night: Night, options: RunOptions): Promise<Omit<RunOutcome, 'ms'>> {
  const { plan, paths, runId, asOf, startedAt, log } = night;
  const { config } = plan.loaded;
  await recover(database, paths, log, options.now);
  // The run before may have been finished only now.
  refuseEarlierDay(paths, asOf);
  await startRun(database, {
    run_id: runId,
    started_at: startedAt,
    as_of: asOf,
    bundle: night.bundle,
    program_version: packageVersion,
    method: night.method,
  });

  const collected = await collectNight(database, night, options);

  const appended = await storeCollected(database, collected);
  const decided = decidedObservations(config, asOf);
  const rejected = decided.rejected.map((r) => r.id);
  await refreshLatest(database, asOf, rejected);
  await sizeEngine(database);
  for (const id of await unknownObservations(database, [...rejected, ...decided.confirmed])) {
    log.warn('decisions.unknown-observation', { id, hint: 'the store has no such observation; csdl sql finds its id' });
  }
  log.info('store.done', { appended });

  await archiveClosedMonths(database, paths.archive, localDay(startedAt).slice(0, 7));

  options.signal.throwIfAborted();
  log.info('score.start');
  let refusal: string | null = null;
  await score(database, {
    config,
    scoring: plan.scoring,
    asOf,
    knownAt: startedAt,
    runId,
    health: collected.map((c) => c.health),
    fromLog: false,
    meanwhile: compileAhead,
    compare: async () => {
      refusal = await attributeNight(database, night);
    },
  });
  log.info('score.done');

  const onFindings = config.decisions.flatMap((d) => ('finding' in d && d.when <= asOf ? [d.finding] : []));
  for (const id of onFindings.length === 0 ? [] : await unknownFindings(database, onFindings))
    log.warn('decisions.unknown-finding', {
      id,
      hint: 'no night has found it; csdl sql "SELECT finding_id, text FROM finding"',
    });

  options.signal.throwIfAborted();
  const { withheld, withheldEdition } = await publishNight(database, night, collected, refusal, options.now);
  if (withheld === null) {
    prune(paths, config.publication.keep, log);
    removeCopies(paths.store);
  }
  const summary = await summarise(database);
  const report: RunReport = {
    run_id: runId,
    as_of: asOf,
    published: withheld === null,
    databases: summary.databases,
    observations: collected.reduce((n, c) => n + c.normalised.observations.length, 0),
    rejections: collected.reduce((n, c) => n + c.normalised.rejections.length, 0),
    sources: collected.flatMap(({ health }) => (health.state === 'skipped' ? [] : [sourceReport(health)])),
    findings: summary.findings,
    levels: summary.levels,
  };
  const { out } = night.paths;
  return {
    report,
    loaded: plan.loaded,
    appended,
    withheld,
    withheld_edition: withheldEdition,
    site: join(out, 'site', 'index.html'),
    database: join(out, 'csdl.duckdb'),
    level_names: levelNames(new Labels(config.labels)),
    overdue: summary.overdue,
    overdue_agencies: summary.overdue_agencies,
  };
}

/** Asks the sources and measures the records; when the run is cancelled the ledger says so, and nothing of it is stored. */
async function collectNight(database: Database, night: Night, options: RunOptions): Promise<CollectedSource[]> {
  const { plan, runId, asOf, startedAt, bundle, log } = night;
  const { config, folder, secrets } = plan.loaded;
  const { environment, now, signal } = options;
  const outside = openOutside({ sources: config.sources, environment, now, scratchRoot: night.paths.scratch });
  try {
    const past = await readSourcePast(database);
    const memory = await readMemory(database, bundle);
    const sources = onlyAsked(plan.sources, options.only);
    const skipped = plan.sources.filter((source) => !sources.includes(source));
    const known = { skipped, past, memory, bundle };
    const input = { sources, config, folder, secrets, runId, startedAt, asOf, now, outside, ...known, log, signal };
    const collected = await collect(input);
    // Who asks for single sources asks for nothing else.
    if (options.only !== undefined) return collected;
    return [
      ...collected,
      ...(await measured(database, night, past, signal)),
      ...(await reconciled(night, past, signal)),
    ];
  } catch (error) {
    if (signal.aborted) await setRunState(database, runId, 'cancelled', now());
    throw error;
  } finally {
    await outside.close();
  }
}

/** What the night measures on records. What a night has nothing of is not loaded, here and below. */
async function measured(
  database: Database,
  night: Night,
  past: ReadonlyMap<string, SourcePast>,
  signal: AbortSignal,
): Promise<CollectedSource[]> {
  if (night.plan.measure === null) return [];
  const { measure } = await import('./stages/measure.ts');
  return measure(night, past, await readParts(database), signal);
}

/** What the night finds by comparing records in two places. */
async function reconciled(
  night: Night,
  past: ReadonlyMap<string, SourcePast>,
  signal: AbortSignal,
): Promise<CollectedSource[]> {
  if (night.plan.reconcile.length === 0) return [];
  const { reconcileAll } = await import('./stages/reconcile.ts');
  return reconcileAll(night, past, signal);
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
