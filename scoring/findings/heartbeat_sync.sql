-- @title Batches arrive and carry no row
-- @why A live log with a success within the last seven days, whose last batch that changed anything lies `heartbeat_days` back (or one
--      `update_frequency` of the registry, where that is longer), or lies before the whole window. An empty batch says that the
--      link lives; it does not say that the data do.
-- @rank 24
SELECT
  'heartbeat_sync'::VARCHAR AS kind,
  l.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  'c12.sync.window'::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  l.observation_id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', l.database_id), 'owner', json_object('agency', s.agency_id), 'k', json_object('count', l.succeeded_7d),
    'n', json_object('number', date_diff('day', coalesce(l.last_change, l.ended_on - l.days), $as_of::DATE)))::VARCHAR AS params
FROM publication.sync_window AS l
JOIN fact.subject AS s ON s.database_id = l.database_id
CROSS JOIN raw.finding_setting AS w
WHERE l.is_live AND l.succeeded_7d > 0 AND l.heartbeats > 0 AND (l.last_change IS NOT NULL OR l.records_sent = 0)
  AND date_diff('day', coalesce(l.last_change, l.ended_on - l.days), $as_of::DATE) >= CASE
    WHEN s.update_frequency_days > w.heartbeat_days THEN s.update_frequency_days
    ELSE w.heartbeat_days
  END
