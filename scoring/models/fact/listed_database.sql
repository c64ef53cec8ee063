-- @title Databases each listed task is about; an umbrella row stands for its parts, an earlier name for its successors
SELECT DISTINCT
  n.task_id::VARCHAR AS task_id,
  p.database_id::VARCHAR AS database_id,
  p.given_from::VARCHAR AS given_from
FROM (
  SELECT t.task_id, t.stated_on, unnest(string_split(t.database_ids, ';')) AS named_id
  FROM fact.listed_task AS t
  WHERE t.database_ids <> ''
) AS n
JOIN fact.place AS p ON p.named_id = n.named_id AND (p.since IS NULL OR n.stated_on < p.since)
