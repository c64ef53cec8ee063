/**
 * The oracle: DESIGN sections 5 and 6 and SEMANTICS 1–6 a second time, in plain TypeScript with exact arithmetic.
 * It shares settings with the program and nothing else.
 */
import type { Config } from '../../config/load.ts';
import type { ObservationRow } from '../../pipeline/database/store-rows.ts';
import { type Checklist, checklistOf } from './checklist.ts';
import { add, type Fraction, ONE, over, points, times, ZERO } from './exact.ts';
import { type Contribution, contributions } from './indicators.ts';
import { factsOf, KnownFacts } from './known.ts';
import { type Levels, levelsOf } from './levels.ts';

export const FIGURES = ['confirmed', 'floor', 'ceiling', 'coverage'] as const;
export type Figure = (typeof FIGURES)[number];
export type Figures = Record<Figure, number>;

export interface Scored {
  indicators: Contribution[];
  checklist: Checklist;
  /** Points 0–100 with one decimal; null where nothing applies. */
  pillars: Record<string, Figures | null>;
  composite: Figures | null;
  levels: Levels;
}

/** Every scored database as of a day. */
export function oracle(config: Config, rows: readonly ObservationRow[], asOf: string): Map<string, Scored> {
  const facts = factsOf(rows, config);
  return new Map(
    config.databases
      .filter((d) => d.row_kind !== 'umbrella')
      .map((database) => {
        const known = new KnownFacts(
          facts.filter((f) => f.database === database.database_id),
          config,
          asOf,
          database.database_id,
        );
        const indicators = contributions(config, database, known, asOf);
        const checklist = checklistOf(config, database, known, asOf);
        const levels = levelsOf({ config, database, known, asOf, checklist, contributions: indicators });
        const shares = new Map(
          Object.keys(config.scoring.pillars).map((pillar) => [pillar, sharesOf(pillar, indicators, checklist)]),
        );
        return [
          database.database_id,
          {
            indicators,
            checklist,
            pillars: Object.fromEntries(
              [...shares].map(([pillar, share]) => [pillar, share === null ? null : printed(share)]),
            ),
            composite: composite(config, shares),
            levels,
          },
        ];
      }),
  );
}

type Shares = Record<Figure, Fraction>;

/** The four figures of a pillar as fractions of one; null where no question of it applies. */
function sharesOf(pillar: string, indicators: readonly Contribution[], checklist: Checklist): Shares | null {
  if (pillar === 'checklist') {
    const d = checklist.applicable;
    if (d === 0n) return null;
    return {
      confirmed: { n: checklist.independent, d },
      floor: { n: checklist.floor, d },
      ceiling: { n: checklist.ceiling, d },
      coverage: { n: checklist.coverage, d },
    };
  }
  const asked = indicators.filter((i) => i.pillar === pillar && i.applicable);
  const weight = asked.reduce((total, i) => total + i.weight, 0n);
  if (weight === 0n) return null;
  const figure = (how: Figure): Fraction => ({
    n: asked.reduce((total, i) => total + i.weight * i[how], 0n),
    d: weight * ONE,
  });
  return {
    confirmed: figure('confirmed'),
    floor: figure('floor'),
    ceiling: figure('ceiling'),
    coverage: figure('coverage'),
  };
}

function composite(config: Config, shares: ReadonlyMap<string, Shares | null>): Figures | null {
  let weights = 0n;
  const total: Shares = { confirmed: ZERO, floor: ZERO, ceiling: ZERO, coverage: ZERO };
  for (const [pillar, share] of shares) {
    const weight = BigInt(config.scoring.pillars[pillar]?.weight ?? 0);
    if (share === null || weight === 0n) continue;
    weights += weight;
    for (const how of FIGURES) total[how] = add(total[how], times(share[how], weight));
  }
  if (weights === 0n) return null;
  return printed({
    confirmed: over(total.confirmed, weights),
    floor: over(total.floor, weights),
    ceiling: over(total.ceiling, weights),
    coverage: over(total.coverage, weights),
  });
}

function printed(shares: Shares): Figures {
  return {
    confirmed: points(shares.confirmed),
    floor: points(shares.floor),
    ceiling: points(shares.ceiling),
    coverage: points(shares.coverage),
  };
}
