-- @title Tasks of every list of every document, as stated
-- @why A document that is read anew replaces, row by row, what was read of it before; both stay in the store. Where the
-- kind of list is not stated, a table with overdue agencies is an overdue list, its rows without a known agency too.
WITH latest AS (
  SELECT s.*
  FROM raw.statement AS s
  WHERE s.type = 'task'
  QUALIFY s.collected_at = max(s.collected_at) OVER (PARTITION BY s.source_id, s.document, s.stated_at,
    json_extract_string(s.body, '$.evidence.table'), json_extract_string(s.body, '$.evidence.row'), json_extract_string(s.body, '$.no'))
)
SELECT
  l.id::VARCHAR AS task_id,
  l.source_id::VARCHAR AS source_id,
  l.document::VARCHAR AS document,
  l.document_title::VARCHAR AS document_title,
  local_day(l.stated_at)::DATE AS stated_on,
  coalesce(json_extract_string(l.body, '$.day_known') = 'true', true)::BOOLEAN AS day_known,
  coalesce(json_extract_string(l.body, '$.list'),
    CASE WHEN max(len(json_extract_string(l.body, '$.overdue_agencies[*]')) + len(json_extract_string(l.body, '$.overdue_raw[*]'))) OVER (PARTITION BY l.source_id, l.document, l.stated_at, json_extract_string(l.body, '$.evidence.table')) > 0 THEN 'overdue' ELSE 'assigned' END)::VARCHAR AS list,
  json_extract_string(l.body, '$.no')::INTEGER AS no,
  json_extract_string(l.body, '$.title')::VARCHAR AS title,
  json_extract_string(l.body, '$.source_program')::VARCHAR AS source_program,
  json_extract_string(l.body, '$.group')::VARCHAR AS group_no,
  json_extract_string(l.body, '$.legal_basis')::VARCHAR AS legal_basis,
  array_to_string(json_extract_string(l.body, '$.lead_agencies[*]'), ';')::VARCHAR AS lead_agencies,
  json_extract_string(l.body, '$.lead_raw')::VARCHAR AS lead_raw,
  json_extract_string(l.body, '$.deadline')::DATE AS deadline,
  json_extract_string(l.body, '$.deadline_raw')::VARCHAR AS deadline_raw,
  date_diff('day', json_extract_string(l.body, '$.deadline')::DATE, $as_of::DATE)::INTEGER AS overdue_days,
  json_extract_string(l.body, '$.assigned_agencies_n')::INTEGER AS assigned_agencies_n,
  len(json_extract_string(l.body, '$.overdue_agencies[*]'))::INTEGER AS overdue_agencies_n,
  array_to_string(json_extract_string(l.body, '$.overdue_agencies[*]'), ';')::VARCHAR AS overdue_agencies,
  array_to_string(json_extract_string(l.body, '$.overdue_raw[*]'), ';')::VARCHAR AS overdue_raw,
  array_to_string(json_extract_string(l.body, '$.database_ids[*]'), ';')::VARCHAR AS database_ids,
  json_extract_string(l.body, '$.evidence.table')::VARCHAR AS evidence_table,
  json_extract_string(l.body, '$.evidence.row')::VARCHAR AS evidence_row,
  json_extract_string(l.body, '$.evidence.line')::INTEGER AS evidence_line,
  json_extract_string(l.body, '$.evidence.inherited_from')::VARCHAR AS evidence_inherited_from,
  l.body::VARCHAR AS body
FROM latest AS l
