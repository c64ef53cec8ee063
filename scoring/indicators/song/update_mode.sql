-- @question How is the data updated?
-- @why Automatic and periodic updates keep data current.
-- @remedy Lay down the update cycle and automate it.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'update.mode'
