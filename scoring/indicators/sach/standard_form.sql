-- @question What share of values is in standard form and codes?
-- @why Shared data must be written alike everywhere.
-- @remedy Convert the values to the shared code lists.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'quality.standard_form'
