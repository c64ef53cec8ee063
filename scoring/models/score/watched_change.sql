-- @title What each watched value was, is now, and since which night: one row a change, tonight's included
WITH told AS (
  -- What was watched under a former name goes on under the new one.
  SELECT p.family, coalesce(l.to_id, p.database_id) AS database_id, p.key, p.value, p.low, p.high, p.since
  FROM raw.watched_past AS p
  LEFT JOIN fact.lineage AS l ON l.from_id = p.database_id AND NOT l.is_merged AND NOT l.is_split
  UNION ALL
  SELECT w.family, w.database_id, w.key, w.value, w.low, w.high, $as_of::DATE
  FROM score.watched AS w
), turned AS (
  SELECT t.*
  FROM told AS t
  QUALIFY row(t.value, t.low, t.high) IS DISTINCT FROM lag(row(t.value, t.low, t.high)) OVER (PARTITION BY t.family, t.database_id, t.key ORDER BY t.since)
)
SELECT
  t.family::VARCHAR AS family,
  t.database_id::VARCHAR AS database_id,
  t.key::VARCHAR AS key,
  (lag(t.value) OVER of_key)::VARCHAR AS value_before,
  (lag(t.low) OVER of_key)::DOUBLE AS low_before,
  (lag(t.high) OVER of_key)::DOUBLE AS high_before,
  t.value::VARCHAR AS value,
  t.low::DOUBLE AS low,
  t.high::DOUBLE AS high,
  t.since::DATE AS since,
  ((lag(t.since) OVER of_key) IS NULL)::BOOLEAN AS is_first,
  ((lead(t.since) OVER of_key) IS NULL)::BOOLEAN AS is_last
FROM turned AS t
WINDOW of_key AS (PARTITION BY t.family, t.database_id, t.key ORDER BY t.since)
