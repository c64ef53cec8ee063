/**
 * Stage collect (and normalise, as pieces arrive): the sources side by side, each on its own. One that fails is a
 * recorded fact, never the end of the run and never the agency's fault.
 */
import { createHash } from 'node:crypto';
import PQueue from 'p-queue';
import { Fault } from '../../config/fault.ts';
import { mask } from '../../config/interpolate.ts';
import type { Config } from '../../config/load.ts';
import type { Log } from '../../config/log.ts';
import { stableJson } from '../../config/stable-json.ts';
import type { QueryPort } from '../../connectors/contract.ts';
import type { QualityResultRow } from '../database/quality-store.ts';
import type { SourceHealthRow } from '../database/store-rows.ts';
import { type Normalised, Normaliser } from './normalise.ts';
import type { PlannedSource } from './plan.ts';

/** Sources collected at the same time. */
const CONCURRENCY = 8;

export interface CollectInput {
  sources: readonly PlannedSource[];
  config: Config;
  folder: string;
  /** Values from the environment: what a source says of its failure may repeat them, and is published. */
  secrets: readonly string[];
  runId: string;
  startedAt: Date;
  query: QueryPort;
  log: Log;
  signal: AbortSignal;
}

export interface CollectedSource {
  health: SourceHealthRow;
  normalised: Normalised;
  /** What was measured on records. */
  quality?: readonly QualityResultRow[];
}

/** Sources in the order of the settings, whatever the order in which they finished. */
export async function collect(input: CollectInput): Promise<CollectedSource[]> {
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const results = await Promise.all(input.sources.map((source) => queue.add(() => collectSource(source, input))));
  input.signal.throwIfAborted();
  const entered = enteredByHand(input);
  return entered === null ? results : [...results, entered];
}

async function collectSource(source: PlannedSource, input: CollectInput): Promise<CollectedSource> {
  const { setting, connector, options } = source;
  const log = input.log.with({ source: setting.id });
  const started = performance.now();
  const normaliser = new Normaliser({
    config: input.config,
    runId: input.runId,
    sourceId: setting.id,
    collectedAt: input.startedAt,
    trust: setting.trust,
    storeText: setting.store_text,
  });
  const signal = AbortSignal.any([input.signal, AbortSignal.timeout(setting.budget_seconds * 1000)]);
  let error: { code: string; message: string } | null = null;
  try {
    const { folder, query, config: registry } = input;
    const context = { sourceId: setting.id, folder, log, signal, query, registry };
    for await (const piece of connector.collect(options, context)) normaliser.add(piece);
  } catch (cause) {
    const { code, message } = failure(cause, input.signal, setting.budget_seconds);
    error = { code, message: mask(message, input.secrets) };
  }
  const result = normaliser.finish();
  const { observations, rejections } = result;
  const health: SourceHealthRow = {
    ...healthy(input.runId, setting.id, setting.connector, result),
    required: setting.required,
    state: error === null ? 'ok' : 'failed',
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
    ms: Math.round(performance.now() - started),
  };
  if (error === null)
    log.info('collect.source.done', {
      observations: observations.length,
      rejections: rejections.length,
      ms: health.ms,
    });
  else log.warn('collect.source.failed', { code: error.code, message: error.message, ms: health.ms });
  // A source that failed half-way gives nothing tonight: what it said yesterday keeps speaking while it is live.
  return {
    health,
    normalised: error === null ? result : { observations: [], statements: [], rejections, documents: [] },
  };
}

function failure(cause: unknown, whole: AbortSignal, budget: number): { code: string; message: string } {
  if (whole.aborted) return { code: 'source/cancelled', message: 'the run was cancelled' };
  if (cause instanceof Fault)
    return { code: cause.code, message: cause.hint === undefined ? cause.message : `${cause.message}; ${cause.hint}` };
  if (cause instanceof Error && cause.name === 'TimeoutError')
    return { code: 'source/over-budget', message: `took longer than its budget of ${budget} s` };
  return { code: 'source/failed', message: cause instanceof Error ? cause.message : String(cause) };
}

/** Facts entered by hand in decisions.yaml, as a source of their own. */
function enteredByHand(input: CollectInput): CollectedSource | null {
  const entered = input.config.decisions.filter((d) => d.kind === 'enter');
  if (entered.length === 0) return null;
  const normaliser = new Normaliser({
    config: input.config,
    runId: input.runId,
    sourceId: 'decisions',
    collectedAt: input.startedAt,
  });
  for (const decision of entered) {
    const {
      document: given,
      title,
      number,
      date,
      stated_at: statedAt,
      grade,
      said_by: saidBy,
      ...rest
    } = decision.fact;
    const { evidence, ...fact } = rest;
    // The id of a document that was read, where the person gives it: the fact then stands beside what was read of it.
    const id = typeof given === 'string' ? given : decision.id;
    const document = {
      type: 'document',
      id,
      title: title ?? decision.ground,
      number,
      date,
      stated_at: statedAt ?? decision.when,
      grade: grade ?? 'E1',
      said_by: saidBy ?? 'owner',
      sha256: createHash('sha256').update(stableJson(decision.fact)).digest('hex'),
    };
    const place = typeof evidence === 'object' && evidence !== null ? evidence : {};
    const observation = {
      type: 'observation',
      document: id,
      ...fact,
      evidence: { query: `decisions.yaml ${decision.id}`, ...place },
    };
    normaliser.add({ kind: 'statement', statement: JSON.parse(JSON.stringify(document)), at: decision.id });
    normaliser.add({ kind: 'statement', statement: observation, at: decision.id });
  }
  const result = normaliser.finish();
  return { health: healthy(input.runId, 'decisions', 'decisions', result), normalised: result };
}

/** The health of a source of which nothing but good is known. */
function healthy(runId: string, sourceId: string, connector: string, result: Normalised): SourceHealthRow {
  return {
    run_id: runId,
    source_id: sourceId,
    connector,
    required: false,
    state: 'ok',
    error_code: null,
    error_message: null,
    observations: result.observations.length,
    appended: 0,
    rejections: result.rejections.length,
    ms: 0,
  };
}
