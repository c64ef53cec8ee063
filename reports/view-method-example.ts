/**
 * One database of this publication worked out: a pillar from its indicators, the whole from its pillars, the level.
 * Rule: every number is a published one, and the parts that are printed add up to it.
 */
import { z } from 'zod';
import type { Row } from '../scoring/contract.ts';
import { apportion } from './apportion.ts';
import type { ViewContext } from './view-context.ts';
import { link } from './view-parts.ts';

const text = z.string();

const sum = z.strictObject({
  title: text,
  columns: z.array(text),
  rows: z.array(z.strictObject({ name: text, weight: text, value: text, part: text })),
  total: z.strictObject({ weight: text, part: text }),
  formula: text,
});

export const methodExample = z.strictObject({
  intro: text,
  database: link,
  criteria: text.nullable(),
  sums: z.array(sum),
  /** Why there is no composite, where there is none. */
  insufficient: text.nullable(),
  level: text,
});
export type MethodExample = z.output<typeof methodExample>;

type Sum = z.output<typeof sum>;
const WORDS = ['charts', 'example'] as const;

/** Null where nothing is known of any database. */
export function buildMethodExample(ctx: ViewContext): MethodExample | null {
  const [row] = ctx.data.readiness
    .filter((one) => one.level_reported !== null && one.coverage !== null)
    .sort((a, b) => (b.coverage ?? 0) - (a.coverage ?? 0) || sortName(ctx, a) - sortName(ctx, b));
  if (row === undefined) return null;
  const least = ctx.config.scoring.min_coverage;
  const isPrinted = (row.coverage ?? 0) >= least;
  const pillar = pillarSum(ctx, row.database_id);
  return {
    intro: ctx.t(...WORDS, 'intro'),
    database: ctx.databaseLink(row.database_id, '#noi-dung-kq'),
    criteria: criteriaLine(ctx, row),
    sums: [...(pillar === null ? [] : [pillar]), wholeSum(ctx, row, isPrinted ? 'floor' : 'coverage')],
    insufficient: isPrinted
      ? null
      : ctx.f([...WORDS, 'insufficient'], { coverage: ctx.written.points(row.coverage ?? 0), min: least }),
    level: levelLine(ctx, row),
  };
}

/** "13 tiêu chí trên 19: 68,4", where the pillar is that ratio and nothing else. */
function criteriaLine(ctx: ViewContext, row: Row<'readiness'>): string | null {
  const pillar = ctx
    .rows('dimension_score', 'database_id', row.database_id)
    .find((one) => one.pillar === 'checklist')?.floor;
  const { criteria_met: met, criteria_applicable: all } = row;
  if (pillar == null || met === null || all === null || all === 0) return null;
  if (Math.abs((met / all) * 100 - pillar) > 0.051) return null;
  return ctx.f([...WORDS, 'criteria'], {
    met: ctx.written.number(met),
    all: ctx.written.number(all),
    points: ctx.written.points(pillar),
  });
}

/** The pillar with the most known indicators, worked out from them. */
function pillarSum(ctx: ViewContext, id: string): Sum | null {
  const results = ctx.indicators.get(id) ?? [];
  const known = (pillar: string): number =>
    results.filter((one) => one.pillar === pillar && one.is_believed && (one.floor ?? 0) > 0).length;
  const [pillar] = [...new Set(results.map((one) => one.pillar))].sort((a, b) => known(b) - known(a));
  const score = ctx.rows('dimension_score', 'database_id', id).find((one) => one.pillar === pillar);
  if (pillar === undefined || score?.floor == null || known(pillar) === 0) return null;
  const own = results.filter((one) => one.pillar === pillar && one.state !== 'not_applicable');
  return weighed(ctx, {
    title: ctx.f([...WORDS, 'pillar'], { pillar: ctx.t('pillars', pillar) }),
    value: ctx.t('score', 'floor'),
    total: score.floor,
    rows: own.map((one) => ({
      name: ctx.t('indicators', one.indicator),
      weight: one.weight,
      value: one.state === 'unknown' ? null : one.floor,
    })),
  });
}

/** The database as a whole from its pillars; the coverage where the composite is not to be printed. */
function wholeSum(ctx: ViewContext, row: Row<'readiness'>, figure: 'floor' | 'coverage'): Sum {
  const scores = ctx.rows('dimension_score', 'database_id', row.database_id);
  const rows = Object.entries(ctx.config.scoring.pillars).flatMap(([name, { weight }]) => {
    const score = scores.find((one) => one.pillar === name);
    const value = score?.[figure] ?? null;
    const isSilent = figure === 'floor' && (score?.coverage ?? 0) === 0 && value === 0;
    return weight > 0 && value !== null
      ? [{ name: ctx.t('pillars', name), weight, value: isSilent ? null : value }]
      : [];
  });
  return weighed(ctx, {
    title: ctx.t('score', figure === 'floor' ? 'composite' : 'coverage'),
    value: ctx.t('score', figure),
    total: row[figure] ?? 0,
    rows,
  });
}

function weighed(
  ctx: ViewContext,
  given: {
    title: string;
    value: string;
    total: number;
    rows: { name: string; weight: number; value: number | null }[];
  },
): Sum {
  const weights = given.rows.reduce((all, one) => all + one.weight, 0);
  const parts = apportion(
    given.rows.map((one) => (one.weight * (one.value ?? 0)) / Math.max(1, weights)),
    given.total,
  );
  return {
    title: given.title,
    columns: ['name', 'weight']
      .map((key) => ctx.t(...WORDS, 'columns', key))
      .concat(given.value, ctx.t(...WORDS, 'columns', 'part')),
    rows: given.rows.map((one, index) => ({
      name: one.name,
      weight: ctx.written.number(one.weight),
      value: one.value === null ? ctx.t('result_states', 'unknown') : ctx.written.points(one.value),
      part: one.value === null ? ctx.none : ctx.written.points(parts[index] ?? 0),
    })),
    total: { weight: ctx.written.number(weights), part: ctx.written.points(given.total) },
    formula: ctx.f([...WORDS, 'formula'], {
      terms: given.rows
        .flatMap(({ weight, value }) =>
          value === null ? [] : [`${ctx.written.number(weight)} × ${ctx.written.points(value)}`],
        )
        .join(' + '),
      weights: ctx.written.number(weights),
      total: ctx.written.points(given.total),
    }),
  };
}

/** The level and what the next one lacks. */
function levelLine(ctx: ViewContext, row: Row<'readiness'>): string {
  const level = row.level_reported ?? 0;
  const named = ctx.f(['pages', 'site', 'level_named'], { n: level, name: ctx.t('levels', String(level), 'name') });
  const missing = (ctx.gates.get(row.database_id) ?? [])
    .filter((gate) => gate.level === level + 1 && !gate.passed)
    .map((gate) => ctx.t('gates', gate.gate));
  return ctx.f([...WORDS, missing.length === 0 ? 'level_whole' : 'level'], {
    level: named,
    missing: missing.join(ctx.t('format', 'list_separator')),
  });
}

function sortName(ctx: ViewContext, row: Row<'readiness'>): number {
  return ctx.databases.get(row.database_id)?.sort_vi ?? 0;
}
