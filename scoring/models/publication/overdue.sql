-- @title Databases that the newest overdue list names, with the deadline and how many days it has passed
SELECT
  d.database_id::VARCHAR AS database_id,
  b.agency_id::VARCHAR AS agency_id,
  t.task_id::VARCHAR AS task_id,
  t.no::INTEGER AS no,
  t.deadline::DATE AS deadline,
  t.overdue_days::INTEGER AS overdue_days,
  t.legal_basis::VARCHAR AS legal_basis,
  d.given_from::VARCHAR AS given_from,
  coalesce(bool_or(a.status = 'reported'), false)::BOOLEAN AS has_status
FROM publication.task_database AS d
JOIN publication.task AS t ON t.task_id = d.task_id
LEFT JOIN publication.task_agency AS a ON a.task_id = t.task_id
JOIN fact.subject AS b ON b.database_id = d.database_id
WHERE t.overdue_days > 0
GROUP BY ALL
ORDER BY 5, 4, 1
