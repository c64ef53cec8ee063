/**
 * The published rows that reports read: one schema per table of the publication, imports nothing but zod.
 * Rule: a column the reports read must be there (null, never absent); columns they do not read are let through unread.
 */
import { z } from 'zod';

const text = z.string();
const maybeText = text.nullable();
/** BIGINT arrives as a string of digits, INTEGER and DOUBLE as numbers. */
const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
const maybeNumber = number.nullable();
const whole = z.array(z.number());
const flag = z.boolean();
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/)
  .transform((value) => value.slice(0, 10));
const maybeDay = day.nullable();

/** One database that is scored; an umbrella row has none. */
export const readinessRow = z.object({
  as_of: day,
  database_id: text,
  agency_id: maybeText,
  level_reported: maybeNumber,
  level_confirmed: maybeNumber,
  level_max: maybeNumber,
  confirmed: maybeNumber,
  floor: maybeNumber,
  ceiling: maybeNumber,
  coverage: maybeNumber,
  lowest_dimension: maybeText,
  lowest_floor: maybeNumber,
  criteria_met: maybeNumber,
  criteria_applicable: maybeNumber,
  criteria_total: maybeNumber,
  records_low: maybeNumber,
  records_high: maybeNumber,
  records_total: maybeNumber,
  records_unit: maybeText,
  records_stage: maybeText,
  c12_state: maybeText,
  c12_sync_state: maybeText,
  c06_state: maybeText,
  security_state: maybeText,
  deadline: maybeDay,
  overdue_days: maybeNumber,
  shared_n: number,
  method: text,
});

export const databaseRow = z.object({
  database_id: text,
  name: text,
  sort_vi: number,
  kind: text,
  row_kind: z.enum(['database', 'umbrella', 'group']),
  part_of: maybeText,
  agency_id: maybeText,
  listed_in: text,
  holds_persons: text,
  custodian: maybeText,
  classification: text,
  required_direction: text,
  headline_unit: maybeText,
  update_frequency: maybeText,
  sync_schedule: maybeText,
  aliases: text,
});

export const agencyRow = z.object({
  agency_id: text,
  name: text,
  short_name: maybeText,
  type: text,
  agency_group: text,
  protocol_order: number,
  sort_vi: number,
  parent_id: maybeText,
  valid_from: maybeDay,
  valid_to: maybeDay,
});

/** A fact as it was stated, with its evidence. Times are UTC. */
export const observationRow = z.object({
  id: text,
  subject_type: z.enum(['database', 'agency']),
  subject_id: text,
  database_id: maybeText,
  attribute: text,
  target: maybeText,
  value_number: maybeNumber,
  value_total: maybeNumber,
  value_low: maybeNumber,
  value_high: maybeNumber,
  value_text: maybeText,
  unit: maybeText,
  stage: maybeText,
  role: maybeText,
  modality: text,
  extent: text,
  shared_n: number,
  flags: text,
  said_by: text,
  quoted: maybeText,
  grade: text,
  observed_at: text,
  stated_at: text,
  source_id: text,
  evidence_document: maybeText,
  evidence_title: maybeText,
  evidence_number: maybeText,
  evidence_date: maybeDay,
  evidence_table: maybeText,
  evidence_row: maybeText,
  evidence_column: maybeText,
  evidence_line: maybeNumber,
  evidence_inherited_from: maybeText,
  rejected_by: maybeText,
});

/** The fact that speaks for each key. */
export const currentRow = z.object({
  subject_type: z.enum(['database', 'agency']),
  subject_id: text,
  attribute: text,
  extent: text,
  unit: maybeText,
  role: maybeText,
  stage: maybeText,
  target: maybeText,
  state: maybeText,
  modality: text,
  lo: maybeNumber,
  hi: maybeNumber,
  low: maybeNumber,
  high: maybeNumber,
  value_number: maybeNumber,
  value_total: maybeNumber,
  flags: text,
  shared_n: number,
  said_by: text,
  quoted: maybeText,
  grade: text,
  observed_on: maybeDay,
  stated_on: maybeDay,
  is_live: flag,
  live_until: maybeDay,
  is_conflict: flag,
  given_from: maybeText,
  given_by: z.enum(['umbrella', 'renamed', 'merged', 'split']).nullable(),
  observation_id: text,
});

const agencyCountRow = z.object({
  agency_id: text,
  as_of: maybeDay,
  assigned: maybeNumber,
  done: maybeNumber,
  in_progress: maybeNumber,
  overdue: maybeNumber,
  own: maybeNumber,
  shared: maybeNumber,
  adds_up: flag.nullable(),
  document: text,
  document_title: maybeText,
});

