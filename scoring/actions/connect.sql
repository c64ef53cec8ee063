-- @title The owner finishes the connection with C12
-- @why Asked once there is data to connect.
SELECT
  s.database_id::VARCHAR AS database_id,
  'c12'::VARCHAR AS holder,
  'c12.connection'::VARCHAR AS attribute,
  (CASE s.required_direction WHEN 'two_way' THEN 'two_way' ELSE 'one_way' END)::VARCHAR AS value_text,
  'receiver'::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  a.observation_id::VARCHAR AS observation_id,
  json_object('db', json_object('database', s.database_id), 'owner', json_object('agency', s.agency_id))::VARCHAR AS params
FROM fact.subject AS s
JOIN score.level AS l ON l.database_id = s.database_id AND l.level_reported = 2
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'c12.connection'
