-- @title Values that change seldom and whose past findings ask for: one row a family, database and key
-- @why The store keeps a row only where one of value, low and high differs from the night before. What nobody tells of tonight
--      is no change: the last value known stays. Counts that a machine takes every night are not here: findings read those
--      from the readings of the last nights.
WITH said AS (
  SELECT s.*, concat_ws('/', coalesce(s.unit, ''), coalesce(s.role, ''), coalesce(s.stage, ''), coalesce(s.target, '')) AS key
  FROM fact.spoken AS s
  WHERE s.voice = 'all' AND s.subject_type = 'database' AND s.extent = 'whole' AND NOT s.is_conflict
), watched AS (
  SELECT 'criterion' AS family, c.database_id, c.criterion AS key, c.state AS value, NULL AS low, NULL AS high
  FROM score.criterion_status AS c
  WHERE c.state <> 'unknown'
  UNION ALL
  -- How many criteria are said to be met, and out of how many.
  SELECT 'checklist', a.database_id, 'met', NULL, a.numerator, a.denominator
  FROM fact.answer AS a
  WHERE a.attribute = 'checklist.met' AND a.denominator IS NOT NULL AND NOT a.is_conflict
  UNION ALL
  SELECT 'records', s.subject_id, s.key, s.unit, s.low, s.high
  FROM said AS s
  WHERE s.attribute = 'records.count' AND s.unit_class = 'record' AND s.grade < 'E3' AND s.low IS NOT NULL
  UNION ALL
  -- A total counts as one only where it names its source, which is the value here.
  SELECT 'expected', s.subject_id, s.key, json_extract_string(s.flags, '$.source'), s.low, s.high
  FROM said AS s
  WHERE s.attribute = 'records.expected' AND json_extract_string(s.flags, '$.source') IS NOT NULL
  UNION ALL
  SELECT 'units', s.subject_id, s.key, s.unit, s.value_number, s.value_total
  FROM said AS s
  WHERE s.attribute = 'units.ratio' AND s.value_total IS NOT NULL
  UNION ALL
  SELECT 'registry', d.database_id, f.key, f.value, f.days, f.days
  FROM fact.subject AS x
  JOIN raw.database AS d ON d.database_id = x.database_id
  CROSS JOIN LATERAL (
    SELECT 'update_frequency' AS key, coalesce(d.update_frequency, '') AS value, d.update_frequency_days AS days
    UNION ALL
    SELECT 'sync_schedule', coalesce(d.sync_schedule, ''), d.sync_schedule_days
  ) AS f
)
SELECT
  w.family::VARCHAR AS family,
  w.database_id::VARCHAR AS database_id,
  w.key::VARCHAR AS key,
  w.value::VARCHAR AS value,
  w.low::DOUBLE AS low,
  w.high::DOUBLE AS high
FROM watched AS w
