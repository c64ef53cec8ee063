/** Fills schema `raw`: the settings as tables, and what the store knows as of the day. Models read nothing else. */
import type { Config } from '../../config/load.ts';
import { PER_HUNDRED_THOUSAND } from '../../config/schema/parts.ts';
import { sqlTimestamp } from '../../config/time.ts';
import type { Columns, Database } from './database.ts';
import { SOURCE_HEALTH_COLUMNS, type SourceHealthRow } from './store-rows.ts';

/** Parts of one() per 100 000: settings keep five decimals, models fifteen. */
const PARTS = 10_000_000_000;

/** Nights of observations that a publication holds besides what speaks. */
const PUBLISHED_NIGHTS = 35;

type Row = Record<string, unknown>;

/** ISO 8601 duration in whole days (months count 30, years 365; part days count one). */
export function durationDays(duration: string | null): number | null {
  if (duration === null) return null;
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(T.+)?$/.exec(duration);
  if (found === null) return null;
  const [years = 0, months = 0, weeks = 0, days = 0] = found.slice(1, 5).map((part) => Number(part ?? 0));
  return years * 365 + months * 30 + weeks * 7 + days + (found[5] === undefined ? 0 : 1);
}

/** One table of schema raw. */
export async function rawTable(
  database: Database,
  name: string,
  columns: Columns,
  rows: readonly Row[],
): Promise<void> {
  await database.createTable(`raw.${name}`, columns, rows);
}

/** All settings that models read. */
export async function loadSettings(database: Database, config: Config): Promise<void> {
  await database.run('CREATE SCHEMA IF NOT EXISTS raw');
  await loadRegistry(database, config);
  await loadVocabulary(database, config);
  await loadMethod(database, config);
  await loadOperation(database, config);
}

async function loadRegistry(database: Database, config: Config): Promise<void> {
  await rawTable(
    database,
    'database',
    {
      database_id: 'VARCHAR',
      position: 'INTEGER',
      name: 'VARCHAR',
      kind: 'VARCHAR',
      row_kind: 'VARCHAR',
      part_of: 'VARCHAR',
      agency_id: 'VARCHAR',
      listed_in: 'VARCHAR',
      holds_persons: 'VARCHAR',
      custodian: 'VARCHAR',
      classification: 'VARCHAR',
      required_direction: 'VARCHAR',
      headline_unit: 'VARCHAR',
      update_frequency: 'VARCHAR',
      update_frequency_days: 'INTEGER',
      sync_schedule: 'VARCHAR',
      sync_schedule_days: 'INTEGER',
      aliases: 'VARCHAR',
    },
    config.databases.map((d, position) => ({
      ...d,
      position,
      listed_in: d.listed_in.join(';'),
      aliases: d.aliases.join(';'),
      update_frequency_days: durationDays(d.update_frequency),
      sync_schedule_days: durationDays(d.sync_schedule),
    })),
  );
  await rawTable(
    database,
    'deadline',
    {
      database_id: 'VARCHAR',
      due: 'DATE',
      precision: 'VARCHAR',
      basis: 'VARCHAR',
      what: 'VARCHAR',
      document: 'VARCHAR',
      document_row: 'VARCHAR',
    },
    config.deadlines.map((d) => ({ ...d, document_row: d.row })),
  );
  await rawTable(
    database,
    'agency',
    {
      agency_id: 'VARCHAR',
      name: 'VARCHAR',
      short_name: 'VARCHAR',
      type: 'VARCHAR',
      agency_group: 'VARCHAR',
      protocol_order: 'INTEGER',
      parent_id: 'VARCHAR',
      valid_from: 'DATE',
      valid_to: 'DATE',
      aliases: 'VARCHAR',
    },
    config.agencies.map((a) => ({ ...a, agency_group: a.group, aliases: a.aliases.join(';') })),
  );
  await rawTable(
    database,
    'succession',
    { from_id: 'VARCHAR', to_id: 'VARCHAR', field: 'VARCHAR', date: 'DATE', basis: 'VARCHAR' },
    config.successions,
  );
}

