-- @title What differs from the day before in the history, figure by figure
WITH day AS (
  SELECT h.as_of, lag(h.as_of) OVER (ORDER BY h.as_of) AS previous
  FROM (SELECT DISTINCT as_of FROM publication.score_history) AS h
  QUALIFY h.as_of = max(h.as_of) OVER ()
)
SELECT
  n.as_of::DATE AS as_of,
  p.as_of::DATE AS previous,
  n.database_id::VARCHAR AS database_id,
  n.pillar::VARCHAR AS pillar,
  p.level_reported::INTEGER AS level_reported_before,
  n.level_reported::INTEGER AS level_reported_after,
  p.level_confirmed::INTEGER AS level_confirmed_before,
  n.level_confirmed::INTEGER AS level_confirmed_after,
  p.floor::DOUBLE AS floor_before,
  n.floor::DOUBLE AS floor_after,
  p.ceiling::DOUBLE AS ceiling_before,
  n.ceiling::DOUBLE AS ceiling_after,
  (p.method <> n.method)::BOOLEAN AS is_method_change,
  (CASE WHEN p.recorded_as <> n.recorded_as THEN p.recorded_as END)::VARCHAR AS renamed_from
FROM day AS d
JOIN publication.score_history AS n ON n.as_of = d.as_of
JOIN publication.score_history AS p ON p.as_of = d.previous AND p.database_id = n.database_id AND p.pillar = n.pillar
WHERE (n.level_reported, n.level_confirmed, n.confirmed, n.floor, n.ceiling, n.coverage) IS DISTINCT FROM (p.level_reported, p.level_confirmed, p.confirmed, p.floor, p.ceiling, p.coverage)
  OR (p.recorded_as <> n.recorded_as AND n.pillar = 'all')
ORDER BY n.database_id, n.pillar
