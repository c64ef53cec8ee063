-- @title What was last said is about to become stale
-- @why For what a person has to say again, not for what a machine measures every night; the attributes of `stale`, within
--      `expiring_days`. Then `stale` takes its place.
-- @rank 80
SELECT
  'evidence_expiring'::VARCHAR AS kind,
  a.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  a.attribute::VARCHAR AS subject,
  'info'::VARCHAR AS severity,
  a.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', a.database_id), 'owner', json_object('agency', s.agency_id), 'what', json_object('attribute', a.attribute),
    'date', json_object('date', a.live_until), 'n', json_object('number', date_diff('day', $as_of::DATE, a.live_until)))::VARCHAR AS params
FROM fact.answer AS a
JOIN fact.subject AS s ON s.database_id = a.database_id
CROSS JOIN raw.finding_setting AS w
WHERE a.is_live AND a.grade < 'E3' AND date_diff('day', $as_of::DATE, a.live_until) < w.expiring_days
  AND a.attribute IN ('checklist.met', 'c12.connection', 'c12.sync', 'c06.connection', 'c06.cleaning', 'records.count')
