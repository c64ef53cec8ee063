/**
 * Stage measure: the contracts whose data somebody located, one after the other, each on its own. One that fails is a recorded
 * fact, never the end of the run. Without any it does nothing.
 */
import { createHash } from 'node:crypto';
import { Fault } from '../../config/fault.ts';
import { mask } from '../../config/interpolate.ts';
import { Labels } from '../../config/labels.ts';
import { stableJson } from '../../config/stable-json.ts';
import { localClock, parseInstant } from '../../config/time.ts';
import { blank } from '../../scoring/quality/evaluate.ts';
import { type MeasuredRule, measuredRules } from '../../scoring/quality/results/measured-rule.ts';
import { type QualityRatio, qualityRatios } from '../../scoring/quality/results/quality-observations.ts';
import type { RememberedParts } from '../database/partition-store.ts';
import type { PartCounts } from '../database/quality-partitions.ts';
import { qualityResultRows } from '../database/quality-store.ts';
import { measureSourceId } from '../database/raw-operation.ts';
import type { SourcePast } from '../database/source-history.ts';
import type { Night } from '../night.ts';
import type { CollectedSource } from './collect.ts';
import { healthRow } from './collect-source.ts';
import { measureContract } from './measure-contract.ts';
import { type Normalised, Normaliser } from './normalise.ts';
import type { MeasurePlan, PlannedMeasurement } from './plan-measure.ts';

/** Contracts in the order of their files. @throws when the run is cancelled */
export async function measure(
  night: Night,
  past: ReadonlyMap<string, SourcePast>,
  parts: RememberedParts,
  signal: AbortSignal,
): Promise<CollectedSource[]> {
  const plan = night.plan.measure;
  if (plan === null || plan.measurements.length === 0) return [];
  night.log.info('measure.start', { contracts: plan.measurements.length });
  const measured: CollectedSource[] = [];
  for (const planned of plan.measurements) {
    signal.throwIfAborted();
    measured.push(await measureOne(planned, plan, night, { past, parts }, signal));
  }
  signal.throwIfAborted();
  return measured;
}

const HINT = 'csdl profile --contract FILE on the same data tells which rules, and why';

interface Moment {
  /** Local time of the data. */
  readonly now: string;
  readonly observedAt: Date;
}

/** A copy speaks of the end of its day, live data of the start of the run. */
export function momentOf(asOf: string | undefined, startedAt: Date): Moment {
  const end = asOf === undefined ? null : parseInstant(`${asOf}T23:59:59+07:00`);
  const observedAt = end === null || end > startedAt ? startedAt : end;
  return { now: localClock(observedAt), observedAt };
}

