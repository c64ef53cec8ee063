-- @title Overdue, and nothing said of how it stands
-- @why A list that prints no status for anybody says nothing about who is silent.
SELECT
  'blank_status'::VARCHAR AS kind,
  o.database_id::VARCHAR AS database_id,
  o.agency_id::VARCHAR AS agency_id,
  'status'::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('db', json_object('database', o.database_id), 'owner', json_object('agency', o.agency_id), 'n', json_object('number', max(o.overdue_days)))::VARCHAR AS params
FROM publication.overdue AS o
WHERE EXISTS (SELECT 1 FROM publication.overdue AS s WHERE s.has_status)
  AND NOT EXISTS (
  SELECT 1 FROM fact.known AS k
  WHERE k.subject_type = 'database' AND k.subject_id = o.database_id AND k.attribute <> 'progress' AND k.is_live)
GROUP BY o.database_id, o.agency_id
HAVING NOT bool_or(o.has_status) OR EXISTS (
  SELECT 1 FROM fact.known AS k
  WHERE k.subject_type = 'database' AND k.subject_id = o.database_id AND k.attribute = 'progress' AND k.is_live)
