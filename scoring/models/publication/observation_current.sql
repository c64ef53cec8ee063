-- @title The fact that speaks for each key, as all speakers have it
-- @why A fact given by an umbrella row or by an earlier database is marked: from which (given_from) and why (given_by).
SELECT
  s.subject_type::VARCHAR AS subject_type,
  s.subject_id::VARCHAR AS subject_id,
  s.attribute::VARCHAR AS attribute,
  s.extent::VARCHAR AS extent,
  s.unit::VARCHAR AS unit,
  s.role::VARCHAR AS role,
  s.stage::VARCHAR AS stage,
  s.target::VARCHAR AS target,
  s.state::VARCHAR AS state,
  s.modality::VARCHAR AS modality,
  (s.lo::DOUBLE / one())::DOUBLE AS lo,
  (s.hi::DOUBLE / one())::DOUBLE AS hi,
  s.low::DOUBLE AS low,
  s.high::DOUBLE AS high,
  s.value_number::DOUBLE AS value_number,
  s.value_total::DOUBLE AS value_total,
  s.flags::VARCHAR AS flags,
  s.shared_n::INTEGER AS shared_n,
  s.said_by::VARCHAR AS said_by,
  s.quoted::VARCHAR AS quoted,
  s.grade::VARCHAR AS grade,
  local_day(s.observed_at)::DATE AS observed_on,
  local_day(s.stated_at)::DATE AS stated_on,
  s.is_live::BOOLEAN AS is_live,
  s.live_until::DATE AS live_until,
  s.is_conflict::BOOLEAN AS is_conflict,
  s.given_from::VARCHAR AS given_from,
  p.given_by::VARCHAR AS given_by,
  s.observation_id::VARCHAR AS observation_id
FROM fact.spoken AS s
LEFT JOIN fact.place AS p ON p.given_from = s.given_from AND p.database_id = s.subject_id
WHERE s.voice = 'all'
ORDER BY s.subject_type DESC, s.subject_id, s.attribute, s.fact_key
