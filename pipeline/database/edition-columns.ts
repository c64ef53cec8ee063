/**
 * What the edition `chia_se` shows, table by table and column by column (SEMANTICS section 9).
 * Rule: an allow-list. A table or column that stands nowhere here is not in the edition; `hidden` says that it was thought of.
 */

/** How one published table appears in the edition; names of columns are separated by spaces. */
export interface EditionTable {
  /** As they are published. */
  shown: string;
  /** There and empty, because reports ask for them. */
  blank?: string;
  /** There, with what this expression (over the row `t`) leaves of them. */
  as?: Readonly<Record<string, string>>;
  /** Only rows for which this holds. */
  where?: string;
  /** Not there. */
  hidden?: string;
}

/** Sets that the expressions ask; edition.ts fills them. */
export const RULES = 'edition_rule';

const among = (value: string, set: string): string => `${value} IN (FROM ${RULES}.${set})`;
const onlyIf = (condition: string, column: string): string => `CASE WHEN ${condition} THEN t.${column} END`;
const each = (names: string, of: (column: string) => string): Record<string, string> =>
  Object.fromEntries(names.split(' ').map((name) => [name, of(name)]));

const IS_FACT_SHOWN = among('t.observation_id', 'fact');
const IS_OPEN = among('t.database_id', 'open_database');
/** Titles as documents word them, without what says where a machine or a person is found. */
const titled = (names: string): Record<string, string> =>
  each(names, (name) => `${RULES}.without_addresses(t.${name})`);
/** "13/19 criteria" counts no records; every other number of a database that is not open is hidden. */
const MAY_COUNT = `(t.attribute = 'checklist.met' OR ${among('t.subject_id', 'open_database')})`;
const IS_READ_DOCUMENT = among('t.evidence_document', 'document');
const IS_CRITERION_SHOWN = among('t.criterion', 'criterion');

/** A fact that is not shown is not cited either. */
const CITED = { observation_id: onlyIf(IS_FACT_SHOWN, 'observation_id') };
const TARGET = { target: onlyIf(among('t.target', 'target'), 'target') };
const GROUND = { ground: onlyIf(among('t.ground', 'ground'), 'ground') };
const NUMBERS = each('value_number value_total', (name) => onlyIf(MAY_COUNT, name));
const UNIT = { unit: onlyIf(`${MAY_COUNT} AND ${among('t.unit', 'unit')}`, 'unit') };
/** Where in a document: a number, never words. */
const place = (column: string): string =>
  onlyIf(`${IS_READ_DOCUMENT} AND regexp_full_match(t.${column}, '[0-9IVXLC][0-9IVXLC., –-]{0,11}')`, column);
const FACT = { flags: `${RULES}.kept_flags(t.flags)`, quoted: onlyIf("t.quoted IN ('c12', 'c06')", 'quoted') };
/** A state of a scale, or the kind of an obstacle; never words. */
const state = (column: string): string =>
  onlyIf(
    `${among('t.attribute', 'scaled')} OR (t.attribute = 'blocked_by' AND ${among(`t.${column}`, 'holder')})`,
    column,
  );

/** Kinds of findings that say nothing hidden of any database. Contradictions and conflicts are let in by what they cite. */
const KINDS =
  'arithmetic blank_status count_vs_text criteria_fewer deadline_passed deadline_soon evidence_expiring frequency_relaxed heartbeat_sync identical_numbers measurement_went_silent no_breakdown no_record_count on_time_but_overdue parts_share_count shared_statement stale sync_missed touched_without_change';
/** Those that speak of amounts or of rows. */
const KINDS_OF_OPEN =
  'count_vs_measurement denominator_shrunk failing_rows_deleted identifier_not_whole records_moved rule_not_met';
const ACTIONS =
  'breakdown confirm_connection connect create_data decide_na expected_total reconcile report_status resolve_conflict split_statement sync';

