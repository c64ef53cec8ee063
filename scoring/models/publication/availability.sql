-- @title Endpoints that are probed: how often each answered over the last nights, and what the last try showed
-- @why One night says little; the share over thirty days is what "sống" looks like from outside. What was renamed within them
--      keeps its tries under its earlier name.
WITH tried AS (
  SELECT o.* REPLACE (coalesce(p.database_id, o.subject_id) AS subject_id), local_day(o.observed_at) AS tried_on
  FROM raw.reading AS o
  LEFT JOIN fact.place AS p ON p.named_id = o.subject_id AND p.given_by = 'renamed' AND o.subject_type = 'database'
  WHERE o.attribute = 'probe.available' AND local_day(o.observed_at) > $as_of::DATE - 30
), summed AS (
  SELECT
    t.subject_type, t.subject_id, t.target,
    sum(t.value_total)::BIGINT AS tries,
    sum(t.value_number)::BIGINT AS answered,
    count(DISTINCT t.tried_on) AS days,
    max(t.observed_at) AS last_tried_at,
    max(t.observed_at) FILTER (t.value_number > 0) AS last_answered_at
  FROM tried AS t
  GROUP BY t.subject_type, t.subject_id, t.target
), newest AS (
  SELECT t.*
  FROM tried AS t
  QUALIFY row_number() OVER (PARTITION BY t.subject_type, t.subject_id, t.target ORDER BY t.observed_at DESC, t.id) = 1
)
SELECT
  s.subject_type::VARCHAR AS subject_type,
  s.subject_id::VARCHAR AS subject_id,
  s.target::VARCHAR AS target,
  s.days::INTEGER AS days,
  s.tries::BIGINT AS tries,
  s.answered::BIGINT AS answered,
  points(s.answered::HUGEINT, s.tries::HUGEINT)::DOUBLE AS available_percent,
  s.last_tried_at::TIMESTAMP AS last_tried_at,
  s.last_answered_at::TIMESTAMP AS last_answered_at,
  json_extract_string(n.flags, '$.failed_at')::VARCHAR AS failed_at,
  json_extract_string(n.flags, '$.status')::INTEGER AS status,
  json_extract_string(n.flags, '$.latency_ms')::INTEGER AS latency_ms,
  json_extract_string(n.flags, '$.tls_expires')::DATE AS tls_expires,
  n.id::VARCHAR AS observation_id
FROM summed AS s
JOIN newest AS n ON n.subject_type = s.subject_type AND n.subject_id = s.subject_id AND n.target IS NOT DISTINCT FROM s.target
ORDER BY s.subject_type DESC, s.subject_id, s.target
