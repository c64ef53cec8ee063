-- @title A heading whose count differs from its list, or a date that cannot be right
-- @why The same heading may stand several times in a document: from the second on its number makes the subject its own.
WITH latest AS (
  SELECT s.document, s.stated_at, s.body, json_extract_string(s.body, '$.kind') AS kind, json_extract_string(s.body, '$.where') AS place,
    TRY_CAST(json_extract_string(s.body, '$.evidence.line') AS INTEGER) AS line
  FROM raw.statement AS s
  WHERE s.type = 'document_check'
  QUALIFY s.collected_at = max(s.collected_at) OVER (PARTITION BY s.source_id, s.document, s.stated_at, json_extract_string(s.body, '$.kind'), json_extract_string(s.body, '$.where'), json_extract_string(s.body, '$.evidence.line'))
), numbered AS (
  SELECT l.*, row_number() OVER (PARTITION BY l.kind, l.document, l.place ORDER BY l.stated_at, l.line, l.body) AS n
  FROM latest AS l
)
SELECT
  s.kind::VARCHAR AS kind,
  NULL::VARCHAR AS database_id,
  NULL::VARCHAR AS agency_id,
  concat_ws('/', s.document, s.place, CASE WHEN s.n > 1 THEN s.n END)::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('where', json_object('text', s.place), 'a', json_object('text', json_extract_string(s.body, '$.printed')), 'b', json_object('text', json_extract_string(s.body, '$.counted')),
    'date', json_object('text', json_extract_string(s.body, '$.printed')))::VARCHAR AS params
FROM numbered AS s
