/**
 * One source of the night, on its own: its budget, its ports, its row of health. Whatever it does, it ends when its time
 * is up or the run is cancelled, and what it gave before it failed is left aside.
 */
import { sqlTimestamp } from '../../config/time.ts';
import type { CollectContext, Collected } from '../../connectors/contract.ts';
import type { Meter } from '../../connectors/ports.ts';
import type { SourceHealthRow, SourceMemoryRow } from '../database/store-rows.ts';
import type { CollectedSource, CollectInput } from './collect.ts';
import { type Normalised, Normaliser } from './normalise.ts';
import type { PlannedSource } from './plan.ts';
import { OverBudget, type SourceFailure, sourceFailure } from './source-failure.ts';
import { stoppable, unlessStopped } from './stoppable.ts';

/** Collects one source. Never throws: a failure is a row of health. */
export async function collectSource(source: PlannedSource, input: CollectInput): Promise<CollectedSource> {
  const { setting } = source;
  const started = performance.now();
  const normaliser = new Normaliser({
    config: input.config,
    runId: input.runId,
    sourceId: setting.id,
    collectedAt: input.startedAt,
    trust: setting.trust,
    storeText: setting.store_text,
  });
  const kept = new Map<string, string>();
  const outcome = await askSource(source, input, kept, (piece) => normaliser.add(piece));
  const result = normaliser.finish();
  const { failure } = outcome;
  const health = {
    ...healthRow(input, setting.id, setting.connector, result, outcome),
    required: setting.required,
    ms: Math.round(performance.now() - started),
  };
  report(input, health);
  // A source that failed half-way gives nothing tonight: what it said yesterday keeps speaking while it is live.
  const nothing = { observations: [], statements: [], rejections: result.rejections, documents: [] };
  return {
    health,
    normalised: failure === null ? result : nothing,
    // What was refused is asked for again in full, so that every night tells it.
    memory: failure === null && result.rejections.length === 0 ? memoryRows(input, setting.id, kept) : [],
  };
}

interface Outcome {
  failure: SourceFailure | null;
  meter: Meter;
}

/** Runs the connector within its budget; lightly first where it has failed for several runs on end. */
async function askSource(
  source: PlannedSource,
  input: CollectInput,
  kept: Map<string, string>,
  take: (piece: Collected) => void,
): Promise<Outcome> {
  const { setting, connector, options } = source;
  const meter: Meter = { tries: 0, bytes: 0 };
  const limit = new AbortController();
  const signal = AbortSignal.any([input.signal, limit.signal]);
  const within = (seconds: number): NodeJS.Timeout =>
    setTimeout(() => limit.abort(new OverBudget(seconds)), seconds * 1000);
  let timer: NodeJS.Timeout | undefined;
  try {
    const context = contextOf(source, input, signal, meter, kept);
    const failures = input.past.get(setting.id)?.failures ?? 0;
    const { circuit } = input.config.sources;
    if (failures >= circuit.after_failures && connector.probe !== undefined) {
      context.log.info('collect.source.light', { failures });
      timer = within(circuit.probe_seconds);
      await unlessStopped(connector.probe(options, context), signal);
      clearTimeout(timer);
    }
    timer = within(setting.budget_seconds);
    for await (const piece of stoppable(connector.collect(options, context), signal)) take(piece);
    return { failure: null, meter };
  } catch (cause) {
    return { failure: sourceFailure(cause, input.signal, limit.signal, input.secrets), meter };
  } finally {
    clearTimeout(timer);
    // Whatever of the source is still going on has nobody left to give to.
    if (!limit.signal.aborted) limit.abort(new DOMException('the source is done', 'AbortError'));
    input.outside.cleanUp(setting.id);
  }
}

/** What the connector gets. */
export function contextOf(
  { setting }: PlannedSource,
  input: Pick<CollectInput, 'folder' | 'log' | 'outside' | 'now' | 'asOf' | 'config' | 'memory'>,
  signal: AbortSignal,
  meter: Meter,
  kept: Map<string, string>,
): CollectContext {
  const log = input.log.with({ source: setting.id });
  const before = input.memory.get(setting.id);
  return {
    sourceId: setting.id,
    folder: input.folder,
    log,
    signal,
    ...input.outside.ports({ signal, meter, log }),
    now: input.now,
    asOf: input.asOf,
    hosts: input.config.sources.hosts,
    meter,
    memory: { get: (key) => before?.get(key), set: (key, value) => void kept.set(key, value) },
    scratch: () => input.outside.scratch(setting.id),
    registry: input.config,
  };
}

/** The row of health of a source; `ms`, `required` and `appended` are filled in by who knows them. */
export function healthRow(
  input: Pick<CollectInput, 'runId' | 'startedAt' | 'past'>,
  sourceId: string,
  connector: string,
  result: Normalised,
  { failure, meter }: Outcome = { failure: null, meter: { tries: 0, bytes: 0 } },
): SourceHealthRow {
  const past = input.past.get(sourceId);
  return {
    run_id: input.runId,
    source_id: sourceId,
    connector,
    required: false,
    state: failure === null ? 'ok' : 'failed',
    error_code: failure?.code ?? null,
    error_message: failure?.message ?? null,
    observations: failure === null ? result.observations.length : 0,
    appended: 0,
    rejections: result.rejections.length,
    ms: 0,
    error_hint: failure?.hint ?? null,
    tries: meter.tries,
    bytes: Math.round(meter.bytes),
    last_good_at: failure === null ? sqlTimestamp(input.startedAt) : (past?.lastGoodAt ?? null),
    failures: failure === null ? 0 : (past?.failures ?? 0) + 1,
  };
}

/** A source that this run does not ask: what is known of it stays. */
export function skippedSource(source: PlannedSource, input: CollectInput): CollectedSource {
  const { id, connector, required } = source.setting;
  const nothing: Normalised = { observations: [], statements: [], rejections: [], documents: [] };
  const past = input.past.get(id);
  const health: SourceHealthRow = {
    ...healthRow(input, id, connector, nothing),
    required,
    state: 'skipped',
    last_good_at: past?.lastGoodAt ?? null,
    failures: past?.failures ?? 0,
  };
  return { health, normalised: nothing, memory: [] };
}

function report(input: CollectInput, health: SourceHealthRow): void {
  const { source_id: source, observations, rejections, ms, tries } = health;
  if (health.state === 'ok') input.log.info('collect.source.done', { source, observations, rejections, tries, ms });
  else {
    const { error_code: code, error_message: message, error_hint: hint, failures } = health;
    input.log.warn('collect.source.failed', { source, code, message, hint, tries, failures, ms });
  }
}

function memoryRows(input: CollectInput, sourceId: string, kept: ReadonlyMap<string, string>): SourceMemoryRow[] {
  return [...kept].map(([key, value]) => ({
    source_id: sourceId,
    key,
    value,
    bundle: input.bundle,
    run_id: input.runId,
  }));
}
