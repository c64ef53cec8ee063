-- @title The same question answered in two ways at the same time with the same strength
-- @rank 10
WITH parted AS (
  SELECT s.subject_id AS database_id, s.attribute, s.target, s.fact_key, s.grade, s.observed_at
  FROM fact.spoken AS s
  WHERE s.voice = 'all' AND s.subject_type = 'database' AND s.is_conflict
), sides AS (
  SELECT p.database_id, p.attribute, p.target, p.fact_key,
    list(k.state ORDER BY k.lo, k.hi, k.observation_id) AS states,
    list(json_object('place', json_array(o.evidence_row, o.evidence_line)) ORDER BY k.lo, k.hi, k.observation_id) AS places,
    string_agg(k.observation_id, ';' ORDER BY k.lo, k.hi, k.observation_id) AS observation_ids
  FROM parted AS p
  JOIN fact.known AS k ON k.fact_key = p.fact_key AND k.grade = p.grade AND k.observed_at = p.observed_at
  JOIN raw.observation AS o ON o.id = k.observation_id
  GROUP BY p.database_id, p.attribute, p.target, p.fact_key
)
SELECT
  'conflict'::VARCHAR AS kind,
  x.database_id::VARCHAR AS database_id,
  s.agency_id::VARCHAR AS agency_id,
  x.fact_key::VARCHAR AS subject,
  'warning'::VARCHAR AS severity,
  x.observation_ids::VARCHAR AS observation_ids,
  json_object('db', json_object('database', x.database_id), 'owner', json_object('agency', s.agency_id),
    'a', json_object('state', json_array(x.attribute, x.states[-1])), 'b', json_object('state', json_array(x.attribute, x.states[1])),
    'what', json_object('attribute', x.attribute), 'a_nguon', x.places[-1], 'b_nguon', x.places[1])::VARCHAR AS params
FROM sides AS x
JOIN fact.subject AS s ON s.database_id = x.database_id
