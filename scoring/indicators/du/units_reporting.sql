-- @question What share of the units that must enter data has entered or reported data?
-- @why Only reported and data_entered say anything about "đủ"; having an account or being a user of the data does not.
-- @remedy Have the remaining units enter their data.
WITH told AS (
  SELECT s.*, i.believe_from
  FROM fact.spoken AS s
  JOIN raw.indicator AS i ON i.indicator = 'units_reporting'
  WHERE s.subject_type = 'database' AND s.attribute = 'units.ratio' AND s.extent = 'whole'
    AND s.role IN ('reported', 'data_entered') AND s.value_total > 0
  -- Pairs that were only ever claimed count where there are no others: a claim never lowers the floor.
  QUALIFY s.is_founded OR NOT bool_or(s.is_founded) OVER (PARTITION BY s.voice, s.subject_id)
), valued AS (
  -- In parts of one unit: a pair that went stale may be anything, one that is only claimed by now is worth nothing in the
  -- floor; where a conflict or a silent word moves an end, that end takes the place of the number.
  SELECT t.*,
    (CASE
      WHEN NOT t.is_live OR (t.grade < t.believe_from AND NOT t.is_admission AND t.is_founded) THEN 0
      WHEN t.lo < share(t.value_number, t.value_total) THEN t.lo::HUGEINT * t.value_total::HUGEINT
      ELSE t.value_number::HUGEINT * one()
    END)::HUGEINT AS lo_part,
    (CASE
      WHEN NOT t.is_live THEN t.value_total::HUGEINT * one()
      WHEN t.hi > share(t.value_number, t.value_total) THEN t.hi::HUGEINT * t.value_total::HUGEINT
      ELSE t.value_number::HUGEINT * one()
    END)::HUGEINT AS hi_part
  FROM told AS t
), per_unit AS (
  -- Pairs are summed within one unit only.
  SELECT v.voice, v.subject_id, v.unit, sum(v.value_number)::BIGINT AS n, sum(v.value_total)::BIGINT AS m,
    sum(v.lo_part)::HUGEINT AS lo_sum, sum(v.hi_part)::HUGEINT AS hi_sum, bool_and(v.is_live) AS all_live,
    min(v.grade) FILTER (v.is_live AND v.grade >= v.believe_from) AS believed_grade, min(v.grade) FILTER (v.is_live) AS live_grade, min(v.grade) AS grade,
    min(v.said_by) AS said_by, min(v.source_id) AS source_id, min(v.observation_id) AS observation_id,
    bool_or(v.is_live) AS is_live, bool_or(v.is_live AND v.is_conflict) AS is_conflict, bool_or(v.is_live AND v.is_silent) AS is_silent
  FROM valued AS v
  GROUP BY v.voice, v.subject_id, v.unit
), per_database AS (
  -- Across units: the lowest lo and the highest hi.
  SELECT u.voice, u.subject_id, min(half_even(u.lo_sum, u.m::HUGEINT)) AS lo, max(half_even(u.hi_sum, u.m::HUGEINT)) AS hi,
    count(*) AS units, min(u.n) AS n, min(u.m) AS m, bool_and(u.all_live) AS all_live,
    coalesce(min(u.believed_grade), min(u.live_grade), min(u.grade)) AS grade, min(u.said_by) AS said_by, min(u.source_id) AS source_id,
    min(u.observation_id) AS observation_id,
    bool_or(u.is_live) AS is_live, bool_or(u.is_conflict) AS is_conflict, bool_or(u.is_silent) AS is_silent
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
  (CASE WHEN a.units = 1 AND a.all_live THEN a.n END)::BIGINT AS numerator,
  (CASE WHEN a.units = 1 AND a.all_live THEN a.m END)::BIGINT AS denominator,
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
