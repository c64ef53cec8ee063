-- @title Tasks per agency as printed in the newest list that prints them: given, done, in progress, overdue
WITH latest AS (
  SELECT s.*
  FROM raw.statement AS s
  WHERE s.type = 'agency_count'
  QUALIFY s.collected_at = max(s.collected_at) OVER (PARTITION BY s.source_id, s.document, s.stated_at,
    json_extract_string(s.body, '$.evidence.table'), json_extract_string(s.body, '$.evidence.row'), json_extract_string(s.body, '$.agency'))
), listed AS (
  SELECT s.*
  FROM latest AS s
  QUALIFY local_day(s.stated_at) = max(local_day(s.stated_at)) OVER ()
)
SELECT
  json_extract_string(l.body, '$.agency')::VARCHAR AS agency_id,
  json_extract_string(l.body, '$.as_of')::DATE AS as_of,
  json_extract_string(l.body, '$.assigned')::INTEGER AS assigned,
  json_extract_string(l.body, '$.done')::INTEGER AS done,
  json_extract_string(l.body, '$.in_progress')::INTEGER AS in_progress,
  json_extract_string(l.body, '$.overdue')::INTEGER AS overdue,
  json_extract_string(l.body, '$.own')::INTEGER AS own,
  json_extract_string(l.body, '$.shared')::INTEGER AS shared,
  json_extract_string(l.body, '$.rate_raw')::VARCHAR AS rate_raw,
  (json_extract_string(l.body, '$.adds_up') = 'true')::BOOLEAN AS adds_up,
  l.document::VARCHAR AS document,
  l.document_title::VARCHAR AS document_title,
  json_extract_string(l.body, '$.evidence.row')::VARCHAR AS evidence_row,
  json_extract_string(l.body, '$.evidence.line')::INTEGER AS evidence_line
FROM listed AS l
ORDER BY l.document, TRY_CAST(json_extract_string(l.body, '$.evidence.row') AS INTEGER), 1
