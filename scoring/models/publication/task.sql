-- @title Assigned tasks of the newest list of each source
-- @why The lists are of what is late: a task or database that drops out is not listed, which is neither success nor failure.
WITH listed AS (
  SELECT s.*
  FROM raw.statement AS s
  WHERE s.type = 'task'
  QUALIFY s.stated_at = max(s.stated_at) OVER (PARTITION BY s.source_id)
)
SELECT
  l.id::VARCHAR AS task_id,
  l.document::VARCHAR AS document,
  l.document_title::VARCHAR AS document_title,
  local_day(l.stated_at)::DATE AS stated_on,
  json_extract_string(l.body, '$.no')::INTEGER AS no,
  json_extract_string(l.body, '$.title')::VARCHAR AS title,
  json_extract_string(l.body, '$.legal_basis')::VARCHAR AS legal_basis,
  array_to_string(json_extract_string(l.body, '$.lead_agencies[*]'), ';')::VARCHAR AS lead_agencies,
  json_extract_string(l.body, '$.lead_raw')::VARCHAR AS lead_raw,
  json_extract_string(l.body, '$.deadline')::DATE AS deadline,
  json_extract_string(l.body, '$.deadline_raw')::VARCHAR AS deadline_raw,
  date_diff('day', json_extract_string(l.body, '$.deadline')::DATE, $as_of::DATE)::INTEGER AS overdue_days,
  json_extract_string(l.body, '$.assigned_agencies_n')::INTEGER AS assigned_agencies_n,
  len(json_extract_string(l.body, '$.overdue_agencies[*]'))::INTEGER AS overdue_agencies_n,
  array_to_string(json_extract_string(l.body, '$.database_ids[*]'), ';')::VARCHAR AS database_ids,
  json_extract_string(l.body, '$.evidence.row')::VARCHAR AS evidence_row,
  json_extract_string(l.body, '$.evidence.line')::INTEGER AS evidence_line,
  json_extract_string(l.body, '$.evidence.inherited_from')::VARCHAR AS evidence_inherited_from
FROM listed AS l
ORDER BY l.document, 5
