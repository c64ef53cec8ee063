/**
 * Stage attribute: what differs tonight from the night before, split by factor, and whether a changed method may be
 * published. A method that moves figures must have another version than the one readers know: raising it is how
 * somebody accepts the change.
 */
import { Fault } from '../../config/fault.ts';
import type { Log } from '../../config/log.ts';
import { type Bundle, readBundle } from '../bundle.ts';
import type { OutPaths } from '../contract.ts';
import {
  failingSources,
  type Horizon,
  historyDayBefore,
  type LedgerRun,
  lastPublished,
  publishedOn,
} from '../database/compared-runs.ts';
import type { Database } from '../database/database.ts';
import { measureSourceId } from '../database/raw-operation.ts';
import { clearSteps, FACTORS, type Factor, keepPublishedStep, keepStep, readParts } from '../database/step-figures.ts';
import type { Night } from '../night.ts';
import { type ComparedNight, type Comparison, compareNights, keepReplayed } from './attribute.ts';

/**
 * Splits tonight's changes (raw.step, raw.step_figure) once the figures of tonight stand in schema `score`.
 * @returns why the night is to be withheld, or null
 */
export async function attributeNight(database: Database, night: Night): Promise<string | null> {
  const last = await lastPublished(database);
  if (last === null) return null;
  const { plan, asOf, startedAt } = night;
  const bundle: Bundle = { config: plan.loaded.config, scoring: plan.scoring };
  const tonight = { ...(await comparedNight(database, bundle, { asOf, knownAt: startedAt })), bundle };
  const against = async (run: LedgerRun): Promise<Comparison> => {
    const then = run.bundle === night.bundle ? bundle : keptBundle(night.paths, run, night.log);
    const before = await comparedNight(database, then, { asOf: run.as_of, knownAt: run.started_at });
    return compareNights(database, before, tonight, true);
  };
  const day = await historyDayBefore(database, asOf);
  if (last.as_of === day) {
    const comparison = await against(last);
    await keepPublishedStep(database, { step: 0, factor: null, asOf: day });
    await replayTonight(database, night, comparison, FACTORS);
    return unacceptedMethod(database, night, last, comparison);
  }
  let refusal: string | null = null;
  if (last.as_of === asOf) {
    // A second run of a day: its method is held against the one readers know, its figures against the day before.
    const again = await against(last);
    if (again.changed.includes('method')) {
      await keepPublishedStep(database, { step: 0, factor: null, asOf });
      await replayTonight(database, night, again, ['registry', 'method']);
      refusal = await unacceptedMethod(database, night, last, again);
      await clearSteps(database);
    }
  }
  if (day === null) return refusal;
  const before = await publishedOn(database, day);
  await keepPublishedStep(database, { step: 0, factor: null, asOf: day });
  if (before !== null) await replayTonight(database, night, await against(before), FACTORS);
  else {
    night.log.warn('attribute.no-run', {
      day,
      hint: 'the ledger has no run of that day: the whole change is told as data',
    });
    await keepTonight(database, 'data', asOf);
  }
  return refusal;
}

/** A night with the sources of its settings that had failed by then. */
export async function comparedNight<B extends Bundle | null>(
  database: Database,
  bundle: B,
  { asOf, knownAt }: Horizon,
): Promise<ComparedNight & { bundle: B }> {
  const failed = await failingSources(database, knownAt);
  const asked = bundle?.config.sources;
  const own = asked && [...asked.sources.map((s) => s.id), ...asked.measure.map((m) => measureSourceId(m.contract))];
  return { bundle, asOf, knownAt, failing: own === undefined ? failed : failed.filter((id) => own.includes(id)) };
}

/** The settings and SQL of a run, or null where they are gone: the night goes on, registry and method told as one. */
function keptBundle(paths: OutPaths, run: LedgerRun, log: Log): Bundle | null {
  try {
    return readBundle(paths.bundles, run.bundle);
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'store/no-bundle')) throw error;
    log.warn('attribute.no-bundle', {
      run: run.run_id,
      hint: 'changes of the registry are told as changes of the method',
    });
    return null;
  }
}

/** Keeps the steps that follow the earlier night, tonight's own included; of the factors named only. */
async function replayTonight(
  database: Database,
  { log, asOf }: Night,
  comparison: Comparison,
  factors: readonly Factor[],
): Promise<void> {
  const last = comparison.changed.at(-1) ?? 'evidence';
  for (const factor of comparison.changed) {
    // The last step is tonight itself, whose figures stand already.
    if (factor === last || !factors.includes(factor)) continue;
    const fault = await keepReplayed(database, comparison, factor);
    if (fault !== null) log.warn('attribute.registry-with-method', { reason: fault.message });
  }
  if (factors.includes(last)) await keepTonight(database, last, asOf);
}

function keepTonight(database: Database, factor: Factor, asOf: string): Promise<void> {
  return keepStep(database, { step: FACTORS.indexOf(factor) + 1, factor, asOf });
}

/** Why the method may not be published: it moves figures under a version that readers know with others. */
async function unacceptedMethod(
  database: Database,
  { plan, asOf, method, log }: Night,
  last: LedgerRun,
  { changed, from }: Comparison,
): Promise<string | null> {
  if (!changed.includes('method') || from.bundle === null) return null;
  const parts = await readParts(database, plan.scoring, asOf);
  const moved = new Set(parts.filter((part) => part.factor === 'method').map((part) => part.database_id)).size;
  if (moved === 0) {
    log.info('method.without-effect', { method });
    return null;
  }
  if (last.method !== method) {
    log.info('method.accepted', { from: last.method, to: method, databases: moved });
    return null;
  }
  return (
    `the method moves the figures of ${moved} database${moved === 1 ? '' : 's'} and is still called ${method}; ` +
    'csdl diff current --method current shows what moves, raising method.version in scoring.yaml accepts it'
  );
}
