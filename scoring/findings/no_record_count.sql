-- @title Data said to be there, but no count of records
SELECT
  'no_record_count'::VARCHAR AS kind,
  l.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  'records'::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  g.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', l.database_id), 'owner', json_object('agency', s.agency_id))::VARCHAR AS params
FROM score.level AS l
JOIN fact.subject AS s ON s.database_id = l.database_id
LEFT JOIN score.gate AS g ON g.database_id = l.database_id AND g.gate = 'data_present'
LEFT JOIN fact.records AS r ON r.database_id = l.database_id
WHERE r.database_id IS NULL AND (l.level_reported >= 2 OR EXISTS (
  SELECT 1 FROM fact.spoken AS u WHERE u.voice = 'all' AND u.subject_id = l.database_id AND u.attribute = 'units.ratio' AND u.role = 'reported'))
