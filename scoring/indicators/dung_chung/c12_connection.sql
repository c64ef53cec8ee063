-- @question Is the database connected to the National Data Centre (C12)?
-- @why Connection is the precondition of sharing through the national platform.
-- @remedy Finish the connection in the required direction and have C12 confirm it.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'c12.connection'
