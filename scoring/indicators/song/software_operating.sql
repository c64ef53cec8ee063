-- @question Is the software in operation where it must be?
-- @why Without software in use nothing keeps the data alive.
-- @remedy Put the software into official operation in the whole scope.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'software.state'
