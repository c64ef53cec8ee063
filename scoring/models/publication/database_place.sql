-- @title Order of databases: level confirmed, level reported, criteria met of applicable, floor; ties share a place
-- @why A database with an open contradiction on a gate is ordered by the level below that gate; a level that rests on
--      stale facts stands after live ones; where nothing is known there is no place.
WITH doubted AS (
  SELECT x.database_id, min(g.level) - 1 AS level
  FROM score.contradiction AS x
  JOIN raw.gate_condition AS g ON g.gate = x.gate
  GROUP BY x.database_id
), keyed AS (
  SELECT
    l.database_id,
    -- least() passes over NULL, so a missing confirmed level must be kept missing by hand.
    CASE WHEN l.level_confirmed IS NOT NULL THEN least(l.level_confirmed, d.level) END AS confirmed,
    least(l.level_reported, d.level) AS reported,
    l.is_live,
    coalesce(k.floor_count::HUGEINT * common_weight() // nullif(k.applicable, 0), 0) AS criteria,
    -- Composites of different databases stand over different denominators; nine digits tell them apart.
    half_even(c.floor_num * 1000000000, c.den)::BIGINT AS floor
  FROM score.level AS l
  JOIN score.checklist AS k ON k.database_id = l.database_id
  LEFT JOIN score.composite AS c ON c.database_id = l.database_id
  LEFT JOIN doubted AS d ON d.database_id = l.database_id
  WHERE l.level_reported IS NOT NULL
)
SELECT
  k.database_id::VARCHAR AS database_id,
  k.reported::INTEGER AS level_ordered,
  k.is_live::BOOLEAN AS is_live,
  (rank() OVER (ORDER BY k.confirmed DESC NULLS LAST, k.reported DESC, k.is_live DESC, k.criteria DESC, k.floor DESC))::INTEGER AS place,
  (count(*) OVER (PARTITION BY k.confirmed, k.reported, k.is_live, k.criteria, k.floor))::INTEGER AS tied
FROM keyed AS k
ORDER BY place, k.database_id
