-- @question What share of rows passes the cross-field rules?
-- @why Fields that contradict each other cannot both be right.
-- @remedy Correct the rows the rule lists.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'quality.cross_field'
