-- @title Databases each task is about; an umbrella row stands for its parts
WITH named AS (
  SELECT t.task_id, t.no, t.document, unnest(string_split(t.database_ids, ';')) AS named_id
  FROM publication.task AS t
  WHERE t.database_ids <> ''
)
SELECT
  n.task_id::VARCHAR AS task_id,
  n.no::INTEGER AS no,
  coalesce(p.database_id, n.named_id)::VARCHAR AS database_id,
  (CASE WHEN p.database_id IS NOT NULL THEN n.named_id END)::VARCHAR AS given_from
FROM named AS n
JOIN raw.database AS d ON d.database_id = n.named_id
LEFT JOIN raw.database AS p ON d.row_kind = 'umbrella' AND p.part_of = d.database_id
ORDER BY n.document, n.no, 3
