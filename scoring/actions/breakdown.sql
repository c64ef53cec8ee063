-- @title The owner says which criteria are met
-- @why Without it nobody can check the total.
SELECT
  k.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS holder,
  NULL::VARCHAR AS attribute,
  NULL::VARCHAR AS value_text,
  NULL::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  k.observation_id::VARCHAR AS observation_id,
  json_object('db', json_object('database', k.database_id), 'owner', json_object('agency', s.agency_id), 'total', json_object('number', k.total))::VARCHAR AS params
FROM score.checklist AS k
JOIN fact.subject AS s ON s.database_id = k.database_id
WHERE k.is_counted AND k.items_met < k.reported
