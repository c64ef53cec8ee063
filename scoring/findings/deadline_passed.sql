-- @title On the overdue list
-- @rank 45
SELECT
  'deadline_passed'::VARCHAR AS kind,
  o.database_id::VARCHAR AS database_id,
  o.agency_id::VARCHAR AS agency_id,
  o.task_id::VARCHAR AS subject,
  'error'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('db', json_object('database', o.database_id), 'owner', json_object('agency', o.agency_id), 'n', json_object('number', o.overdue_days),
    'due', json_object('date', o.deadline), 'basis', json_object('text', o.legal_basis))::VARCHAR AS params
FROM publication.overdue AS o
