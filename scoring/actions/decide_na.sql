-- @title The Bộ Công an decides on the criteria asked to be not applicable
-- @why What would leave the denominator if granted.
SELECT
  c.database_id::VARCHAR AS database_id,
  'bo-cong-an'::VARCHAR AS holder,
  NULL::VARCHAR AS attribute,
  NULL::VARCHAR AS value_text,
  NULL::VARCHAR AS said_by,
  c.criterion::VARCHAR AS waived_criterion,
  c.observation_id::VARCHAR AS observation_id,
  json_object('db', json_object('database', c.database_id), 'n', json_object('count', count(*) OVER (PARTITION BY c.database_id)))::VARCHAR AS params
FROM score.criterion_status AS c
WHERE c.state = 'na_requested'
