-- @question What share of the records that must be there is there?
-- @why "Đủ" is against a total somebody answers for; a total that does not name its source proves nothing.
-- @remedy Determine the number of subjects to be managed, name its source, and load what is missing.
WITH expected AS (
  SELECT s.*
  FROM fact.spoken AS s
  WHERE s.voice = 'all' AND s.subject_type = 'database' AND s.attribute = 'records.expected' AND s.extent = 'whole'
    AND json_extract_string(s.flags, '$.source') IS NOT NULL AND s.modality IN ('done', 'ongoing')
), counted AS (
  SELECT s.*, d.headline_unit
  FROM fact.spoken AS s
  JOIN fact.subject AS d ON d.database_id = s.subject_id
  WHERE s.voice = 'all' AND s.subject_type = 'database' AND s.attribute = 'records.count' AND s.extent = 'whole' AND s.unit_class = 'record'
    AND s.modality IN ('done', 'ongoing')
), independent AS (
  SELECT s.subject_id, s.unit, max(s.low) AS low
  FROM fact.spoken AS s
  WHERE s.voice = 'independent' AND s.attribute = 'records.count' AND s.extent = 'whole' AND s.is_live AND s.modality IN ('done', 'ongoing')
  GROUP BY s.subject_id, s.unit
), pair AS (
  -- Of the counts that have a total in their unit: what is believed before what is only claimed, then as the headline. How
  -- large a count is, is asked of all that was ever known of it, so that time alone never brings a better one forward.
  -- Of equal counts the one further on speaks (the stages sort from dong_bo back to thu_thap).
  SELECT r.subject_id AS database_id, r.observation_id, r.low, r.high, e.low AS expected_low, e.high AS expected_high, i.low AS independent_low,
    least(r.grade, e.grade) AS grade, r.said_by, r.source_id, r.is_live AND e.is_live AS is_live,
    r.is_conflict OR e.is_conflict AS is_conflict, r.is_silent OR e.is_silent AS is_silent
  FROM counted AS r
  JOIN expected AS e ON e.subject_id = r.subject_id AND e.unit = r.unit
  LEFT JOIN independent AS i ON i.subject_id = r.subject_id AND i.unit = r.unit
  QUALIFY row_number() OVER (
    PARTITION BY r.subject_id
    ORDER BY r.is_founded AND e.is_founded DESC, (r.unit = r.headline_unit) IS TRUE DESC, r.largest DESC, e.largest DESC, r.stage NULLS LAST, r.unit, r.fact_key, e.fact_key) = 1
)
SELECT
  s.database_id::VARCHAR AS database_id,
  NULL::VARCHAR AS ground,
  p.observation_id::VARCHAR AS observation_id,
  -- Fewest records against the largest total, most records against the smallest; more than expected is not more than full.
  share(least(floor(p.low), ceil(p.expected_high))::BIGINT, ceil(p.expected_high)::BIGINT)::BIGINT AS lo,
  share(least(ceil(p.high), floor(p.expected_low))::BIGINT, floor(p.expected_low)::BIGINT)::BIGINT AS hi,
  (CASE WHEN p.independent_low IS NOT NULL THEN share(least(floor(p.independent_low), ceil(p.expected_high))::BIGINT, ceil(p.expected_high)::BIGINT) END)::BIGINT AS independent_lo,
  (CASE WHEN p.low = p.high THEN p.low END)::BIGINT AS numerator,
  (CASE WHEN p.expected_low = p.expected_high THEN p.expected_low END)::BIGINT AS denominator,
  p.grade::VARCHAR AS grade,
  p.said_by::VARCHAR AS said_by,
  p.source_id::VARCHAR AS source_id,
  p.is_live::BOOLEAN AS is_live,
  p.is_conflict::BOOLEAN AS is_conflict,
  p.is_silent::BOOLEAN AS is_silent,
  coalesce(p.high = 0, false)::BOOLEAN AS is_admission
FROM fact.subject AS s
LEFT JOIN pair AS p ON p.database_id = s.database_id
