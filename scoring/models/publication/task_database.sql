-- @title Databases each task of the newest list is about; an umbrella row stands for its parts
SELECT
  t.task_id::VARCHAR AS task_id,
  t.no::INTEGER AS no,
  d.database_id::VARCHAR AS database_id,
  d.given_from::VARCHAR AS given_from
FROM publication.task AS t
JOIN fact.listed_database AS d ON d.task_id = t.task_id
ORDER BY t.document, t.no, 3
