-- @title A source that could not be collected for several nights on end
-- @why Nights, not runs: a night counts by its last run. `source_failing_nights` of them since the last good one, tonight included.
--      Beyond the nights at hand the day of the last success says how long it has been.
-- @rank 30
WITH failed AS (
  SELECT n.source_id, count(*) AS nights, max(n.as_of) AS last_night
  FROM raw.source_night AS n
  WHERE n.state = 'failed'
    AND n.as_of > coalesce((SELECT max(g.as_of) FROM raw.source_night AS g WHERE g.source_id = n.source_id AND g.state = 'ok'), DATE '0001-01-01')
  GROUP BY n.source_id
)
SELECT
  'source_failing'::VARCHAR AS kind,
  NULL::VARCHAR AS database_id,
  NULL::VARCHAR AS agency_id,
  f.source_id::VARCHAR AS subject,
  'error'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('source', json_object('text', f.source_id), 'n', json_object('count', f.nights),
    'date', json_object('date', (SELECT max(local_day(h.last_good_at)) FROM raw.source_health AS h WHERE h.source_id = f.source_id)))::VARCHAR AS params
FROM failed AS f
CROSS JOIN raw.finding_setting AS w
WHERE f.last_night = $as_of::DATE AND f.nights >= w.source_failing_nights
