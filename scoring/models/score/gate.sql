-- @title Gates of each level: passed when any of their conditions holds
SELECT
  c.database_id::VARCHAR AS database_id,
  c.level::INTEGER AS level,
  c.gate::VARCHAR AS gate,
  min(c.position)::INTEGER AS position,
  bool_or(c.reported)::BOOLEAN AS reported,
  -- Confirmed is never more than reported (rule 6).
  (bool_or(c.confirmed) AND bool_or(c.reported))::BOOLEAN AS confirmed,
  (bool_or(c.may) OR bool_or(c.reported))::BOOLEAN AS may,
  -- The fact it rests on when passed, else the one that comes nearest.
  (arg_max(c.observation_id, (c.reported::INTEGER * 1000) - c.position) FILTER (c.observation_id IS NOT NULL))::VARCHAR AS observation_id,
  coalesce(bool_or(c.reported AND c.is_live) OR NOT bool_or(c.reported), true)::BOOLEAN AS is_live,
  max(c.live_until) FILTER (c.reported)::DATE AS live_until
FROM score.gate_condition AS c
GROUP BY c.database_id, c.level, c.gate
