-- @title The owner reports how it stands
-- @why Overdue, and nothing said.
SELECT
  o.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS holder,
  NULL::VARCHAR AS attribute,
  NULL::VARCHAR AS value_text,
  NULL::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  NULL::VARCHAR AS observation_id,
  json_object('db', json_object('database', o.database_id), 'owner', json_object('agency', o.agency_id))::VARCHAR AS params
FROM publication.overdue AS o
WHERE NOT EXISTS (
  SELECT 1 FROM fact.known AS k
  WHERE k.subject_type = 'database' AND k.subject_id = o.database_id AND k.attribute <> 'progress' AND k.is_live)
GROUP BY o.database_id, o.agency_id
