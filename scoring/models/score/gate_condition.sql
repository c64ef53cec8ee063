-- @title Whether each condition of each gate holds: as reported, as confirmed, and at most
-- @why Reported takes any speaker; confirmed the independent ones alone; at most takes the upper end, and what nobody answered.
WITH applies AS (
  SELECT d.database_id, d.agency_id, g.*
  FROM fact.subject AS d
  CROSS JOIN raw.gate_condition AS g
), said AS (
  SELECT
    a.database_id, a.gate, a.position,
    -- Where a state is asked for, what is said of the whole goes before what is said of a part.
    a.above IS NULL AND s.extent = 'whole' AS is_first,
    s.voice, s.observation_id, s.is_live, s.live_until,
    CASE
      WHEN a.above IS NOT NULL THEN coalesce(s.low, s.lo::DOUBLE / one()) > a.above AND s.modality IN ('done', 'ongoing')
      WHEN a.at_least IS NOT NULL THEN s.lo >= a.at_least
      ELSE list_contains(a.states, s.state) AND s.modality IN ('done', 'ongoing') AND NOT s.is_conflict AND NOT s.is_silent
    END AS holds,
    CASE
      WHEN a.above IS NOT NULL THEN coalesce(s.high, s.hi::DOUBLE / one()) > a.above
      WHEN a.at_least IS NOT NULL THEN s.hi >= a.at_least
      ELSE s.hi >= (SELECT min(v.lo) FROM raw.scale_value AS v JOIN raw.attribute AS t ON t.scale = v.scale WHERE t.attribute = a.attribute AND list_contains(a.states, v.state))
    END AS may_hold
  FROM applies AS a
  JOIN fact.spoken AS s
    ON s.subject_type = 'database' AND s.subject_id = a.database_id AND s.attribute = a.attribute AND s.extent <> 'component'
    AND (a.unit_class IS NULL OR s.unit_class = a.unit_class)
    AND (a.role IS NULL OR s.role = a.role)
  WHERE a.attribute IS NOT NULL
), chosen AS (
  -- One fact per condition: the one that holds first, live before stale.
  SELECT s.*
  FROM said AS s
  QUALIFY row_number() OVER (PARTITION BY s.database_id, s.gate, s.position, s.voice ORDER BY s.is_first DESC, s.holds DESC NULLS LAST, s.is_live DESC, s.may_hold DESC NULLS LAST, s.observation_id) = 1
), direction AS (
  SELECT d.database_id, a.state, a.independent_lo, i.state AS independent_state, d.required_direction
  FROM fact.subject AS d
  LEFT JOIN fact.answer AS a ON a.database_id = d.database_id AND a.attribute = 'c12.connection'
  LEFT JOIN fact.spoken AS i ON i.voice = 'independent' AND i.observation_id = a.independent_observation_id AND i.subject_id = d.database_id
), ruled AS (
  SELECT
    a.database_id, a.gate, a.position,
    CASE a.rule
      WHEN 'no_vietnamese_persons' THEN d.c06_ground IS NOT NULL
      WHEN 'sync_on_schedule' THEN coalesce(w.last_day + coalesce(d.sync_schedule_days, 3650) >= $as_of::DATE, true)
      WHEN 'direction_met' THEN CASE d.required_direction WHEN 'two_way' THEN r.state = 'two_way' ELSE r.state IN ('connected', 'one_way', 'two_way') END
      WHEN 'all_criteria_met' THEN k.floor_count = k.applicable AND NOT k.is_conflict
      WHEN 'dimensions_at_least' THEN q.reported_ok
      WHEN 'identifiers_at_least' THEN n.lo >= a.at_least
    END AS reported,
    CASE a.rule
      WHEN 'no_vietnamese_persons' THEN d.c06_ground IS NOT NULL
      WHEN 'sync_on_schedule' THEN coalesce(w.last_day + coalesce(d.sync_schedule_days, 3650) >= $as_of::DATE, true)
      WHEN 'direction_met' THEN CASE d.required_direction WHEN 'two_way' THEN r.independent_state = 'two_way' ELSE r.independent_state IN ('connected', 'one_way', 'two_way') END
      WHEN 'all_criteria_met' THEN least(k.floor_count, k.independent_count) = k.applicable AND NOT k.is_conflict
      WHEN 'dimensions_at_least' THEN q.confirmed_ok
      WHEN 'identifiers_at_least' THEN n.independent_lo >= a.at_least
    END AS confirmed,
    CASE a.rule
      WHEN 'no_vietnamese_persons' THEN d.c06_ground IS NOT NULL
      WHEN 'direction_met' THEN r.state IS NULL OR CASE d.required_direction WHEN 'two_way' THEN r.state IN ('linked', 'connected', 'two_way') ELSE r.state IN ('linked', 'connected', 'one_way', 'two_way') END
      WHEN 'all_criteria_met' THEN k.ceiling_count = k.applicable
      WHEN 'dimensions_at_least' THEN q.max_ok
      WHEN 'identifiers_at_least' THEN coalesce(n.hi >= a.at_least, true)
      ELSE true
    END AS may
  FROM applies AS a
  JOIN fact.subject AS d ON d.database_id = a.database_id
  JOIN direction AS r ON r.database_id = a.database_id
  LEFT JOIN score.checklist AS k ON k.database_id = a.database_id
  LEFT JOIN fact.answer AS w ON w.database_id = a.database_id AND w.attribute = 'c12.sync.window'
  LEFT JOIN fact.answer AS n ON n.database_id = a.database_id AND n.attribute = 'quality.identifier'
  LEFT JOIN (
    -- Level 5 asks the dimensions only about what an independent speaker can answer.
    SELECT x.database_id, bool_and(x.floor >= x.need) AS reported_ok, bool_and(x.confirmed >= x.need) AS confirmed_ok, bool_and(x.ceiling >= x.need) AS max_ok
    FROM (
      SELECT r.database_id, r.pillar, g.at_least::HUGEINT * sum(r.weight) AS need,
        sum(r.weight::HUGEINT * r.floor) AS floor, sum(r.weight::HUGEINT * r.confirmed) AS confirmed, sum(r.weight::HUGEINT * r.ceiling) AS ceiling
      FROM score.indicator_result AS r
      JOIN raw.indicator AS i ON i.indicator = r.indicator AND i.confirmable
      JOIN raw.pillar AS p ON p.pillar = r.pillar AND p.is_dimension
      CROSS JOIN (SELECT at_least FROM raw.gate_condition WHERE rule = 'dimensions_at_least') AS g
      WHERE r.is_applicable
      GROUP BY r.database_id, r.pillar, g.at_least
    ) AS x
    GROUP BY x.database_id
  ) AS q ON q.database_id = a.database_id
  WHERE a.rule IS NOT NULL
)
SELECT
  a.database_id::VARCHAR AS database_id,
  a.level::INTEGER AS level,
  a.gate::VARCHAR AS gate,
  a.position::INTEGER AS position,
  coalesce(x.holds, r.reported, false)::BOOLEAN AS reported,
  coalesce(y.holds, r.confirmed, false)::BOOLEAN AS confirmed,
  coalesce(x.may_hold, r.may, a.rule IS NULL)::BOOLEAN AS may,
  x.observation_id::VARCHAR AS observation_id,
  coalesce(x.is_live, true)::BOOLEAN AS is_live,
  x.live_until::DATE AS live_until
FROM applies AS a
LEFT JOIN chosen AS x ON x.voice = 'all' AND x.database_id = a.database_id AND x.gate = a.gate AND x.position = a.position
LEFT JOIN chosen AS y ON y.voice = 'independent' AND y.database_id = a.database_id AND y.gate = a.gate AND y.position = a.position
LEFT JOIN ruled AS r ON r.database_id = a.database_id AND r.gate = a.gate AND r.position = a.position
