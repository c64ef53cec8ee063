-- @title Every list of every document, and which of the overdue lists is the newest
-- @why Lists of one day are one edition. A list of other things (no database in it) does not stand for the list of databases.
WITH list AS (
  SELECT
    t.source_id, t.document, t.document_title, t.stated_on, t.list,
    bool_and(t.day_known) AS day_known,
    count(DISTINCT t.task_id) AS tasks_n,
    count(DISTINCT b.database_id) FILTER (t.list = 'overdue' AND t.overdue_days > 0) AS databases_overdue_n,
    count(DISTINCT b.agency_id) FILTER (t.list = 'overdue' AND t.overdue_days > 0) AS agencies_overdue_n
  FROM fact.listed_task AS t
  LEFT JOIN fact.listed_database AS d ON d.task_id = t.task_id
  LEFT JOIN fact.subject AS b ON b.database_id = d.database_id
  GROUP BY t.source_id, t.document, t.document_title, t.stated_on, t.list
), agencies AS (
  SELECT a.source_id, a.document, a.stated_on, a.list, count(DISTINCT a.agency_id) AS agencies_listed_n
  FROM (SELECT t.*, unnest(string_split(t.overdue_agencies, ';')) AS agency_id FROM fact.listed_task AS t WHERE t.overdue_agencies <> '') AS a
  GROUP BY a.source_id, a.document, a.stated_on, a.list
), day AS (
  SELECT o.stated_on, dense_rank() OVER (ORDER BY o.stated_on DESC) AS place
  FROM (
    SELECT DISTINCT l.stated_on, l.databases_overdue_n > 0 AS names_databases
    FROM list AS l
    WHERE l.list = 'overdue'
  ) AS o
  WHERE o.names_databases OR NOT EXISTS (SELECT 1 FROM list AS x WHERE x.list = 'overdue' AND x.databases_overdue_n > 0)
)
SELECT
  l.source_id::VARCHAR AS source_id,
  l.document::VARCHAR AS document,
  l.document_title::VARCHAR AS title,
  l.list::VARCHAR AS list,
  l.stated_on::DATE AS stated_on,
  l.day_known::BOOLEAN AS day_known,
  (CASE WHEN l.list = 'overdue' THEN y.place END)::INTEGER AS place,
  l.tasks_n::INTEGER AS tasks_n,
  l.databases_overdue_n::INTEGER AS databases_overdue_n,
  l.agencies_overdue_n::INTEGER AS agencies_overdue_n,
  coalesce(a.agencies_listed_n, 0)::INTEGER AS agencies_listed_n
FROM list AS l
LEFT JOIN day AS y ON y.stated_on = l.stated_on
LEFT JOIN agencies AS a ON a.source_id = l.source_id AND a.document = l.document AND a.stated_on = l.stated_on AND a.list = l.list
ORDER BY 5 DESC, 1, 2, 4
