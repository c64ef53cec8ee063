-- @title Figures of each database and pillar by day (`all` = the database as a whole), tonight included
-- @why A renamed database keeps its history; recorded_as says under which id a day was scored.
SELECT
  h.as_of::DATE AS as_of,
  coalesce(l.to_id, h.database_id)::VARCHAR AS database_id,
  h.pillar::VARCHAR AS pillar,
  h.level_reported::INTEGER AS level_reported,
  h.level_confirmed::INTEGER AS level_confirmed,
  h.confirmed::DOUBLE AS confirmed,
  h.floor::DOUBLE AS floor,
  h.ceiling::DOUBLE AS ceiling,
  h.coverage::DOUBLE AS coverage,
  h.method::VARCHAR AS method,
  h.database_id::VARCHAR AS recorded_as
FROM (
  SELECT * FROM raw.score_history WHERE as_of < $as_of::DATE
  UNION ALL
  SELECT as_of, database_id, 'all', level_reported, level_confirmed, confirmed, floor, ceiling, coverage, method FROM publication.readiness
  UNION ALL
  SELECT as_of, database_id, pillar, NULL, NULL, confirmed, floor, ceiling, coverage, method FROM publication.dimension_score
) AS h
LEFT JOIN fact.lineage AS l ON l.from_id = h.database_id AND NOT l.is_merged AND NOT l.is_split
QUALIFY row_number() OVER (PARTITION BY h.as_of, coalesce(l.to_id, h.database_id), h.pillar ORDER BY l.to_id IS NULL DESC, h.database_id) = 1
ORDER BY 1, 2, 3
