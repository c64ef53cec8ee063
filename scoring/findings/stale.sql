-- @title The last word is older than its age allows
-- @rank 81
SELECT
  'stale'::VARCHAR AS kind,
  a.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  a.attribute::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  a.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', a.database_id), 'what', json_object('attribute', a.attribute), 'date', json_object('date', local_day(a.observed_at)), 'n', json_object('number', date_diff('day', a.live_until, $as_of::DATE)))::VARCHAR AS params
FROM fact.answer AS a
JOIN fact.subject AS s ON s.database_id = a.database_id
WHERE NOT a.is_live AND (a.attribute IN ('checklist.met', 'c12.connection', 'c12.sync', 'c06.connection', 'c06.cleaning', 'records.count'))
