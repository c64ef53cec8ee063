-- @question What share of values is in standard form and codes?
-- @why Shared data must be written alike everywhere.
-- @remedy Convert the values to the shared code lists.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.observation_id::VARCHAR AS observation_id,
  a.lo::BIGINT AS lo,
  a.hi::BIGINT AS hi,
  a.independent_lo::BIGINT AS independent_lo,
  a.numerator::BIGINT AS numerator,
  a.denominator::BIGINT AS denominator,
  a.grade::VARCHAR AS grade,
  a.said_by::VARCHAR AS said_by,
  a.source_id::VARCHAR AS source_id,
  a.is_live::BOOLEAN AS is_live,
  a.is_conflict::BOOLEAN AS is_conflict,
  a.is_silent::BOOLEAN AS is_silent,
  a.is_admission::BOOLEAN AS is_admission
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'quality.standard_form'
