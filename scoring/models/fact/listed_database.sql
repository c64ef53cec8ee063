-- @title Databases each listed task is about; an umbrella row stands for its parts
WITH named AS (
  SELECT t.task_id, unnest(string_split(t.database_ids, ';')) AS named_id
  FROM fact.listed_task AS t
  WHERE t.database_ids <> ''
)
SELECT
  n.task_id::VARCHAR AS task_id,
  coalesce(p.database_id, n.named_id)::VARCHAR AS database_id,
  (CASE WHEN p.database_id IS NOT NULL THEN n.named_id END)::VARCHAR AS given_from
FROM named AS n
JOIN raw.database AS d ON d.database_id = n.named_id
LEFT JOIN raw.database AS p ON d.row_kind = 'umbrella' AND p.part_of = d.database_id