async function loadVocabulary(database: Database, config: Config): Promise<void> {
  const { ages, scales, ratio_states: ratio, ageless_states: ageless } = config.scoring;
  const age = (days: number | 'never' | undefined): number | null => (typeof days === 'number' ? days : null);
  await rawTable(
    database,
    'attribute',
    {
      attribute: 'VARCHAR',
      position: 'INTEGER',
      attribute_group: 'VARCHAR',
      type: 'VARCHAR',
      scale: 'VARCHAR',
      age_said: 'INTEGER',
      age_measured: 'INTEGER',
    },
    Object.entries(config.attributes.attributes).map(([attribute, d], position) => ({
      attribute,
      position,
      attribute_group: d.group,
      type: d.type,
      scale: d.scale ?? null,
      age_said: age(ages[d.age]?.said),
      age_measured: age(ages[d.age]?.measured),
    })),
  );
  await rawTable(
    database,
    'unit',
    { unit: 'VARCHAR', unit_class: 'VARCHAR' },
    Object.entries(config.attributes.unit_classes).flatMap(([unitClass, units]) =>
      units.map((unit) => ({ unit, unit_class: unitClass })),
    ),
  );
  await rawTable(
    database,
    'scale_value',
    {
      scale: 'VARCHAR',
      state: 'VARCHAR',
      rank: 'INTEGER',
      lo: 'BIGINT',
      hi: 'BIGINT',
      takes_ratio: 'BOOLEAN',
      ageless: 'BOOLEAN',
    },
    Object.entries(config.attributes.scales).flatMap(([scale, states]) =>
      states.map((state, rank) => {
        const [lo, hi] = scales[scale]?.[state] ?? [0, PER_HUNDRED_THOUSAND];
        return {
          scale,
          state,
          rank,
          lo: lo * PARTS,
          hi: hi * PARTS,
          takes_ratio: ratio[scale]?.includes(state) ?? false,
          ageless: ageless[scale]?.includes(state) ?? false,
        };
      }),
    ),
  );
  await rawTable(
    database,
    'extent_cap',
    { scale: 'VARCHAR', cap: 'BIGINT' },
    Object.entries(config.scoring.extent_caps).map(([scale, cap]) => ({ scale, cap: cap * PARTS })),
  );
}

async function loadMethod(database: Database, config: Config): Promise<void> {
  const { scoring, criteria } = config;
  await rawTable(
    database,
    'setting',
    {
      method: 'VARCHAR',
      min_coverage: 'INTEGER',
      programme_total: 'INTEGER',
      deadline_soon_days: 'INTEGER',
      awaiting_after_remediated: 'BIGINT',
      criteria_total: 'INTEGER',
    },
    [
      {
        method: `${scoring.method.id} ${scoring.method.version}`,
        min_coverage: scoring.min_coverage,
        programme_total: scoring.programme_total,
        deadline_soon_days: scoring.deadline_soon_days,
        awaiting_after_remediated: scoring.awaiting_after_remediated * PARTS,
        criteria_total: criteria.total,
      },
    ],
  );
  const pillars = Object.entries(scoring.pillars);
  await rawTable(
    database,
    'pillar',
    { pillar: 'VARCHAR', position: 'INTEGER', weight: 'INTEGER', believe_from: 'VARCHAR', is_dimension: 'BOOLEAN' },
    pillars.map(([pillar, p], position) => ({
      pillar,
      position,
      weight: p.weight,
      believe_from: p.believe_from ?? null,
      is_dimension: scoring.dimensions.includes(pillar),
    })),
  );
  const indicators = pillars.flatMap(([pillar, p]) =>
    Object.entries(p.indicators).map(([indicator, i]) => ({ pillar, indicator, ...i })),
  );
  await rawTable(
    database,
    'indicator',
    {
      indicator: 'VARCHAR',
      pillar: 'VARCHAR',
      position: 'INTEGER',
      weight: 'INTEGER',
      believe_from: 'VARCHAR',
      confirmable: 'BOOLEAN',
    },
    indicators.map((i, position) => ({ ...i, position })),
  );
  await rawTable(
    database,
    'indicator_speaker',
    { indicator: 'VARCHAR', said_by: 'VARCHAR', believe_from: 'VARCHAR' },
    indicators.flatMap((i) =>
      Object.entries(i.said_by).map(([saidBy, from]) => ({
        indicator: i.indicator,
        said_by: saidBy,
        believe_from: from,
      })),
    ),
  );
  await loadCriteria(database, config);
  const levels = Object.entries(scoring.levels).flatMap(([level, gates]) =>
    Object.entries(gates).flatMap(([gate, conditions]) =>
      conditions.map((condition) => ({ level: Number(level), gate, ...condition })),
    ),
  );
  await rawTable(
    database,
    'gate_condition',
    {
      level: 'INTEGER',
      gate: 'VARCHAR',
      position: 'INTEGER',
      attribute: 'VARCHAR',
      rule: 'VARCHAR',
      unit_class: 'VARCHAR',
      role: 'VARCHAR',
      above: 'DOUBLE',
      at_least: 'BIGINT',
      states: 'VARCHAR[]',
    },
    levels.map((l, position) => ({ ...l, position, at_least: l.at_least === undefined ? null : l.at_least * PARTS })),
  );
}

