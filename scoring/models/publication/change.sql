-- @title What differs from the day before in the history, figure by figure; before or after is empty where there was nothing
WITH day AS (
  SELECT $as_of::DATE AS as_of, max(h.as_of) AS previous
  FROM raw.score_history AS h
  WHERE h.as_of < $as_of::DATE
), before AS (
  SELECT p.* FROM publication.score_history AS p WHERE p.as_of = (SELECT d.previous FROM day AS d)
), after AS (
  SELECT n.* FROM publication.score_history AS n WHERE n.as_of = $as_of::DATE
)
SELECT
  d.as_of::DATE AS as_of,
  d.previous::DATE AS previous,
  coalesce(n.database_id, p.database_id)::VARCHAR AS database_id,
  coalesce(n.pillar, p.pillar)::VARCHAR AS pillar,
  p.level_reported::INTEGER AS level_reported_before,
  n.level_reported::INTEGER AS level_reported_after,
  p.level_confirmed::INTEGER AS level_confirmed_before,
  n.level_confirmed::INTEGER AS level_confirmed_after,
  p.confirmed::DOUBLE AS confirmed_before,
  n.confirmed::DOUBLE AS confirmed_after,
  p.floor::DOUBLE AS floor_before,
  n.floor::DOUBLE AS floor_after,
  p.ceiling::DOUBLE AS ceiling_before,
  n.ceiling::DOUBLE AS ceiling_after,
  p.coverage::DOUBLE AS coverage_before,
  n.coverage::DOUBLE AS coverage_after,
  ((SELECT max(b.method) FROM before AS b) <> (SELECT max(a.method) FROM after AS a))::BOOLEAN AS is_method_change,
  (CASE WHEN p.recorded_as <> n.recorded_as THEN p.recorded_as END)::VARCHAR AS renamed_from
FROM before AS p
FULL JOIN after AS n ON n.database_id = p.database_id AND n.pillar = p.pillar
JOIN day AS d ON d.previous IS NOT NULL
WHERE (n.level_reported, n.level_confirmed, n.confirmed, n.floor, n.ceiling, n.coverage) IS DISTINCT FROM (p.level_reported, p.level_confirmed, p.confirmed, p.floor, p.ceiling, p.coverage)
  OR n.database_id IS NULL OR p.database_id IS NULL
  OR (p.recorded_as <> n.recorded_as AND n.pillar = 'all')
ORDER BY 3, 4