const list = (names: string): string =>
  names
    .split(' ')
    .map((name) => `'${name}'`)
    .join(', ');

const FINDINGS = [
  `(t.kind IN (${list(KINDS)}) OR t.is_contradiction`,
  `OR (t.kind IN (${list(KINDS_OF_OPEN)}) AND ${IS_OPEN})`,
  `OR (t.kind = 'waiting' AND ${among('t.observation_ids', 'wait')})`,
  `OR (t.kind = 'confirmation_to_obtain' AND ${among('t.observation_ids', 'quoted')}))`,
  // What cannot show its facts is not said. A contradiction is let in by them alone; those of a resolved finding may have
  // left the publication, and with them the means to judge it.
  `AND NOT ${among('t.finding_id', 'finding_on_hidden')}`,
  `AND ((NOT t.is_contradiction AND t.state <> 'resolved') OR ${among('t.finding_id', 'finding_on_shown')})`,
].join(' ');

export const EDITION_TABLES: Readonly<Record<string, EditionTable>> = {
  action: {
    shown:
      'as_of database_id action text responsible lead coordinate product authority due due_precision due_source due_basis result level_from level_to confirmed_from confirmed_to criteria_gain floor_from floor_to',
    // No gap may tell that something stood there.
    as: { rank: '(row_number() OVER (PARTITION BY t.database_id ORDER BY t.rank))::INTEGER', ...CITED },
    where: `t.action IN (${list(ACTIONS)}) AND (t.observation_id IS NULL OR ${IS_FACT_SHOWN})`,
  },
  agency: {
    shown: 'agency_id name short_name type agency_group protocol_order sort_vi parent_id valid_from valid_to aliases',
  },
  agency_count: {
    shown: 'agency_id as_of assigned done in_progress overdue own shared adds_up document evidence_row evidence_line',
    hidden: 'rate_raw',
    as: titled('document_title'),
  },
  agency_edition: { shown: 'stated_on place agency_id tasks_overdue_n databases_overdue_n' },
  agency_succession: { shown: 'from_id to_id field date basis' },
  agency_summary: {
    shown:
      'as_of agency_id databases overdue criteria_reported connection_reported connection_confirmed not_reported overdue_before overdue_left overdue_entered',
    as: { blockers: `${RULES}.kept_holders(t.blockers)` },
  },
  attribute_def: { shown: 'attribute attribute_group type scale age_said_days age_measured_days' },
  blocker: {
    shown: 'database_id agency_id holder since observation_id',
    as: TARGET,
    where: `${IS_FACT_SHOWN} AND ${among('t.holder', 'holder')}`,
  },
  change: {
    shown:
      'as_of previous database_id pillar level_reported_before level_reported_after level_confirmed_before level_confirmed_after confirmed_before confirmed_after floor_before floor_after ceiling_before ceiling_after coverage_before coverage_after is_method_change renamed_from',
  },
  change_part: {
    shown:
      'as_of previous database_id pillar factor presence confirmed_tenths floor_tenths ceiling_tenths coverage_tenths level_reported_from level_reported_to level_confirmed_from level_confirmed_to',
  },
  commitment: {
    shown: 'database_id agency_id due said_on state days_past observation_id',
    blank: 'what',
    as: TARGET,
    where: IS_FACT_SHOWN,
  },
  criterion: {
    shown: 'criterion position title short block certainty attribute duplicates_indicator',
    where: IS_CRITERION_SHOWN,
  },
  criterion_change: {
    shown: 'as_of database_id criterion state_before state_after met_before met_after total_before total_after',
    where: `(t.criterion IS NULL OR ${IS_CRITERION_SHOWN})`,
  },
  criterion_range: {
    shown: 'database_id block size known_met at_least at_most is_impossible',
    where: among('t.block', 'block'),
  },
  criterion_status: {
    shown: 'as_of database_id criterion block state known_by',
    as: { ...CITED, ...GROUND },
    where: IS_CRITERION_SHOWN,
  },
  database: {
    shown:
      'database_id name sort_vi kind row_kind part_of agency_id listed_in holds_persons custodian classification required_direction headline_unit update_frequency sync_schedule aliases valid_from valid_to',
  },
  database_part: { shown: 'database_id part_id name known_by', where: "t.known_by = 'registry'" },
  database_place: { shown: 'database_id level_ordered is_live place tied' },
  database_succession: { shown: 'from_id from_name to_id to_name kind date basis' },
  deadline: {
    shown: 'database_id due precision basis what document document_row effective_due days_left working_days_left',
  },
  dimension_score: { shown: 'as_of database_id pillar confirmed floor ceiling coverage method' },
  document: {
    shown: 'document dated stated_on source_id series superseded_by observations tasks agency_counts',
    hidden: 'file file_size received_at received_by read_at sha256 rejections',
    where: among('t.document', 'document'),
    as: titled('title number'),
  },
  finding: {
    shown:
      'as_of finding_id kind severity state database_id agency_id name is_contradiction observation_ids first_seen open_since days_open times_seen resolved_on',
    blank: 'author decided_on note answer answered_by answered_on',
    hidden: 'decision_id',
    where: FINDINGS,
    as: titled('text'),
  },
  forecast: {
    shown:
      'as_of due kind level state databases_now databases_silent low expected high months_seen database_months moves_up moves_down',
  },
  forecast_database: {
    shown:
      'as_of database_id due state level_now next_level level_low level_high criteria_missing months_left pace_needed pace_seen months_seen',
    hidden: 'gates gates_open',
  },
  holiday: { shown: 'date kind name basis strength' },
  indicator_def: { shown: 'indicator pillar weight believe_from confirmable pillar_weight' },
  indicator_result: {
    shown:
      'as_of database_id indicator pillar state is_believed is_silent confirmed floor ceiling coverage weight grade said_by observation_id',
    as: { ...each('numerator denominator', (name) => onlyIf(IS_OPEN, name)), ...GROUND },
  },
  label: { shown: 'key vi en' },
  level_gate: {
    shown: 'database_id level gate passed confirmed may_pass is_live',
    as: CITED,
    where: "t.gate NOT LIKE 'security%'",
  },
  list_edition: {
    shown:
      'source_id document list stated_on day_known place tasks_n databases_overdue_n agencies_overdue_n agencies_listed_n',
    as: titled('title'),
  },
  observation: {
    shown:
      'id subject_type subject_id database_id attribute value_time stage role modality extent shared_n said_by grade observed_at stated_at collected_at run_id source_id evidence_date evidence_line evidence_page confidence rejected_by is_newest',
    as: {
      ...FACT,
      ...TARGET,
      ...NUMBERS,
      ...UNIT,
      ...each('value_low value_high', (name) => onlyIf(MAY_COUNT, name)),
      value_text: state('value_text'),
      ...each('evidence_document evidence_number', (name) => onlyIf(IS_READ_DOCUMENT, name)),
      // Few titles stand in many rows: those with an address are known beforehand.
      evidence_title: `CASE WHEN ${IS_READ_DOCUMENT} THEN CASE WHEN ${among('t.evidence_title', 'addressed')} THEN ${RULES}.without_addresses(t.evidence_title) ELSE t.evidence_title END END`,
      ...each('evidence_table evidence_row evidence_inherited_from', place),
    },
    blank: 'evidence_column',
    hidden: 'evidence_url evidence_query evidence_sha256 evidence_quote',
    where: among('t.id', 'fact'),
  },
  observation_current: {
    shown:
      'subject_type subject_id attribute extent role stage modality lo hi shared_n said_by grade observed_on stated_on is_live live_until is_conflict given_from given_by observation_id',
    as: {
      ...FACT,
      ...TARGET,
      ...NUMBERS,
      ...UNIT,
      ...each('low high', (name) => onlyIf(MAY_COUNT, name)),
      state: state('state'),
    },
    where: IS_FACT_SHOWN,
  },
  overdue: {
    shown: 'database_id agency_id task_id no deadline overdue_days given_from has_status',
    as: titled('legal_basis'),
  },
  overdue_change: {
    shown: 'database_id agency_id change from_document to_document from_stated_on to_stated_on from_day_known place',
  },
  overdue_edition: {
    shown: 'stated_on place document database_id agency_id task_id no deadline given_from',
    as: titled('legal_basis'),
  },
  quality_index: {
    shown:
      'as_of database_id contract scope table_name column_name dimension state quality_index ceiling coverage band is_identifier identifiers_met measured_on method',
  },
  quality_result: {
    shown:
      'as_of database_id contract contract_version rule_id rule_version table_name column_name metric dimension attribute severity state percent_met unit weight is_identifier measured_on source_id method',
    as: each('numerator denominator value', (name) => onlyIf(IS_OPEN, name)),
    hidden: 'problem future_rows counts_restricted sql_hash engine ms',
  },
  readiness: {
    shown:
      'as_of database_id agency_id level_reported level_confirmed level_max confirmed floor ceiling coverage lowest_dimension lowest_floor criteria_met criteria_applicable criteria_total c12_state c12_sync_state c06_state deadline overdue_days shared_n method',
    blank: 'security_state',
    as: each('records_low records_high records_total records_unit records_stage', (name) => onlyIf(IS_OPEN, name)),
  },
  run: { shown: 'run_id started_at finished_at as_of program_version method state sources sources_failed appended' },
  score_history: {
    shown:
      'as_of database_id pillar level_reported level_confirmed confirmed floor ceiling coverage method recorded_as',
  },
  source: { shown: 'source_id connector required' },
  source_health: {
    shown: 'run_id source_id connector required state observations appended rejections ms last_good_at failures',
    blank: 'error_code error_message',
    hidden: 'error_hint tries bytes',
  },
  sync_window: {
    shown:
      'database_id said_by grade ended_on days batches succeeded batches_7d succeeded_7d batches_1d succeeded_1d heartbeats lag_p50_minutes lag_p95_minutes missed_days last_success silent_days last_change batches_in last_success_in is_live observation_id',
    as: each('records_sent records_accepted records_rejected backlog backlog_change', (name) => onlyIf(IS_OPEN, name)),
    where: IS_FACT_SHOWN,
  },
  task: {
    shown:
      'task_id document stated_on no group_no lead_agencies deadline overdue_days assigned_agencies_n overdue_agencies_n database_ids evidence_row evidence_line evidence_inherited_from',
    as: titled('document_title title source_program legal_basis lead_raw deadline_raw overdue_raw'),
  },
  task_agency: {
    shown: 'task_id no agency_id state overdue status difficulty as_of row inherited is_inferred',
    blank: 'status_text difficulty_text',
  },
  task_database: { shown: 'task_id no database_id given_from' },
  task_edition: {
    shown:
      'task_id source_id document stated_on list place no group_no lead_agencies deadline overdue_days assigned_agencies_n overdue_agencies_n overdue_agencies database_ids evidence_table evidence_row evidence_line evidence_inherited_from',
    as: titled('document_title title source_program legal_basis lead_raw deadline_raw overdue_raw'),
  },
  waiting: {
    shown: 'database_id agency_id holder since days attributes',
    as: CITED,
    where: among('t.observation_id', 'wait'),
  },
  waiver: {
    shown: 'database_id criterion indicator document valid_from valid_until',
    hidden: 'approved_by ground',
    where: `t.criterion IS NULL OR ${IS_CRITERION_SHOWN}`,
  },
};

/** Not in the edition at all: names and addresses of endpoints, who decided what and why, what a source sent that was refused. */
export const HIDDEN_TABLES = ['availability', 'decision', 'rejection'] as const;
