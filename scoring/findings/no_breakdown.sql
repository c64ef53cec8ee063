-- @title A total of criteria without saying which
SELECT
  'no_breakdown'::VARCHAR AS kind,
  k.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  'checklist'::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  k.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', k.database_id), 'owner', json_object('agency', s.agency_id), 'met', json_object('number', k.reported), 'total', json_object('number', k.total))::VARCHAR AS params
FROM score.checklist AS k
JOIN fact.subject AS s ON s.database_id = k.database_id
WHERE k.is_counted AND k.items_met < k.reported
