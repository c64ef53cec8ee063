-- @title The four figures of each pillar and dimension, 0–100
SELECT
  $as_of::DATE AS as_of,
  p.database_id::VARCHAR AS database_id,
  p.pillar::VARCHAR AS pillar,
  points(p.confirmed_num, p.den)::DOUBLE AS confirmed,
  points(p.floor_num, p.den)::DOUBLE AS floor,
  points(p.ceiling_num, p.den)::DOUBLE AS ceiling,
  points(p.coverage_num, p.den)::DOUBLE AS coverage,
  w.method::VARCHAR AS method
FROM score.pillar AS p
CROSS JOIN raw.setting AS w
ORDER BY p.database_id, p.position
