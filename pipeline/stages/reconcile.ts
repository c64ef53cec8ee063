/**
 * The part of stage measure that compares records in two places, each pair on its own: what came out is an observation of the
 * receiver of the records, in counts. One that fails is a recorded fact, never the end of the run.
 */
import { createHash } from 'node:crypto';
import { Fault } from '../../config/fault.ts';
import { mask } from '../../config/interpolate.ts';
import { Labels } from '../../config/labels.ts';
import { stableJson } from '../../config/stable-json.ts';
import { localDay } from '../../config/time.ts';
import { reconcileSourceId } from '../database/raw-operation.ts';
import type { SourcePast } from '../database/source-history.ts';
import type { Night } from '../night.ts';
import type { CollectedSource } from './collect.ts';
import { healthRow } from './collect-source.ts';
import { momentOf } from './measure.ts';
import { Normaliser } from './normalise.ts';
import { type PlannedReconciliation, reconcileInput } from './plan-reconcile.ts';
import { type Reconciled, reconcilePlaces } from './reconcile-places.ts';

const HINT = 'csdl reconcile ID on the same settings tells what is wrong';

/** In the order of the settings. @throws when the run is cancelled */
export async function reconcileAll(
  night: Night,
  past: ReadonlyMap<string, SourcePast>,
  signal: AbortSignal,
): Promise<CollectedSource[]> {
  const found: CollectedSource[] = [];
  for (const planned of night.plan.reconcile) {
    signal.throwIfAborted();
    found.push(await reconcileOne(planned, night, past, signal));
  }
  signal.throwIfAborted();
  return found;
}

async function reconcileOne(
  planned: PlannedReconciliation,
  night: Night,
  past: ReadonlyMap<string, SourcePast>,
  signal: AbortSignal,
): Promise<CollectedSource> {
  const { setting } = planned;
  const { secrets } = night.plan.loaded;
  const sourceId = reconcileSourceId(setting.id);
  const started = performance.now();
  let result: Reconciled | null = null;
  let failure: { code: string; message: string; hint: string } | null = null;
  try {
    result = await reconcilePlaces(reconcileInput(planned, { scratch: night.paths.scratch, signal }));
  } catch (cause) {
    // Whatever an engine says may quote a value: only our own faults are repeated.
    const [code, message] =
      cause instanceof Fault
        ? [cause.code, mask(cause.message, secrets)]
        : ['reconcile/failed', 'the places could not be compared'];
    failure = { code, message, hint: HINT };
  }
  const normalised = observations(planned, result, sourceId, night);
  const known = { runId: night.runId, startedAt: night.startedAt, past };
  const ms = Math.round(performance.now() - started);
  const health = {
    ...healthRow(known, sourceId, 'reconcile', normalised, { failure, meter: { tries: 1, bytes: 0 } }),
    observations: normalised.observations.length,
    ms,
  };
  night.log.with({ source: sourceId }).info('reconcile.done', { state: health.state, ms });
  return { health, normalised };
}

function observations(
  { setting }: PlannedReconciliation,
  result: Reconciled | null,
  sourceId: string,
  { plan, runId, startedAt }: Night,
) {
  const { config } = plan.loaded;
  const normaliser = new Normaliser({ config, runId, sourceId, collectedAt: startedAt });
  if (result === null) return normaliser.finish();
  const { observedAt } = momentOf(setting.as_of, startedAt);
  const at = observedAt.toISOString();
  const { ms: _ms, isLive, ...counts } = result;
  const sha256 = createHash('sha256')
    .update(stableJson([setting.id, at, counts]))
    .digest('hex');
  const document = `${sourceId}-${sha256.slice(0, 12)}`;
  normaliser.add({
    kind: 'statement',
    at: setting.id,
    statement: {
      type: 'document',
      id: document,
      title: new Labels(config.labels).text('quality', 'reconcile_title').replace('{id}', setting.id),
      stated_at: at,
      grade: setting.grade ?? (isLive ? 'E4' : 'E3'),
      said_by: 'system',
      sha256,
      series: sourceId,
    },
  });
  const say = (attribute: string, part: number, whole: number, more: Readonly<Record<string, unknown>>): void =>
    normaliser.add({
      kind: 'statement',
      at: `${setting.id} ${attribute}`,
      statement: {
        type: 'observation',
        document,
        subject_type: 'database',
        subject_id: setting.database,
        attribute,
        value_number: part,
        value_total: whole,
        observed_at: at,
        evidence: {
          query: `reconcile ${setting.id}, by ${setting.key.length} and of ${setting.columns.length} columns`,
        },
        ...more,
      },
    });
  const isPopulation = setting.attribute === 'c06.reconciliation';
  say(
    setting.attribute,
    counts.alike,
    counts.checked,
    isPopulation ? { flags: { last_success: localDay(observedAt) } } : {},
  );
  const compared = counts.matched - counts.repeated;
  if (isPopulation && compared > 0)
    for (const [target, differing] of Object.entries(counts.columns))
      say('c06.mismatch', differing, compared, { target });
  return normaliser.finish();
}
