/** Asks every source lightly whether it can be reached now (csdl check --online): one try each, nothing stored. */
import PQueue from 'p-queue';
import type { Log } from '../../config/log.ts';
import type { Meter } from '../../connectors/ports.ts';
import { contextOf } from './collect-source.ts';
import { openOutside } from './outside.ts';
import type { Plan, PlannedSource } from './plan.ts';
import { OverBudget, sourceFailure } from './source-failure.ts';
import { unlessStopped } from './stoppable.ts';

export interface ReachInput {
  plan: Plan;
  sources: readonly PlannedSource[];
  environment: NodeJS.ProcessEnv;
  asOf: string;
  now: () => Date;
  log: Log;
  signal: AbortSignal;
}

export interface Reached {
  source: string;
  /** `unasked`: a connector that reads what lies on the disk, which the check of the settings has looked at. */
  state: 'ok' | 'failed' | 'unasked';
  ms: number;
  code: string | null;
  message: string | null;
  hint: string | null;
}

/** @returns one row a source, in the order of the settings */
export async function reach(input: ReachInput): Promise<Reached[]> {
  const { config } = input.plan.loaded;
  const outside = openOutside({ sources: config.sources, environment: input.environment, now: input.now });
  const queue = new PQueue({ concurrency: config.sources.network.concurrency });
  try {
    return await Promise.all(input.sources.map((source) => queue.add(() => reachOne(source, input, outside))));
  } finally {
    await outside.close();
  }
}

async function reachOne(
  source: PlannedSource,
  input: ReachInput,
  outside: ReturnType<typeof openOutside>,
): Promise<Reached> {
  const { loaded } = input.plan;
  const { setting, connector, options } = source;
  const answer = { source: setting.id, ms: 0, code: null, message: null, hint: null };
  if (connector.probe === undefined) return { ...answer, state: 'unasked' };
  const started = performance.now();
  const ms = (): number => Math.round(performance.now() - started);
  const seconds = loaded.config.sources.circuit.probe_seconds;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new OverBudget(seconds)), seconds * 1000);
  const signal = AbortSignal.any([input.signal, limit.signal]);
  const meter: Meter = { tries: 0, bytes: 0 };
  try {
    const { folder, config } = loaded;
    const given = { folder, config, outside, now: input.now, asOf: input.asOf, log: input.log, memory: new Map() };
    const context = contextOf(source, given, signal, meter, new Map());
    await unlessStopped(connector.probe(options, context), signal);
    return { ...answer, state: 'ok', ms: ms() };
  } catch (cause) {
    input.signal.throwIfAborted();
    const failure = sourceFailure(cause, input.signal, limit.signal, loaded.secrets);
    return { ...answer, ...failure, state: 'failed', ms: ms() };
  } finally {
    clearTimeout(timer);
    limit.abort(new DOMException('the source is done', 'AbortError'));
    outside.cleanUp(setting.id);
  }
}
