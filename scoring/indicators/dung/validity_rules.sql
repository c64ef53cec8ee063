-- @question What share of values passes the validity rules?
-- @why A value that cannot exist is wrong whatever the source says.
-- @remedy Correct the values the rule lists.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'quality.validity'