const taskRow = z.object({
  task_id: text,
  document: text,
  document_title: maybeText,
  stated_on: maybeDay,
  no: maybeNumber,
  title: maybeText,
  source_program: maybeText,
  group_no: maybeText,
  legal_basis: maybeText,
  lead_agencies: maybeText,
  lead_raw: maybeText,
  deadline: maybeDay,
  deadline_raw: maybeText,
  overdue_days: maybeNumber,
  assigned_agencies_n: maybeNumber,
  overdue_agencies_n: maybeNumber,
  overdue_raw: text,
  database_ids: maybeText,
  evidence_row: maybeText,
  evidence_line: maybeNumber,
  evidence_inherited_from: maybeText,
});

export const indicatorResultRow = z.object({
  database_id: text,
  indicator: text,
  pillar: text,
  state: text,
  is_believed: flag,
  is_silent: flag,
  confirmed: maybeNumber,
  floor: maybeNumber,
  ceiling: maybeNumber,
  coverage: maybeNumber,
  weight: number,
  numerator: maybeNumber,
  denominator: maybeNumber,
  grade: maybeText,
  said_by: maybeText,
  observation_id: maybeText,
  ground: maybeText,
});

const moveFactor = z.enum(['registry', 'method', 'data', 'evidence', 'collector']);

/**
 * One pillar of a database (`all`: the database as a whole) that is not as it was the night before. Parts are whole tenths
 * of a point by cause; those of one figure add up to its change.
 */
export const moveRow = z.object({
  database_id: text,
  pillar: text,
  presence: z.enum(['appeared', 'vanished']).nullable(),
  level_reported_before: maybeNumber,
  level_reported_after: maybeNumber,
  level_confirmed_before: maybeNumber,
  level_confirmed_after: maybeNumber,
  confirmed_before: maybeNumber,
  confirmed_after: maybeNumber,
  floor_before: maybeNumber,
  floor_after: maybeNumber,
  ceiling_before: maybeNumber,
  ceiling_after: maybeNumber,
  coverage_before: maybeNumber,
  coverage_after: maybeNumber,
  parts: z.array(
    z.object({
      factor: moveFactor,
      confirmed_tenths: number,
      floor_tenths: number,
      ceiling_tenths: number,
      is_level: flag,
    }),
  ),
});