async function loadCriteria(database: Database, config: Config): Promise<void> {
  const { criteria } = config.criteria;
  await rawTable(
    database,
    'criterion',
    {
      criterion: 'VARCHAR',
      position: 'INTEGER',
      title: 'VARCHAR',
      short: 'VARCHAR',
      block: 'VARCHAR',
      certainty: 'VARCHAR',
      attribute: 'VARCHAR',
      duplicates_indicator: 'VARCHAR',
    },
    criteria.map((c, i) => ({ ...c, criterion: c.id, position: i + 1 })),
  );
  await rawTable(
    database,
    'criterion_state',
    { criterion: 'VARCHAR', state: 'VARCHAR', verdict: 'VARCHAR' },
    criteria.flatMap((c) => [
      ...c.met_states.map((state) => ({ criterion: c.id, state, verdict: 'met' })),
      ...c.unmet_states.map((state) => ({ criterion: c.id, state, verdict: 'unmet' })),
    ]),
  );
  await rawTable(
    database,
    'criterion_speaker',
    { criterion: 'VARCHAR', said_by: 'VARCHAR' },
    criteria.flatMap((c) => c.said_by.map((saidBy) => ({ criterion: c.id, said_by: saidBy }))),
  );
}

async function loadOperation(database: Database, config: Config): Promise<void> {
  await rawTable(
    database,
    'waiver',
    {
      database_id: 'VARCHAR',
      criterion: 'VARCHAR',
      indicator: 'VARCHAR',
      approved_by: 'VARCHAR',
      document: 'VARCHAR',
      ground: 'VARCHAR',
      valid_from: 'DATE',
      valid_until: 'DATE',
    },
    config.waivers.map((w) => ({ ...w, database_id: w.database, valid_from: w.from, valid_until: w.until })),
  );
  await rawTable(
    database,
    'decision',
    {
      id: 'VARCHAR',
      kind: 'VARCHAR',
      object: 'VARCHAR',
      who: 'VARCHAR',
      decided_on: 'DATE',
      ground: 'VARCHAR',
      valid_until: 'DATE',
    },
    config.decisions.map((d) => ({
      id: d.id,
      kind: d.kind,
      object: d.kind === 'acknowledge' ? d.finding : d.kind === 'enter' ? JSON.stringify(d.fact) : d.observation,
      who: d.who,
      decided_on: d.when,
      ground: d.ground,
      valid_until: d.kind === 'acknowledge' ? (d.until ?? null) : null,
    })),
  );
  await rawTable(
    database,
    'contradiction',
    { contradiction: 'VARCHAR', label: 'VARCHAR', severity: 'VARCHAR', gate: 'VARCHAR' },
    config.contradictions.map((c) => ({
      contradiction: c.id,
      label: c.label,
      severity: c.severity,
      gate: c.gate ?? null,
    })),
  );
  await rawTable(
    database,
    'contradiction_side',
    {
      contradiction: 'VARCHAR',
      side: 'VARCHAR',
      attribute: 'VARCHAR',
      subject: 'VARCHAR',
      states: 'VARCHAR[]',
      at_least: 'BIGINT',
    },
    config.contradictions.flatMap((c) =>
      (['a', 'b'] as const).map((side) => ({
        contradiction: c.id,
        side,
        ...c[side],
        at_least: c[side].at_least === undefined ? null : c[side].at_least * PARTS,
      })),
    ),
  );
  await rawTable(
    database,
    'source',
    { source_id: 'VARCHAR', connector: 'VARCHAR', required: 'BOOLEAN' },
    config.sources.sources.map((s) => ({ source_id: s.id, connector: s.connector, required: s.required })),
  );
}

