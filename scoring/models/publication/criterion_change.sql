-- @title Criteria that stand otherwise than the night before: single ones, and how many are met out of how many (criterion empty)
-- @why What nobody tells of tonight is no change, and what is told for the first time has nothing before it. Nothing is told
--      of the first night on which such values were kept.
WITH kept AS (
  SELECT w.family, min(w.since) AS since
  FROM raw.watched_past AS w
  WHERE w.family IN ('criterion', 'checklist')
  GROUP BY w.family
)
SELECT
  $as_of::DATE AS as_of,
  c.database_id::VARCHAR AS database_id,
  (CASE WHEN c.family = 'criterion' THEN c.key END)::VARCHAR AS criterion,
  c.value_before::VARCHAR AS state_before,
  c.value::VARCHAR AS state_after,
  c.low_before::INTEGER AS met_before,
  c.low::INTEGER AS met_after,
  c.high_before::INTEGER AS total_before,
  c.high::INTEGER AS total_after
FROM score.watched_change AS c
JOIN kept AS k ON k.family = c.family AND k.since < $as_of::DATE
WHERE c.since = $as_of::DATE
ORDER BY c.database_id, c.family, c.key
