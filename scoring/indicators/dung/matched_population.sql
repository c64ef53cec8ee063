-- @question What share of the records checked against the population database matched?
-- @why Agreement with the legally binding source is what "đúng" means for persons.
-- @remedy Correct the records that do not match and reconcile again.
SELECT
  s.database_id::VARCHAR AS database_id,
  s.c06_ground::VARCHAR AS ground,
  a.* EXCLUDE (database_id)
FROM fact.subject AS s
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'c06.reconciliation'