export interface Known {
  asOf: string;
  /** Nothing learnt later than this counts. */
  knownAt: Date;
  runId: string;
  /** Ids of observations a decision rejected or confirmed, as of the day. */
  rejected: readonly { id: string; decision: string }[];
  confirmed: readonly string[];
  health: readonly SourceHealthRow[];
  /** True for a replay of an earlier state: observation_latest only knows the present. */
  fromLog: boolean;
}

/** Views over the attached store: what is known as of the day. */
export async function loadKnown(database: Database, known: Known): Promise<void> {
  await rawTable(database, 'rejected', { id: 'VARCHAR', decision: 'VARCHAR' }, known.rejected);
  await rawTable(
    database,
    'confirmed',
    { id: 'VARCHAR' },
    known.confirmed.map((id) => ({ id })),
  );
  const visible = `visible_on <= DATE '${known.asOf}' AND collected_at <= TIMESTAMP '${sqlTimestamp(known.knownAt)}'`;
  const log = `SELECT * FROM store.observation WHERE ${visible} AND id NOT IN (SELECT id FROM raw.rejected)
    QUALIFY rank() OVER (PARTITION BY subject_type, subject_id, attribute, extent, unit, role, stage, target, source_id, grade ORDER BY observed_at DESC, collected_at DESC) = 1`;
  await database.run(
    `CREATE OR REPLACE TABLE raw.observation AS
     SELECT o.* REPLACE (CASE WHEN c.id IS NOT NULL AND o.grade < 'E2' THEN 'E2' ELSE o.grade END AS grade)
     FROM (${known.fromLog ? log : 'SELECT * FROM store.observation_latest'}) AS o
     LEFT JOIN raw.confirmed AS c ON c.id = o.id`,
    {},
    'reading the store',
  );
  // What is published: what speaks or is live, the last nights whole, and all that a decision silenced.
  await database.run(
    `CREATE OR REPLACE TABLE raw.observation_all AS
     SELECT o.*, NULL::VARCHAR AS rejected_by FROM raw.observation AS o
     UNION ALL
     SELECT o.*, NULL FROM store.observation AS o
     WHERE ${visible} AND visible_on > DATE '${known.asOf}' - ${PUBLISHED_NIGHTS}
       AND id NOT IN (SELECT id FROM raw.observation) AND id NOT IN (SELECT id FROM raw.rejected)
     UNION ALL
     SELECT o.*, r.decision FROM store.observation AS o JOIN raw.rejected AS r ON r.id = o.id WHERE ${visible}`,
    {},
    'reading the store',
  );
  await database.run(`CREATE OR REPLACE TABLE raw.statement AS SELECT * FROM store.statement WHERE ${visible}`);
  await database.run('CREATE OR REPLACE TABLE raw.score_history AS FROM store.score_history');
  await database.run('CREATE OR REPLACE TABLE raw.rejection AS SELECT * FROM store.rejection WHERE run_id = $run_id', {
    run_id: known.runId,
  });
  await rawTable(database, 'source_health', SOURCE_HEALTH_COLUMNS, known.health as never);
}
