/** Levels by cumulative gates (SEMANTICS section 6): as reported, as confirmed, and at most. */
import type { Config } from '../../config/load.ts';
import type { DatabaseRow } from '../../config/schema/registry.ts';
import type { GateCondition } from '../../config/schema/scoring.ts';
import { daysBetween } from '../../config/time.ts';
import { answerOf, type KeySays, keysOf, type Voice } from './answer.ts';
import type { Checklist } from './checklist.ts';
import { ONE } from './exact.ts';
import { type Contribution, withoutC06 } from './indicators.ts';
import type { KnownFacts } from './known.ts';

export interface Levels {
  reported: number | null;
  confirmed: number | null;
  max: number;
}

interface Passed {
  reported: boolean;
  confirmed: boolean;
  may: boolean;
}

export interface Asked {
  config: Config;
  database: DatabaseRow;
  known: KnownFacts;
  asOf: string;
  checklist: Checklist;
  contributions: readonly Contribution[];
}

const PARTS = ONE / 100_000n;
const CONNECTED = ['connected', 'one_way', 'two_way'];

export function levelsOf(asked: Asked): Levels {
  const levels = Object.entries(asked.config.scoring.levels)
    .map(([level, gates]) => ({
      level: Number(level),
      gates: Object.values(gates).map((conditions) => gate(conditions, asked)),
    }))
    .sort((a, b) => a.level - b.level);
  const climb = (how: keyof Passed): number => {
    let reached = 1;
    for (const { level, gates } of levels) {
      if (!gates.every((g) => g[how])) break;
      reached = level;
    }
    return reached;
  };
  return {
    reported: asked.known.any ? climb('reported') : null,
    confirmed: asked.known.anyIndependent ? climb('confirmed') : null,
    max: climb('may'),
  };
}

/** A gate is passed when any of its conditions holds; what is confirmed is never more than what is reported. */
function gate(conditions: readonly GateCondition[], asked: Asked): Passed {
  const passed = conditions.map((c) => (c.rule === undefined ? onAttribute(c, asked) : byRule(c, asked)));
  const reported = passed.some((p) => p.reported);
  return {
    reported,
    confirmed: reported && passed.some((p) => p.confirmed),
    may: reported || passed.some((p) => p.may),
  };
}

function onAttribute(condition: GateCondition, asked: Asked): Passed {
  const all = nearest(condition, asked, 'all');
  return {
    reported: all !== null && holds(condition, all),
    confirmed: (() => {
      const own = nearest(condition, asked, 'independent');
      return own !== null && holds(condition, own);
    })(),
    may: all === null || mayHold(condition, all, asked.config),
  };
}

/** The key that holds, else the one that comes nearest; where a state is asked for, the whole goes before a part. */
function nearest(condition: GateCondition, asked: Asked, voice: Voice): KeySays | null {
  const units = condition.unit_class === undefined ? null : asked.config.attributes.unit_classes[condition.unit_class];
  const keys = keysOf(asked.known, condition.attribute ?? '', voice)
    .filter((k) => k.fact.extent !== 'component')
    .filter((k) => units === null || (units?.includes(k.fact.unit ?? '') ?? false))
    .filter((k) => condition.role === undefined || k.fact.role === condition.role);
  const whole = keys.filter((k) => k.fact.extent === 'whole');
  const asking = condition.above === undefined && whole.length > 0 ? whole : keys;
  const order = (k: KeySays): boolean[] => [holds(condition, k), k.says.live, mayHold(condition, k, asked.config)];
  return asking.reduce<KeySays | null>((best, next) => {
    if (best === null) return next;
    const had = order(best);
    const now = order(next);
    const at = now.findIndex((value, i) => value !== had[i]);
    return at >= 0 && now[at] === true ? next : best;
  }, null);
}

const isReal = (k: KeySays): boolean => k.fact.modality === 'done' || k.fact.modality === 'ongoing';

function holds(condition: GateCondition, key: KeySays): boolean {
  if (condition.above !== undefined) return key.says.lo > BigInt(condition.above) && isReal(key);
  if (condition.at_least !== undefined) return key.says.lo >= BigInt(condition.at_least) * PARTS;
  return (
    (condition.states?.includes(key.fact.text ?? '') ?? false) && isReal(key) && !key.says.conflict && !key.says.silent
  );
}

function mayHold(condition: GateCondition, key: KeySays, config: Config): boolean {
  if (condition.above !== undefined) return key.says.hi > BigInt(condition.above);
  if (condition.at_least !== undefined) return key.says.hi >= BigInt(condition.at_least) * PARTS;
  const scale = config.scoring.scales[config.attributes.attributes[condition.attribute ?? '']?.scale ?? ''] ?? {};
  const least = (condition.states ?? []).map((state) => BigInt(scale[state]?.[0] ?? 0) * PARTS);
  return least.some((value) => key.says.hi >= value);
}

function byRule(condition: GateCondition, asked: Asked): Passed {
  const { database, known, asOf, checklist } = asked;
  switch (condition.rule) {
    case 'no_vietnamese_persons':
      return always(withoutC06(database));
    case 'sync_on_schedule': {
      const log = answerOf(known, 'c12.sync.window', 'all')?.winner.fact.flags.last_success;
      if (typeof log !== 'string') return always(true);
      const cycle = /^P(\d+)D$/.exec(database.sync_schedule ?? '')?.[1];
      const inTime = cycle === undefined || daysBetween(log, asOf) <= Number(cycle);
      return { reported: inTime, confirmed: inTime, may: true };
    }
    case 'direction_met': {
      const asks = database.required_direction === 'two_way' ? ['two_way'] : CONNECTED;
      const state = (voice: Voice): string | null => answerOf(known, 'c12.connection', voice)?.winner.fact.text ?? null;
      const may =
        database.required_direction === 'two_way' ? ['linked', 'connected', 'two_way'] : ['linked', ...CONNECTED];
      const [all, own] = [state('all'), state('independent')];
      return {
        reported: asks.includes(all ?? ''),
        confirmed: asks.includes(own ?? ''),
        may: all === null || may.includes(all),
      };
    }
    case 'all_criteria_met':
      return {
        reported: checklist.floor === checklist.applicable && !checklist.conflict,
        confirmed: checklist.independent === checklist.applicable && !checklist.conflict,
        may: checklist.ceiling === checklist.applicable,
      };
    case 'dimensions_at_least':
      return dimensions(BigInt(condition.at_least ?? 0) * PARTS, asked);
    default: {
      const least = BigInt(condition.at_least ?? 0) * PARTS;
      const all = answerOf(known, 'quality.identifier', 'all');
      const own = answerOf(known, 'quality.identifier', 'independent');
      return {
        reported: all !== null && all.lo >= least,
        confirmed: own?.live === true && own.lo >= least,
        may: all === null || all.hi >= least,
      };
    }
  }
}

/** Level 5 asks the dimensions only about what an independent speaker can answer. */
function dimensions(least: bigint, asked: Asked): Passed {
  const reaches = (how: 'floor' | 'confirmed' | 'ceiling'): boolean =>
    asked.config.scoring.dimensions.every((pillar) => {
      const list = asked.contributions.filter((c) => c.pillar === pillar && c.confirmable && c.applicable);
      const points = list.reduce((total, c) => total + c.weight * c[how], 0n);
      return points >= least * list.reduce((total, c) => total + c.weight, 0n);
    });
  return { reported: reaches('floor'), confirmed: reaches('confirmed'), may: reaches('ceiling') };
}

function always(value: boolean): Passed {
  return { reported: value, confirmed: value, may: value };
}
