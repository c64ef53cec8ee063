-- @title The answer for the whole database to each attribute, with what the independent speakers alone would answer
-- @why A component never speaks for the whole; centre and some units do, capped, where nothing is said of the whole.
--      What was only ever claimed never takes the place of what is believed (DESIGN: a claim never lowers the floor); which
--      of the two holds does not depend on what is live, so that time alone raises nothing. Where an attribute is known for several targets, one that works is enough (other
--      shared services). Indicators that ask about one attribute take these columns as they are.
WITH ranked AS (
  SELECT s.*
  FROM fact.spoken AS s
  CROSS JOIN (SELECT min(believe_from) AS believe_from FROM raw.indicator) AS b
  WHERE s.subject_type = 'database' AND s.extent <> 'component'
  QUALIFY row_number() OVER (
    PARTITION BY s.voice, s.subject_id, s.attribute
    ORDER BY s.is_founded DESC, s.extent = 'whole' DESC, s.is_live DESC, s.grade >= b.believe_from OR s.is_admission DESC, s.lo DESC NULLS LAST, s.hi DESC NULLS LAST, s.grade DESC, s.fact_key) = 1
)
SELECT
  a.subject_id::VARCHAR AS database_id,
  a.attribute::VARCHAR AS attribute,
  a.observation_id::VARCHAR AS observation_id,
  a.state::VARCHAR AS state,
  a.modality::VARCHAR AS modality,
  a.lo::BIGINT AS lo,
  a.hi::BIGINT AS hi,
  (CASE WHEN i.is_live THEN i.lo END)::BIGINT AS independent_lo,
  i.observation_id::VARCHAR AS independent_observation_id,
  a.value_number::BIGINT AS numerator,
  a.value_total::BIGINT AS denominator,
  a.value_time::TIMESTAMP AS value_time,
  a.last_day::DATE AS last_day,
  a.flags::VARCHAR AS flags,
  a.shared_n::INTEGER AS shared_n,
  a.grade::VARCHAR AS grade,
  a.said_by::VARCHAR AS said_by,
  a.quoted::VARCHAR AS quoted,
  a.source_id::VARCHAR AS source_id,
  a.observed_at::TIMESTAMP AS observed_at,
  a.rests_since::TIMESTAMP AS rests_since,
  a.live_until::DATE AS live_until,
  a.is_live::BOOLEAN AS is_live,
  a.is_conflict::BOOLEAN AS is_conflict,
  a.is_silent::BOOLEAN AS is_silent,
  a.is_admission::BOOLEAN AS is_admission
FROM ranked AS a
LEFT JOIN ranked AS i ON i.voice = 'independent' AND i.subject_id = a.subject_id AND i.attribute = a.attribute
WHERE a.voice = 'all'
