-- @question Is the data synchronised to the National Data Centre?
-- @why A connection without synchronised data serves nobody.
-- @remedy Synchronise the whole database through the AgentNode and have C12 confirm receipt.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'c12.sync'
