-- @title The owner reconciles its records with the population database
-- @why Asked only where there are Vietnamese persons and data to reconcile.
SELECT
  s.database_id::VARCHAR AS database_id,
  'c06'::VARCHAR AS holder,
  'c06.cleaning'::VARCHAR AS attribute,
  'done'::VARCHAR AS value_text,
  'receiver'::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  a.observation_id::VARCHAR AS observation_id,
  json_object('db', json_object('database', s.database_id), 'owner', json_object('agency', s.agency_id))::VARCHAR AS params
FROM fact.subject AS s
JOIN score.level AS l ON l.database_id = s.database_id AND l.level_reported >= 2
LEFT JOIN fact.answer AS a ON a.database_id = s.database_id AND a.attribute = 'c06.cleaning'
WHERE s.c06_ground IS NULL AND (a.state IS NULL OR a.state <> 'done')
