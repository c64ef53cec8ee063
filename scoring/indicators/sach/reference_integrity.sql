-- @question What share of references points to something that exists?
-- @why A dangling reference cannot be used.
-- @remedy Correct the references the rule lists.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'quality.reference'
