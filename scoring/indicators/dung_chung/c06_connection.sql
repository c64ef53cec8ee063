-- @question Is the database connected to the population database (C06)?
-- @why Persons are reconciled over this connection. Not asked where there are no Vietnamese persons or C06 keeps the database itself.
-- @remedy Finish the connection and have C06 confirm it.
SELECT
  s.database_id::VARCHAR AS database_id,
  s.c06_ground::VARCHAR AS ground,
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
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'c06.connection'
