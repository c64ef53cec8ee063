-- @title A stronger or newer, worse word fell silent; the weaker one does not get its place
-- @rank 29
SELECT
  'measurement_went_silent'::VARCHAR AS kind,
  s.subject_id::VARCHAR AS database_id,
  d.agency_id::VARCHAR AS agency_id,
  s.fact_key::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  s.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', s.subject_id), 'what', json_object('attribute', s.attribute), 'date', json_object('date', local_day(s.observed_at)), 'n', json_object('number', date_diff('day', local_day(s.observed_at), $as_of::DATE)))::VARCHAR AS params
FROM fact.spoken AS s
JOIN fact.subject AS d ON d.database_id = s.subject_id
WHERE s.voice = 'all' AND s.subject_type = 'database' AND s.is_silent
