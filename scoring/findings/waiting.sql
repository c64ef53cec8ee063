-- @title Waiting for another body
-- @rank 35
SELECT
  'waiting'::VARCHAR AS kind,
  w.database_id::VARCHAR AS database_id,
  w.agency_id::VARCHAR AS agency_id,
  w.holder::VARCHAR AS subject,
  (CASE WHEN w.days >= 90 THEN 'warning' ELSE 'info' END)::VARCHAR AS severity,
  w.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', w.database_id), 'holder', json_object('body', w.holder), 'since', json_object('date', w.since), 'n', json_object('number', w.days))::VARCHAR AS params
FROM publication.waiting AS w
WHERE w.since IS NOT NULL AND w.database_id IS NOT NULL
