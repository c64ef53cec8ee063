-- @title Headline record count of each database
-- @why The unit named in the registry, else the largest count whose unit is a record of the thing registered;
--      never accounts, users, fields, localities, services or documents.
WITH counts AS (
  SELECT s.*, d.headline_unit
  FROM fact.spoken AS s
  JOIN fact.subject AS d ON d.database_id = s.subject_id
  WHERE s.voice = 'all' AND s.subject_type = 'database' AND s.attribute = 'records.count' AND s.extent = 'whole' AND s.unit_class = 'record'
)
SELECT
  c.subject_id::VARCHAR AS database_id,
  c.observation_id::VARCHAR AS observation_id,
  c.low::DOUBLE AS low,
  c.high::DOUBLE AS high,
  ((c.low + c.high) / 2)::DOUBLE AS midpoint,
  c.unit::VARCHAR AS unit,
  c.stage::VARCHAR AS stage,
  c.grade::VARCHAR AS grade,
  c.said_by::VARCHAR AS said_by,
  c.source_id::VARCHAR AS source_id,
  c.is_live::BOOLEAN AS is_live,
  c.is_conflict::BOOLEAN AS is_conflict,
  c.is_silent::BOOLEAN AS is_silent
FROM counts AS c
QUALIFY row_number() OVER (PARTITION BY c.subject_id ORDER BY (c.unit = c.headline_unit) IS TRUE DESC, c.high DESC, c.low DESC, c.stage DESC NULLS LAST, c.fact_key) = 1
