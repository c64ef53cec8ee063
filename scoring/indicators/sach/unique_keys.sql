-- @question What share of records has a key of its own?
-- @why A duplicate is a person or thing counted twice.
-- @remedy Merge the duplicates the rule lists.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'quality.unique_key'
