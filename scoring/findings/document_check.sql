-- @title A heading whose count differs from its list, or a date that cannot be right
SELECT
  json_extract_string(s.body, '$.kind')::VARCHAR AS kind,
  NULL::VARCHAR AS database_id,
  NULL::VARCHAR AS agency_id,
  concat_ws('/', s.document, json_extract_string(s.body, '$.where'))::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('where', json_object('text', json_extract_string(s.body, '$.where')), 'a', json_object('text', json_extract_string(s.body, '$.printed')), 'b', json_object('text', json_extract_string(s.body, '$.counted')),
    'date', json_object('text', json_extract_string(s.body, '$.printed')))::VARCHAR AS params
FROM raw.statement AS s
WHERE s.type = 'document_check'
