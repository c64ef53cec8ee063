/**
 * Splits what differs between two nights by replaying the earlier one with one more factor of the later at each step,
 * in a fixed order: registry → method → data → evidence → collector. The figures of each step are kept, so the parts of
 * a figure add up to its difference exactly; a factor whose inputs are equal is not replayed.
 */

import { Fault } from '../../config/fault.ts';
import type { Config } from '../../config/load.ts';
import type { Waiver } from '../../config/schema/operation.ts';
import { daysBetween } from '../../config/time.ts';
import type { Bundle } from '../bundle.ts';
import { type Horizon, sourcesWithNewFacts } from '../database/compared-runs.ts';
import type { Database } from '../database/database.ts';
import { planModels, planText } from '../database/models.ts';
import { type Replay, replayStep } from '../database/replay.ts';
import { FACTORS, type Factor, FIGURE_MODELS } from '../database/step-figures.ts';
import { decidedObservations } from './score.ts';

/** A night as far as its figures depend on it. */
export interface ComparedNight extends Horizon {
  /** Null where the settings of the night are no longer kept: registry and method then count as one change of method. */
  bundle: Bundle | null;
  /** Sources of its settings that had failed when they were last asked. */
  failing: readonly string[];
}

export interface Comparison {
  from: ComparedNight;
  to: ComparedNight & { bundle: Bundle };
  /** Factors whose inputs differ, in the order of the replay. */
  changed: readonly Factor[];
  /** Sources that had failed at either end, and those of them that answer again. */
  troubled: readonly string[];
  returned: readonly string[];
  /** Whether observation_latest stands at the later night; else facts are taken from the log. */
  isTonight: boolean;
}

/** Settings that are the method; neither these nor the ones of `OTHER` belong to the registry, all the rest does. */
const METHOD = ['attributes', 'criteria', 'scoring', 'contradictions'] as const satisfies (keyof Config)[];
/** Waivers are registry too, but compared as in force on the day; the others move no figure by themselves. */
const OTHER = ['waivers', 'decisions', 'sources', 'labels'] as const satisfies (keyof Config)[];

/** Finds out which factors differ between two nights. */
export async function compareNights(
  database: Database,
  from: ComparedNight,
  to: ComparedNight & { bundle: Bundle },
  isTonight: boolean,
): Promise<Comparison> {
  const troubled = [...new Set([...from.failing, ...to.failing])].sort();
  const returned = from.failing.filter((source) => !to.failing.includes(source));
  const withNews = await sourcesWithNewFacts(database, from, to);
  const decided = (night: ComparedNight) => decidedObservations((night.bundle ?? to.bundle).config, night.asOf);
  const [before, after] = [decided(from), decided(to)];
  const ids = (rejected: readonly { id: string }[]): string => rejected.map((r) => r.id).join();
  const dayMoved = from.asOf !== to.asOf;
  // Nearly always the settings of both nights are the same, and need not be compared.
  const earlier = from.bundle ?? to.bundle;
  const isOther = earlier !== to.bundle;
  const differs: Record<Factor, boolean> = {
    registry:
      (isOther && registryText(earlier) !== registryText(to.bundle)) ||
      waiverText(earlier, from.asOf) !== waiverText(to.bundle, to.asOf),
    method:
      from.bundle === null ||
      (isOther && (await methodText(database, earlier)) !== (await methodText(database, to.bundle))),
    data: withNews.some((source) => !returned.includes(source)) || ids(before.rejected) !== ids(after.rejected),
    evidence: dayMoved || before.confirmed.join() !== after.confirmed.join(),
    collector: (dayMoved && troubled.length > 0) || withNews.some((source) => returned.includes(source)),
  };
  return { from, to, changed: FACTORS.filter((factor) => differs[factor]), troubled, returned, isTonight };
}

function registryText({ config }: Bundle): string {
  return JSON.stringify(
    Object.entries(config).filter(([key]) => ![...METHOD, ...OTHER].some((other) => other === key)),
  );
}

function waiverText({ config }: Bundle, day: string): string {
  return JSON.stringify(waiversInForce(config, day));
}

/** Everything the method is but its version: to raise that alone moves nothing. */
async function methodText(database: Database, { config, scoring }: Bundle): Promise<string> {
  const settings = METHOD.map((key) => (key === 'scoring' ? { ...config.scoring, method: null } : config[key]));
  return JSON.stringify(settings) + planText(await planModels(database, scoring, FIGURE_MODELS));
}

/** The settings of `config` under the method of `other`. */
export function withMethod(config: Config, other: Config): Config {
  const { attributes, criteria, scoring, contradictions } = other;
  return { ...config, attributes, criteria, scoring, contradictions };
}

function waiversInForce(config: Config, day: string): Waiver[] {
  return config.waivers.filter((waiver) => waiver.from <= day && day <= waiver.until);
}

/** The step at which the factors up to `upTo` are those of the later night; null: the earlier night as it was. */
export function stepOf(comparison: Comparison, upTo: Factor | null): Replay {
  const { from, to, changed, troubled, returned, isTonight } = comparison;
  const place = upTo === null ? -1 : FACTORS.indexOf(upTo);
  const isPending = (factor: Factor): boolean => changed.includes(factor) && FACTORS.indexOf(factor) > place;
  // What does not differ is taken from the later night: its settings have the shape of today.
  const at = (factor: Factor): ComparedNight => (isPending(factor) ? from : to);
  const settings = (factor: Factor): Bundle => at(factor).bundle ?? to.bundle;
  const [data, evidence] = [at('data'), at('evidence')];
  const registry = settings('registry').config;
  const method = settings('method');
  const days = [from.asOf, to.asOf].sort();
  const holdsBack = isPending('collector');
  return {
    step: { step: place + 1, factor: upTo, asOf: evidence.asOf },
    config: {
      ...withMethod(registry, method.config),
      // In force by the day of the registry, whatever day ages are counted from.
      waivers: waiversInForce(registry, at('registry').asOf).map((waiver) => ({
        ...waiver,
        from: days[0] ?? waiver.from,
        until: days[1] ?? waiver.until,
      })),
    },
    scoring: method.scoring,
    facts: {
      asOf: data.asOf,
      knownAt: data.knownAt,
      rejected: decidedObservations(settings('data').config, data.asOf).rejected,
      confirmed: decidedObservations(settings('evidence').config, evidence.asOf).confirmed,
      health: [],
      fromLog: !isTonight || data !== to,
      // What a source that is back again brought, and how old the facts of one that failed have become, comes last.
      heldBack: holdsBack && returned.length > 0 ? { sources: returned, after: from.knownAt } : undefined,
      grace:
        holdsBack && evidence === to
          ? troubled.map((source_id) => ({ source_id, days: daysBetween(from.asOf, to.asOf) }))
          : undefined,
    },
  };
}

/**
 * Replays a step and keeps its figures. The SQL of an earlier night may not run over the tables of today's program:
 * then its step is left out, and what it would have shown falls to the method.
 * @returns why the step was left out, or null
 */
export async function keepReplayed(
  database: Database,
  comparison: Comparison,
  upTo: Factor | null,
): Promise<Fault | null> {
  try {
    await replayStep(database, stepOf(comparison, upTo));
    return null;
  } catch (error) {
    if (upTo === 'registry' && comparison.changed.includes('method') && error instanceof Fault) return error;
    throw error;
  }
}
