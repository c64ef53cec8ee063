-- @question Is the database connected to the population database (C06)?
-- @why Persons are reconciled over this connection. Not asked where there are no Vietnamese persons or C06 keeps the database itself.
-- @remedy Finish the connection and have C06 confirm it.
SELECT
  s.database_id::VARCHAR AS database_id,
  s.c06_ground::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'c06.connection'
