-- @title The time of the last update moves on, and nothing else does
-- @why Over the last `touched_readings` steps of one reading a day each is newer than the one before it; every measured count of records of
--      those days has stayed the same, and no batch of the log of synchronisations changed anything since. Fires only where
--      counts or a log are there to look at: without them nothing is known of a change.
-- @rank 23
WITH daily AS (
  SELECT o.subject_id AS database_id, o.source_id, concat_ws('/', o.extent, o.target) AS key, o.observed_at, o.value_time, local_day(o.observed_at) AS day, o.id
  FROM raw.reading AS o
  WHERE o.subject_type = 'database' AND o.attribute = 'update.last' AND o.value_time IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY o.subject_id, o.source_id, key, day ORDER BY o.observed_at DESC, o.collected_at DESC, o.id) = 1
), stepped AS (
  SELECT d.*, d.value_time > lag(d.value_time) OVER in_time AS moved,
    row_number() OVER (PARTITION BY d.database_id, d.source_id, d.key ORDER BY d.day DESC) AS back
  FROM daily AS d
  WINDOW in_time AS (PARTITION BY d.database_id, d.source_id, d.key ORDER BY d.day)
), touched AS (
  SELECT s.database_id, s.source_id, s.key, min(s.day) AS from_day, max(s.day) AS to_day, arg_max(s.id, s.day) AS id, w.touched_readings AS n
  FROM stepped AS s
  CROSS JOIN raw.finding_setting AS w
  WHERE s.back <= w.touched_readings + 1
  GROUP BY s.database_id, s.source_id, s.key, w.touched_readings
  HAVING count(*) = w.touched_readings + 1 AND count(*) FILTER (s.moved IS TRUE OR s.back = w.touched_readings + 1) = count(*)
), counted AS (
  SELECT t.database_id, t.source_id, t.key, concat_ws('/', o.source_id, o.extent, o.unit, o.role, o.stage, o.target) AS series,
    count(DISTINCT local_day(o.observed_at)) AS days, min(coalesce(o.value_low, o.value_number)) = max(coalesce(o.value_low, o.value_number)) AS is_flat
  FROM touched AS t
  JOIN raw.reading AS o ON o.subject_type = 'database' AND o.subject_id = t.database_id AND o.attribute = 'records.count'
    AND o.grade >= 'E3' AND local_day(o.observed_at) BETWEEN t.from_day AND t.to_day
  GROUP BY ALL
), counts AS (
  SELECT c.database_id, c.source_id, c.key, bool_and(c.is_flat) AND max(c.days) > t.n AS is_flat
  FROM counted AS c
  JOIN touched AS t ON t.database_id = c.database_id AND t.source_id = c.source_id AND t.key = c.key
  GROUP BY c.database_id, c.source_id, c.key, t.n
)
SELECT
  'touched_without_change'::VARCHAR AS kind,
  t.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  concat_ws('/', t.source_id, t.key)::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  t.id::VARCHAR AS observation_ids,
  json_object('db', json_object('database', t.database_id), 'owner', json_object('agency', s.agency_id), 'n', json_object('count', t.n),
    'from', json_object('date', t.from_day), 'to', json_object('date', t.to_day))::VARCHAR AS params
FROM touched AS t
JOIN fact.subject AS s ON s.database_id = t.database_id
LEFT JOIN counts AS c ON c.database_id = t.database_id AND c.source_id = t.source_id AND c.key = t.key
LEFT JOIN publication.sync_window AS l ON l.database_id = t.database_id AND l.is_live
WHERE (c.database_id IS NOT NULL OR l.database_id IS NOT NULL)
  AND coalesce(c.is_flat, true)
  AND (l.database_id IS NULL OR coalesce(l.last_change < t.from_day, l.records_sent = 0))