async function measureOne(
  planned: PlannedMeasurement,
  { rules: registry }: MeasurePlan,
  night: Night,
  { past, parts }: { past: ReadonlyMap<string, SourcePast>; parts: RememberedParts },
  signal: AbortSignal,
): Promise<CollectedSource> {
  const { contract, setting } = planned;
  const { config, secrets } = night.plan.loaded;
  const { quality } = config.scoring;
  const sourceId = measureSourceId(setting?.contract ?? contract.id);
  const log = night.log.with({ source: sourceId });
  for (const { code, key, line } of planned.warnings) log.warn('measure.contract', { code, key, line });
  const started = performance.now();
  const moment = momentOf(planned.asOf, night.startedAt);
  let rules: readonly MeasuredRule[];
  let engine = planned.postgres === undefined ? 'duckdb' : 'postgres';
  let error: { code: string; message: string } | null = null;
  let kept: ReadonlyMap<string, PartCounts> | null = null;
  try {
    const measurement = await measureContract({
      contract,
      tables: planned.tables,
      postgres: planned.postgres,
      rules: registry,
      thresholds: quality.thresholds,
      now: moment.now,
      memoryLimit: setting?.memory ?? '1GB',
      timeLimitMs: (setting?.budget_seconds ?? 3600) * 1000,
      scratch: night.paths.scratch,
      parts: parts.get(sourceId) ?? new Map(),
      signal,
    });
    rules = measurement.rules;
    kept = measurement.parts;
    engine = measurement.engine;
    error = incomplete(rules);
  } catch (cause) {
    // Whatever an engine says may quote a value: only our own faults are repeated.
    const known = cause instanceof Fault;
    error = known
      ? { code: cause.code, message: mask(cause.message, secrets) }
      : { code: 'measure/failed', message: 'the contract could not be measured' };
    const none = contract.checks.map(({ check }) => blank(check, 'errored', 'engine_failed', null, null));
    rules = measuredRules(contract, none, {});
  }
  const { ratios, silent } = qualityRatios(rules);
  const normalised = observations(planned, ratios, rules, moment, sourceId, night);
  const failure = error === null ? null : { ...error, hint: HINT };
  const meter = { tries: 1, bytes: 0 };
  const known = { runId: night.runId, startedAt: night.startedAt, past };
  const health = {
    ...healthRow(known, sourceId, 'contract', normalised, { failure, meter }),
    // Rules that were answered count, whatever became of the others.
    observations: normalised.observations.length,
    ms: Math.round(performance.now() - started),
  };
  log.info('measure.done', { rules: rules.length, silent: silent.length, state: health.state, ms: health.ms });
  return {
    health,
    normalised,
    // A night that could not look keeps what it knew.
    ...(kept === null ? {} : { parts: { sourceId, parts: kept } }),
    quality: qualityResultRows(contract, rules, {
      runId: night.runId,
      sourceId,
      method: `${quality.method.id} ${quality.method.version}`,
      engine,
      observedAt: moment.observedAt,
      collectedAt: night.startedAt,
    }),
  };
}

function incomplete(rules: readonly MeasuredRule[]): { code: string; message: string } | null {
  const without = rules.filter(({ state }) => state === 'collector_failed' || state === 'unknown');
  if (without.length === 0) return null;
  const problems = [...new Set(without.map(({ result }) => result.problem ?? 'unknown'))].sort();
  return {
    code: 'measure/incomplete',
    message: `${without.length} of ${rules.length} rules have no answer (${problems.join(', ')})`,
  };
}

/** Ratios as statements of a source of its own: they pass the same door as everything else. */
function observations(
  { contract, setting, postgres }: PlannedMeasurement,
  ratios: readonly QualityRatio[],
  rules: readonly MeasuredRule[],
  { observedAt }: Moment,
  sourceId: string,
  { plan, runId, startedAt }: Night,
): Normalised {
  const { config } = plan.loaded;
  const normaliser = new Normaliser({ config, runId, sourceId, collectedAt: startedAt });
  const at = observedAt.toISOString();
  const counts = rules.map(({ result, state, numerator, denominator }) => [
    result.rule_id,
    state,
    numerator,
    denominator,
  ]);
  const sha256 = createHash('sha256')
    .update(stableJson([contract.hash, at, counts]))
    .digest('hex');
  const document = `contract-${contract.id}-${sha256.slice(0, 12)}`;
  const title = new Labels(config.labels).text('quality', 'document_title').replace('{contract}', contract.id);
  const grade = setting?.grade ?? (postgres === undefined ? 'E3' : 'E4');
  if (ratios.length > 0)
    normaliser.add({
      kind: 'statement',
      at: contract.id,
      statement: {
        type: 'document',
        id: document,
        title,
        stated_at: at,
        grade,
        said_by: 'system',
        sha256,
        series: `contract-${contract.id}`,
      },
    });
  for (const ratio of ratios)
    normaliser.add({
      kind: 'statement',
      at: `${contract.id} ${ratio.attribute}`,
      statement: {
        type: 'observation',
        document,
        subject_type: 'database',
        subject_id: contract.databaseId,
        attribute: ratio.attribute,
        value_number: ratio.numerator,
        value_total: ratio.denominator,
        observed_at: at,
        evidence: { query: `contract ${contract.id} ${contract.version}, ${ratio.rules} rules` },
      },
    });
  return normaliser.finish();
}
