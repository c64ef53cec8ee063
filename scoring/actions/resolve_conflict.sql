-- @title The owner says which of two statements holds
-- @why Until then the lower one counts.
SELECT
  s.subject_id::VARCHAR AS database_id,
  NULL::VARCHAR AS holder,
  NULL::VARCHAR AS attribute,
  NULL::VARCHAR AS value_text,
  NULL::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  min(s.observation_id)::VARCHAR AS observation_id,
  json_object('db', json_object('database', s.subject_id), 'owner', json_object('agency', d.agency_id))::VARCHAR AS params
FROM fact.spoken AS s
JOIN fact.subject AS d ON d.database_id = s.subject_id
WHERE s.voice = 'all' AND s.subject_type = 'database' AND s.is_conflict
GROUP BY s.subject_id, d.agency_id
