-- @question Was the last successful update or synchronisation within the schedule laid down?
-- @why "Sống" is a date against a cycle; without a cycle in the registry there is nothing to compare with.
-- @remedy Lay down the update cycle in the registry and deliver the log of updates or synchronisations.
WITH dated AS (
  SELECT s.*, coalesce(d.sync_schedule_days, d.update_frequency_days) AS cycle_days
  FROM fact.spoken AS s
  JOIN fact.subject AS d ON d.database_id = s.subject_id
  WHERE s.subject_type = 'database' AND s.extent <> 'component' AND s.last_day IS NOT NULL
), newest AS (
  -- Of the updates and the log of synchronisations the one known best; a worse day that fell silent keeps the lower end down.
  SELECT d.*,
    CASE WHEN date_diff('day', d.worst_day, $as_of::DATE) <= d.cycle_days THEN one() ELSE 0 END AS lo_value,
    CASE WHEN date_diff('day', d.last_day, $as_of::DATE) <= d.cycle_days THEN one() ELSE 0 END AS hi_value
  FROM dated AS d
  WHERE d.cycle_days IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY d.voice, d.subject_id ORDER BY d.extent = 'whole' DESC, d.known_grade DESC, d.worst_day DESC, d.fact_key) = 1
)
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  n.observation_id::VARCHAR AS observation_id,
  n.lo_value::BIGINT AS lo,
  n.hi_value::BIGINT AS hi,
  (CASE WHEN i.is_live THEN i.lo_value END)::BIGINT AS independent_lo,
  NULL::BIGINT AS numerator,
  NULL::BIGINT AS denominator,
  n.grade::VARCHAR AS grade,
  n.said_by::VARCHAR AS said_by,
  n.source_id::VARCHAR AS source_id,
  n.is_live::BOOLEAN AS is_live,
  -- Whether what was sent was accepted is another question than when.
  false::BOOLEAN AS is_conflict,
  (n.lo_value < n.hi_value)::BOOLEAN AS is_silent,
  coalesce(n.hi_value = 0, false)::BOOLEAN AS is_admission
FROM fact.subject AS s
LEFT JOIN newest AS n ON n.voice = 'all' AND n.subject_id = s.database_id
LEFT JOIN newest AS i ON i.voice = 'independent' AND i.subject_id = s.database_id
