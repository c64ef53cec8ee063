-- @title A rule of a data contract is not met, as measured on the records; identifier fields have a finding of their own
-- @why Only counts are known here; the owner finds the rows with the query that csdl profile --failing prints for the rule.
SELECT
  'rule_not_met'::VARCHAR AS kind,
  q.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  (q.contract || ':' || q.rule_id)::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object(
    'db', json_object('database', q.database_id),
    'field', json_object('text', concat_ws('.', q.table_name, q.column_name)),
    'rule', json_object('text', q.rule_id),
    'n', json_object('failing', json_array(q.denominator - q.numerator, q.denominator, d.classification = 'restricted')),
    'date', json_object('date', local_day(q.observed_at)),
    'command', json_object('text', 'csdl profile --contract ' || q.contract || ' --failing ' || q.rule_id)
  )::VARCHAR AS params
FROM fact.measured_rule AS q
JOIN fact.subject AS s ON s.database_id = q.database_id
JOIN raw.database AS d ON d.database_id = q.database_id
WHERE q.severity = 'error' AND q.state = 'unmet' AND NOT (q.is_identifier AND q.column_name IS NOT NULL)
