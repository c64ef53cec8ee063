-- @title What used to come every night does not come any more, and nothing failed
-- @why A source: it answered on each of the last `silent_nights` and gave nothing, and gave something on `percent` of at least half of the
--      `nights` before. A measured key of a database: the same of its readings by day, while its source answered and gave other facts.
--      A source that failed is told of by `collector_failed`; one finding a source, or a source and database.
-- @rank 27
WITH night AS (
  SELECT n.source_id, n.as_of, n.state = 'ok' AS is_ok, n.observations > 0 AS is_full, n.as_of > $as_of::DATE - w.feed_silent_nights AS is_late
  FROM raw.source_night AS n
  CROSS JOIN raw.finding_setting AS w
  WHERE n.as_of > $as_of::DATE - w.feed_silent_nights - w.feed_nights
), source AS (
  SELECT n.source_id, count(*) FILTER (n.is_late AND n.is_ok) AS answered, count(*) FILTER (n.is_late AND n.is_full) AS filled,
    bool_and(n.is_ok) FILTER (n.is_late) AS none_failed,
    count(*) FILTER (NOT n.is_late AND n.is_ok) AS asked_before, count(*) FILTER (NOT n.is_late AND n.is_ok AND n.is_full) AS full_before, max(n.as_of) FILTER (n.is_full) AS last_day
  FROM night AS n
  GROUP BY n.source_id
), answering AS (
  SELECT s.*, s.full_before * 100 >= s.asked_before * w.feed_percent AND s.asked_before * 2 >= w.feed_nights AS was_full
  FROM source AS s
  CROSS JOIN raw.finding_setting AS w
  WHERE s.answered >= w.feed_silent_nights AND s.none_failed
), ended AS (
  -- The newest of every key are few and stand apart: the readings of the nights are asked only about keys that ended.
  SELECT o.subject_id, o.source_id, o.attribute, o.extent, o.unit, o.role, o.stage, o.target, max(local_day(o.observed_at)) AS last_day
  FROM raw.observation AS o
  CROSS JOIN raw.finding_setting AS w
  WHERE o.subject_type = 'database' AND o.grade >= 'E3'
  GROUP BY o.subject_id, o.source_id, o.attribute, o.extent, o.unit, o.role, o.stage, o.target, w.feed_silent_nights, w.feed_nights
  HAVING last_day <= $as_of::DATE - w.feed_silent_nights AND last_day > $as_of::DATE - w.feed_silent_nights - w.feed_nights
), reading AS (
  SELECT e.subject_id AS database_id, e.source_id, e.attribute, e.last_day, count(DISTINCT local_day(o.observed_at)) AS days_before
  FROM ended AS e
  CROSS JOIN raw.finding_setting AS w
  JOIN raw.reading AS o ON o.subject_type = 'database' AND o.subject_id = e.subject_id AND o.source_id = e.source_id AND o.attribute = e.attribute AND o.grade >= 'E3'
    AND (o.extent, o.unit, o.role, o.stage, o.target) IS NOT DISTINCT FROM (e.extent, e.unit, e.role, e.stage, e.target)
    AND local_day(o.observed_at) > $as_of::DATE - w.feed_silent_nights - w.feed_nights
  GROUP BY e.subject_id, e.source_id, e.attribute, e.extent, e.unit, e.role, e.stage, e.target, e.last_day
), silent AS (
  SELECT r.database_id, r.source_id, string_agg(DISTINCT r.attribute, ';' ORDER BY r.attribute) AS attributes, max(r.last_day) AS last_day
  FROM reading AS r
  JOIN answering AS s ON s.source_id = r.source_id AND s.filled > 0
  CROSS JOIN raw.finding_setting AS w
  WHERE r.days_before * 100 >= s.asked_before * w.feed_percent AND r.days_before * 2 >= w.feed_nights
  GROUP BY r.database_id, r.source_id
), told AS (
  SELECT NULL AS database_id, s.source_id, NULL AS attribute, s.last_day
  FROM answering AS s
  WHERE s.was_full AND s.filled = 0
  UNION ALL
  SELECT x.database_id, x.source_id, split_part(x.attributes, ';', 1), x.last_day
  FROM silent AS x
)
SELECT
  (CASE WHEN t.database_id IS NULL THEN 'feed_silent' ELSE 'key_silent' END)::VARCHAR AS kind,
  t.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  t.source_id::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  NULL::VARCHAR AS observation_ids,
  json_object('source', json_object('text', t.source_id), 'db', CASE WHEN t.database_id IS NOT NULL THEN json_object('database', t.database_id) ELSE json_object('text', NULL) END,
    'owner', json_object('agency', s.agency_id), 'what', CASE WHEN t.attribute IS NOT NULL THEN json_object('attribute', t.attribute) ELSE json_object('text', NULL) END,
    'date', json_object('date', t.last_day), 'n', json_object('number', date_diff('day', t.last_day, $as_of::DATE)))::VARCHAR AS params
FROM told AS t
LEFT JOIN fact.subject AS s ON s.database_id = t.database_id
WHERE t.database_id IS NULL OR s.database_id IS NOT NULL
