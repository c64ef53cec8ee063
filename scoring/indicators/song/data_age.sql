-- @question What share of records is within the update frequency?
-- @why Old data is wrong data for whoever relies on it.
-- @remedy Update the records that are past their frequency.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'quality.freshness'
