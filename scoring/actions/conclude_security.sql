-- @title A05 concludes the security assessment
-- @why An assessment without a result opens no gate.
SELECT
  a.database_id::VARCHAR AS database_id,
  'a05'::VARCHAR AS holder,
  'security.assessment'::VARCHAR AS attribute,
  'passed'::VARCHAR AS value_text,
  'assessor'::VARCHAR AS said_by,
  NULL::VARCHAR AS waived_criterion,
  a.observation_id::VARCHAR AS observation_id,
  json_object('db', json_object('database', a.database_id), 'holder', json_object('body', 'a05'))::VARCHAR AS params
FROM fact.answer AS a
WHERE a.attribute = 'security.assessment' AND a.state IN ('requested', 'in_progress', 'assessed', 'remediated', 'awaiting_result')
