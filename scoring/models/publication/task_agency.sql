-- @title Agencies that are overdue with each task, and whether they reported on it
WITH overdue AS (
  SELECT s.id AS task_id, unnest(json_extract_string(s.body, '$.overdue_agencies[*]')) AS agency_id
  FROM raw.statement AS s
  WHERE s.type = 'task'
), reported AS (
  SELECT s.id AS task_id, unnest(json_extract(s.body, '$.statuses[*]')) AS entry
  FROM raw.statement AS s
  WHERE s.type = 'task'
)
SELECT
  t.task_id::VARCHAR AS task_id,
  t.no::INTEGER AS no,
  o.agency_id::VARCHAR AS agency_id,
  'overdue'::VARCHAR AS state,
  coalesce(json_extract_string(r.entry, '$.status'), 'blank')::VARCHAR AS status,
  coalesce(json_extract_string(r.entry, '$.difficulty'), 'blank')::VARCHAR AS difficulty,
  coalesce(json_extract_string(r.entry, '$.inferred') = 'true', false)::BOOLEAN AS is_inferred
FROM publication.task AS t
JOIN overdue AS o ON o.task_id = t.task_id
LEFT JOIN reported AS r ON r.task_id = t.task_id AND json_extract_string(r.entry, '$.agency') = o.agency_id
ORDER BY t.document, t.no, o.agency_id
