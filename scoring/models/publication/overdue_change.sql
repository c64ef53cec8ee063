-- @title What differs from one edition of the overdue list to the next, database by database
-- @why `left` means not listed any more, which is neither success nor failure.
WITH edition AS (
  SELECT e.place, e.stated_on, bool_and(e.day_known) AS day_known, string_agg(DISTINCT e.document, ';' ORDER BY e.document) AS document
  FROM publication.list_edition AS e
  WHERE e.place IS NOT NULL
  GROUP BY e.place, e.stated_on
), named AS (
  SELECT o.place, o.database_id, o.agency_id
  FROM publication.overdue_edition AS o
  GROUP BY o.place, o.database_id, o.agency_id
), pair AS (
  SELECT n.place, n.document AS to_document, n.stated_on AS to_stated_on, p.document AS from_document, p.stated_on AS from_stated_on, p.day_known AS from_day_known
  FROM edition AS n
  JOIN edition AS p ON p.place = n.place + 1
), either AS (
  SELECT DISTINCT p.place, d.database_id, d.agency_id
  FROM pair AS p
  JOIN named AS d ON d.place IN (p.place, p.place + 1)
)
SELECT
  x.database_id::VARCHAR AS database_id,
  x.agency_id::VARCHAR AS agency_id,
  (CASE
    WHEN now_in.database_id IS NULL THEN 'left'
    WHEN then_in.database_id IS NOT NULL THEN 'stayed'
    WHEN EXISTS (SELECT 1 FROM named AS o WHERE o.database_id = x.database_id AND o.place > x.place + 1) THEN 'returned'
    ELSE 'entered'
  END)::VARCHAR AS change,
  p.from_document::VARCHAR AS from_document,
  p.to_document::VARCHAR AS to_document,
  p.from_stated_on::DATE AS from_stated_on,
  p.to_stated_on::DATE AS to_stated_on,
  p.from_day_known::BOOLEAN AS from_day_known,
  x.place::INTEGER AS place
FROM either AS x
JOIN pair AS p ON p.place = x.place
LEFT JOIN named AS now_in ON now_in.place = x.place AND now_in.database_id = x.database_id
LEFT JOIN named AS then_in ON then_in.place = x.place + 1 AND then_in.database_id = x.database_id
ORDER BY x.place, 3, x.database_id
