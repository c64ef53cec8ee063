-- @title Figures of each database and pillar by day (`all` = the database as a whole), tonight included
-- @kept no
-- @why Day after day as kept, tonight last: years of it are written without being sorted. A renamed database keeps its
--      history; recorded_as says under which id a day was scored. Years of rows are streamed, never held: a held copy
--      costs more than all the rest, and keeps a reader's condition from reaching the rows.
WITH day AS NOT MATERIALIZED (
  SELECT * FROM raw.score_history WHERE as_of < $as_of::DATE
  UNION ALL
  SELECT as_of, database_id, 'all', level_reported, level_confirmed, confirmed, floor, ceiling, coverage, method FROM publication.readiness
  UNION ALL
  SELECT as_of, database_id, pillar, NULL, NULL, confirmed, floor, ceiling, coverage, method FROM publication.dimension_score
), renamed AS (
  SELECT l.from_id, l.to_id FROM fact.lineage AS l WHERE NOT l.is_merged AND NOT l.is_split
), history AS (
  SELECT d.*, d.database_id AS recorded_as
  FROM day AS d
  ANTI JOIN renamed AS r ON r.from_id = d.database_id
  UNION ALL BY NAME
  -- Under both names on one day the new one holds.
  SELECT d.* REPLACE (r.to_id AS database_id), d.database_id AS recorded_as
  FROM day AS d
  JOIN renamed AS r ON r.from_id = d.database_id
  ANTI JOIN day AS n ON n.as_of = d.as_of AND n.database_id = r.to_id AND n.pillar = d.pillar
  QUALIFY row_number() OVER (PARTITION BY d.as_of, r.to_id, d.pillar ORDER BY d.database_id) = 1
)
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
  h.method::VARCHAR AS method,
  h.recorded_as::VARCHAR AS recorded_as
FROM history AS h
