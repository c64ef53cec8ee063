-- @title The owner approves the security level of its system
-- @why Connected systems need an approved level.
SELECT
  x.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS holder,
  NULL::VARCHAR AS attribute,
  NULL::VARCHAR AS value_text,
  NULL::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  x.b_observation_id::VARCHAR AS observation_id,
  json_object('db', json_object('database', x.database_id), 'owner', json_object('agency', s.agency_id))::VARCHAR AS params
FROM score.contradiction AS x
JOIN fact.subject AS s ON s.database_id = x.database_id
WHERE x.contradiction = 'connected_without_security_level'
