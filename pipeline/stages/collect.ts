/**
 * Stage collect (and normalise, as pieces arrive): the sources side by side, each on its own. One that fails is a
 * recorded fact, never the end of the run and never the agency's fault.
 */
import PQueue from 'p-queue';
import type { Config } from '../../config/load.ts';
import type { Log } from '../../config/log.ts';
import type { KeptParts } from '../database/partition-store.ts';
import type { QualityResultRow } from '../database/quality-store.ts';
import type { SourcePast } from '../database/source-history.ts';
import type { SourceHealthRow, SourceMemoryRow } from '../database/store-rows.ts';
import { collectSource, skippedSource } from './collect-source.ts';
import { enteredByHand } from './entered-by-hand.ts';
import type { Normalised } from './normalise.ts';
import type { Outside } from './outside.ts';
import type { PlannedSource } from './plan.ts';

export interface CollectInput {
  sources: readonly PlannedSource[];
  /** Sources this run does not ask. */
  skipped?: readonly PlannedSource[];
  config: Config;
  folder: string;
  /** Values from the environment: what a source says of its failure may repeat them, and is published. */
  secrets: readonly string[];
  runId: string;
  startedAt: Date;
  /** Local day the night is scored for. */
  asOf: string;
  now: () => Date;
  outside: Outside;
  /** What is known of the sources from earlier runs. */
  past: ReadonlyMap<string, SourcePast>;
  /** What the sources kept under the settings in force. */
  memory: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The settings in force, by hash. */
  bundle: string;
  log: Log;
  signal: AbortSignal;
}

export interface CollectedSource {
  health: SourceHealthRow;
  normalised: Normalised;
  memory?: readonly SourceMemoryRow[];
  /** What was measured on records. */
  quality?: readonly QualityResultRow[];
  /** What is known of the parts of its tables. */
  parts?: KeptParts;
}

/** Sources in the order of the settings, whatever the order in which they finished, those not asked after them. @throws when the run is cancelled */
export async function collect(input: CollectInput): Promise<CollectedSource[]> {
  const { concurrency } = input.config.sources.network;
  input.log.info('collect.start', { sources: input.sources.length, concurrency });
  const queue = new PQueue({ concurrency });
  const ended = await Promise.allSettled(
    input.sources.map((source) =>
      queue.add(() => {
        // Sources still waiting when the run is cancelled are not begun; those under way end by themselves.
        input.signal.throwIfAborted();
        return collectSource(source, input);
      }),
    ),
  );
  input.signal.throwIfAborted();
  const results = ended.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
  const skipped = (input.skipped ?? []).map((source) => skippedSource(source, input));
  const entered = enteredByHand(input);
  return [...results, ...skipped, ...(entered === null ? [] : [entered])];
}
