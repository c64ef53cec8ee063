-- @question Are the records cleaned against the population database?
-- @why Cleaning against the population database is the programme's own definition of "sạch".
-- @remedy Reconcile all records with C06 and have C06 confirm it.
SELECT
  s.database_id::VARCHAR AS database_id,
  s.c06_ground::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'c06.cleaning'
