-- @title Tasks and databases of each agency in each edition of the overdue list, counted from its rows
WITH late AS (
  SELECT e.place, e.stated_on, a.agency_id, count(DISTINCT e.task_id) AS tasks_overdue_n
  FROM publication.task_edition AS e, (SELECT t.task_id, unnest(string_split(t.overdue_agencies, ';')) AS agency_id FROM publication.task_edition AS t WHERE t.overdue_agencies <> '') AS a
  WHERE a.task_id = e.task_id AND e.place IS NOT NULL
  GROUP BY e.place, e.stated_on, a.agency_id
), owned AS (
  SELECT o.place, o.stated_on, o.agency_id, count(DISTINCT o.database_id) AS databases_overdue_n
  FROM publication.overdue_edition AS o
  WHERE o.agency_id IS NOT NULL
  GROUP BY o.place, o.stated_on, o.agency_id
)
SELECT
  coalesce(l.stated_on, w.stated_on)::DATE AS stated_on,
  coalesce(l.place, w.place)::INTEGER AS place,
  coalesce(l.agency_id, w.agency_id)::VARCHAR AS agency_id,
  coalesce(l.tasks_overdue_n, 0)::INTEGER AS tasks_overdue_n,
  coalesce(w.databases_overdue_n, 0)::INTEGER AS databases_overdue_n
FROM late AS l
FULL JOIN owned AS w ON w.place = l.place AND w.agency_id = l.agency_id
ORDER BY 2, 3
