-- @title Databases that each edition of the overdue list names
SELECT
  e.stated_on::DATE AS stated_on,
  e.place::INTEGER AS place,
  e.document::VARCHAR AS document,
  d.database_id::VARCHAR AS database_id,
  b.agency_id::VARCHAR AS agency_id,
  e.task_id::VARCHAR AS task_id,
  e.no::INTEGER AS no,
  e.deadline::DATE AS deadline,
  e.legal_basis::VARCHAR AS legal_basis,
  d.given_from::VARCHAR AS given_from
FROM publication.task_edition AS e
JOIN fact.listed_database AS d ON d.task_id = e.task_id
JOIN fact.subject AS b ON b.database_id = d.database_id
WHERE e.place IS NOT NULL AND e.overdue_days > 0
ORDER BY e.place, e.document, e.no, d.database_id
