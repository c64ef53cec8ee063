/** The method page: the rules in words, the numbers from the configuration. Rule: no number is typed here. */
import { z } from 'zod';
import type { LabelTree } from '../config/labels.ts';
import { badge } from './level-words.ts';
import type { ViewContext } from './view-context.ts';
import { dimensionThreshold } from './view-database-pillars.ts';
import { buildMethodExample, methodExample } from './view-method-example.ts';
import { badge as badgeSchema } from './view-parts.ts';

const text = z.string();
const words = z.array(text);

export const methodPage = z.strictObject({
  method: text,
  criteria_version: text,
  criteria_official: text,
  composite: text,
  grades: z.array(z.strictObject({ name: text, means: text })),
  which_rules: words,
  pillars_intro: text,
  pillars: z.array(
    z.strictObject({
      name: text,
      weight: text,
      rows: z.array(z.strictObject({ indicator: text, weight: text, grade: text, confirmable: text })),
    }),
  ),
  overlap: text,
  example: methodExample.nullable(),
  levels: z.array(z.strictObject({ level: badgeSchema, condition: text })),
  order_agencies: text,
  ages: z.array(z.strictObject({ name: text, said: text, measured: text })),
  never_rules: words,
  quality_intro: text,
  abbreviations: z.array(z.strictObject({ short: text, long: text })),
  threshold: text,
});
export type MethodPage = z.output<typeof methodPage>;

export function buildMethodPage(ctx: ViewContext): MethodPage {
  const { scoring, criteria } = ctx.config;
  const page = (key: string, values: Readonly<Record<string, string | number>>): string =>
    ctx.f(['pages', 'method', key], values);
  const pillars = Object.entries(scoring.pillars).filter(([, one]) => one.weight > 0);
  const age = (days: number | 'never'): string =>
    days === 'never' ? ctx.t('pages', 'method', 'ages_never') : String(days);
  return {
    method: ctx.f(['pages', 'site', 'method_version'], { version: scoring.method.version }),
    criteria_version: ctx.f(['pages', 'footer', 'criteria'], { version: criteria.version }),
    criteria_official:
      criteria.status === 'official'
        ? page('criteria_official', { total: criteria.total })
        : ctx.t('product', 'criteria_note'),
    composite: page('composite', { min_coverage: scoring.min_coverage }),
    grades: ['E4', 'E3', 'E2', 'E1'].map((grade) => ({
      name: ctx.t('grades', grade),
      means: ctx.t('pages', 'method', 'grade_means', grade),
    })),
    which_rules: list(ctx.labels.node('pages', 'method', 'which_rules')),
    pillars_intro: page('pillars_intro', {
      items: pillars
        .map(([name, one]) => page('pillars_item', { pillar: ctx.t('pillars', name), weight: one.weight }))
        .join(ctx.t('format', 'list_separator')),
    }),
    pillars: pillars.map(([name, one]) => ({
      name: ctx.t('pillars', name),
      weight: `${one.weight}%`,
      rows:
        name === 'checklist'
          ? [
              {
                indicator: ctx.t('indicators', 'checklist_met'),
                weight: ctx.none,
                grade: ctx.t('grades', one.believe_from ?? 'E2'),
                confirmable: ctx.none,
              },
            ]
          : Object.entries(one.indicators).map(([id, setting]) => ({
              indicator: ctx.t('indicators', id),
              weight: String(setting.weight),
              grade: ctx.t('grades', setting.believe_from),
              confirmable: ctx.t('pages', 'site', setting.confirmable ? 'yes' : 'no'),
            })),
    })),
    overlap: overlap(ctx),
    example: buildMethodExample(ctx),
    levels: [1, 2, 3, 4, 5].map((n) => ({
      level: badge(ctx, n, ctx.none),
      condition: ctx.t('pages', 'method', 'level_conditions', String(n)),
    })),
    order_agencies: page('order_agencies', {
      p: scoring.ranking.databases_percent,
      min_coverage: scoring.min_coverage,
      k: scoring.ranking.agencies,
    }),
    ages: Object.entries(scoring.ages).flatMap(([name, one]) => {
      const label = ctx.maybe('pages', 'method', 'age_names', name);
      return label === null ? [] : [{ name: label, said: age(one.said), measured: age(one.measured) }];
    }),
    never_rules: list(ctx.labels.node('pages', 'method', 'never_rules')),
    quality_intro: page('quality_intro', scoring.quality.thresholds),
    abbreviations: Object.entries(ctx.labels.group('abbreviations')).map(([short, long]) => ({ short, long })),
    threshold: ctx.f(['score', 'threshold'], { n: dimensionThreshold(ctx) }),
  };
}

/** How much the connection to C12 weighs in the checklist and in its own pillar, in percent. */
function overlap(ctx: ViewContext): string {
  const { scoring, criteria } = ctx.config;
  const indicators = scoring.pillars.dung_chung?.indicators ?? {};
  const sum = Object.values(indicators).reduce((total, one) => total + one.weight, 0);
  const inPillar =
    sum === 0 ? 0 : ((scoring.pillars.dung_chung?.weight ?? 0) * (indicators.c12_connection?.weight ?? 0)) / sum;
  const inChecklist = (scoring.pillars.checklist?.weight ?? 0) / criteria.total;
  const percent = (n: number): string => String(Math.round(n * 10) / 10).replace('.', ctx.t('format', 'decimal'));
  return ctx.f(['pages', 'method', 'overlap'], { in_checklist: percent(inChecklist), in_pillar: percent(inPillar) });
}

function list(node: LabelTree | undefined): string[] {
  return Array.isArray(node) ? node.filter((one): one is string => typeof one === 'string') : [];
}
