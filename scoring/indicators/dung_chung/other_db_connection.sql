-- @question Is at least one shared service with another database live?
-- @why Data are collected once and used by many.
-- @remedy Put one registered sharing service into operation.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'other_db.connection'
