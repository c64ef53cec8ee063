-- @title Agencies that are overdue with each task of the newest list, and what they reported
-- @why Words stand in status_text only where the source keeps them (store_text); else it is only known that they were there.
WITH late AS (
  SELECT n.task_id, n.agency_id, list_position(n.named, n.agency_id) AS position
  FROM (
    SELECT DISTINCT t.task_id, string_split(l.overdue_agencies, ';') AS named, unnest(string_split(l.overdue_agencies, ';')) AS agency_id
    FROM publication.task AS t
    JOIN fact.listed_task AS l ON l.task_id = t.task_id
    WHERE l.overdue_agencies <> ''
  ) AS n
), told AS (
  SELECT e.task_id, e.agency_id, e.status, e.difficulty, e.is_inferred
  FROM (
    SELECT x.task_id, json_extract_string(x.entry, '$.agency') AS agency_id, json_extract_string(x.entry, '$.status') AS status,
      json_extract_string(x.entry, '$.difficulty') AS difficulty, coalesce(json_extract_string(x.entry, '$.inferred') = 'true', false) AS is_inferred
    FROM (SELECT l.task_id, unnest(json_extract(l.body, '$.statuses[*]')) AS entry FROM fact.listed_task AS l) AS x
  ) AS e
  -- One row an agency; what says most goes before what says nothing.
  QUALIFY row_number() OVER (PARTITION BY e.task_id, e.agency_id ORDER BY length(coalesce(e.status, '')) DESC, e.status, length(coalesce(e.difficulty, '')) DESC, e.difficulty, e.is_inferred) = 1
)
SELECT
  t.task_id::VARCHAR AS task_id,
  t.no::INTEGER AS no,
  o.agency_id::VARCHAR AS agency_id,
  'overdue'::VARCHAR AS state,
  true::BOOLEAN AS overdue,
  (CASE WHEN coalesce(r.status, '') IN ('', 'blank') THEN 'blank' ELSE 'reported' END)::VARCHAR AS status,
  (CASE WHEN coalesce(r.difficulty, '') IN ('', 'blank') THEN 'blank' ELSE 'reported' END)::VARCHAR AS difficulty,
  (CASE WHEN r.status NOT IN ('', 'blank', 'reported') THEN r.status END)::VARCHAR AS status_text,
  (CASE WHEN r.difficulty NOT IN ('', 'blank', 'reported') THEN r.difficulty END)::VARCHAR AS difficulty_text,
  t.stated_on::DATE AS as_of,
  t.evidence_row::VARCHAR AS row,
  t.evidence_inherited_from::VARCHAR AS inherited,
  coalesce(r.is_inferred, false)::BOOLEAN AS is_inferred
FROM publication.task AS t
JOIN late AS o ON o.task_id = t.task_id
LEFT JOIN told AS r ON r.task_id = t.task_id AND r.agency_id = o.agency_id
ORDER BY t.document, t.no, t.task_id, o.position
