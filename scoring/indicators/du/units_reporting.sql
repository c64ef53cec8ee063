-- @question What share of the units that must enter data has entered or reported data?
-- @why Only reported and data_entered say anything about "đủ"; having an account or being a user of the data does not.
-- @remedy Have the remaining units enter their data.
WITH told AS (
  SELECT s.*
  FROM fact.spoken AS s
  WHERE s.subject_type = 'database' AND s.attribute = 'units.ratio' AND s.extent = 'whole'
    AND s.role IN ('reported', 'data_entered') AND s.value_total > 0
), per_unit AS (
  -- Pairs are summed within one unit only.
  SELECT t.voice, t.subject_id, t.unit, sum(t.value_number)::BIGINT AS n, sum(t.value_total)::BIGINT AS m,
    min(t.grade) AS grade, min(t.said_by) AS said_by, min(t.source_id) AS source_id, min(t.observation_id) AS observation_id,
    bool_and(t.is_live) AS is_live, bool_or(t.is_conflict) AS is_conflict, bool_or(t.is_silent) AS is_silent
  FROM told AS t
  GROUP BY t.voice, t.subject_id, t.unit
), per_database AS (
  -- Across units: the lowest lo and the highest hi.
  SELECT u.voice, u.subject_id, min(share(u.n, u.m)) AS lo, max(share(u.n, u.m)) AS hi, count(*) AS units, min(u.n) AS n, min(u.m) AS m,
    min(u.grade) AS grade, min(u.said_by) AS said_by, min(u.source_id) AS source_id, min(u.observation_id) AS observation_id,
    bool_and(u.is_live) AS is_live, bool_or(u.is_conflict) AS is_conflict, bool_or(u.is_silent) AS is_silent
  FROM per_unit AS u
  GROUP BY u.voice, u.subject_id
)
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  a.observation_id::VARCHAR AS observation_id,
  a.lo::BIGINT AS lo,
  a.hi::BIGINT AS hi,
  (CASE WHEN i.is_live THEN i.lo END)::BIGINT AS independent_lo,
  (CASE WHEN a.units = 1 THEN a.n END)::BIGINT AS numerator,
  (CASE WHEN a.units = 1 THEN a.m END)::BIGINT AS denominator,
  a.grade::VARCHAR AS grade,
  a.said_by::VARCHAR AS said_by,
  a.source_id::VARCHAR AS source_id,
  a.is_live::BOOLEAN AS is_live,
  a.is_conflict::BOOLEAN AS is_conflict,
  a.is_silent::BOOLEAN AS is_silent,
  coalesce(a.hi = 0, false)::BOOLEAN AS is_admission
FROM fact.subject AS s
LEFT JOIN per_database AS a ON a.subject_id = s.database_id AND a.voice = 'all'
LEFT JOIN per_database AS i ON i.subject_id = s.database_id AND i.voice = 'independent'
