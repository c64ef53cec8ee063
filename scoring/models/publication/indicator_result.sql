-- @title Result of each indicator: state, interval (0–100), contributions, evidence
SELECT
  $as_of::DATE AS as_of,
  r.database_id::VARCHAR AS database_id,
  r.indicator::VARCHAR AS indicator,
  r.pillar::VARCHAR AS pillar,
  r.state::VARCHAR AS state,
  r.is_believed::BOOLEAN AS is_believed,
  r.is_silent::BOOLEAN AS is_silent,
  points(r.confirmed::HUGEINT, one()::HUGEINT)::DOUBLE AS confirmed,
  points(r.floor::HUGEINT, one()::HUGEINT)::DOUBLE AS floor,
  points(r.ceiling::HUGEINT, one()::HUGEINT)::DOUBLE AS ceiling,
  points(r.coverage::HUGEINT, one()::HUGEINT)::DOUBLE AS coverage,
  r.weight::INTEGER AS weight,
  r.numerator::BIGINT AS numerator,
  r.denominator::BIGINT AS denominator,
  r.grade::VARCHAR AS grade,
  r.said_by::VARCHAR AS said_by,
  r.observation_id::VARCHAR AS observation_id,
  r.ground::VARCHAR AS ground
FROM score.indicator_result AS r
JOIN raw.indicator AS i ON i.indicator = r.indicator
ORDER BY r.database_id, i.position
