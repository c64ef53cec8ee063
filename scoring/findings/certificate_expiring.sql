-- @title The certificate of an endpoint runs out within thirty days, or has run out
SELECT
  'certificate_expiring'::VARCHAR AS kind,
  a.subject_id::VARCHAR AS database_id,
  d.agency_id::VARCHAR AS agency_id,
  coalesce(a.target, '')::VARCHAR AS subject,
  (CASE WHEN a.tls_expires <= $as_of::DATE THEN 'error' ELSE 'warning' END)::VARCHAR AS severity,
  a.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', a.subject_id), 'date', json_object('date', a.tls_expires), 'n', json_object('number', date_diff('day', $as_of::DATE, a.tls_expires)))::VARCHAR AS params
FROM publication.availability AS a
JOIN fact.subject AS d ON a.subject_type = 'database' AND d.database_id = a.subject_id
WHERE date_diff('day', $as_of::DATE, a.tls_expires) <= 30
