-- @title Said to be on schedule while overdue
SELECT
  'on_time_but_overdue'::VARCHAR AS kind,
  o.database_id::VARCHAR AS database_id,
  o.agency_id::VARCHAR AS agency_id,
  'progress'::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  string_agg(DISTINCT s.observation_id, ';' ORDER BY s.observation_id)::VARCHAR AS observation_ids,
  json_object('db', json_object('database', o.database_id), 'owner', json_object('agency', o.agency_id), 'quote', json_object('label', json_array('pages', 'on_time')), 'n', json_object('number', max(o.overdue_days)))::VARCHAR AS params
FROM publication.overdue AS o
JOIN fact.spoken AS s ON s.voice = 'all' AND s.subject_id = o.database_id AND s.attribute = 'progress' AND json_extract_string(s.flags, '$.on_time_claimed') = 'true'
GROUP BY o.database_id, o.agency_id
