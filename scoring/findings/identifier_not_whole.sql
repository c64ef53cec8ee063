-- @title An identifier field is not right in every row, as measured on the records
-- @why Only counts are known here; the owner finds the rows with the queries that csdl profile --failing prints.
SELECT
  'identifier_not_whole'::VARCHAR AS kind,
  q.database_id::VARCHAR AS database_id,
  max(s.agency_id)::VARCHAR AS agency_id,
  (q.contract || '.' || q.table_name || '.' || q.column_name)::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object(
    'db', json_object('database', q.database_id),
    'field', json_object('text', q.table_name || '.' || q.column_name),
    'rules', json_object('text', string_agg(q.rule_id, ', ' ORDER BY q.position)),
    'n', json_object('failing', json_array(max(q.denominator - q.numerator), max(q.denominator), bool_or(d.classification = 'restricted'))),
    'date', json_object('date', local_day(max(q.observed_at))),
    'command', json_object('text', 'csdl profile --contract ' || q.contract || ' --failing')
  )::VARCHAR AS params
FROM fact.measured_rule AS q
JOIN fact.subject AS s ON s.database_id = q.database_id
JOIN raw.database AS d ON d.database_id = q.database_id
WHERE q.is_identifier AND q.severity = 'error' AND q.state = 'unmet' AND q.column_name IS NOT NULL
GROUP BY q.database_id, q.contract, q.table_name, q.column_name
