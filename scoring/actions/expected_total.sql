-- @title The owner determines how many records there must be
-- @why Without a total nobody can say what is missing.
SELECT
  r.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS holder,
  NULL::VARCHAR AS attribute,
  NULL::VARCHAR AS value_text,
  NULL::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  r.observation_id::VARCHAR AS observation_id,
  json_object('db', json_object('database', r.database_id), 'owner', json_object('agency', s.agency_id))::VARCHAR AS params
FROM fact.records AS r
JOIN fact.subject AS s ON s.database_id = r.database_id
LEFT JOIN fact.spoken AS e ON e.voice = 'all' AND e.subject_id = r.database_id AND e.attribute = 'records.expected'
WHERE e.subject_id IS NULL
