/** Pillars, dimensions and indicators of one database with their interval bars. Rule: unknown has words, not zeros. */
import { z } from 'zod';
import type { Row } from '../scoring/contract.ts';
import { bar as makeBar, resultMark } from './result-words.ts';
import type { ViewContext } from './view-context.ts';
import type { FactBooks } from './view-facts.ts';
import { bar, evidence, mark } from './view-parts.ts';

const text = z.string();
const indicator = z.strictObject({
  name: text,
  weight: text,
  mark,
  bar: bar.nullable(),
  ratio: text.nullable(),
  reason: text.nullable(),
  evidence: evidence.nullable(),
});

export const databasePillars = z.strictObject({
  composite: z.strictObject({ value: text, range: bar, lowest: text }).nullable(),
  insufficient: text.nullable(),
  insufficient_note: text.nullable(),
  pillars: z.array(
    z.strictObject({
      id: text,
      name: text,
      means: text,
      weight: text,
      bar: bar.nullable(),
      empty: text,
      is_dimension: z.boolean(),
      indicators: z.array(indicator),
      unanswered: text.nullable(),
    }),
  ),
});
export type DatabasePillars = z.output<typeof databasePillars>;

export function buildDatabasePillars(
  ctx: ViewContext,
  books: FactBooks,
  id: string,
  row: Row<'readiness'>,
): DatabasePillars {
  const { scoring } = ctx.config;
  const scores = ctx.rows('dimension_score', 'database_id', id);
  const results = ctx.indicators.get(id) ?? [];
  const threshold = dimensionThreshold(ctx);
  const enough = row.coverage !== null && row.coverage >= scoring.min_coverage;
  const composite = enough ? makeBar(ctx, row, null) : null;
  return {
    composite:
      composite === null || row.floor === null
        ? null
        : {
            value: ctx.written.points(row.floor),
            range: composite,
            lowest:
              row.lowest_dimension === null
                ? ctx.none
                : ctx.f(['score', 'lowest'], {
                    dimension: ctx.t('pillars', row.lowest_dimension),
                    value: row.lowest_floor === null ? ctx.none : ctx.written.points(row.lowest_floor),
                  }),
          },
    insufficient: composite === null ? ctx.t('score', 'insufficient') : null,
    insufficient_note:
      composite === null && row.coverage !== null
        ? ctx.f(['pages', 'site', 'insufficient_note'], {
            coverage: ctx.written.points(row.coverage),
            min: scoring.min_coverage,
          })
        : null,
    pillars: Object.entries(scoring.pillars)
      .filter(([, setting]) => setting.weight > 0)
      .map(([pillar, setting]) => {
        const score = scores.find((one) => one.pillar === pillar);
        const own = results.filter((one) => one.pillar === pillar);
        const isDimension = scoring.dimensions.includes(pillar);
        const outside = own.length > 0 && own.every((one) => one.state === 'not_applicable');
        return {
          id: pillar,
          name: ctx.t('pillars', pillar),
          means: ctx.maybe('dimensions', pillar, 'means') ?? ctx.t('pages', 'site', 'checklist_means'),
          weight: `${setting.weight}%`,
          bar: score === undefined || outside ? null : makeBar(ctx, score, isDimension ? threshold : null),
          empty: ctx.t('result_states', outside ? 'not_applicable' : 'unknown'),
          is_dimension: isDimension,
          indicators: own
            .filter((result) => result.state !== 'unknown')
            .map((result) => indicatorRow(ctx, books, id, result)),
          unanswered: own.some((result) => result.state === 'unknown')
            ? own
                .filter((result) => result.state === 'unknown')
                .map((result) => ctx.t('indicators', result.indicator))
                .join(' ')
            : null,
        };
      }),
  };
}

function indicatorRow(
  ctx: ViewContext,
  books: FactBooks,
  id: string,
  result: Row<'indicator_result'>,
): z.output<typeof indicator> {
  const answered = result.state !== 'unknown' && result.state !== 'not_applicable';
  const stated = result.observation_id === null ? undefined : ctx.observations.get(result.observation_id);
  const ground = result.ground === null ? null : (ctx.maybe('pages', 'site', 'grounds', result.ground) ?? null);
  const said = stated?.value_text == null ? null : ctx.state(stated.attribute, stated.value_text);
  const claimed =
    answered && !result.is_believed && result.state !== 'conflict' ? ctx.t('pages', 'common', 'claimed_only') : null;
  const reason = [ground, said, claimed].filter((part) => part !== null).join('; ');
  return {
    name: ctx.t('indicators', result.indicator),
    weight: String(result.weight),
    mark: resultMark(ctx, result.state),
    bar: answered ? makeBar(ctx, result, null, true) : null,
    ratio:
      result.numerator === null || result.denominator === null
        ? null
        : ctx.f(['format', 'of'], {
            a: ctx.written.number(result.numerator),
            b: ctx.written.number(result.denominator),
          }),
    reason: reason === '' ? null : reason,
    evidence: books.evidence(result.observation_id, id),
  };
}

/** The threshold of level 5 for each dimension, in points. */
export function dimensionThreshold(ctx: ViewContext): number {
  const conditions = Object.values(ctx.config.scoring.levels['5'] ?? {}).flat();
  const rule = conditions.find((one) => one.rule === 'dimensions_at_least');
  return Math.round((rule?.at_least ?? 0.9) * 100);
}
