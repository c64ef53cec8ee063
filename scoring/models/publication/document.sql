-- @title Documents that were read: when received, from whom, how much was understood, which later edition took their place
-- @why A document that is read anew replaces what was known of it; editions of a report are told apart by their day, and
-- the facts of an earlier one stay as history.
WITH latest AS (
  SELECT s.*
  FROM raw.statement AS s
  WHERE s.type = 'document'
  QUALIFY row_number() OVER (PARTITION BY s.source_id, s.document, json_extract_string(s.body, '$.sha256') ORDER BY s.collected_at DESC, s.id DESC) = 1
), edition AS (
  SELECT l.*, json_extract_string(l.body, '$.series') AS series, local_day(l.stated_at) AS stated_on
  FROM latest AS l
)
SELECT
  e.document::VARCHAR AS document,
  e.document_title::VARCHAR AS title,
  json_extract_string(e.body, '$.number')::VARCHAR AS number,
  json_extract_string(e.body, '$.date')::DATE AS dated,
  e.stated_on::DATE AS stated_on,
  e.source_id::VARCHAR AS source_id,
  json_extract_string(e.body, '$.file')::VARCHAR AS file,
  json_extract_string(e.body, '$.size')::BIGINT AS file_size,
  json_extract_string(e.body, '$.received_at')::VARCHAR AS received_at,
  json_extract_string(e.body, '$.received_by')::VARCHAR AS received_by,
  e.collected_at::TIMESTAMP AS read_at,
  json_extract_string(e.body, '$.sha256')::VARCHAR AS sha256,
  e.series::VARCHAR AS series,
  (SELECT arg_min(n.document, (n.stated_on, n.document)) FROM edition AS n WHERE n.series = e.series AND n.stated_on > e.stated_on)::VARCHAR AS superseded_by,
  json_extract_string(e.body, '$.observations')::INTEGER AS observations,
  json_extract_string(e.body, '$.tasks')::INTEGER AS tasks,
  json_extract_string(e.body, '$.agency_counts')::INTEGER AS agency_counts,
  json_extract_string(e.body, '$.rejections')::INTEGER AS rejections
FROM edition AS e
ORDER BY e.stated_on DESC, e.source_id, e.document, json_extract_string(e.body, '$.sha256')
