/** Shape of scoring.yaml: pillars, weights, values of states, ages, gates. */
import { z } from 'zod';
import { day, grade, name, speaker, unitValue } from './parts.ts';

const percent = z.number().int().min(0).max(100);
const days = z.union([z.number().int().positive(), z.literal('never')]);

const stateValue = z
  .union([unitValue.transform((v) => [v, v] as [number, number]), z.tuple([unitValue, unitValue])])
  .refine(([lo, hi]) => lo <= hi, 'an interval runs from the lower to the higher value');

const indicatorSetting = z.strictObject({
  weight: z.number().int().min(1),
  believe_from: grade,
  /** Lower bar for a given speaker, e.g. what C06 says itself. */
  said_by: z.partialRecord(speaker, grade).default({}),
  confirmable: z.boolean(),
});
const pillarSetting = z.strictObject({
  weight: z.number().int().min(0),
  believe_from: grade.optional(),
  indicators: z.record(name, indicatorSetting).default({}),
});

const gateCondition = z
  .strictObject({
    attribute: z.string().optional(),
    rule: z
      .enum([
        'no_vietnamese_persons',
        'sync_on_schedule',
        'direction_met',
        'all_criteria_met',
        'dimensions_at_least',
        'identifiers_at_least',
      ])
      .optional(),
    unit_class: z.string().optional(),
    role: z.string().optional(),
    above: z.number().optional(),
    at_least: unitValue.optional(),
    states: z.array(z.string()).optional(),
  })
  .refine(
    (c) => (c.attribute === undefined) !== (c.rule === undefined),
    'a condition names either an attribute or a rule',
  )
  .refine(
    (c) => c.rule !== undefined || [c.above, c.at_least, c.states].filter((v) => v !== undefined).length === 1,
    'a condition on an attribute has exactly one of above, at_least, states',
  );
export type GateCondition = z.output<typeof gateCondition>;

export const scoringFile = z.strictObject({
  method: z.strictObject({ id: z.string().min(1), version: z.string().min(1) }),
  min_coverage: percent,
  min_required_sources: percent,
  programme_total: z.number().int().positive(),
  ranking: z.strictObject({ databases_percent: percent, agencies: z.number().int().min(1) }),
  deadline_soon_days: z.number().int().min(0),
  countdown_to: day,
  forecast: z
    .strictObject({ min_months: z.number().int().min(2), min_database_months: z.number().int().min(1) })
    .default({ min_months: 6, min_database_months: 30 }),
  ages: z.record(z.string(), z.strictObject({ said: days, measured: days })),
  ageless_states: z.record(z.string(), z.array(z.string())),
  scales: z.record(z.string(), z.record(z.string(), stateValue)),
  ratio_states: z.record(z.string(), z.array(z.string())),
  extent_caps: z.record(z.string(), unitValue),
  awaiting_after_remediated: unitValue,
  pillars: z.record(name, pillarSetting),
  dimensions: z.array(name).min(1),
  levels: z.record(z.enum(['2', '3', '4', '5']), z.record(name, z.array(gateCondition).min(1))),
  quality: z.strictObject({
    method: z.strictObject({ id: z.string().min(1), version: z.string().min(1) }),
    thresholds: z.strictObject({ good: percent, fair: percent, identifiers: percent }),
  }),
});
export type Scoring = z.output<typeof scoringFile>;
