-- @title A deadline is near
-- @why One finding from `deadline_soon_days` before the day until the day itself; only its severity rises on the way.
-- @rank 40
SELECT
  'deadline_soon'::VARCHAR AS kind,
  d.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  d.due::VARCHAR AS subject,
  (CASE
    WHEN date_diff('day', $as_of::DATE, d.due) <= min(f.deadline_error_days) THEN 'error'
    WHEN date_diff('day', $as_of::DATE, d.due) <= min(f.deadline_warning_days) THEN 'warning'
    ELSE 'info'
  END)::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('db', json_object('database', d.database_id), 'owner', json_object('agency', s.agency_id), 'n', json_object('number', date_diff('day', $as_of::DATE, d.due)), 'due', json_object('date', d.due), 'basis', json_object('text', min(d.basis)))::VARCHAR AS params
FROM fact.deadline AS d
JOIN fact.subject AS s ON s.database_id = d.database_id
CROSS JOIN raw.setting AS w
CROSS JOIN raw.finding_setting AS f
WHERE d.due >= $as_of::DATE AND date_diff('day', $as_of::DATE, d.due) <= w.deadline_soon_days
GROUP BY d.database_id, s.agency_id, d.due
