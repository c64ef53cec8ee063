-- @title What stands in the way, as stated (not only other bodies)
SELECT
  (CASE WHEN s.subject_type = 'database' THEN s.subject_id END)::VARCHAR AS database_id,
  (CASE WHEN s.subject_type = 'agency' THEN s.subject_id ELSE d.agency_id END)::VARCHAR AS agency_id,
  coalesce(json_extract_string(s.flags, '$.holder'), s.state)::VARCHAR AS holder,
  json_extract_string(s.flags, '$.since')::DATE AS since,
  s.target::VARCHAR AS target,
  s.observation_id::VARCHAR AS observation_id
FROM fact.spoken AS s
LEFT JOIN fact.catalogue AS d ON s.subject_type = 'database' AND d.database_id = s.subject_id
WHERE s.voice = 'all' AND s.attribute = 'blocked_by'
ORDER BY ALL