/** Everything one publication hands to the reports. */
export const publicationData = z.object({
  agency: z.array(agencyRow),
  agency_count: z.array(agencyCountRow),
  agency_edition: z.array(
    z.object({
      stated_on: day,
      place: number,
      agency_id: text,
      tasks_overdue_n: number,
      databases_overdue_n: number,
    }),
  ),
  agency_succession: z.array(z.object({ from_id: text, to_id: text, field: maybeText, date: day, basis: maybeText })),
  agency_summary: z.array(
    z.object({
      agency_id: maybeText,
      databases: number,
      overdue: number,
      criteria_reported: number,
      connection_reported: number,
      connection_confirmed: number,
      not_reported: number,
      overdue_before: maybeNumber,
      overdue_left: maybeNumber,
      overdue_entered: maybeNumber,
      blockers: maybeText,
    }),
  ),
  action: z.array(
    z.object({
      database_id: text,
      rank: number,
      action: text,
      text,
      responsible: text,
      lead: maybeText,
      coordinate: maybeText,
      product: text,
      authority: text,
      due: maybeDay,
      due_precision: z.enum(['day', 'month', 'year']).nullable(),
      due_source: z.enum(['deadline', 'programme', 'deadline_passed']).nullable(),
      due_basis: maybeText,
      result: text,
      level_from: maybeNumber,
      level_to: maybeNumber,
      confirmed_from: maybeNumber,
      confirmed_to: maybeNumber,
      criteria_gain: number,
      floor_from: maybeNumber,
      floor_to: maybeNumber,
      observation_id: maybeText,
    }),
  ),
  blocker: z.array(
    z.object({
      database_id: maybeText,
      agency_id: maybeText,
      holder: maybeText,
      since: maybeDay,
      target: maybeText,
      observation_id: text,
    }),
  ),
  commitment: z.array(
    z.object({
      database_id: maybeText,
      agency_id: maybeText,
      what: maybeText,
      target: maybeText,
      due: maybeDay,
      said_on: maybeDay,
      state: z.enum(['undated', 'missed', 'open']),
      days_past: maybeNumber,
      observation_id: text,
    }),
  ),
  criterion: z.array(
    z.object({
      criterion: text,
      position: number,
      title: text,
      short: text,
      block: text,
      certainty: text,
      attribute: maybeText,
      duplicates_indicator: maybeText,
    }),
  ),
  criterion_change: z.array(
    z.object({
      database_id: text,
      criterion: maybeText,
      state_before: maybeText,
      state_after: maybeText,
      met_before: maybeNumber,
      met_after: maybeNumber,
      total_before: maybeNumber,
      total_after: maybeNumber,
    }),
  ),
  criterion_range: z.array(
    z.object({
      database_id: text,
      block: text,
      size: number,
      known_met: number,
      at_least: number,
      at_most: number,
      is_impossible: flag,
    }),
  ),
  criterion_status: z.array(
    z.object({
      database_id: text,
      criterion: text,
      block: text,
      state: text,
      known_by: maybeText,
      observation_id: maybeText,
      ground: maybeText,
    }),
  ),
  database: z.array(databaseRow),
  database_succession: z.array(
    z.object({ from_id: text, from_name: text, to_id: maybeText, kind: text, date: day, basis: maybeText }),
  ),
  database_part: z.array(z.object({ database_id: text, part_id: maybeText, name: maybeText, known_by: maybeText })),
  database_place: z.array(
    z.object({ database_id: text, place: number, tied: number, is_live: flag, level_ordered: maybeNumber }),
  ),
  deadline: z.array(
    z.object({
      database_id: text,
      due: day,
      precision: z.enum(['day', 'month', 'year']),
      basis: text,
      what: text,
      document: maybeText,
      document_row: maybeText,
      effective_due: maybeDay,
      days_left: maybeNumber,
      working_days_left: maybeNumber,
    }),
  ),
  dimension_score: z.array(
    z.object({
      database_id: text,
      pillar: text,
      confirmed: maybeNumber,
      floor: maybeNumber,
      ceiling: maybeNumber,
      coverage: maybeNumber,
    }),
  ),
  finding: z.array(
    z.object({
      finding_id: text,
      kind: text,
      severity: z.enum(['info', 'warning', 'error']),
      state: z.enum(['new', 'seen', 'acknowledged', 'contested', 'resolved']),
      database_id: maybeText,
      agency_id: maybeText,
      name: text,
      text,
      is_contradiction: flag,
      observation_ids: maybeText,
      open_since: text,
      times_seen: number,
      resolved_on: maybeText,
      author: maybeText,
      decided_on: maybeText,
      note: maybeText,
      answer: maybeText,
      answered_by: maybeText,
      answered_on: maybeText,
    }),
  ),
  forecast: z.array(
    z.object({
      due: day,
      kind: z.enum(['reported', 'confirmed']),
      level: number,
      state: z.enum(['forecast', 'insufficient_history', 'passed']),
      databases_now: number,
      databases_silent: number,
      low: maybeNumber,
      expected: maybeNumber,
      high: maybeNumber,
      months_seen: number,
    }),
  ),
  indicator_def: z.array(
    z.object({
      indicator: text,
      pillar: text,
      weight: number,
      believe_from: text,
      confirmable: flag,
      pillar_weight: number,
    }),
  ),
  indicator_result: z.array(indicatorResultRow),
  level_gate: z.array(
    z.object({
      database_id: text,
      level: number,
      gate: text,
      passed: flag,
      confirmed: flag,
      may_pass: flag,
      observation_id: maybeText,
      is_live: flag,
    }),
  ),
  /** The day each database came to a level, in the last year: selected from table score_history. Days count back from tonight. */
  level_trend: z.array(
    z.object({ database_id: text, ago: whole, reported: z.array(maybeNumber), confirmed: z.array(maybeNumber) }),
  ),
  list_edition: z.array(
    z.object({
      document: text,
      title: maybeText,
      list: text,
      stated_on: day,
      day_known: flag,
      place: maybeNumber,
      tasks_n: number,
      databases_overdue_n: number,
      agencies_overdue_n: number,
      agencies_listed_n: number,
    }),
  ),
  /** Methods by which the figures of the last year were computed, oldest first: selected from table score_history. */
  method_trend: z.array(z.object({ method: text, ago: number })),
  /** Databases that moved most since the night before, pillar by pillar: selected from tables change and change_part. */
  move: z.array(moveRow),
  /** What moved since the night before, counted by cause; factor null: all of it. */
  move_total: z.array(
    z.object({
      previous: day,
      is_method_change: flag,
      factor: moveFactor.nullable(),
      databases: number,
      levels: number,
      up: number,
      down: number,
    }),
  ),
  observation: z.array(observationRow),
  observation_current: z.array(currentRow),
  overdue: z.array(
    z.object({
      database_id: text,
      agency_id: maybeText,
      task_id: text,
      no: maybeNumber,
      deadline: maybeDay,
      overdue_days: number,
      legal_basis: maybeText,
      given_from: maybeText,
      has_status: flag.nullable(),
    }),
  ),
  overdue_change: z.array(
    z.object({
      database_id: text,
      agency_id: maybeText,
      change: z.enum(['left', 'stayed', 'entered', 'returned']),
      from_document: text,
      to_document: text,
      from_stated_on: day,
      to_stated_on: day,
      from_day_known: flag,
      place: number,
    }),
  ),
  overdue_edition: z.array(
    z.object({
      stated_on: day,
      place: number,
      document: text,
      database_id: text,
      agency_id: maybeText,
      task_id: text,
      no: maybeNumber,
      deadline: maybeDay,
      legal_basis: maybeText,
    }),
  ),
  quality_index: z.array(
    z.object({
      database_id: text,
      contract: text,
      scope: z.enum(['database', 'field', 'dimension']),
      state: z.enum(['known', 'incomplete', 'unknown', 'undefined']),
      quality_index: maybeNumber,
      ceiling: maybeNumber,
      identifiers_met: flag.nullable(),
      measured_on: day,
    }),
  ),
  quality_result: z.array(
    z.object({
      database_id: text,
      contract: text,
      rule_id: text,
      table_name: text,
      column_name: maybeText,
      dimension: text,
      severity: z.enum(['error', 'warning', 'info']),
      state: z.enum(['met', 'unmet', 'undefined', 'unknown', 'collector_failed']),
      numerator: maybeNumber,
      denominator: maybeNumber,
    }),
  ),
  readiness: z.array(readinessRow),
  rejection: z.array(z.object({ source_id: text, place: maybeText, code: text, message: text, raw: maybeText })),
  run: z.array(
    z.object({
      run_id: text,
      started_at: maybeText,
      finished_at: maybeText,
      as_of: maybeDay,
      state: maybeText,
      program_version: maybeText,
      method: maybeText,
      sources: number,
      sources_failed: number,
      appended: number,
    }),
  ),
  /** Figures of the last year, on the days at which they changed: selected from table score_history. Days count back from tonight. */
  score_trend: z.array(
    z.object({
      database_id: text,
      pillar: text,
      nights: number,
      ago: whole,
      confirmed: z.array(maybeNumber),
      floor: z.array(maybeNumber),
      ceiling: z.array(maybeNumber),
      coverage: z.array(maybeNumber),
    }),
  ),
  source: z.array(z.object({ source_id: text, connector: text, required: flag })),
  source_health: z.array(
    z.object({
      run_id: text,
      source_id: text,
      connector: text,
      required: flag,
      state: z.enum(['ok', 'partial', 'failed', 'skipped']),
      error_code: maybeText,
      error_message: maybeText,
      observations: number,
      appended: number,
      rejections: number,
      ms: maybeNumber,
      last_good_at: maybeText,
      failures: number,
    }),
  ),
  task: z.array(taskRow),
  task_agency: z.array(
    z.object({
      task_id: text,
      no: maybeNumber,
      agency_id: text,
      state: text,
      status: maybeText,
      difficulty: maybeText,
      status_text: maybeText,
      difficulty_text: maybeText,
      row: maybeText,
      inherited: maybeText,
      is_inferred: flag,
    }),
  ),
  task_database: z.array(z.object({ task_id: text, no: maybeNumber, database_id: text, given_from: maybeText })),
  waiting: z.array(
    z.object({
      database_id: maybeText,
      agency_id: maybeText,
      holder: text,
      since: maybeDay,
      days: maybeNumber,
      attributes: text,
      observation_id: maybeText,
    }),
  ),
});

/** Rows as they are handed over (before parsing). */
export type PublicationInput = z.input<typeof publicationData>;
/** Rows as the reports use them. */
export type PublicationData = z.output<typeof publicationData>;
export type DatabaseRow = z.output<typeof databaseRow>;
export type AgencyRow = z.output<typeof agencyRow>;
export type ObservationRow = z.output<typeof observationRow>;
export type CurrentRow = z.output<typeof currentRow>;
export type Row<Table extends keyof PublicationData> = PublicationData[Table][number];

/** Reads the rows of a publication; @throws ZodError naming table, row and column that is not as agreed. */
export function parsePublication(tables: unknown): PublicationData {
  return publicationData.parse(tables);
}
