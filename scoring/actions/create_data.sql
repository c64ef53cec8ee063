-- @title The owner loads data and reports the number of records
-- @why Asked where work is reported and no data.
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS holder,
  'data.created'::VARCHAR AS attribute,
  'initial'::VARCHAR AS value_text,
  'owner'::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  a.observation_id::VARCHAR AS observation_id,
  json_object('db', json_object('database', s.database_id), 'owner', json_object('agency', s.agency_id))::VARCHAR AS params
FROM fact.subject AS s
JOIN score.level AS l ON l.database_id = s.database_id AND l.level_reported = 1
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'data.created'
