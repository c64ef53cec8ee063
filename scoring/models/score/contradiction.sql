-- @title Pairs of live statements that cannot both be right (contradictions.yaml), with the evidence of both
-- @why What an owner claims and what is measured are held against each other even where the measurement speaks: a side
--      may ask for the newest claim, or for the word of an independent speaker alone.
WITH worded AS (
  SELECT 'all' AS voice, a.database_id AS subject_id, 'database' AS subject_type, a.attribute, a.observation_id, a.state, a.modality, a.lo, a.hi, a.flags, a.numerator::DOUBLE AS value_number, a.denominator::DOUBLE AS value_total, a.value_time, a.is_live
  FROM fact.answer AS a
  UNION ALL
  SELECT s.voice, s.subject_id, s.subject_type, s.attribute, s.observation_id, s.state, s.modality, s.lo, s.hi, s.flags, s.value_number, s.value_total, s.value_time, s.is_live
  FROM fact.spoken AS s
  WHERE (s.voice = 'all' AND s.subject_type = 'agency') OR (s.voice = 'independent' AND s.extent <> 'component')
  UNION ALL
  (SELECT 'claimed', k.subject_id, k.subject_type, k.attribute, k.observation_id, k.state, k.modality, k.lo, k.hi, k.flags, k.value_number, k.value_total, k.value_time, k.is_live
  FROM fact.known AS k
  WHERE k.said_by IN ('owner', 'document') AND k.grade < 'E3' AND k.is_live AND k.extent <> 'component'
  QUALIFY row_number() OVER (PARTITION BY k.subject_type, k.subject_id, k.attribute, coalesce(k.target, '') ORDER BY k.observed_at DESC, k.grade DESC, k.hi DESC, k.lo DESC, k.observation_id) = 1)
), dated AS (
  SELECT w.*,
    CASE w.attribute WHEN 'update.last' THEN local_day(w.value_time) ELSE json_extract_string(w.flags, '$.last_success')::DATE END AS last_day,
    json_extract_string(w.flags, '$.days')::INTEGER AS window_days
  FROM worded AS w
  WHERE w.is_live
), told AS (
  SELECT c.contradiction, c.side, coalesce(d.database_id, w.subject_id) AS database_id, w.observation_id, w.state, w.attribute, w.value_number, w.value_total, w.last_day,
    json_extract_string(w.flags, '$.databases')::INTEGER AS databases,
    -- Where no success is known of at all, the silence is at least as long as the window that was looked at.
    coalesce(date_diff('day', w.last_day, $as_of::DATE), w.window_days) AS silent_days
  FROM raw.contradiction_side AS c
  JOIN dated AS w ON w.voice = c.voice AND w.subject_type = c.subject AND w.attribute = c.attribute
  LEFT JOIN fact.subject AS d ON c.subject = 'agency' AND d.agency_id = w.subject_id
  WHERE (c.subject = 'agency' OR w.modality IN ('done', 'ongoing'))
    AND (c.subject = 'database' OR d.database_id IS NOT NULL)
    AND (w.lo >= c.at_least OR list_contains(c.states, w.state) OR w.hi < c.below
      OR coalesce(date_diff('day', w.last_day, $as_of::DATE), w.window_days) >= c.silent_days)
  QUALIFY row_number() OVER (PARTITION BY c.contradiction, c.side, coalesce(d.database_id, w.subject_id) ORDER BY w.lo DESC NULLS LAST, w.observation_id) = 1
)
SELECT
  c.contradiction::VARCHAR AS contradiction,
  c.label::VARCHAR AS label,
  c.severity::VARCHAR AS severity,
  c.gate::VARCHAR AS gate,
  a.database_id::VARCHAR AS database_id,
  a.observation_id::VARCHAR AS a_observation_id,
  a.state::VARCHAR AS a_state,
  b.observation_id::VARCHAR AS b_observation_id,
  b.state::VARCHAR AS b_state,
  a.attribute::VARCHAR AS a_attribute,
  b.attribute::VARCHAR AS b_attribute,
  b.value_number::DOUBLE AS b_number,
  b.value_total::DOUBLE AS b_total,
  -- How many databases of the agency a word of the agency is about, where it says so.
  b.databases::INTEGER AS b_databases,
  -- Only of a side that asks for silence.
  (CASE WHEN y.silent_days IS NOT NULL THEN b.silent_days END)::INTEGER AS silent_days,
  (CASE WHEN y.silent_days IS NOT NULL THEN b.last_day END)::DATE AS last_success
FROM raw.contradiction AS c
JOIN told AS a ON a.contradiction = c.contradiction AND a.side = 'a'
JOIN told AS b ON b.contradiction = c.contradiction AND b.side = 'b' AND b.database_id = a.database_id
JOIN raw.contradiction_side AS y ON y.contradiction = c.contradiction AND y.side = 'b'
