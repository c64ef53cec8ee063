-- @title State and interval of every indicator for every scored database
-- @why Rule 4 (belief) and the states of DESIGN section 6: what is not answered, stale, failed to be collected or in
--      conflict is told apart, and only an approved "not applicable" leaves the denominator.
WITH waived AS (
  -- Two approvals that overlap take an indicator out once.
  SELECT w.database_id, w.indicator, min(w.document) AS document
  FROM fact.waiver AS w
  WHERE $as_of::DATE BETWEEN w.valid_from AND w.valid_until AND w.indicator IS NOT NULL
  GROUP BY w.database_id, w.indicator
), asked AS (
  SELECT
    s.database_id, i.indicator, i.pillar, i.weight,
    f.ground, f.observation_id, f.lo, f.hi, f.independent_lo, f.numerator, f.denominator, f.grade, f.said_by,
    coalesce(f.is_live, false) AS is_live, coalesce(f.is_conflict, false) AS is_conflict, coalesce(f.is_silent, false) AS is_silent,
    coalesce(f.is_admission, false) AS is_admission,
    w.document AS waiver_document,
    coalesce(v.believe_from, i.believe_from) AS believe_from,
    coalesce(h.state = 'failed', false) AS source_failed
  FROM fact.subject AS s
  CROSS JOIN raw.indicator AS i
  LEFT JOIN score.indicator_fact AS f ON f.database_id = s.database_id AND f.indicator = i.indicator
  LEFT JOIN waived AS w ON w.database_id = s.database_id AND w.indicator = i.indicator
  LEFT JOIN raw.indicator_speaker AS v ON v.indicator = i.indicator AND v.said_by = f.said_by
  LEFT JOIN raw.source_health AS h ON h.source_id = f.source_id
), judged AS (
  SELECT
    a.*,
    a.ground IS NULL AND a.waiver_document IS NULL AS is_applicable,
    a.observation_id IS NOT NULL AND a.is_live AND a.lo IS NOT NULL AS is_answered,
    a.observation_id IS NOT NULL AND a.is_live AND a.lo IS NOT NULL AND (a.is_admission OR a.grade >= a.believe_from) AS is_believed
  FROM asked AS a
)
SELECT
  j.database_id::VARCHAR AS database_id,
  j.indicator::VARCHAR AS indicator,
  j.pillar::VARCHAR AS pillar,
  j.weight::INTEGER AS weight,
  (CASE
    WHEN NOT j.is_applicable THEN 'not_applicable'
    WHEN j.observation_id IS NULL THEN 'unknown'
    WHEN NOT j.is_live AND j.source_failed THEN 'collector_failed'
    WHEN NOT j.is_live THEN 'stale'
    WHEN j.lo IS NULL THEN 'undefined'
    WHEN j.is_conflict THEN 'conflict'
    WHEN j.hi = 0 THEN 'unmet'
    WHEN j.lo = one() THEN 'met'
    ELSE 'partial'
  END)::VARCHAR AS state,
  j.is_applicable::BOOLEAN AS is_applicable,
  (j.is_applicable AND j.is_believed)::BOOLEAN AS is_believed,
  j.is_silent::BOOLEAN AS is_silent,
  (CASE WHEN j.is_applicable AND j.is_answered THEN j.lo END)::BIGINT AS lo,
  (CASE WHEN j.is_applicable AND j.is_answered THEN j.hi END)::BIGINT AS hi,
  -- The four contributions, each between 0 and one(); × weight they add up to the pillar.
  (CASE WHEN j.is_applicable AND j.is_believed THEN least(j.lo, coalesce(j.independent_lo, 0)) ELSE 0 END)::BIGINT AS confirmed,
  (CASE WHEN j.is_applicable AND j.is_believed THEN j.lo ELSE 0 END)::BIGINT AS floor,
  (CASE WHEN NOT j.is_applicable THEN 0 WHEN j.is_answered THEN j.hi ELSE one() END)::BIGINT AS ceiling,
  (CASE WHEN j.is_applicable AND j.is_believed AND NOT j.is_silent THEN one() - (j.hi - j.lo) ELSE 0 END)::BIGINT AS coverage,
  j.numerator::BIGINT AS numerator,
  j.denominator::BIGINT AS denominator,
  j.grade::VARCHAR AS grade,
  j.said_by::VARCHAR AS said_by,
  j.observation_id::VARCHAR AS observation_id,
  coalesce(j.ground, j.waiver_document)::VARCHAR AS ground
FROM judged AS j
