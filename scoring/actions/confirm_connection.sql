-- @title C12 confirms the reported connection
-- @why Holder is C12; its own word turns the claim into a confirmation.
SELECT
  a.database_id::VARCHAR AS database_id,
  'c12'::VARCHAR AS holder,
  'c12.connection'::VARCHAR AS attribute,
  a.state::VARCHAR AS value_text,
  'receiver'::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  a.observation_id::VARCHAR AS observation_id,
  json_object('db', json_object('database', a.database_id))::VARCHAR AS params
FROM fact.answer AS a
CROSS JOIN (SELECT lo FROM raw.scale_value WHERE scale = 'connection' AND state = 'one_way') AS v
WHERE a.attribute = 'c12.connection' AND a.lo >= v.lo AND coalesce(a.independent_lo, 0) < a.lo
