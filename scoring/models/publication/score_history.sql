-- @title Figures of each database and pillar by day (`all` = the database as a whole), tonight included
-- @kept no
-- @why Day after day as kept, tonight last: years of it are written without being sorted.
SELECT
  h.as_of::DATE AS as_of,
  h.database_id::VARCHAR AS database_id,
  h.pillar::VARCHAR AS pillar,
  h.level_reported::INTEGER AS level_reported,
  h.level_confirmed::INTEGER AS level_confirmed,
  h.confirmed::DOUBLE AS confirmed,
  h.floor::DOUBLE AS floor,
  h.ceiling::DOUBLE AS ceiling,
  h.coverage::DOUBLE AS coverage,
  h.method::VARCHAR AS method
FROM (
  SELECT * FROM raw.score_history WHERE as_of < $as_of::DATE
  UNION ALL
  SELECT as_of, database_id, 'all', level_reported, level_confirmed, confirmed, floor, ceiling, coverage, method FROM publication.readiness
  UNION ALL
  SELECT as_of, database_id, pillar, NULL, NULL, confirmed, floor, ceiling, coverage, method FROM publication.dimension_score
) AS h
