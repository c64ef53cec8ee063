-- @title Two live statements that cannot both be right
-- @kind from label
-- @rank 10
SELECT
  x.label::VARCHAR AS kind,
  x.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  x.contradiction::VARCHAR AS subject,
  x.severity::VARCHAR AS severity,
  concat_ws(';', x.a_observation_id, x.b_observation_id)::VARCHAR AS observation_ids,
  json_object('db', json_object('database', x.database_id), 'owner', json_object('agency', s.agency_id),
    'a', json_object('state', json_array(x.a_attribute, x.a_state)), 'b', json_object('state', json_array(x.b_attribute, x.b_state)),
    'among', json_object('among', x.b_databases), 'share', json_object('share', json_array(x.b_number, x.b_total)), 'n', json_object('number', x.silent_days), 'date', json_object('date', x.last_success))::VARCHAR AS params
FROM score.contradiction AS x
JOIN fact.subject AS s ON s.database_id = x.database_id
