-- @question Was the last successful update or synchronisation within the schedule laid down?
-- @why "Sống" is a date against a cycle; without a cycle in the registry there is nothing to compare with.
-- @remedy Lay down the update cycle in the registry and deliver the log of updates or synchronisations.
WITH dated AS (
  SELECT a.*, coalesce(s.sync_schedule_days, s.update_frequency_days) AS cycle_days,
    CASE a.attribute WHEN 'update.last' THEN local_day(a.value_time) ELSE json_extract_string(a.flags, '$.last_success')::DATE END AS last_day
  FROM fact.answer AS a
  JOIN fact.subject AS s ON s.database_id = a.database_id
  WHERE a.attribute IN ('update.last', 'c12.sync.window')
), newest AS (
  SELECT d.*, CASE WHEN date_diff('day', d.last_day, $as_of::DATE) <= d.cycle_days THEN one() ELSE 0 END AS value
  FROM dated AS d
  WHERE d.cycle_days IS NOT NULL AND d.last_day IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY d.database_id ORDER BY d.grade DESC, d.last_day DESC, d.attribute) = 1
)
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  n.observation_id::VARCHAR AS observation_id,
  n.value::BIGINT AS lo,
  n.value::BIGINT AS hi,
  (CASE WHEN n.said_by IN ('receiver', 'assessor', 'system') THEN n.value END)::BIGINT AS independent_lo,
  NULL::BIGINT AS numerator,
  NULL::BIGINT AS denominator,
  n.grade::VARCHAR AS grade,
  n.said_by::VARCHAR AS said_by,
  n.source_id::VARCHAR AS source_id,
  n.is_live::BOOLEAN AS is_live,
  n.is_conflict::BOOLEAN AS is_conflict,
  n.is_silent::BOOLEAN AS is_silent,
  coalesce(n.value = 0, false)::BOOLEAN AS is_admission
FROM fact.subject AS s
LEFT JOIN newest AS n ON n.database_id = s.database_id
