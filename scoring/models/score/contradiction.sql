-- @title Pairs of live statements that cannot both be right (contradictions.yaml), with the evidence of both
WITH told AS (
  SELECT c.contradiction, c.side, a.database_id, a.observation_id, a.state
  FROM raw.contradiction_side AS c
  JOIN fact.answer AS a ON a.attribute = c.attribute
  WHERE c.subject = 'database' AND a.is_live AND a.modality IN ('done', 'ongoing')
    AND (a.lo >= c.at_least OR list_contains(c.states, a.state))
  UNION ALL
  SELECT c.contradiction, c.side, d.database_id, s.observation_id, s.state
  FROM raw.contradiction_side AS c
  JOIN fact.spoken AS s ON s.voice = 'all' AND s.subject_type = 'agency' AND s.attribute = c.attribute
  JOIN fact.subject AS d ON d.agency_id = s.subject_id
  WHERE c.subject = 'agency' AND s.is_live AND (s.lo >= c.at_least OR list_contains(c.states, s.state))
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
  x.attribute::VARCHAR AS a_attribute,
  y.attribute::VARCHAR AS b_attribute
FROM raw.contradiction AS c
JOIN told AS a ON a.contradiction = c.contradiction AND a.side = 'a'
JOIN told AS b ON b.contradiction = c.contradiction AND b.side = 'b' AND b.database_id = a.database_id
JOIN raw.contradiction_side AS x ON x.contradiction = c.contradiction AND x.side = 'a'
JOIN raw.contradiction_side AS y ON y.contradiction = c.contradiction AND y.side = 'b'
