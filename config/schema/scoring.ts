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

const nights = z.number().int().min(1).max(35);
/** From when on a finding fires; the rule itself stands in its SQL file. No figure passes through any of these. */
const findingSettings = z.strictObject({
  deadline: z
    .strictObject({ warning_days: z.number().int().min(0).default(7), error_days: z.number().int().min(0).default(0) })
    .refine((d) => d.error_days <= d.warning_days, '`error_days` lies before `warning_days`')
    .prefault({}),
  expiring_days: z.number().int().min(1).max(90).default(7),
  source_failing_nights: nights.default(3),
  feed: z
    .strictObject({ nights: nights.default(14), percent: percent.default(80), silent_nights: nights.default(2) })
    .refine((f) => f.nights + f.silent_nights <= 35, 'readings are kept at hand for 35 nights')
    .prefault({}),
  records: z
    .strictObject({
      min_readings: z.number().int().min(3).max(34).default(7),
      deviations: z.number().min(1).max(100).default(5),
      least_percent: percent.default(5),
      few_percent: percent.default(30),
    })
    .prefault({}),
  deleted: z
    .strictObject({ least_rows: z.number().int().min(1).default(20), tolerance_percent: percent.default(20) })
    .prefault({}),
  touched_readings: z.number().int().min(2).max(34).default(5),
  heartbeat_days: nights.default(7),
  shrunk_percent: percent.default(20),
  changes_days: z.number().int().min(1).max(366).default(90),
});
/** What a site has that says nothing of findings, and a bundle of before there were such settings. */
export const FINDING_DEFAULTS = findingSettings.parse({});

export const scoringFile = z.strictObject({
  method: z.strictObject({ id: z.string().min(1), version: z.string().min(1) }),
  min_coverage: percent,
  min_required_sources: percent,
  programme_total: z.number().int().positive(),
  ranking: z.strictObject({ databases_percent: percent, agencies: z.number().int().min(1) }),
  deadline_soon_days: z.number().int().min(0),
  findings: findingSettings.prefault({}),
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
