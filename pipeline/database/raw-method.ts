/** Vocabulary, values, weights, gates and criteria as tables. */
import type { Config } from '../../config/load.ts';
import { PER_HUNDRED_THOUSAND } from '../../config/schema/parts.ts';
import { FINDING_DEFAULTS } from '../../config/schema/scoring.ts';
import { PARTS, type RawTables } from './raw-table.ts';

export function loadVocabulary(raw: RawTables, config: Config): void {
  const { ages, scales, ratio_states: ratio, ageless_states: ageless } = config.scoring;
  const age = (days: number | 'never' | undefined): number | null => (typeof days === 'number' ? days : null);
  raw.add(
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
  raw.add(
    'unit',
    { unit: 'VARCHAR', unit_class: 'VARCHAR' },
    Object.entries(config.attributes.unit_classes).flatMap(([unitClass, units]) =>
      units.map((unit) => ({ unit, unit_class: unitClass })),
    ),
  );
  raw.add(
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
  raw.add(
    'extent_cap',
    { scale: 'VARCHAR', cap: 'BIGINT' },
    Object.entries(config.scoring.extent_caps).map(([scale, cap]) => ({ scale, cap: cap * PARTS })),
  );
}

export function loadMethod(raw: RawTables, config: Config): void {
  const { scoring, criteria } = config;
  raw.add(
    'setting',
    {
      method: 'VARCHAR',
      min_coverage: 'INTEGER',
      programme_total: 'INTEGER',
      deadline_soon_days: 'INTEGER',
      awaiting_after_remediated: 'BIGINT',
      criteria_total: 'INTEGER',
      countdown_to: 'DATE',
      forecast_min_months: 'INTEGER',
      forecast_min_database_months: 'INTEGER',
    },
    [
      {
        method: `${scoring.method.id} ${scoring.method.version}`,
        min_coverage: scoring.min_coverage,
        programme_total: scoring.programme_total,
        deadline_soon_days: scoring.deadline_soon_days,
        awaiting_after_remediated: scoring.awaiting_after_remediated * PARTS,
        criteria_total: criteria.total,
        countdown_to: scoring.countdown_to,
        // Settings kept by a run of before there was a forecast have no minima; their SQL asks for none.
        forecast_min_months: scoring.forecast?.min_months ?? null,
        forecast_min_database_months: scoring.forecast?.min_database_months ?? null,
      },
    ],
  );
  const pillars = Object.entries(scoring.pillars);
  raw.add(
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
  raw.add(
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
  raw.add(
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
  loadCriteria(raw, config);
  loadFindingSettings(raw, config);
  const levels = Object.entries(scoring.levels).flatMap(([level, gates]) =>
    Object.entries(gates).flatMap(([gate, conditions]) =>
      conditions.map((condition) => ({ level: Number(level), gate, ...condition })),
    ),
  );
  raw.add(
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

/** One row; a bundle of before there were such settings has none. */
function loadFindingSettings(raw: RawTables, { scoring }: Config): void {
  const f = (scoring.findings as typeof scoring.findings | undefined) ?? FINDING_DEFAULTS;
  const row = {
    deadline_warning_days: f.deadline.warning_days,
    deadline_error_days: f.deadline.error_days,
    expiring_days: f.expiring_days,
    source_failing_nights: f.source_failing_nights,
    feed_nights: f.feed.nights,
    feed_percent: f.feed.percent,
    feed_silent_nights: f.feed.silent_nights,
    records_min_readings: f.records.min_readings,
    records_least_percent: f.records.least_percent,
    records_few_percent: f.records.few_percent,
    deleted_least_rows: f.deleted.least_rows,
    deleted_tolerance_percent: f.deleted.tolerance_percent,
    touched_readings: f.touched_readings,
    heartbeat_days: f.heartbeat_days,
    shrunk_percent: f.shrunk_percent,
    changes_days: f.changes_days,
  };
  const columns = Object.fromEntries(Object.keys(row).map((key) => [key, 'INTEGER']));
  raw.add('finding_setting', { ...columns, records_deviations: 'DOUBLE' }, [
    { ...row, records_deviations: f.records.deviations },
  ]);
}

function loadCriteria(raw: RawTables, config: Config): void {
  const { criteria } = config.criteria;
  raw.add(
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
  raw.add(
    'criterion_state',
    { criterion: 'VARCHAR', state: 'VARCHAR', verdict: 'VARCHAR' },
    criteria.flatMap((c) => [
      ...c.met_states.map((state) => ({ criterion: c.id, state, verdict: 'met' })),
      ...c.unmet_states.map((state) => ({ criterion: c.id, state, verdict: 'unmet' })),
    ]),
  );
  raw.add(
    'criterion_speaker',
    { criterion: 'VARCHAR', said_by: 'VARCHAR' },
    criteria.flatMap((c) => c.said_by.map((saidBy) => ({ criterion: c.id, said_by: saidBy }))),
  );
}
