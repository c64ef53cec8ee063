-- @title What was promised for when, and whether the day has passed without word of completion
SELECT
  (CASE WHEN s.subject_type = 'database' THEN s.subject_id END)::VARCHAR AS database_id,
  (CASE WHEN s.subject_type = 'agency' THEN s.subject_id ELSE d.agency_id END)::VARCHAR AS agency_id,
  s.state::VARCHAR AS what,
  s.target::VARCHAR AS target,
  json_extract_string(s.flags, '$.due')::DATE AS due,
  json_extract_string(s.flags, '$.said_on')::DATE AS said_on,
  (CASE
    WHEN json_extract_string(s.flags, '$.due') IS NULL THEN 'undated'
    WHEN json_extract_string(s.flags, '$.due')::DATE < $as_of::DATE THEN 'missed'
    ELSE 'open'
  END)::VARCHAR AS state,
  date_diff('day', json_extract_string(s.flags, '$.due')::DATE, $as_of::DATE)::INTEGER AS days_past,
  s.observation_id::VARCHAR AS observation_id
FROM fact.spoken AS s
LEFT JOIN fact.catalogue AS d ON s.subject_type = 'database' AND d.database_id = s.subject_id
WHERE s.voice = 'all' AND s.attribute = 'commitment'
ORDER BY ALL
