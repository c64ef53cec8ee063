-- @question What share of mandatory values is filled?
-- @why An empty mandatory field is a record that is not there.
-- @remedy Fill the fields the rule lists.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'quality.mandatory'
